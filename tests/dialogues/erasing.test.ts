import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { type OpenDatabase, rowsOf } from '../../db/client.ts'
import { grantRole } from '../../db/coordinators.ts'
import { setName, setPhone } from '../../db/people.ts'
import { getRequest, listRequestsOf, type Request } from '../../db/requests.ts'
import { relatives } from '../../db/schema.ts'
import { applyAsVolunteer } from '../../db/volunteers.ts'
import { tellAsker } from '../../deeds/asker.ts'
import { languages } from '../../domain/language.ts'
import { openTestDatabase } from '../town/database.ts'
import { boundGroup, looksAt } from '../town/district.ts'
import {
  actsOf,
  coordinator,
  helper,
  type Neighbour,
  neighbour,
  noon,
  otherDistrict,
  request,
  semey,
} from '../town/quick.ts'
import { named, phone, search } from '../town/search.ts'
import { requestFrom, settledTown } from '../town/stories.ts'
import { type Citizen, openTown, type TestedChannel, type Town, testedChannels } from '../town/town.ts'

vi.setConfig({ testTimeout: 180_000 })
let database: OpenDatabase
beforeAll(async () => {
  database = await openTestDatabase()
})
afterAll(() => database.close())

const zeinep = {
  name: named('Зейнеп', 'Ахметов'),
  phone: phone('7011234567'),
  address: named('Абая', 'Абай к'),
  words: named('Валидол', 'рецепт', 'Ключ у Розы'),
}

/** In nobody's chat but the person's own. */
function chatsQuote(citizens: readonly { messages: Citizen['messages'] }[], wanted: RegExp): string[] {
  return citizens.flatMap(({ messages }) =>
    messages.map(({ text }) => text).filter(text => wanted.test(text)),
  )
}

async function open(channel: TestedChannel) {
  const town = await openTown(database, { channel, language: 'ru' })
  town.at(noon.toISOString())
  const marat = await coordinator(town, 'Марат', { regionId: '10', districtId: semey })
  const aigul = await neighbour(town, 'Айгүл Серікова')
  await setPhone(town.store, aigul.personId, '+77055556677')
  return { town, t: town.t, store: town.store, marat, aigul }
}

/** The number on a receipt, as it was told. */
function receiptIn(text: string): string {
  return /\d{4}-\d{4}/.exec(text)?.[0] ?? ''
}

async function saysDone(volunteer: Citizen, { id }: Request, t: Town['t']) {
  await volunteer.pressesData(`claim:${id}`)
  await volunteer.presses(t('done'))
  await volunteer.presses(t('done.noCode'))
}

async function erasures(town: Town) {
  return (await actsOf(town)).filter(({ act }) => act === 'person.erased')
}

