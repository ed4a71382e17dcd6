import { linksOf } from '../../bot/app.ts'
import type { Channel, ChannelName } from '../../bot/channel.ts'
import { textOf } from '../../bot/i18n.ts'
import { createLog } from '../../bot/logger.ts'
import { startSender } from '../../bot/outbox.ts'
import { createPlayground } from '../../bot/playground/channel.ts'
import { createRouter } from '../../bot/router.ts'
import { openTelegram } from '../../bot/telegram/channel.ts'
import { newDataKey, openKeyring } from '../../db/cipher.ts'
import { type OpenDatabase, rowsOf, type Store } from '../../db/client.ts'
import { sql } from '../../db/drizzle.ts'
import { createInvitation } from '../../db/invitations.ts'
import { createPlaygroundStore } from '../../db/playground.ts'
import type { Hearing } from '../../db/recognise.ts'
import type { Language } from '../../domain/language.ts'
import type { Value } from '../../domain/message.ts'
import type { Role } from '../../domain/roles.ts'
import type { Operator } from '../../handlers/dialog.ts'
import { FakeTelegram } from '../fake-telegram/fake-telegram.ts'
import { emptyDatabase } from './database.ts'
import { NumbersPlatform, numbersPhone } from './numbers-platform.ts'
import type { Phone } from './phone.ts'
import { playgroundPhone, watchers } from './playground-phone.ts'
import { telegramPhone } from './telegram-phone.ts'

export const operator: Operator = {
  name: 'Қор «Мысал»',
  bin: '123456789012',
  phone: '+7 700 000 00 99',
  hours: '09:00–18:00',
  dataTerm: '31.12.2030',
}

export const allChannels = ['telegram', 'playground', 'whatsapp'] as const
export type TestedChannel = (typeof allChannels)[number]

/**
 * Every dialogue runs on each channel and in each language, each on one of the two databases: every pair on both
 * would take three times as long.
 */
const pairs: Partial<Record<TestedChannel, readonly Language[]>> = process.env.TEST_DATABASE_URL
  ? { playground: ['en'], whatsapp: ['kk', 'ru'] }
  : { telegram: ['kk', 'ru'] }

/** The channels of this run. */
export const testedChannels = allChannels.filter(channel => pairs[channel])

export const languagesOn = (channel: TestedChannel): readonly Language[] => pairs[channel] ?? []

/**
 * Where there are buttons, a message can be changed after it was sent, and the bot hears that somebody has stopped it.
 * Elsewhere options are lines of text that stay as they were said, and what is typed presses them.
 */
export const hasButtons = (channel: TestedChannel) => channel !== 'whatsapp'
export const buttonedChannels = testedChannels.filter(hasButtons)

export interface Town {
  store: Store
  log: string[]
  /** A person with a phone; `in(group)` is the same person's view of a group. */
  person(name: string): Promise<Citizen>
  group(title: string, members: Citizen[]): Promise<void>
  settle(): Promise<void>
  /** The text of a locale key in this town's language. */
  t(key: string, values?: Record<string, Value>): string
  /** An invitation code for a coordinator. */
  invitation(role?: Partial<Role>): Promise<string>
  at(time: string): void
  /** The process dies and another one goes on with the same database. */
  restart(): void
  telegram?: FakeTelegram
  numbers?: NumbersPlatform
  /** The same town on other messengers. */
  on(channel: TestedChannel): Pick<Town, 'person' | 'group'>
  /** The group becomes a supergroup with another id. */
  grow?(title: string): Promise<void>
}

export interface Citizen extends Phone {
  key: string
  in(title: string): Phone
}

export interface TownSettings {
  channel: TestedChannel
  language: Language
  edits?: boolean
  /** Other messengers of the same bot. */
  beside?: readonly TestedChannel[]
  /** For a test that opens the data elsewhere. */
  dataKey?: string
  /** How much of what one person sends is heard: all if not said. */
  heard?: Hearing
}

