import { z } from 'zod'
import { openKeyring } from '../db/cipher.ts'
import { eachAlone } from '../db/hosts.ts'
import { usualSettings } from '../jobs/job.ts'
import { readTemplates } from './whatsapp-cloud/templates.ts'
import { usualPace } from './whatsapp-web/settings.ts'

/** A setting: what it must be, and the sentence for whoever got it wrong. */
const onOff = z.enum(['on', 'off'])
const text = z.string().trim().min(1)
const digits = (min: number, max: number) => z.string().regex(new RegExp(`^\\d{${min},${max}}$`))
const milliseconds = (min: number, max: number) =>
  digits(1, 6).transform(Number).pipe(z.number().min(min).max(max))
const portNumber = digits(1, 5).transform(Number).pipe(z.number().max(65535))
const url = (protocols: RegExp) => z.url({ protocol: protocols })

const settings = {
  TELEGRAM_BOT_TOKEN: {
    is: z
      .string()
      .regex(/^\d+:[\w-]{20,}$/)
      .optional(),
    example: '123456789:AAHk…',
    fault: 'is not a bot token',
  },
  TELEGRAM_API_ROOT: {
    is: url(/^https?$/).optional(),
    example: 'https://api.telegram.org',
    fault: 'is not an http address',
  },
  TELEGRAM_WEBHOOK_URL: {
    is: url(/^https?$/).optional(),
    example: 'https://bot.example.kz/telegram',
    fault: 'is not an http address',
  },
  TELEGRAM_WEBHOOK_SECRET: {
    is: z
      .string()
      .regex(/^[\w-]{16,256}$/)
      .optional(),
    example: 'a-long-random-word-1234',
    fault: 'must be 16 to 256 letters, digits, - or _',
  },
  TELEGRAM_PER_SECOND: {
    is: digits(1, 4).transform(Number).pipe(z.number().min(1).max(1000)).default(30),
    example: '30',
    fault: 'must be a number from 1 to 1000',
  },
  WHATSAPP: {
    is: z.enum(['off', 'web', 'cloud']).default('off'),
    example: 'web',
    fault: 'must be off, web or cloud',
  },
  WHATSAPP_NUMBER: { is: digits(10, 15).optional(), example: '77001234567', fault: 'must be digits alone' },
  WHATSAPP_GROUPS: { is: onOff.default('off'), example: 'on', fault: 'must be on or off' },
  WHATSAPP_CHROMIUM: { is: text.optional(), example: '/usr/bin/chromium', fault: 'is empty' },
  WHATSAPP_NEW_CHATS_PER_DAY: {
    is: digits(1, 3).transform(Number).default(0),
    example: '10',
    fault: 'must be a number from 0 to 999',
  },
  WHATSAPP_PACE_MS: {
    is: milliseconds(500, 60_000).default(usualPace.all.perMs),
    example: '1000',
    fault: 'must be a number of milliseconds from 500 to 60000',
  },
  WHATSAPP_CHAT_PACE_MS: {
    is: milliseconds(1_000, 60_000).default(usualPace.chat.perMs),
    example: '3000',
    fault: 'must be a number of milliseconds from 1000 to 60000',
  },
  WHATSAPP_TYPING: { is: onOff.default('on'), example: 'on', fault: 'must be on or off' },
  WHATSAPP_TOKEN: { is: text.optional(), example: 'EAAG…', fault: 'is empty' },
  WHATSAPP_PHONE_NUMBER_ID: {
    is: digits(5, 20).optional(),
    example: '106540352242922',
    fault: 'must be digits alone',
  },
  WHATSAPP_APP_SECRET: {
    is: z
      .string()
      .regex(/^[0-9a-f]{16,64}$/i)
      .optional(),
    example: '0123456789abcdef0123456789abcdef',
    fault: 'is not an app secret',
  },
  WHATSAPP_VERIFY_TOKEN: {
    is: z
      .string()
      .regex(/^[\w-]{16,256}$/)
      .optional(),
    example: 'a-long-random-word-5678',
    fault: 'must be 16 to 256 letters, digits, - or _',
  },
  WHATSAPP_TEMPLATES: {
    is: z
      .string()
      .transform((setting, context) => readTemplates(setting) ?? context.addIssue('form') ?? z.NEVER)
      .optional(),
    example: 'visit_reminder:kk,ru followup_check=own_name:kk',
    fault: 'is not a list such as visit_reminder:kk,ru',
  },
  WHATSAPP_GRAPH_VERSION: {
    is: z
      .string()
      .regex(/^v\d{1,3}\.\d$/)
      .default('v25.0'),
    example: 'v25.0',
    fault: 'is not a version of the Graph API',
  },
  WHATSAPP_API_ROOT: {
    is: url(/^https?$/).optional(),
    example: 'https://graph.facebook.com',
    fault: 'is not an http address',
  },
  DATABASE_URL: {
    is: z.string().refine(isServer).optional(),
    example: 'postgres://ardaq:secret@127.0.0.1:5432/ardaq',
    fault: 'is not a PostgreSQL address',
  },
  DATA_DIR: { is: text.default('./data'), example: './data', fault: 'is empty' },
  DATA_KEY: {
    is: z.string().refine(isKeyring).optional(),
    example: '1:<32 bytes in base64, from: openssl rand -base64 32>',
    fault: 'is not a list of keys',
  },
  HOST: { is: text.default('127.0.0.1'), example: '127.0.0.1', fault: 'is empty' },
  PORT: {
    is: portNumber.default(3000),
    example: '3000',
    fault: 'is not a port number',
  },
  STATUS_HOST: { is: text.default('127.0.0.1'), example: '127.0.0.1', fault: 'is empty' },
  STATUS_PORT: {
    is: z.union([z.literal('off'), portNumber]).optional(),
    example: '3001',
    fault: 'is not a port number, nor off',
  },
  FAULTS_CHAT: {
    is: z
      .string()
      .regex(/^-?\d{5,20}$/)
      .optional(),
    example: '-1001234567890',
    fault: 'is not the number of a Telegram chat',
  },
  PLAYGROUND: { is: onOff.optional(), example: 'on', fault: 'must be on or off' },
  LOG_LEVEL: {
    is: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
    example: 'info',
    fault: 'is not a level',
  },
  OPERATOR_NAME: { is: text.default('Ардақ'), example: 'Қоғамдық қор «Ардақ»', fault: 'is empty' },
  OPERATOR_BIN: {
    is: z
      .string()
      .regex(/^\d{12}$/)
      .default('000000000000'),
    example: '123456789012',
    fault: 'must be 12 digits',
  },
  HELP_PHONE: {
    is: z
      .string()
      .regex(/^[+\d][\d ()-]{2,20}$/)
      .default('109'),
    example: '+7 727 123 45 67',
    fault: 'is not a phone',
  },
  HELP_HOURS: { is: text.default('09:00–18:00'), example: '09:00–18:00', fault: 'is empty' },
  MESSAGES_PER_MINUTE: {
    is: digits(1, 5).transform(Number).pipe(z.number().min(6).max(60_000)).default(20),
    example: '20',
    fault: 'must be a number from 6 to 60000',
  },
  RETENTION_DAYS: {
    is: z
      .string()
      .regex(/^\d{1,4}$/)
      .transform(Number)
      .pipe(z.number().min(30).max(1825))
      .default(usualSettings.retentionDays),
    example: '365',
    fault: 'must be a number of days from 30 to 1825',
  },
  DATA_TERM: { is: text.default('31.12.2027'), example: '31.12.2027', fault: 'is empty' },
}

