import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type OpenDatabase, rowsOf, type Store } from '../../db/client.ts'
import { sql } from '../../db/drizzle.ts'
import { openTestDatabase } from '../town/database.ts'
import { helperOf, requestFrom, type SettledTown, settledTown } from '../town/stories.ts'
import { languagesOn, testedChannels } from '../town/town.ts'

let database: OpenDatabase
beforeAll(async () => {
  database = await openTestDatabase()
})
afterAll(() => database.close())

/** Of what the people of this story say, these are theirs alone. */
const words = 'Маме Зейнеп нужны лекарства, рецепт у Домбровской. Валидол 2 пачки, звонить 8 701 555 66 77'
const secrets = {
  phone: /7011234567|701 ?123 ?45 ?67|7017654321|7015556677|701 555 66 77/,
  address: /Абая|Абай/,
  words: /Валидол|Домбровск|рецепт|шаршадым|спасибо большое/i,
}
const names = /Зейнеп|Ахметова|Айгүл|Тимур|Марат|Дина/

describe.each(testedChannels)('on %s', channel => {
  test.each(languagesOn(channel))(
    'after the whole loop in %s nothing personal is readable anywhere',
    async language => {
      const town = await settledTown(database, { channel, language })
      const stored: string[] = []
      const look = async () => void stored.push(...(await dump(town.store)))
      await wholeLoop(town, look)
      await troubles(town)
      await look()

      for (const [what, secret] of Object.entries(secrets)) {
        expect(town.log.join(''), `${what} in the log`).not.toMatch(secret)
        expect(stored.join('\n'), `${what} in the database`).not.toMatch(secret)
      }
      expect(town.log.join('')).not.toMatch(names)
      expect(town.log.join('')).not.toContain('AAfake-token')
      expect(town.log.length).toBeGreaterThan(0)
      const named = stored.filter(line => names.test(line)).map(line => line.split(':')[0])
      expect(new Set(named)).toEqual(new Set(['people.name', 'elders.name']))

      const posted = town.timur.in('Көршілер').messages.filter(({ from }) => from === 'bot')
      expect(posted.length).toBeGreaterThan(1)
      for (const { text } of posted) {
        expect(text).not.toMatch(secrets.phone)
        expect(text).not.toMatch(/Абая 12|Зейнеп|Ахметова|Домбровск|Айгүл/)
      }
    },
  )
})

/** `look` is called whenever something half-done lies in the tables. */
async function wholeLoop(town: SettledTown, look: () => Promise<void>) {
  const { t, aigul, timur } = town
  await requestFrom(town, aigul, words)
  await look()
  await timur.in('Көршілер').presses(t('claim'))
  await look()
  await timur.presses(t('onway'))
  await timur.presses(t('done'))
  await timur.says(helperOf(aigul).second)
  await aigul.presses(t('rate.5'))
  await look()
  await aigul.says('шаршадым, спасибо большое')
}

/** Something goes wrong in every layer while people say what is theirs alone. */
async function troubles(town: SettledTown) {
  const { store, telegram, aigul, timur } = town
  await store.db.execute(sql.raw('alter table dialogs rename to dialogs_away'))
  await aigul.says(`${words}\n    at ул. Абая 12 (Абая:1:1)`)
  await store.db.execute(sql.raw('alter table dialogs_away rename to dialogs'))
  if (telegram) {
    telegram.faults.next('sendMessage', { kind: 'html' })
    telegram.faults.next('sendMessage', { kind: 'refused' })
    const description = 'Bad Request: something new'
    telegram.faults.next('sendMessage', {
      kind: 'answer',
      status: 400,
      body: { ok: false, error_code: 400, description },
    })
    telegram.faults.next('answerCallbackQuery', { kind: 'lost' })
  }
  await aigul.says(words)
  await timur.pressesData('claim:8 701 123 45 67')
  await timur.says('Абая 12')
}

/** Every value of every table as text, with where it stands; the playground's own messenger left out. */
async function dump({ db }: Store): Promise<string[]> {
  const tables = rowsOf<{ name: string }>(
    await db.execute(
      sql`select tablename as name from pg_tables where schemaname = 'public' and tablename not like 'playground%'`,
    ),
  )
  const lines: string[] = []
  for (const { name } of tables) {
    for (const row of rowsOf<Record<string, unknown>>(await db.execute(sql.raw(`select * from "${name}"`)))) {
      for (const [column, value] of Object.entries(row)) lines.push(`${name}.${column}: ${textOf(value)}`)
    }
  }
  return lines
}

function textOf(value: unknown): string {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('utf8')
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
