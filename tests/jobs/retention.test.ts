import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { runByHand } from '../../bot/by-hand.ts'
import { raiseAlert } from '../../db/alerts.ts'
import { attach } from '../../db/attachments.ts'
import { createBroadcast, endBroadcast, findBroadcast } from '../../db/broadcasts.ts'
import { newDataKey, openKeyring } from '../../db/cipher.ts'
import { type OpenDatabase, openEmbeddedDatabase, rowsOf } from '../../db/client.ts'
import { recordDisclosure } from '../../db/disclosures.ts'
import { eq, inArray } from '../../db/drizzle.ts'
import { noteContact } from '../../db/forgotten.ts'
import { newId } from '../../db/ids.ts'
import { addNote } from '../../db/notes.ts'
import { setPhone } from '../../db/people.ts'
import { closeRequest, type Request, rateRequest, setRatingWords } from '../../db/requests.ts'
import { addresses, people, requests, sentMessages, volunteers } from '../../db/schema.ts'
import { type About, kindsAbout, messageKinds, readRef } from '../../domain/message-names.ts'
import { retention } from '../../jobs/retention.ts'
import { openTestDatabase } from '../town/database.ts'
import { temporaryDirectory } from '../town/process.ts'
import { coordinator, helper, neighbour, request, semey } from '../town/quick.ts'
import { named, phone, search } from '../town/search.ts'
import { hasButtons, openTown, type TestedChannel, type Town, testedChannels } from '../town/town.ts'

vi.setConfig({ testTimeout: 180_000 })
let database: OpenDatabase
beforeAll(async () => {
  database = await openTestDatabase()
})
afterAll(() => database.close())

const asked = new Date('2025-10-20T06:00:00Z')
const closed = new Date('2025-10-21T06:00:00Z')
const lastDay = new Date('2026-10-20T06:00:00Z')
const night = new Date('2026-10-22T21:20:00Z')

const wanted = {
  name: named('Зейнеп', 'Ахметов'),
  phone: phone('7011234567'),
  address: named('Абая'),
  words: named('Валидол', 'глухая', 'спасла', 'одна дома', 'не застали'),
  asker: named('Айг[үу]л'),
  askersPhone: phone('7055556677'),
}

/** A year ago Айгүл asked for her mother, Тимур came, Марат looked at it; everything has left its words somewhere. */
async function longAgo(channel: TestedChannel, more: { at?: Date } = {}) {
  const town = await openTown(database, { channel, language: 'ru' })
  town.at(asked.toISOString())
  const { store } = town
  const marat = await coordinator(town, 'Марат')
  const timur = await helper(town, 'Тимур')
  const aigul = await neighbour(town, 'Айгүл Серікова')
  await setPhone(store, aigul.personId, '+77055556677')
  const made = await request(town, aigul, { details: 'Валидол две пачки', at: more.at ?? asked })
  await timur.pressesData(`claim:${made.id}`)
  await marat.pressesData(`open:${made.id}`)
  await leaveWords(town, made, { timurId: timur.personId, aigulId: aigul.personId })
  town.at(closed.toISOString())
  await close(town, made, aigul.personId)
  return { town, store, marat, timur, aigul, made }
}

async function leaveWords(town: Town, made: Request, who: { timurId: string; aigulId: string }) {
  const { store } = town
  const { id: requestId, regionId, elderId } = made
  const to = { requestId, regionId, channel: 'playground', at: asked }
  await attach(store, to, { type: 'media', kind: 'voice', file: { id: 'voice-1' }, caption: 'одна дома' })
  const call = { regionId, districtId: semey, at: asked, dueAt: asked }
  await raiseAlert(store, { ...call, kind: 'problem', personId: who.timurId, requestId, words: 'не застали' })
  await raiseAlert(store, {
    ...call,
    kind: 'danger',
    personId: who.aigulId,
    requestId: null,
    words: 'Зейнеп',
  })
  await addNote(store, { elderId, regionId, requestId, writtenBy: who.timurId, words: 'глухая', at: asked })
}

async function close({ store }: Town, made: Request, by: string, at = closed) {
  await store.db.execute(
    `update assignments set ended_at = now(), minutes = 40 where request_id = '${made.id}'`,
  )
  await closeRequest(store, made.id, { outcome: 'fulfilled', by, at, reason: 'Валидол отдали' })
  await rateRequest(store, made.id, 5, at)
  await setRatingWords(store, made.id, 'Девочка спасла маму')
}