describe.each(testedChannels)('on %s', channel => {
  test('a relative who deletes: nothing in any table, log or chat of others, and a receipt', async () => {
    const town = await settledTown(database, { channel, language: 'ru' })
    const { store, aigul, timur, dina, marat, t } = town
    await requestFrom(town, aigul)
    const [asked] = rowsOf<{ id: string; requester_id: string }>(
      await store.db.execute('select * from requests'),
    )
    await setName(store, asked?.requester_id ?? '', 'Айгүл Серікова')
    await aigul.says('/my')
    await aigul.presses(t('my.line', { num: 1, status: { key: 'st.search' } }))
    await aigul.presses(t('my.add'))
    await aigul.sends('voice')
    await looksAt(town, dina, asked?.id ?? '')
    expect(chatsQuote([dina], /Валидол/)).not.toEqual([])
    await timur.in('Көршілер').presses(t('claim'))
    await marat.pressesData(`open:${asked?.id}`)
    await aigul.says('/my')
    await aigul.presses(t('my.line', { num: 1, status: { key: 'st.claimed' } }))
    await aigul.presses(t('my.add'))
    await aigul.says('Ключ у Розы, спросите Зейнеп Ахметову')
    await aigul.says('человек')
    expect(marat.messages.some(({ content }) => content === 'voice')).toBe(true)
    expect(timur.messages.some(({ content }) => content === 'voice')).toBe(true)
    const wanted = { ...zeinep, asker: named('Айг[үу]л', 'Серіков') }
    expect((await search(town, wanted)).length).toBeGreaterThan(5)

    await aigul.says('/delete')
    await aigul.presses(t('data.delete.yes'))
    const said = aigul.last.text
    expect(said).toContain(t('data.deleted'))
    expect(said).toContain(t('receipt.words', { n: 1 }))
    expect(said).toContain(t('receipt.media', { n: 1 }))
    expect(said).toContain(t('receipt.kept'))
    const [fact] = await erasures(town)
    expect(receiptIn(said)).toMatch(/^\d{4}-\d{4}$/)
    expect(fact?.note).toEqual({ requests: 1, media: 1, elders: 1, receipt: receiptIn(said) })

    expect(await search(town, wanted)).toEqual([])
    for (const quoted of Object.values(wanted))
      expect(chatsQuote([timur, dina, marat, timur.in('Көршілер')], quoted)).toEqual([])
    expect([...timur.messages, ...marat.messages].filter(({ content }) => content === 'voice')).toEqual([])
    const kept = rowsOf(await store.db.execute('select id from playground_files where body is not null'))
    expect(kept).toEqual([])
  })

  test('an older person who deletes goes with all that their daughter told; she hears it without the name', async () => {
    const { town, t, store, marat, aigul } = await open(channel)
    const timur = await helper(town, 'Тимур')
    const own = await neighbour(town, 'Зейнеп Ахметова')
    await setPhone(store, own.personId, '+77011234567')
    const made = await request(town, aigul, { details: 'Валидол, рецепт на столе' })
    await store.db.execute(`update elders set person_id = '${own.personId}' where id = '${made.elderId}'`)
    await store.db.insert(relatives).values({ elderId: made.elderId, personId: own.personId, since: noon })
    await timur.pressesData(`claim:${made.id}`)
    await marat.pressesData(`open:${made.id}`)
    // What the bot says of it to the daughter waits for the morning, and names her mother.
    town.at('2026-11-23T18:00:00Z')
    const told = { key: 'req.onway', values: { vol: 'Тимур' }, at: new Date('2026-11-23T18:00:00Z') }
    await tellAsker(store, made, { ...told, notBefore: new Date('2026-11-24T03:00:00Z') })
    expect((await search(town, zeinep)).some(place => place.startsWith('outbox.body: name'))).toBe(true)

    await own.says('/delete')
    await own.presses(t('data.delete.yes'))
    expect(await search(town, zeinep)).toEqual([])
    town.at('2026-11-24T03:00:00Z')
    await town.settle()
    expect(aigul.last.text).toBe(t('erase.family', { number: receiptIn(own.last.text) }))
    expect(timur.messages.at(-1)?.text).toBe(t('task.closed', { num: 1, status: { key: 'st.cancelled' } }))
    expect(await search(town, zeinep)).toEqual([])
    expect(chatsQuote([timur, marat], zeinep.name)).toEqual([])
    expect((await listRequestsOf(store, aigul.personId, 9))[0]).toMatchObject({
      status: 'closed',
      outcome: 'cancelled',
    })
  })

  test('a volunteer who deletes: their form, name and phone go everywhere, and what they held is open again', async () => {
    const { town, t, store, marat, aigul } = await open(channel)
    const timur = await helper(town, 'Тимур Оспанов')
    await setPhone(store, timur.personId, '+77077778899')
    const made = await request(town, aigul)
    await timur.pressesData(`claim:${made.id}`)
    await marat.pressesData(`open:${made.id}`)
    const wanted = { name: named('Тимур', 'Оспанов'), phone: phone('7077778899') }
    expect((await search(town, wanted)).length).toBeGreaterThan(1)
    expect(chatsQuote([marat], wanted.name).length).toBeGreaterThan(0)

    await timur.says('/delete')
    await timur.presses(t('data.delete.yes'))
    expect(timur.last.text).toContain(t('receipt.role'))
    expect(await search(town, wanted)).toEqual([])
    expect(chatsQuote([marat], wanted.name)).toEqual([])
    expect((await listRequestsOf(store, aigul.personId, 9))[0]).toMatchObject({ status: 'open' })
    const released = t('req.released.other', { num: made.number, name: 'Зейнеп Ахметова' })
    expect(aigul.messages.map(({ text }) => text)).toContain(released)
    expect(timur.messages.filter(({ from, text }) => from === 'bot' && zeinep.phone.test(text))).toEqual([])
  })

  test('help called done was given, though the volunteer deletes everything before the asker confirms it', async () => {
    const { town, t, store, marat, aigul } = await open(channel)
    const timur = await helper(town, 'Тимур Оспанов')
    const group = await boundGroup({ town, marat }, [timur])
    const made = await request(town, aigul)
    await saysDone(timur, made, t)
    await timur.says('/delete')
    await timur.presses(t('data.delete.yes'))
    expect(await search(town, { name: named('Тимур', 'Оспанов') })).toEqual([])
    if (channel !== 'whatsapp')
      expect(chatsQuote([aigul, marat, group], named('Тимур', 'Оспанов'))).toEqual([])
    const released = t('req.released.other', { num: made.number, name: 'Зейнеп Ахметова' })
    expect(aigul.messages.map(({ text }) => text)).not.toContain(released)
    expect((await listRequestsOf(store, aigul.personId, 9))[0]).toMatchObject({ status: 'done' })
    await aigul.presses(t('req.yes'))
    expect((await listRequestsOf(store, aigul.personId, 9))[0]).toMatchObject({ outcome: 'fulfilled' })
    expect(
      rowsOf(await store.db.execute('select id from assignments where minutes is not null')).length,
    ).toBe(1)
  })

  test('an asker who deletes after the help: it was help, and its helper is not told to stay away', async () => {
    const { town, t, store, aigul } = await open(channel)
    const timur = await helper(town, 'Тимур')
    const made = await request(town, aigul)
    await saysDone(timur, made, t)
    await aigul.says('/delete')
    await aigul.presses(t('data.delete.yes'))
    expect(await getRequest(store, made.id)).toMatchObject({ outcome: 'fulfilled', confirmation: 'none' })
    expect(
      rowsOf(await store.db.execute('select id from assignments where minutes is not null')).length,
    ).toBe(1)
    const told = timur.messages.map(({ text }) => text)
    expect(told).toContain(t('task.thanks', { num: 1 }))
    expect(told).not.toContain(t('task.closed', { num: 1, status: { key: 'st.cancelled' } }))
  })

  test('a coordinator who deletes has no territory any more', async () => {
    const { town, t, store, marat } = await open(channel)
    await setName(store, marat.personId, 'Марат Жақсыбеков')
    await setPhone(store, marat.personId, '+77066660011')
    const wanted = { name: named('Марат', 'Жақсыбек'), phone: phone('7066660011') }
    expect((await search(town, wanted)).length).toBeGreaterThan(1)
    await marat.says('/delete')
    await marat.presses(t('data.delete.yes'))
    expect(await search(town, wanted)).toEqual([])
    const living = rowsOf(await store.db.execute('select id from roles where revoked_at is null'))
    expect(living).toEqual([])
  })

  test('a card that waits for the morning is not sent; a call of somebody else is, without the name', async () => {
    const { town, t, store, marat, aigul } = await open(channel)
    const made = await request(town, aigul)
    await store.db.execute(`update people set name = null where id = '${aigul.personId}'`)
    town.at('2026-11-23T18:00:00Z')
    const before = marat.messages.length
    // Without a name of her own the card shows her mother's.
    await aigul.says('человек')
    expect((await search(town, zeinep)).some(place => place.startsWith('outbox.body'))).toBe(true)
    await marat.pressesData(`open:${made.id}`)
    await marat.presses(t('queue.erase'))
    await marat.presses(t('erase.elder'))
    await marat.presses(t('erase.yes'))
    expect(await search(town, zeinep)).toEqual([])
    expect(marat.last.text).not.toMatch(zeinep.name)
    const night = marat.messages.length
    expect(night).toBeGreaterThan(before)
    town.at('2026-11-24T03:00:00Z')
    await town.settle()
    const called = marat.messages.slice(night).map(({ text }) => text)
    expect(called.length).toBe(1)
    expect(called[0]).toContain(t('alert.noName'))
  })

  test('a coordinator erases for somebody who phoned: the receipt goes to the person, if there is a chat', async () => {
    const { town, t, marat, aigul } = await open(channel)
    const saule = await coordinator(town, 'Сәуле')
    const made = await request(town, aigul)
    await saule.says('/queue')
    await saule.says('зейнеп')
    await marat.says('/queue')
    await marat.says('Зейнеп Ахметова')
    const found = marat.last.buttons.find(label => label.includes(String(made.number))) ?? ''
    await marat.presses(found)
    expect((await search(town, zeinep)).join()).toContain('dialogs.state')
    await marat.presses(t('queue.erase'))
    await marat.presses(t('erase.asker'))
    expect(marat.last.text).toContain(t('erase.sure', { num: made.number }))
    await marat.presses(t('erase.yes'))
    const [fact] = await erasures(town)
    const number = String(fact?.note?.receipt)
    const told = marat.messages.map(({ text }) => text).join('\n')
    expect(told).toContain(t('erase.done', { number }))
    expect(told).toContain(t('erase.told'))
    expect(fact).toMatchObject({ actorId: marat.personId, subjectId: aigul.personId })
    expect(aigul.last.text).toContain(t('erase.byCoordinator'))
    expect(receiptIn(aigul.last.text)).toBe(number)
    const wanted = { ...zeinep, asker: named('Айг[үу]л', 'Серіков'), herPhone: phone('7055556677') }
    expect(await search(town, wanted)).toEqual([])
    expect(chatsQuote([marat], zeinep.phone)).toEqual([])
    expect(chatsQuote([marat], zeinep.address)).toEqual([])
  })

  test('what coordinators looked for, wrote down and were offered goes from their dialogs and their chats', async () => {
    const { town, t, marat, aigul } = await open(channel)
    const saule = await coordinator(town, 'Сәуле')
    const dina = await coordinator(town, 'Дина', { regionId: '75' })
    const made = await request(town, aigul)
    await aigul.says('человек')
    // Found, listed; not found; half written down; and something of somebody else's.
    await marat.says('/queue')
    await marat.says('Зейнеп Ахметова')
    await dina.says('/queue')
    await dina.says('Зейнеп Ахметова')
    await saule.says('/queue')
    await saule.presses(t('queue.phone'))
    await saule.says('Зейнеп Ахметова')
    await saule.says('8 701 123 45 67')
    expect((await search(town, zeinep)).join()).toContain('dialogs.state')
    expect(chatsQuote([marat], zeinep.name)).not.toEqual([])

    await aigul.says('/delete')
    await aigul.presses(t('data.delete.yes'))
    const wanted = { ...zeinep, asker: named('Айг[үу]л', 'Серіков'), herPhone: phone('7055556677') }
    expect(await search(town, wanted)).toEqual([])
    const bots = [marat, dina, saule].map(({ messages }) => ({
      messages: messages.filter(({ from }) => from === 'bot'),
    }))
    // Nothing can be taken out of a chat that knows no edits.
    if (channel === 'whatsapp') return
    for (const quoted of Object.values(wanted)) expect(chatsQuote(bots, quoted)).toEqual([])
    await marat.pressesData(`open:${made.id}`)
    expect(chatsQuote(bots, zeinep.name)).toEqual([])
  })

  test('a coordinator erases nothing outside the territory', async () => {
    const { town, t, marat, aigul } = await open(channel)
    const here = await request(town, aigul)
    const there = await request(town, aigul, { districtId: otherDistrict })
    await marat.pressesData(`open:${there.id}`)
    expect(marat.last.text).not.toContain(t('queue.what'))
    await marat.pressesData(`open:${here.id}`)
    await marat.presses(t('queue.erase'))
    await marat.presses(t('erase.asker'))
    await marat.presses(t('erase.yes'))
    expect(marat.messages.some(({ text }) => text.includes(t('erase.wider')))).toBe(true)
    expect(await erasures(town)).toEqual([])
    expect((await search(town, zeinep)).length).toBeGreaterThan(2)
  })
})

