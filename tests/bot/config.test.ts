import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { publicAddress, readConfig, settingNames } from '../../bot/config.ts'

const token = '123456789:AAHk-your-token-from-BotFather'
const key = `1:${randomBytes(32).toString('base64')}`
const webhook = {
  TELEGRAM_BOT_TOKEN: token,
  TELEGRAM_WEBHOOK_URL: 'https://hooks.example.kz/telegram',
  TELEGRAM_WEBHOOK_SECRET: 'a-long-random-word-1234',
}

describe('settings', () => {
  test('none are needed', () => {
    expect(readConfig({})).toMatchObject({
      config: { DATA_DIR: './data', HOST: '127.0.0.1', PORT: 3000, LOG_LEVEL: 'info', RETENTION_DAYS: 365 },
    })
  })

  test('spaces around a value and empty values are forgiven', () => {
    const read = readConfig({ PORT: ' 3001 ', TELEGRAM_BOT_TOKEN: '', DATABASE_URL: '  ' })
    expect(read).toMatchObject({ config: { PORT: 3001, TELEGRAM_BOT_TOKEN: undefined } })
  })

  test.each([
    ['TELEGRAM_BOT_TOKEN', ['abc', '123:short', `${token} x`, 'bot123456789:AAHkyourtokenfromBotFather']],
    ['TELEGRAM_API_ROOT', ['api.telegram.org', 'ftp://x.kz', 'http://']],
    ['TELEGRAM_WEBHOOK_URL', ['bot.example.kz', 'tcp://bot.example.kz']],
    ['TELEGRAM_WEBHOOK_SECRET', ['short', 'with spaces in it 1234', 'ғ'.repeat(20), 'a'.repeat(257)]],
    ['DATABASE_URL', ['ardaq', 'mysql://a@b/c', '127.0.0.1:5432', 'postgres://a@b:1,c:port/d']],
    ['DATA_KEY', ['secret', '1:c2hvcnQ=', `300:${randomBytes(32).toString('base64')}`, `${key},${key}`]],
    ['PORT', ['http', '-1', '65536', '3e3', '0x10', '30 00', '3000.5']],
    ['PLAYGROUND', ['yes', 'ON', '1']],
    ['LOG_LEVEL', ['loud', 'INFO']],
    ['OPERATOR_BIN', ['123', '12345678901a', '1234567890123']],
    ['PUBLIC_URL', ['bot.example.kz', 'ftp://bot.example.kz', 'https://example.kz/bot', 'https://a:b@c.kz']],
    ['WHATSAPP', ['on', 'baileys']],
    ['WHATSAPP_PACE_MS', ['fast', '0', '499', '60001', '-1', '1.5']],
    ['WHATSAPP_CHAT_PACE_MS', ['999', '60001', '3s']],
    ['WHATSAPP_TYPING', ['yes', 'slow']],
    ['WHATSAPP_NEW_CHATS_PER_DAY', ['ten', '1000', '-1']],
    ['HELP_PHONE', ['call us', '1']],
    ['RETENTION_DAYS', ['a year', '29', '1826', '-1', '0', '1e3', '90.5']],
  ])('%s: what is wrong is one sentence with its name, its fault and a right example', (name, values) => {
    for (const value of values) {
      const read = readConfig({ [name]: value })
      const fault = 'fault' in read ? read.fault : `${value} was taken`
      expect(fault).toMatch(new RegExp(`^${name} (is|must) .+\\. A right example: ${name}=.+$`))
      expect(fault).not.toContain('\n')
    }
  })

  test.each([
    [
      'TELEGRAM_WEBHOOK_SECRET',
      { TELEGRAM_BOT_TOKEN: token, TELEGRAM_WEBHOOK_URL: 'https://bot.example.kz/t' },
    ],
    ['DATA_KEY', { DATABASE_URL: 'postgres://a:b@127.0.0.1/c' }],
    [
      'TELEGRAM_BOT_TOKEN',
      {
        TELEGRAM_WEBHOOK_URL: 'https://bot.example.kz/t',
        TELEGRAM_WEBHOOK_SECRET: 'a-long-random-word-1234',
      },
    ],
  ])('%s is asked for by name where another needs it', (name, given) => {
    const read = readConfig(given)
    expect('fault' in read && read.fault).toMatch(
      new RegExp(`^${name} is missing.+ A right example: ${name}=.+$`),
    )
  })

  test.each([
    [{}, undefined],
    [{ PUBLIC_URL: 'https://bot.example.kz/' }, 'https://bot.example.kz'],
    [webhook, 'https://hooks.example.kz'],
    [{ ...webhook, PUBLIC_URL: 'http://10.0.0.5:3000' }, 'http://10.0.0.5:3000'],
  ])('the address for others, of %j', (given, address) => {
    const read = readConfig(given)
    expect('config' in read && publicAddress(read.config)).toBe(address)
  })

  test('a secret is never quoted', () => {
    const read = readConfig({ TELEGRAM_BOT_TOKEN: `${token}!`, DATA_KEY: key })
    expect(JSON.stringify(read)).not.toContain('AAHk-your')
  })
})

describe('.env.example', () => {
  const lines = readFileSync(new URL('../../.env.example', import.meta.url), 'utf8').split('\n')
  const examples = lines.flatMap(line => {
    const [, name, value] = /^#?([A-Z_]+)=(.*)$/.exec(line) ?? []
    return name ? [{ name, value: value ?? '' }] : []
  })

  test('lists every setting once, and nothing else', () => {
    expect(examples.map(({ name }) => name).sort()).toEqual([...settingNames].sort())
  })

  test('gives values that are right', () => {
    const environment = Object.fromEntries(examples.map(({ name, value }) => [name, value]))
    const read = readConfig(environment)
    expect('fault' in read ? read.fault : '').toBe('')
  })

  test('says in words what each is for', () => {
    for (const { name } of examples) {
      const at = lines.findIndex(line => line.startsWith(`#${name}=`))
      const above = lines.slice(0, at).findLast(line => line.startsWith('# ') || line === '')
      expect(above, name).toMatch(/^# /)
    }
  })
})