/** The real bot on a real, empty database; only the wire is not the world's. */
export async function openTown(
  database: OpenDatabase,
  { channel, language, edits = true, beside = [], dataKey = newDataKey(), heard }: TownSettings,
): Promise<Town> {
  await emptyDatabase(database.db)
  watchers.length = 0
  const store: Store = { db: database.db, keys: openKeyring(dataKey) }
  const lines: string[] = []
  const log = createLog('debug', { write: line => void lines.push(line) })
  let clock: Date | undefined
  const now = () => clock ?? new Date()
  const platform = await platformOf(channel, { log, store, now })
  const others = await Promise.all(beside.map(name => platformOf(name, { log, store, now })))
  const channels = new Map<ChannelName, Channel>()
  for (const { channel } of [platform, ...others]) {
    const own = channel.capabilities
    channels.set(channel.name, { ...channel, capabilities: { ...own, edit: own.edit && edits } })
  }
  let sent = 0
  // No two messages go out in the same moment.
  const sending = () => new Date(now().getTime() + sent++)
  const sender = startSender({ store, channels, log, now: sending, automatic: false })
  const links = linksOf(channels)
  const capabilitiesOf = (name: ChannelName) => channels.get(name)?.capabilities
  const newRouter = () =>
    createRouter({ store, operator, log, ...links, capabilitiesOf, ...(heard && { heard }), wake: () => {} })
  let route = newRouter()
  for (const own of channels.values()) await own.start(inbound => route({ ...inbound, at: now() }))

  async function settle() {
    await sender.drain()
    // People take their time: what the pace of the channel held back goes out meanwhile.
    if (clock) clock = new Date(clock.getTime() + 6_000)
    if (await somethingWaits(store)) await sender.drain()
    for (const watch of watchers) await watch()
  }
  return {
    store,
    log: lines,
    settle,
    person: name => platform.person(name, language, settle),
    group: (title, members) => platform.group(title, members, settle),
    t: (key, values) => textOf(language, values ? { key, values } : { key }),
    invitation: (role = {}) =>
      createInvitation(store, {
        regionId: null,
        districtId: null,
        cleared: true,
        ...role,
        createdBy: null,
        at: now(),
        expiresAt: new Date(now().getTime() + 86_400_000),
      }),
    at: time => {
      clock = new Date(time)
    },
    restart: () => {
      route = newRouter()
    },
    on(name) {
      const other = [platform, ...others].find(({ channel }) => channel.name === name)
      if (!other) throw new Error(`No ${name} in this town`)
      return {
        person: key => other.person(key, language, settle),
        group: (title, members) => other.group(title, members, settle),
      }
    },
    ...(platform.telegram && { telegram: platform.telegram }),
    ...[platform, ...others].reduce((all, { numbers }) => (numbers ? { numbers } : all), {}),
    ...(platform.grow && { grow: platform.grow }),
  }
}

/** Cheaper to ask than a sender that looks for what it may send, and that is done after every word said here. */
async function somethingWaits({ db }: Store): Promise<boolean> {
  const waiting = await db.execute(sql`select 1 from outbox where status in ('queued', 'sending') limit 1`)
  return rowsOf(waiting).length > 0
}

interface Platform {
  channel: Channel
  telegram?: FakeTelegram
  numbers?: NumbersPlatform
  grow?(title: string): Promise<void>
  person(name: string, language: Language, settle: () => Promise<void>): Promise<Citizen>
  group(title: string, members: Citizen[], settle: () => Promise<void>): Promise<void>
}

function platformOf(
  channel: TestedChannel,
  { log, store, now }: { log: ReturnType<typeof createLog>; store: Store; now: () => Date },
): Platform | Promise<Platform> {
  if (channel === 'telegram') return telegramTown(log)
  return channel === 'playground' ? playgroundTown(store) : numbersTown(now)
}