test.each(languages)('the receipt in %s', async language => {
  const town = await settledTown(database, { channel: 'telegram', language })
  const { aigul, t } = town
  await requestFrom(town, aigul)
  await aigul.says('/delete')
  await aigul.presses(t('data.delete.yes'))
  for (const key of ['data.deleted', 'receipt.person', 'receipt.home', 'receipt.kept'])
    expect(aigul.last.text).toContain(t(key))
  expect(aigul.last.text).toMatch(/\d{4}-\d{4}/)
  expect(aigul.last.text).not.toMatch(/\{|receipt\./)
})

const beyond: [what: string, arrange: (town: Town, asker: Neighbour) => Promise<unknown>][] = [
  ['a request of the restricted queue', (town, asker) => request(town, asker, { category: 'safety' })],
  [
    'who helps in another district',
    async ({ store }, { personId }) => {
      const form = { personId, regionId: '10', districtIds: [otherDistrict], categories: [] }
      await applyAsVolunteer(store, { ...form, wantedRequestId: null, at: noon })
    },
  ],
  [
    'who coordinates',
    ({ store }, { personId }) =>
      grantRole(store, { regionId: '10', districtId: semey, cleared: false, personId, at: noon }),
  ],
]

test.each(beyond)('%s: a coordinator of the district alone does not erase it', async (_, arrange) => {
  const town = await openTown(database, { channel: 'telegram', language: 'ru' })
  town.at(noon.toISOString())
  const marat = await coordinator(town, 'Марат', { regionId: '10', districtId: semey, cleared: false })
  const aigul = await neighbour(town, 'Айгүл')
  const made = await request(town, aigul)
  await arrange(town, aigul)
  await marat.pressesData(`open:${made.id}`)
  await marat.presses(town.t('queue.erase'))
  await marat.presses(town.t('erase.asker'))
  await marat.presses(town.t('erase.yes'))
  expect(marat.messages.some(({ text }) => text.includes(town.t('erase.wider')))).toBe(true)
  expect(await erasures(town)).toEqual([])
  expect(await search(town, { asker: named('Айгүл') })).toContain('people.name: asker')
})
