import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { newDataKey, openKeyring } from '../db/cipher.ts'
import { openServerDatabase } from '../db/client.ts'
import { heading, print, report, round } from './figures.ts'
import { loopOf } from './loop.ts'
import { createTemporaryDatabase } from './server.ts'
import { settle } from './settled.ts'
import { openStage } from './stage.ts'

/**
 * What the process holds on to after a million messages of ever other people, beside what it held after the first
 * tenth of them. `node bench/memory.ts 50000` takes fewer.
 */
const messagesMax = Number(process.argv[2] ?? 1_000_000)
const marks = 10

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void
const keys = openKeyring(newDataKey())
const temporary = await createTemporaryDatabase()
const database = await openServerDatabase(temporary.url)
const store = { db: database.db, keys }
await settle(store, 1)
const stage = openStage(store)

heading(`Memory over ${messagesMax.toLocaleString('en')} messages`)
const held: number[] = []
let messages = 0
let askers = 0
for (let mark = 1; mark <= marks; mark++) {
  await talk((messagesMax * mark) / marks)
  collect()
  const { heapUsed, external, rss } = process.memoryUsage()
  held.push(heapUsed + external)
  const megabytes = [heapUsed + external, rss].map(bytes => round(bytes / 2 ** 20))
  print(`    after ${messages.toLocaleString('en')}: ${megabytes[0]} MB held, ${megabytes[1]} MB in all`)
}
await database.close()
await temporary.drop()
report({
  what: 'held at the end',
  ours: (held.at(-1) ?? 0) / 2 ** 20,
  reference: (held[0] ?? 0) / 2 ** 20,
  referenceIs: 'after the first tenth',
  unit: 'MB',
  most: { value: 1.1, of: 'ratio' },
})

/** One asker after the other tells a request up to its submission, until so many messages were said. */
async function talk(until: number) {
  while (messages < until) {
    for (const { name, run } of loopOf(stage, askers++)) {
      if (name === 'claim') break
      await run()
      await stage.send()
      messages++
    }
  }
}
