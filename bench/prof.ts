import { startOurs } from './load/bots.ts'
import { percentile } from './load/measure.ts'
import { openPeople } from './load/people.ts'
import { openPlatform } from './load/platform.ts'
import { createTemporaryDatabase } from './server.ts'

const d = await createTemporaryDatabase()
const people = openPeople(() => p)
const p = await openPlatform(people.hear)
const opts =
  process.argv[2] === 'prof' ? ['--cpu-prof', '--cpu-prof-dir=/tmp/s/prof', '--cpu-prof-interval=500'] : []
const b = await startOurs(p.root, 'webhook', d.url, opts)
p.callAt([b.address ?? ''])
await people.talk({ count: Number(process.argv[3] ?? 200), seconds: 10, pauseMs: 1700 })
const c = b.cpuMs()
const r = await people.talk({ count: Number(process.argv[3] ?? 200), seconds: 15, pauseMs: 1700 })
process.stdout.write(
  `${(r.ms.length / r.seconds).toFixed(0)}/s p50 ${percentile(r.ms, 0.5).toFixed(1)} p99 ${percentile(r.ms, 0.99).toFixed(1)} cpu ${((b.cpuMs() - c) / r.ms.length).toFixed(2)} ms refused ${p.refused()}\n`,
)
await b.stop()
p.close()
await d.drop()
process.exit()
