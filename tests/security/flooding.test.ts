import { beforeEach, describe, expect, test } from 'vitest'
import type { Content, Inbound } from '../../bot/channel.ts'
import { hearingOf } from '../../bot/flood.ts'
import { createLog } from '../../bot/logger.ts'
import { createRouter } from '../../bot/router.ts'
import { newDataKey, openKeyring } from '../../db/cipher.ts'
import type { Store } from '../../db/client.ts'
import { alerts, inbox, outbox } from '../../db/schema.ts'
import { emptyDatabase, joinDatabase, testDatabase } from '../town/database.ts'
import { operator } from '../town/town.ts'

const database = testDatabase()
const keys = openKeyring(newDataKey())
let store: Store
beforeEach(async () => {
  await emptyDatabase(database.db)
  store = { db: database.db, keys }
})

const noon = new Date('2026-11-23T06:00:00Z')
const after = (seconds: number) => new Date(noon.getTime() + seconds * 1000)
const log = createLog('silent')
const heard = hearingOf(20)
const routerOn = (on: Store) =>
  createRouter({ store: on, operator, log, heard, startLink: (_, code) => code, wake: () => {} })

let deliveries = 0
const delivery = (who: string, content: Content, at: Date, group?: string): Inbound => ({
  channel: 'telegram',
  externalId: `flood-${++deliveries}`,
  chat: group ? { id: group, kind: 'group' } : { id: who, kind: 'private' },
  sender: { id: who, language: 'ru' },
  at,
  content,
})
const text = (words: string): Content => ({ type: 'text', text: words })

/** The keys of the texts that wait for this person. */
async function toldTo(who: string): Promise<string[]> {
  const rows = (await store.db.select().from(outbox)).filter(({ chat }) => chat === who)
  return rows.flatMap(({ id, body }) => {
    const message = body ? keys.open(`outbox.body.${id}`, body) : ''
    return [...message.matchAll(/"key":"([^"]+)"/g)].map(([, key = '']) => key)
  })
}

const times = (wanted: string, all: string[]) => all.filter(key => key === wanted).length

describe('one person who sends more than anybody can write', () => {
  test('an older person with an album of twenty and thirty short messages in two minutes is heard', async () => {
    const route = routerOn(store)
    const photo: Content = { type: 'media', kind: 'photo', file: { id: 'p' } }
    for (let n = 0; n < 20; n++) await route(delivery('zeinep', photo, after(1)))
    for (let n = 0; n < 30; n++) await route(delivery('zeinep', text('хлеб'), after(4 * n)))
    expect(times('err.flood', await toldTo('zeinep'))).toBe(0)
  })

  test('is left after a hundred, in whichever process; hears so once; others and the time go on', async () => {
    const other = await joinDatabase(database)
    const processes = [routerOn(store), routerOn({ db: other.db, keys })]
    const route = (inbound: Inbound) => processes[deliveries % 2]?.(inbound)
    for (let n = 0; n < 100; n++) await route(delivery('flooder', text('я'), noon))
    const answered = (await toldTo('flooder')).length
    expect(times('err.flood', await toldTo('flooder'))).toBe(0)
    await Promise.all(Array.from({ length: 40 }, () => route(delivery('flooder', text('я'), noon))))
    expect(times('err.flood', await toldTo('flooder'))).toBe(1)
    expect((await toldTo('flooder')).length).toBe(answered + 1)
    expect(await store.db.$count(inbox)).toBe(140)
    // A press is answered on the spot, and writes nothing into the chat.
    const press: Content = { type: 'button', data: 'do:menu', messageId: '1' }
    expect(await route(delivery('flooder', press, noon, '-100'))).toEqual({
      notice: expect.stringContaining('112'),
    })
    expect((await toldTo('flooder')).length).toBe(answered + 1)
    await route(delivery('neighbour', text('Здравствуйте'), noon))
    expect(await toldTo('neighbour')).toContain('lang.ask')
    await route(delivery('flooder', text('/help'), after(300)))
    expect((await toldTo('flooder')).length).toBeGreaterThan(answered + 1)
    await other.close()
  })

  test('who calls for help in the flood is heard, once an hour', async () => {
    const route = routerOn(store)
    for (let n = 0; n < 110; n++) await route(delivery('zeinep', text('я'), noon))
    const help = 'Не могу дышать, болит сердце, умираю'
    await route(delivery('zeinep', text(help), noon))
    expect(times('sos.warn', await toldTo('zeinep'))).toBe(1)
    await route(delivery('zeinep', text(help), noon))
    expect(times('sos.warn', await toldTo('zeinep'))).toBe(1)
    // Who was not understood three times has somebody called as well.
    const called = (await store.db.select().from(alerts)).map(({ kind }) => kind)
    expect(called.filter(kind => kind !== 'human')).toEqual(['danger'])
  })

  test('what was written long before and comes only now is no flood; who stopped the bot in it has', async () => {
    const route = routerOn(store)
    for (let n = 0; n < 110; n++) await route(delivery('zeinep', text('я'), noon))
    const before = (await toldTo('zeinep')).length
    await route(delivery('zeinep', text('/help'), after(-3600)))
    expect((await toldTo('zeinep')).length).toBeGreaterThan(before)
    await route(delivery('zeinep', { type: 'blocked' }, noon))
    const rows = await store.db.execute('select reachable from addresses')
    expect(JSON.stringify(rows)).toContain('"reachable":false')
  })
})
