import { textOf } from '../bot/i18n.ts'
import { newDataKey, openKeyring } from '../db/cipher.ts'
import { openServerDatabase } from '../db/client.ts'
import { heading, median, report } from './figures.ts'
import { fullestStep, loopOf } from './loop.ts'
import { createTemporaryDatabase } from './server.ts'
import { openStage, type Stage } from './stage.ts'

/**
 * One dialog of two hundred messages: a form whose summary is corrected again and again. The same correction costs at
 * the end what it cost at the beginning, or the long dialog is played anew ever more slowly.
 */
const corrections = 60
const atEnds = 5
const people = 40
const warmUp = 10

const temporary = await createTemporaryDatabase()
const database = await openServerDatabase(temporary.url)
const stage = openStage({ db: database.db, keys: openKeyring(newDataKey()) })
const first: number[] = []
const last: number[] = []
for (let n = 0; n < people; n++) {
  const spent = await dialog(stage, 3 * n + 0)
  if (n < warmUp) continue
  first.push(...spent.slice(0, atEnds))
  last.push(...spent.slice(-atEnds))
}
await database.close()
await temporary.drop()

heading('One dialog of 200 messages, each by all of its CPU with the driver')
report({
  what: 'a correction at its end',
  ours: median(last),
  reference: median(first),
  referenceIs: 'the same at its beginning',
  unit: 'µs a message',
  most: { value: 2, of: 'ratio' },
})

/** µs of CPU a message, of each correction in turn. */
async function dialog(stage: Stage, n: number): Promise<number[]> {
  for (const { name, run } of loopOf(stage, n)) {
    await run()
    await stage.send()
    if (name === fullestStep) break
  }
  const asker = `a${n}`
  const language = (['kk', 'ru', 'en'] as const)[n % 3] ?? 'ru'
  const label = (key: string) => textOf(language, { key })
  const spent: number[] = []
  for (let nth = 0; nth < corrections; nth++) {
    const before = process.cpuUsage()
    await stage.press(asker, label('check.edit'))
    await stage.send()
    await stage.press(asker, label('edit.phone'))
    await stage.send()
    await stage.receive(asker, { type: 'text', text: `8 701 ${100 + nth} 45 67` })
    await stage.send()
    const { user, system } = process.cpuUsage(before)
    spent.push((user + system) / 3)
  }
  return spent
}
