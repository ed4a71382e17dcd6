import { openKeyring } from '../db/cipher.ts'
import { type OpenDatabase, openEmbeddedDatabase, openServerDatabase, type Store } from '../db/client.ts'
import { anyCoordinator } from '../db/coordinators.ts'
import { leaveAllGroups } from '../db/groups.ts'
import { createInvitation } from '../db/invitations.ts'
import { checkKeys } from '../db/key-check.ts'
import { countPeople } from '../db/people.ts'
import { createPlaygroundStore } from '../db/playground.ts'
import type { Language } from '../domain/language.ts'
import type { Operator } from '../handlers/dialog.ts'
import { invitationDays } from '../handlers/invite.ts'
import type { JobSettings } from '../jobs/job.ts'
import type { Channel, ChannelName } from './channel.ts'
import type { Config } from './config.ts'
import { dataKey, isNewDirectory } from './data-key.ts'
import { hearingOf } from './flood.ts'
import { type Served, serve } from './http.ts'
import type { Log } from './logger.ts'
import { namingGroups } from './naming-groups.ts'
import { type Sender, startSender } from './outbox.ts'
import { createPlayground } from './playground/channel.ts'
import { demoPhones, seedDemo } from './playground/demo.ts'
import { createReport } from './report.ts'
import { createRouter } from './router.ts'
import { startScheduler } from './scheduler.ts'
import { step } from './start-faults.ts'
import { openStatus } from './status/open.ts'
import { type Ending, stopInOrder } from './stop.ts'
import { openTelegram, type TelegramChannel } from './telegram/channel.ts'
import { openWhatsapp, type Whatsapp } from './whatsapp/open.ts'
import { watchWhatsapp } from './whatsapp/watch.ts'

export interface App {
  /** What runs where, in plain lines. */
  lines: string[]
  stop(): Promise<void>
}

/** Puts the parts together and starts them; stops them in the reverse order. */
export async function startApp(config: Config, log: Log): Promise<App> {
  const fresh = isNewDirectory(config)
  const database = await step('database', config, () => openDatabase(config))
  const keys = await step('database', config, () => openKeyring(dataKey(config, fresh)))
  const store: Store = { db: database.db, keys }
  await step('key', config, () => checkKeys(store))
  const telegram = config.TELEGRAM_BOT_TOKEN
    ? await step('telegram', config, () => openTelegramFrom(config, log))
    : undefined
  const whatsapp = openWhatsapp(config, log)
  const playground = wantsPlayground(config) ? openPlayground(store, config) : undefined
  const channels = new Map<ChannelName, Channel>()
  if (telegram) channels.set('telegram', telegram)
  if (whatsapp) channels.set('whatsapp', whatsapp.channel)
  if (playground) channels.set('playground', playground)
  // Invented people live only where no real ones can come.
  if (playground && !hasRealChannel(config) && (await countPeople(store)) === 0) await seedDemo(store)

  if (config.WHATSAPP !== 'web' || config.WHATSAPP_GROUPS !== 'on') await leaveAllGroups(store, 'whatsapp')

  const now = () => new Date()
  const alone = database.kind === 'embedded'
  const wake = () => sender.wake()
  const common = { store, log, now, wake }
  const status = openStatus({ ...common, config, kind: database.kind, channels, telegram, whatsapp })
  const { health, witness } = status
  const sender = startSender({ store, channels, log, now, automatic: true, alone, witness })
  const route = createRouter({
    store,
    operator: operatorOf(config),
    log,
    ...linksOf(channels),
    capabilitiesOf: name => channels.get(name)?.capabilities,
    hearsGroups: name => name !== 'whatsapp' || config.WHATSAPP_GROUPS === 'on',
    pairing: language => pairingOf(whatsapp, language),
    heard: hearingOf(config.MESSAGES_PER_MINUTE),
    wake,
    witness,
  })
  const receive = namingGroups(health.hearing(route), log)
  const http = await step('port', config, () =>
    serve({
      host: config.HOST,
      port: config.PORT,
      telegram,
      webhookUrl: config.TELEGRAM_WEBHOOK_URL,
      playground,
      whatsapp,
    }),
  )
  const watched = await status.open()
  if (telegram) await step('telegram', config, () => telegram.start(receive))
  await whatsapp?.channel.start(receive, createReport({ ...common, witness }))
  await playground?.start(receive)
  const watch = whatsapp && watchWhatsapp({ ...common, standing: whatsapp.standing })
  const scheduler = startScheduler({ ...common, settings: jobSettings(config), witness })

  async function stopTaking() {
    health.stopping()
    watch?.stop()
    status.stop()
    await Promise.all([scheduler.stop(), http.close(), ...[...channels.values()].map(each => each.stop())])
  }

  const ports = { port: http.port, statusPort: watched?.port }
  return {
    lines: await describe({ config, database, store, channels, telegram, ...ports }),
    stop: () => stopInOrder(endings({ stopTaking, sender, database, watched }), log),
  }
}

/** Ten seconds in all, as Docker gives: what was taken in is finished, what is being sent is sent, the rest waits. */
function endings(parts: {
  stopTaking(): Promise<void>
  sender: Sender
  database: OpenDatabase
  watched: Served | undefined
}): Ending[] {
  let taking: Promise<void> | undefined
  return [
    { name: 'taking in', untilMs: 4_000, stop: () => (taking = parts.stopTaking()) },
    { name: 'sending', untilMs: 8_000, stop: parts.sender.stop },
    // A browser takes its time to close.
    { name: 'channels', untilMs: 8_500, stop: () => taking },
    { name: 'database', untilMs: 9_300, stop: parts.database.close },
    { name: 'status', untilMs: 9_500, stop: () => parts.watched?.close() },
  ]
}

