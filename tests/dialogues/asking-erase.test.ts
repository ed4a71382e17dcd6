import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { type OpenDatabase, rowsOf, type Store } from '../../db/client.ts'
import { openTestDatabase } from '../town/database.ts'
import { requestFrom, settledTown } from '../town/stories.ts'
import { testedChannels } from '../town/town.ts'

vi.setConfig({ testTimeout: 180_000 })
let database: OpenDatabase
beforeAll(async () => {
  database = await openTestDatabase()
})
afterAll(() => database.close())

/** Where a sealed value belongs, as the code that sealed it names the place. */
const places: Record<string, (row: Record<string, unknown>) => string> = {
  'people.phone': row => `people.phone.${row.id}`,
  'elders.home_address': row => `elders.home_address.${row.id}`,
  'elders.phone': row => `elders.phone.${row.id}`,
  'requests.details': row => `requests.details.${row.id}`,
  'requests.public_words': row => `requests.public_words.${row.id}`,
  'requests.close_reason': row => `requests.close_reason.${row.id}`,
  'requests.rating_words': row => `requests.rating_words.${row.id}`,
  'attachments.content': row => `attachments.content.${row.id}`,
  'assignments.door_code': row => `assignments.door_code.${row.id}`,
  'alerts.words': row => `alerts.words.${row.id}`,
  'dialogs.state': row => `dialogs.state.${row.person_id}.${row.flow}`,
  'addresses.phone': row => `addresses.phone.${row.id}`,
  'offers.options': row => `offers.${row.channel}.${row.chat}.${row.message_id}`,
  'outbox.body': row => `outbox.body.${row.id}`,
}

/** All that the database holds, opened; the playground's own tables are the messenger, not the service. */
async function everything(store: Store): Promise<Map<string, string>> {
  const tables = rowsOf<{ name: string }>(
    await store.db.execute(
      "select tablename as name from pg_tables where schemaname = 'public' and tablename not like 'playground%'",
    ),
  )
  const found = new Map<string, string>()
  for (const { name } of tables) {
    const rows = rowsOf<Record<string, unknown>>(await store.db.execute(`select * from "${name}"`))
    found.set(
      name,
      rows.map(row => JSON.stringify(row, (key, value) => opened(store, name, row, key, value))).join('\n'),
    )
  }
  return found
}

function opened(store: Store, table: string, row: Record<string, unknown>, key: string, value: unknown) {
  const raw = row[key]
  if (!(raw instanceof Uint8Array)) return value
  const place = places[`${table}.${key}`]
  if (!place) throw new Error(`${table}.${key} holds sealed bytes this test cannot open`)
  return store.keys.open(place(row), raw)
}

const secrets = ['Зейнеп', 'Ахметов', 'Абая', '7011234567', '701 123 45 67', 'Валидол', 'Ключ у Розы']

function left(held: Map<string, string>): string[] {
  return [...held].flatMap(([table, text]) =>
    secrets.filter(secret => text.includes(secret)).map(secret => `${table}: ${secret}`),
  )
}

describe.each(testedChannels)('on %s', channel => {
  test('after «delete» nothing in any table or in the log says who it was', async () => {
    const town = await settledTown(database, { channel, language: 'ru' })
    const { store, aigul, timur, marat, t } = town
    await requestFrom(town, aigul)
    await timur.in('Көршілер').presses(t('claim'))
    await aigul.says('/my')
    await aigul.presses(t('my.line', { num: 1, status: { key: 'st.claimed' } }))
    await aigul.presses(t('my.add'))
    await aigul.says('Ключ у Розы')
    await aigul.says('Мама Зейнеп упала и не дышит, Абая 12')
    await aigul.says('человек')
    // A second request is left half-done, and something of a helper's waits for Тимур to come back.
    await aigul.says('/menu')
    await aigul.presses(t('who.other'))
    await aigul.presses(t('elder.new'))
    await aigul.says('Зейнеп Ахметова вторая')
    expect(left(await everything(store)).length).toBeGreaterThan(4)

    await aigul.says('удалить')
    await aigul.presses(t('data.delete.yes'))
    expect(aigul.last.text).toContain(t('data.deleted'))
    expect(left(await everything(store))).toEqual([])
    expect(secrets.filter(secret => town.log.some(line => line.includes(secret)))).toEqual([])

    expect(timur.last.text).toBe(t('task.closed', { num: 1, status: { key: 'st.cancelled' } }))
    expect(timur.messages.some(({ text }) => text.includes('Абая'))).toBe(false)
    expect(timur.in('Көршілер').last.text).toContain(t('st.cancelled'))
    await marat.says('/queue')
    expect(marat.last.buttons).toContain(t('queue.open', { n: 0 }))

    await aigul.start()
    expect(aigul.last.text).toBe(t('lang.ask'))
  })

  test('a post held back for the morning does not come after its request was deleted', async () => {
    const town = await settledTown(database, { channel, language: 'ru' })
    const { store, aigul, timur, t } = town
    const group = timur.in('Көршілер')
    const before = group.messages.length
    town.at('2026-11-23T18:00:00Z')
    await aigul.start()
    await aigul.presses(t('lang.ru'))
    await aigul.presses(t('who.me'))
    await aigul.presses(t('consent.yes'))
    await aigul.says('Зейнеп Ахметова')
    await aigul.presses(t('cat.household'))
    await aigul.presses(t('when.later'))
    await aigul.says('Семей')
    await aigul.says('ул. Абая 12')
    await aigul.says('8 701 123 45 67')
    await aigul.says('Валидол две пачки')
    await aigul.presses(t('text.enough'))
    await aigul.presses(t('check.yes'))
    await aigul.says('/delete')
    await aigul.presses(t('data.delete.yes'))
    expect(left(await everything(store))).toEqual([])
    town.at('2026-11-24T03:00:00Z')
    await town.settle()
    expect(group.messages.length).toBe(before)
  })

  test('«no, keep» keeps', async () => {
    const town = await settledTown(database, { channel, language: 'ru' })
    const { store, aigul, t } = town
    await requestFrom(town, aigul)
    await aigul.says('/delete')
    await aigul.presses(t('data.delete.no'))
    expect(aigul.last.text).toContain(t('data.kept'))
    expect(left(await everything(store)).length).toBeGreaterThan(3)
  })
})