/** All that can be counted: every value of a request, a claim and a look that is no words. */
async function statistics({ store }: Town): Promise<unknown[]> {
  const read = async (query: string) => rowsOf<Record<string, unknown>>(await store.db.execute(query))
  return [
    await read(`select id, region_id, district_id, year, number, elder_id, requester_id, category, route, urgency,
      status, outcome, confirmation, danger, created_at, due_at, posted_at, reopened_at, claimed_at, on_way_at, done_at,
      closed_at, closed_by, rating, rated_at, entered_by, merged_into from requests order by id`),
    await read(
      'select id, request_id, volunteer_id, minutes, started_at, end_reason from assignments order by id',
    ),
    await read('select id, elder_id, request_id, person_id, at from disclosures order by id'),
    await read(
      'select id, region_id, district_id, agreed, created_at, last_contact_at from elders order by id',
    ),
    await read('select id, kind, created_at, resolved_at from alerts order by id'),
    await read('select id, at, act, actor_id, subject_id, note from audit order by id'),
    await read('select person_id, version, given_at, withdrawn_at from consents order by id'),
  ]
}

describe.each(testedChannels)('on %s', channel => {
  test('after the term nothing says who it was, and every number stays', async () => {
    const { town, store, made } = await longAgo(channel)
    const before = await statistics(town)
    const held = await search(town, wanted)
    for (const what of Object.keys(wanted)) expect(held.join('\n')).toContain(`: ${what}`)

    town.at(lastDay.toISOString())
    expect(await retention.run(store, lastDay)).toEqual({
      requests: 0,
      elders: 0,
      people: 0,
      calls: 0,
      news: 0,
    })
    town.at(night.toISOString())
    expect(await retention.run(store, night)).toMatchObject({ requests: 1, elders: 1, people: 1 })
    await town.settle()
    expect(await search(town, wanted)).toEqual([])
    expect(await statistics(town)).toEqual(before)
    const names = rowsOf<{ ref: string }>(await store.db.execute('select ref from sent_messages'))
    expect(names.filter(({ ref }) => ref.includes(made.id))).toEqual([])
    const [row] = rowsOf<{ erased_at: string }>(await store.db.execute('select erased_at from requests'))
    expect(new Date(row?.erased_at ?? 0)).toEqual(night)
    expect(await retention.run(store, night)).toEqual({
      requests: 0,
      elders: 0,
      people: 0,
      calls: 0,
      news: 0,
    })
  })

  // After two days nothing can be taken out of a chat on WhatsApp any more.
  test.runIf(hasButtons(channel))(
    'an address that was looked at after the end goes from the coordinator’s chat',
    async () => {
      const { town, store, marat, made } = await longAgo(channel)
      await marat.pressesData(`open:${made.id}`)
      expect(marat.messages.some(({ text }) => wanted.address.test(text))).toBe(true)
      town.at(night.toISOString())
      await retention.run(store, night)
      await town.settle()
      expect(marat.messages.filter(({ text }) => wanted.address.test(text))).toEqual([])
      await marat.pressesData(`open:${made.id}`)
      expect(marat.messages.at(-2)?.text).toContain(town.t('erase.nameless'))
    },
  )

  test('who comes back later is asked anew, as a stranger', async () => {
    const { town, store, aigul } = await longAgo(channel)
    town.at(night.toISOString())
    await retention.run(store, night)
    await aigul.start()
    expect(aigul.last.text).toBe(town.t('lang.ask'))
  })
})

test('whoever never asked for anybody goes too; who helps, or was declined lately, stays', async () => {
  const town = await openTown(database, { channel: 'telegram', language: 'ru' })
  town.at(asked.toISOString())
  const { store } = town
  const stranger = await neighbour(town, 'Сакен')
  const declined = await helper(town, 'Оразбек', { status: 'declined', at: asked })
  const waiting = await helper(town, 'Бауыржан', { status: 'pending', at: asked })
  for (const status of ['approved', 'suspended'] as const)
    await helper(town, `Ерлан ${status}`, { status, at: asked })
  const news = await neighbour(town, 'Роза')
  await store.db.update(people).set({ wantsNews: true }).where(eq(people.id, news.personId))
  const gone = [stranger, declined, waiting].map(({ personId }) => personId)
  expect(await retention.run(store, lastDay)).toMatchObject({ people: 0 })
  town.at(lastDay.toISOString())
  await waiting.says('/menu')
  expect(await retention.run(store, night)).toMatchObject({ people: 2 })
  expect(await store.db.$count(volunteers, eq(volunteers.personId, declined.personId))).toBe(0)
  expect(await store.db.$count(volunteers, eq(volunteers.personId, waiting.personId))).toBe(1)
  const nextYear = new Date(night.getTime() + 366 * 86_400_000)
  expect(await retention.run(store, nextYear)).toMatchObject({ people: 1 })
  const rows = await store.db.select().from(people)
  const named = rows.filter(({ name, phone }) => name !== null || phone !== null).map(({ name }) => name)
  expect(named.sort()).toEqual(['Ерлан approved', 'Ерлан suspended', 'Роза'])
  expect(await store.db.$count(addresses, inArray(addresses.personId, gone))).toBe(0)
})

