import { afterAll, beforeAll, expect, test } from 'vitest'
import type { OpenDatabase } from '../../db/client.ts'
import { eq } from '../../db/drizzle.ts'
import { eraseBonds } from '../../db/erase.ts'
import { enqueue } from '../../db/outbox.ts'
import { addresses, outbox, personMerges, volunteers } from '../../db/schema.ts'
import { applyAsVolunteer, decideVolunteer } from '../../db/volunteers.ts'
import { part } from '../../domain/message.ts'
import { openTestDatabase } from '../town/database.ts'
import { coordinator, helper, noon, semey, zeinep } from '../town/quick.ts'
import { requestFrom, settledTown } from '../town/stories.ts'
import { type Citizen, openTown, type Town } from '../town/town.ts'

let database: OpenDatabase
beforeAll(async () => {
  database = await openTestDatabase()
})
afterAll(() => database.close())

async function open() {
  const town = await openTown(database, { channel: 'telegram', language: 'ru', beside: ['whatsapp'] })
  town.at('2026-11-23T06:00:00Z')
  const onTelegram = await town.person('Айгүл')
  const onWhatsapp = await town.on('whatsapp').person('Айгүл')
  return { ...town, onTelegram, onWhatsapp }
}

const codeIn = (text: string) => /start%20(s-[\w-]+)/.exec(text)?.[1] ?? ''

/** The code of a link to the other messenger. */
async function codeFor({ t }: Pick<Town, 't'>, from: Citizen): Promise<string> {
  await from.says('/link')
  await from.presses(t('chats.link'))
  return codeIn(from.last.text)
}

async function link(town: Pick<Town, 't'>, from: Citizen, there: Citizen) {
  await there.start(await codeFor(town, from))
  await there.presses(town.t('chats.yes'))
}

test('two chats become one person by a link, and are parted again', async () => {
  const town = await open()
  const { t, onTelegram, onWhatsapp } = town
  await requestFrom(town, onTelegram)
  const code = await codeFor(town, onTelegram)
  await onWhatsapp.start(code)
  expect(onWhatsapp.last.text).toContain(t('chats.confirm'))
  await onWhatsapp.presses(t('chats.yes'))
  expect(onTelegram.last.text).toContain(t('chats.joined'))
  expect(onWhatsapp.last.text).toContain(t('chats.joined'))

  await onWhatsapp.says('/my')
  expect(onWhatsapp.last.buttons.length).toBeGreaterThan(0)

  await onTelegram.presses(t('chats.part'))
  await onWhatsapp.says('/my')
  expect(onWhatsapp.last.text).toContain(t('my.none'))
})

test('after parting nothing of the one who keeps is said or left in the other chat', async () => {
  const town = await settledTown(database, { channel: 'telegram', language: 'ru', beside: ['whatsapp'] })
  const { t, aigul, timur, store } = town
  await requestFrom(town, aigul)
  const onWhatsapp = await town.on('whatsapp').person('Тимур')
  await link(town, timur, onWhatsapp)
  await timur.in('Көршілер').presses(t('claim'))
  expect(onWhatsapp.messages.some(({ text }) => text.includes('Абая 12'))).toBe(true)
  const [there] = await store.db.select().from(addresses).where(eq(addresses.channel, 'whatsapp'))
  const waiting = { channel: 'whatsapp', chat: there?.externalId ?? '', personId: there?.personId ?? '' }
  const at = new Date('2026-11-23T06:00:00Z')
  const message = { parts: [part('notice', { text: 'Код двери 12' })] }
  await enqueue(store, { ...waiting, message, at, notBefore: new Date('2026-11-23T09:00:00Z') })

  await onWhatsapp.presses(t('chats.part'))
  town.at('2026-11-23T09:00:01Z')
  await town.settle()
  expect(timur.messages.some(({ text }) => text.includes('Код двери 12'))).toBe(true)
  for (const { text } of onWhatsapp.messages) expect(text).not.toMatch(/Абая|Код двери/)
  const left = onWhatsapp.messages.length
  await timur.says('/tasks')
  await timur.presses(t('onway'))
  expect(aigul.last.text).toContain('Тимур')
  expect(onWhatsapp.messages).toHaveLength(left)
})

