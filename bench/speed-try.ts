import { openTown, percentile } from './load/measure.ts'
import { createTemporaryDatabase } from './server.ts'

const [whose = 'ours', way = 'webhook', count = '300', seconds = '10', processes = '1'] =
  process.argv.slice(2)
const database = await createTemporaryDatabase()
const town = await openTown(whose as 'ours', {
  way: way as 'webhook',
  databaseUrl: database.url,
  processes: Number(processes),
})
const pauseMs = 1200
await town.people.talk({ count: Number(count), seconds: 8, pauseMs })
const before = town.cpuMs()
const {
  ms,
  unasked,
  seconds: took,
} = await town.people.talk({ count: Number(count), seconds: Number(seconds), pauseMs })
const cpu = town.cpuMs() - before
console.log(
  whose,
  way,
  count,
  `${(ms.length / took).toFixed(0)}/s p50 ${percentile(ms, 0.5).toFixed(1)} p99 ${percentile(ms, 0.99).toFixed(1)} cpu/message ${(cpu / ms.length).toFixed(2)} ms unasked ${unasked} waiting ${town.people.waiting()} refused ${town.platform.refused()}`,
)
await town.close()
await database.drop()