export function linksOf(channels: ReadonlyMap<ChannelName, Channel>) {
  const all = [...channels.values()]
  return {
    startLink: (channel: string, code: string) =>
      all.find(({ name }) => name === channel)?.startLink(code) ?? code,
    linksElsewhere: (channel: string, code: string) =>
      all.filter(({ name }) => name !== channel).map(other => other.startLink(code)),
  }
}

function pairingOf(whatsapp: Whatsapp | undefined, language: Language) {
  const pairing = whatsapp?.standing().state === 'ready' ? undefined : whatsapp?.pairing
  const qr = pairing?.qr()
  return pairing && { page: pairing.link(language), ...(qr && { qr }) }
}

export function openDatabase(config: Config): Promise<OpenDatabase> {
  return config.DATABASE_URL ? openServerDatabase(config.DATABASE_URL) : openEmbeddedDatabase(config.DATA_DIR)
}

function openTelegramFrom(config: Config, log: Log): Promise<TelegramChannel> {
  const {
    TELEGRAM_API_ROOT: apiRoot,
    TELEGRAM_WEBHOOK_URL: webhookUrl,
    TELEGRAM_WEBHOOK_SECRET: webhookSecret,
    TELEGRAM_PER_SECOND: perSecond,
  } = config
  const optional = {
    ...(apiRoot && { apiRoot }),
    ...(webhookUrl && { webhookUrl }),
    ...(webhookSecret && { webhookSecret }),
  }
  return openTelegram({ token: config.TELEGRAM_BOT_TOKEN ?? '', perSecond, ...optional }, log)
}

function wantsPlayground(config: Config): boolean {
  return config.PLAYGROUND === 'on' || (config.PLAYGROUND !== 'off' && !config.TELEGRAM_BOT_TOKEN)
}

function hasRealChannel({ TELEGRAM_BOT_TOKEN, WHATSAPP }: Config): boolean {
  return TELEGRAM_BOT_TOKEN !== undefined || WHATSAPP !== 'off'
}

function openPlayground(store: Store, config: Config) {
  const phones = hasRealChannel(config) ? [] : demoPhones
  return createPlayground({ store: createPlaygroundStore(store.db), host: config.HOST, phones })
}

export function jobSettings(config: Config): JobSettings {
  const helpLine = { phone: config.HELP_PHONE, hours: config.HELP_HOURS }
  return { retentionDays: config.RETENTION_DAYS, helpLine }
}

function operatorOf(config: Config): Operator {
  return {
    name: config.OPERATOR_NAME,
    bin: config.OPERATOR_BIN,
    phone: config.HELP_PHONE,
    hours: config.HELP_HOURS,
    dataTerm: config.DATA_TERM,
  }
}

interface Running {
  config: Config
  database: OpenDatabase
  store: Store
  channels: ReadonlyMap<ChannelName, Channel>
  telegram: TelegramChannel | undefined
  port: number
  statusPort: number | undefined
}

async function describe(running: Running): Promise<string[]> {
  const { config, database, store, channels, telegram, port, statusPort } = running
  const page = addressOf(config.HOST, port)
  const unnamed = telegram && config.OPERATOR_BIN === '000000000000'
  return [
    `Ardaq runs. Database: ${database.kind === 'embedded' ? `inside this process, in ${config.DATA_DIR}` : 'PostgreSQL server'}.`,
    ...(telegram
      ? [`Telegram: @${telegram.username}, by ${config.TELEGRAM_WEBHOOK_URL ? 'webhook' : 'long polling'}.`]
      : []),
    ...whatsappLines(config),
    ...(channels.has('playground') ? [`Playground: ${page}`] : []),
    ...(statusPort ? [`Status: ${addressOf(config.STATUS_HOST, statusPort)}/health`] : []),
    ...(unnamed
      ? [
          'OPERATOR_NAME and OPERATOR_BIN are not set: fill them in before real people write, the consent names them.',
        ]
      : []),
    ...(await firstInvitation(store, channels)),
  ]
}

function addressOf(host: string, port: number): string {
  return `http://${host === '127.0.0.1' ? 'localhost' : host}:${port}`
}

function whatsappLines({ WHATSAPP }: Config): string[] {
  if (WHATSAPP === 'web')
    return ['WhatsApp: by an unofficial client in a browser of its own; the log says how it is.']
  return WHATSAPP === 'cloud' ? ['WhatsApp: by the Cloud API, called at /whatsapp/webhook.'] : []
}

/** With no coordinator yet, whoever starts the bot becomes the first one by a link that works once. */
async function firstInvitation(store: Store, channels: ReadonlyMap<ChannelName, Channel>): Promise<string[]> {
  if (await anyCoordinator(store)) return []
  const at = new Date()
  const expiresAt = new Date(at.getTime() + invitationDays * 86_400_000)
  const country = { regionId: null, districtId: null, cleared: true }
  const code = await createInvitation(store, { ...country, createdBy: null, at, expiresAt })
  const telegram = channels.get('telegram')
  const how = telegram ? telegram.startLink(`i-${code}`) : `send /start i-${code} to the bot`
  return [`First coordinator, once and for ${invitationDays} days: ${how}`]
}