test('one account that WhatsApp calls by two ids is one person, who is written to where they wrote', async () => {
  const town = await settledTown(database, { channel: 'whatsapp', language: 'ru' })
  const { t, aigul, timur, numbers, store } = town
  await requestFrom(town, aigul)
  const [own] = await store.db.select().from(addresses).where(eq(addresses.personId, timur.personId))
  const phone = own?.externalId.split('@')[0] ?? ''
  const hidden = { id: '900000000000003@lid', name: 'Тимур', language: 'ru', phone } as const
  await numbers?.act(hidden, 'Көршілер@g.us', { type: 'text', text: 'возьму 1' }, { shown: 'возьму 1' })
  await town.settle()
  expect(timur.messages.some(({ text }) => text.includes('Абая 12'))).toBe(true)
  expect(timur.in('Көршілер').last.text).not.toContain('wa.me')
  await numbers?.act(hidden, hidden.id, { type: 'text', text: '/tasks' }, { shown: '/tasks' })
  await town.settle()
  const there = numbers?.messagesOf(hidden.id).at(-1)
  expect(there?.text).not.toContain(t('act.notYours'))
  const holders = await store.db.select({ personId: addresses.personId }).from(addresses)
  expect(holders.filter(({ personId }) => personId === timur.personId)).toHaveLength(2)
})

test('a suspension comes along from the other id of an account', async () => {
  const town = await settledTown(database, { channel: 'whatsapp', language: 'ru' })
  const { aigul, timur, numbers, store } = town
  await requestFrom(town, aigul)
  const [own] = await store.db.select().from(addresses).where(eq(addresses.personId, timur.personId))
  await timur.in('Көршілер').presses(town.t('claim'))
  const other = { id: '900000000000004@lid', name: 'Тимур', language: 'ru' } as const
  await numbers?.act(other, other.id, { type: 'text', text: '/menu' }, { shown: '/menu' })
  const [second] = await store.db.select().from(addresses).where(eq(addresses.externalId, other.id))
  const form = { personId: second?.personId ?? '', regionId: semey.slice(0, 2), districtIds: [semey] }
  await applyAsVolunteer(store, { ...form, categories: [], wantedRequestId: null, at: noon })
  await decideVolunteer(store, form.personId, {
    status: 'suspended' as 'approved',
    by: form.personId,
    at: noon,
  })

  const phone = own?.externalId.split('@')[0] ?? ''
  await numbers?.act({ ...other, phone }, other.id, { type: 'text', text: '/menu' }, { shown: '/menu ' })
  await town.settle()
  const states = await store.db.select().from(volunteers).where(eq(volunteers.personId, timur.personId))
  expect(states.map(({ status }) => status)).toEqual(['suspended'])
  expect(timur.messages.some(({ text }) => text.includes('Абая 12'))).toBe(false)
})

test('a link works once, only for another chat, and not for ever', async () => {
  const town = await open()
  const { t, onTelegram, onWhatsapp } = town
  await onTelegram.start()
  const code = await codeFor(town, onTelegram)
  await onTelegram.start(code)
  expect(onTelegram.last.text).toContain(t('chats.already'))
  town.at('2026-11-23T07:00:00Z')
  await onWhatsapp.start(code)
  expect(onWhatsapp.last.text).toContain(t('chats.over'))
  // Nor does it make a coordinator of whoever saw it, even if its maker is one.
  const marat = await coordinator(town, 'Марат')
  await onWhatsapp.start((await codeFor(town, marat)).replace('s-', 'i-'))
  expect(onWhatsapp.messages.some(({ text }) => text.includes(t('invite.bad')))).toBe(true)
  await onWhatsapp.start('s-invented')
  expect(onWhatsapp.last.text).toContain(t('chats.over'))
})