type Settings = typeof settings
export type Config = { [Name in keyof Settings]: z.output<Settings[Name]['is']> }

/** The names of all settings, for the test that compares them with .env.example. */
export const settingNames = Object.keys(settings)

/** Reads the environment. A mistake is one sentence: the setting's name, the fault, a right example. */
export function readConfig(
  environment: Record<string, string | undefined>,
): { config: Config } | { fault: string } {
  const config: Record<string, unknown> = {}
  for (const [name, setting] of Object.entries(settings)) {
    const given = environment[name]?.trim() || undefined
    const read = setting.is.safeParse(given)
    if (!read.success)
      return { fault: `${name} ${setting.fault}. A right example: ${name}=${setting.example}` }
    config[name] = read.data
  }
  const whole = config as Config
  const fault = together(whole)
  return fault ? { fault } : { config: whole }
}

/** Settings that need each other. */
function together(config: Config): string | undefined {
  if (config.TELEGRAM_WEBHOOK_URL && !config.TELEGRAM_WEBHOOK_SECRET) {
    return 'TELEGRAM_WEBHOOK_SECRET is missing, and TELEGRAM_WEBHOOK_URL needs it. A right example: TELEGRAM_WEBHOOK_SECRET=a-long-random-word-1234'
  }
  if (config.DATABASE_URL && !config.DATA_KEY) {
    return 'DATA_KEY is missing, and a DATABASE_URL needs it to keep personal data encrypted. A right example: DATA_KEY=1:<32 bytes in base64, from: openssl rand -base64 32>'
  }
  for (const name of config.WHATSAPP === 'cloud' ? cloudNeeds : []) {
    if (!config[name])
      return `${name} is missing, and WHATSAPP=cloud needs it. A right example: ${name}=${settings[name].example}`
  }
  for (const name of ['TELEGRAM_WEBHOOK_URL', 'FAULTS_CHAT'] as const) {
    if (config[name] && !config.TELEGRAM_BOT_TOKEN)
      return `TELEGRAM_BOT_TOKEN is missing, and ${name} needs it. A right example: TELEGRAM_BOT_TOKEN=${settings.TELEGRAM_BOT_TOKEN.example}`
  }
  return undefined
}

const cloudNeeds = [
  'WHATSAPP_NUMBER',
  'WHATSAPP_TOKEN',
  'WHATSAPP_PHONE_NUMBER_ID',
  'WHATSAPP_APP_SECRET',
  'WHATSAPP_VERIFY_TOKEN',
] as const

/** One server, or several of which one serves at a time. */
function isServer(setting: string): boolean {
  return eachAlone(setting).every(one => url(/^postgres(ql)?$/).safeParse(one).success)
}

function isKeyring(setting: string): boolean {
  try {
    openKeyring(setting)
    return true
  } catch {
    return false
  }
}