test('a term that is shortened ends for whoever was last seen long before it', async () => {
  const { town, store, made } = await longAgo('telegram')
  await store.db.update(requests).set({ erasedAt: closed }).where(eq(requests.id, made.id))
  const half = new Date(closed.getTime() + 180 * 86_400_000)
  expect(await retention.run(store, half)).toMatchObject({ elders: 0 })
  expect(await retention.run(store, half, { retentionDays: 90 })).toMatchObject({ elders: 1, people: 1 })
  expect(await search(town, { name: wanted.name, asker: wanted.asker })).toEqual([])
})

test('the operator’s own term counts', async () => {
  const { town, store } = await longAgo('telegram')
  const days = (n: number) => new Date(closed.getTime() + n * 86_400_000 + 60_000)
  expect(await retention.run(store, days(89), { retentionDays: 90 })).toMatchObject({ requests: 0 })
  expect(await retention.run(store, days(90), { retentionDays: 90 })).toMatchObject({ requests: 1 })
  expect(await search(town, { words: wanted.words })).toEqual([])
})

test('a living request, or one that was closed lately, keeps the older person and who asked', async () => {
  const { town, store, aigul, made } = await longAgo('telegram')
  const more = await request(town, aigul, { details: 'Хлеб', at: new Date('2026-09-01T06:00:00Z') })
  await store.db.execute(`update requests set elder_id = '${made.elderId}' where id = '${more.id}'`)
  await store.db.execute(`delete from relatives where elder_id = '${more.elderId}'`)
  await store.db.execute(`delete from elders where id = '${more.elderId}'`)
  expect(await retention.run(store, night)).toMatchObject({ requests: 1, elders: 0, people: 0 })
  const held = await search(town, wanted)
  expect(held).toContain('elders.name: name')
  expect(held).toContain('elders.home_address: address')
  expect(held).toContain('people.name: asker')
  expect(held.filter(place => place.startsWith('requests.'))).toEqual([])
  expect(held).toContain('elder_notes.words: words')

  await closeRequest(store, more.id, { outcome: 'cancelled', by: null, at: night })
  const nextYear = new Date(night.getTime() + 366 * 86_400_000)
  expect(await retention.run(store, nextYear)).toMatchObject({ requests: 1, elders: 1 })
  expect(await search(town, wanted)).toEqual([])
})

test('somebody saw the older person after the last request: a year is counted from that day', async () => {
  const { town, store, made } = await longAgo('telegram')
  const seen = new Date('2026-03-01T06:00:00Z')
  await noteContact(store, made.elderId, seen)
  expect(await retention.run(store, night)).toMatchObject({ requests: 1, elders: 0, people: 0 })
  expect(await search(town, wanted)).toContain('elders.home_address: address')
  const yearAfter = new Date('2027-03-02T21:20:00Z')
  expect(await retention.run(store, yearAfter)).toMatchObject({ requests: 0, elders: 1, people: 1 })
  expect(await search(town, wanted)).toEqual([])
})

test('who helps or coordinates keeps their name, whatever they once asked for', async () => {
  const { town, store, timur } = await longAgo('telegram')
  const own = await request(town, timur, { at: asked })
  await closeRequest(store, own.id, { outcome: 'cancelled', by: null, at: closed })
  expect(await retention.run(store, night)).toMatchObject({ requests: 2, elders: 2, people: 1 })
  const kept = await search(town, { helper: named('Тимур'), coordinator: named('Марат') })
  expect(kept.sort()).toEqual(['people.name: coordinator', 'people.name: helper'])
})

test('who wrote lately loses name and phone, but can still be written to', async () => {
  const { town, store, aigul } = await longAgo('telegram')
  town.at('2026-10-01T06:00:00Z')
  await aigul.says('/menu')
  town.at(night.toISOString())
  expect(await retention.run(store, night)).toMatchObject({ people: 1 })
  expect(await search(town, wanted)).toEqual([])
  await aigul.says('/menu')
  expect(aigul.last.text).not.toBe(town.t('lang.ask'))
})