test('the same phone vouched for by both is offered, shown, and never joined silently', async () => {
  const town = await open()
  const { t, onTelegram, onWhatsapp } = town
  await requestFrom(town, onTelegram)
  await onTelegram.sends('contact')
  await onWhatsapp.start()
  expect(onWhatsapp.messages.some(({ text }) => text.includes(t('chats.phone')))).toBe(true)
  await onWhatsapp.says('/my')
  expect(onWhatsapp.messages.some(({ text }) => text.includes(t('my.none')))).toBe(true)
  await onWhatsapp.presses(t('chats.yes'))
  expect(onWhatsapp.last.text).toBe(t('chats.asked'))
  await onTelegram.presses(t('chats.yes'))
  expect(onTelegram.last.text).toContain(t('chats.joined'))
  await onWhatsapp.says('/my')
  expect(onWhatsapp.last.text).not.toContain(t('my.none'))
})

test('a person is reached where they last wrote, and elsewhere when that fails', async () => {
  const town = await settledTown(database, { channel: 'telegram', language: 'ru', beside: ['whatsapp'] })
  const { t, aigul, timur } = town
  await requestFrom(town, aigul)
  const onWhatsapp = await town.on('whatsapp').person('Айгүл')
  await link(town, aigul, onWhatsapp)
  await timur.in('Көршілер').presses(t('claim'))
  expect(onWhatsapp.last.text).toContain('Тимур')
  expect(aigul.last.text).not.toContain('Тимур')

  await onWhatsapp.blocks()
  await timur.presses(t('release'))
  expect(aigul.last.text).toContain(t('req.released.other', { num: 1, ...zeinep }))
})

test('a suspension goes along, and is not left behind by parting', async () => {
  const town = await settledTown(database, { channel: 'telegram', language: 'ru', beside: ['whatsapp'] })
  const { t, aigul, timur, store } = town
  await requestFrom(town, aigul)
  const there = { ...town, ...town.on('whatsapp') }
  const suspended = await helper(there, 'Екінші Тимур', { status: 'suspended' })
  await timur.in('Көршілер').presses(t('claim'))
  await link(town, timur, suspended)
  expect(timur.messages.some(({ text }) => text.includes('Абая 12'))).toBe(false)
  await suspended.presses(t('chats.part'))
  const states = await store.db.select({ status: volunteers.status }).from(volunteers)
  expect(states.filter(({ status }) => status === 'suspended')).toHaveLength(2)
})

test('what is half out in one messenger comes whole to the other', async () => {
  const town = await settledTown(database, { channel: 'telegram', language: 'ru', beside: ['whatsapp'] })
  const { aigul, store } = town
  await requestFrom(town, aigul)
  const onWhatsapp = await town.on('whatsapp').person('Айгүл')
  await link(town, aigul, onWhatsapp)
  await onWhatsapp.blocks()
  const [own] = await store.db.select().from(addresses).where(eq(addresses.channel, 'whatsapp'))
  const chat = { channel: 'whatsapp', chat: own?.externalId ?? '', personId: own?.personId ?? '' }
  const text = 'слово '.repeat(100).trim()
  const options = [{ id: 'do:menu', label: { key: 'menu' } }]
  const message = { parts: [part('notice', { text })], options, pieces: ['w1'] }
  await enqueue(store, { ...chat, message, at: new Date('2026-11-23T06:00:00Z') })
  await town.settle()
  expect(aigul.last.text).toBe(text)
})

test('an erasure takes along what still waited for the chat that was joined', async () => {
  const town = await open()
  const { store, onTelegram, onWhatsapp } = town
  await onTelegram.start()
  const before = await store.db.select().from(addresses).where(eq(addresses.channel, 'whatsapp'))
  await link(town, onTelegram, onWhatsapp)
  const [own] = await store.db.select().from(personMerges)
  expect(own).toBeDefined()
  const chat = { channel: 'whatsapp', chat: before[0]?.externalId ?? '', personId: own?.mergedId ?? '' }
  const notBefore = new Date('2026-11-24T06:00:00Z')
  const message = { parts: [part('notice', { text: 'Зейнеп, Абая 12' })] }
  await enqueue(store, { ...chat, message, at: new Date('2026-11-23T06:00:00Z'), notBefore })
  await eraseBonds(store, own?.keptId ?? '', new Date('2026-11-23T06:00:01Z'))
  const left = await store.db.select({ body: outbox.body, failure: outbox.failure }).from(outbox)
  expect(left.filter(({ body }) => body !== null)).toEqual([])
  expect(left.filter(({ failure }) => failure === 'erased')).toHaveLength(1)
})