function numbersTown(now: () => Date): Platform {
  const platform = new NumbersPlatform(now)
  const members = new Map<string, { id: string; name: string; language: Language }>()
  return {
    channel: platform.channel,
    numbers: platform,
    async person(name, language, settle) {
      const who = { id: `7701000${1000 + members.size}@c.us`, name, language }
      members.set(name, who)
      const phone = numbersPhone(platform, who, who.id, settle)
      return citizen(phone, name, title => numbersPhone(platform, who, `${title}@g.us`, settle))
    },
    async group(title, [first], settle) {
      const who = members.get(first?.key ?? '')
      const chat = platform.found(title)
      if (who) await platform.act(who, chat, { type: 'botAdded' })
      await settle()
    },
  }
}

async function telegramTown(log: ReturnType<typeof createLog>): Promise<Platform> {
  const telegram = new FakeTelegram()
  const settings = {
    token: telegram.token,
    fetch: telegram.fetch as never,
    webhookUrl: 'https://example.kz/t',
  }
  const channel = await openTelegram({ ...settings, webhookSecret: 'a-long-random-word' }, log)
  const groups = new Map<string, ReturnType<FakeTelegram['group']>>()
  const people = new Map<string, ReturnType<FakeTelegram['user']>>()
  return {
    telegram,
    async grow(title) {
      await groups.get(title)?.migrate()
    },
    channel: {
      ...channel,
      async start(receive) {
        await channel.start(receive)
        telegram.onUpdate = update => channel.receiveUpdate(update)
      },
    },
    async person(name, language, settle) {
      // On every messenger the first person has the same phone, and so on.
      const phone = `7701000${1000 + people.size}`
      const person = telegram.user({ firstName: name, languageCode: language, phone })
      people.set(name, person)
      const view = telegramPhone(person, settle)
      return citizen(view, name, title => {
        const group = groups.get(title)
        if (!group) throw new Error(`No group ${title}`)
        const view = { chat: person.in(group), room: group, messages: () => group.messages }
        return telegramPhone(person, settle, view)
      })
    },
    async group(title, members, settle) {
      const known = members.flatMap(member => people.get(member.key) ?? [])
      groups.set(title, telegram.group(title, { members: known, addBot: true }))
      await telegram.deliver()
      await settle()
    },
  }
}

async function playgroundTown(store: Store): Promise<Platform> {
  const platform = createPlaygroundStore(store.db)
  const channel = createPlayground({ store: platform })
  const app = channel.routes()
  const phones = new Map<string, Phone>()
  const ids = new Map<string, string>()
  return {
    channel,
    async person(name, language, settle) {
      const id = `p${ids.size + 1}`
      ids.set(name, id)
      await platform.addPerson({ id, name, language, started: false })
      const phone = await playgroundPhone({ app, store: platform, settle }, id, id)
      return citizen(phone, name, title => {
        const found = phones.get(`${title}:${name}`)
        if (!found) throw new Error(`${name} is not in ${title}`)
        return found
      })
    },
    async group(title, members, settle) {
      const keys = members.map(({ key }) => ids.get(key) ?? '')
      const body = new FormData()
      const groupId = crypto.randomUUID()
      for (const [name, value] of Object.entries({ id: groupId, person: keys[0] ?? '', title }))
        body.append(name, value)
      await app.request('http://localhost/playground/groups', {
        method: 'POST',
        body,
        headers: { host: 'localhost' },
      })
      for (const member of keys.slice(1)) await platform.join(`g-${groupId}`, member)
      await settle()
      for (const { key } of members) {
        phones.set(
          `${title}:${key}`,
          await playgroundPhone({ app, store: platform, settle }, ids.get(key) ?? '', `g-${groupId}`),
        )
      }
    },
  }
}

/** Keeps the phone's getters alive: a spread would freeze what it shows. */
function citizen(phone: Phone, key: string, inGroup: (title: string) => Phone): Citizen {
  return Object.assign(Object.create(phone) as Phone, { key, in: inGroup })
}