test('three processes at once erase each request once, in portions', async () => {
  const { town, store, aigul } = await longAgo('telegram')
  for (let n = 0; n < 6; n++) {
    const made = await request(town, aigul, { at: asked })
    await closeRequest(store, made.id, { outcome: 'unmet', by: null, at: closed })
    await recordDisclosure(store, {
      elderId: made.elderId,
      requestId: made.id,
      personId: aigul.personId,
      at: asked,
    })
  }
  const runs = await Promise.all([1, 2, 3].map(() => retention.run(store, night)))
  expect(runs.reduce((sum, { requests = 0 }) => sum + requests, 0)).toBe(7)
  expect(runs.reduce((sum, { elders = 0 }) => sum + elders, 0)).toBe(7)
  expect(await search(town, wanted)).toEqual([])
})

test('the words of a broadcast go after the term; where it went and to how many stays', async () => {
  const { town, store, marat } = await longAgo('telegram')
  const news = { audience: 'people', regionId: '10', districtId: semey, total: 7 } as const
  const about = { ...news, words: { ru: 'Концерт у Розы' }, createdBy: marat.personId, at: asked }
  const [over, going] = [await createBroadcast(store, about), await createBroadcast(store, about)]
  await endBroadcast(store, over.id, { status: 'done', at: closed })
  expect(await search(town, { news: named('у Розы') })).toEqual(['broadcasts.words: news'])
  expect(await retention.run(store, lastDay)).toMatchObject({ news: 0 })
  expect(await retention.run(store, night)).toMatchObject({ news: 1 })
  expect(await findBroadcast(store, over.id)).toMatchObject({ ...news, words: {} })
  expect((await findBroadcast(store, going.id))?.words).toEqual({ ru: 'Концерт у Розы' })
  expect(await retention.run(store, night)).toMatchObject({ news: 0 })
})

test('no name of a message outlives what it is about, of whatever kind it is', async () => {
  const { store, made, timur } = await longAgo('telegram')
  const [assignment] = rowsOf<{ id: string }>(await store.db.execute('select id from assignments'))
  const alert = await raiseAlert(store, {
    ...{ kind: 'human', regionId: '10', districtId: semey, personId: made.requesterId, requestId: made.id },
    ...{ words: 'Валидол', at: asked, dueAt: asked },
  })
  const ids: Record<About, string> = {
    request: made.id,
    assignment: assignment?.id ?? '',
    alert,
    person: timur.personId,
    passing: newId(),
  }
  const kinds = Object.entries(messageKinds)
  await store.db.delete(sentMessages)
  for (const [kind, about] of kinds)
    for (const name of [`${kind}:${ids[about]}`, `${kind}:${ids[about]}:more`])
      await store.db
        .insert(sentMessages)
        .values({ ref: name, channel: 'telegram', chat: '1', externalId: name, sentAt: asked })
  await retention.run(store, night)
  const left = rowsOf<{ ref: string }>(await store.db.execute('select ref from sent_messages'))
  // A volunteer's form and looks go with the volunteer.
  expect([...new Set(left.map(({ ref }) => readRef(ref).kind))].sort()).toEqual(kindsAbout('person').sort())
})

test('the setting reaches the job', async () => {
  const closing: (() => unknown)[] = []
  const DATA_DIR = join(temporaryDirectory(closing), 'data')
  const DATA_KEY = newDataKey()
  const { db, close: closeDatabase } = await openEmbeddedDatabase(DATA_DIR)
  const id = newId()
  const words = openKeyring(DATA_KEY).seal(`requests.details.${id}`, 'Хлеб')
  const place = { regionId: '10', districtId: semey, year: 2026, number: 1 }
  const ended = { status: 'closed', outcome: 'unmet', createdAt: asked, dueAt: asked, closedAt: closed }
  const about = {
    elderId: newId(),
    requesterId: newId(),
    category: 'other',
    route: 'group',
    urgency: 'today',
  }
  await db.insert(requests).values({ id, ...place, ...about, ...ended, details: words })
  await closeDatabase()
  const at = new Date(closed.getTime() + 100 * 86_400_000).toISOString()
  const settings = { DATA_DIR, DATA_KEY, RETENTION_DAYS: '99' }
  try {
    await sleep(50)
    // By the usual term it would have been kept.
    expect(await runByHand(['retention', '--at', at], settings, night)).toContain('requests 1')
  } finally {
    for (const end of closing) await end()
  }
})
