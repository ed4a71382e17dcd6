import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import postgres from 'postgres'
import { afterEach, expect, test } from 'vitest'
import { type OpenDatabase, openEmbeddedDatabase, openServerDatabase, rowsOf } from '../../db/client.ts'
import { FakeTelegram } from '../fake-telegram/fake-telegram.ts'
import { startBot, temporaryDirectory } from '../town/process.ts'

const closing: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

const askers = 8
/** A whole request, typed without waiting for a question. */
const story = [
  'Русский',
  'Другому человеку',
  'Даю согласие',
  'Зейнеп Ахметова',
  'Да, знает',
  'Продукты, дела по дому',
  'Сегодня',
  'Семей',
  'ул. Абая 12, кв. 5',
  '8 701 123 45 67',
  'Нужны хлеб и молоко',
  'Это всё',
  'Всё верно',
]

/** The settings of a database that outlives the process, and how to look into it afterwards. */
async function lasting(
  directory: string,
): Promise<{ settings: Record<string, string>; open: () => Promise<OpenDatabase> }> {
  const server = process.env.TEST_DATABASE_URL
  if (!server) {
    const open = () => openEmbeddedDatabase(join(directory, 'data'))
    return { settings: { DATA_DIR: join(directory, 'data') }, open }
  }
  const name = `ardaq_test_${randomBytes(6).toString('hex')}`
  const url = new URL(server)
  const admin = postgres(server, { max: 1, onnotice: () => {} })
  await admin.unsafe(`create database ${name}`)
  closing.push(async () => {
    await admin.unsafe(`drop database if exists ${name} with (force)`)
    await admin.end()
  })
  url.pathname = `/${name}`
  const DATA_KEY = `1:${randomBytes(32).toString('base64')}`
  return { settings: { DATABASE_URL: url.href, DATA_KEY }, open: () => openServerDatabase(url.href) }
}

test('killed three times in mid-load, a real process does everything once and forgets nothing', {
  timeout: 400_000,
}, async () => {
  const directory = temporaryDirectory(closing)
  const { settings, open } = await lasting(directory)
  const telegram = new FakeTelegram()
  closing.push(() => telegram.close())
  const TELEGRAM_API_ROOT = await telegram.listen()
  const start = () =>
    startBot({ ...settings, TELEGRAM_API_ROOT, TELEGRAM_BOT_TOKEN: telegram.token }, directory)

  const people = Array.from({ length: askers }, (_, n) =>
    telegram.user({ firstName: `Адам ${n}`, languageCode: 'ru' }),
  )
  for (const person of people) {
    await person.start()
    for (const words of story) await person.send(words)
  }
  const delivered = telegram.updateLog.length
  const sends = () => telegram.calls.filter(({ method, ok }) => method === 'sendMessage' && ok).length
  for (let kills = 0; kills < 3; kills++) {
    const before = sends()
    const bot = start()
    closing.push(() => bot.kill('SIGKILL'))
    // On a server the messages that were half sent wait for their lease to end.
    await telegram.until(() => sends() > before + 3, 90_000)
    expect(await bot.kill('SIGKILL')).toBe('SIGKILL')
  }
  const last = start()
  closing.push(() => last.kill('SIGKILL'))
  await telegram.until(() => telegram.updates.length === 0, 60_000)
  const answered = (person: (typeof people)[number]) =>
    person.chat.messages.some(({ text }) => text?.includes('Просьба принята. Её номер'))
  await telegram.until(() => people.every(answered), 120_000)
  expect(await last.kill('SIGTERM')).toBe(0)

  const database = await open()
  closing.push(() => database.close())
  const count = async (what: string) =>
    Number(rowsOf<{ n: string }>(await database.db.execute(`select ${what} as n`))[0]?.n)
  expect(await count('(select count(*) from inbox)')).toBe(delivered)
  expect(await count('(select count(*) from inbox where parked_for is not null)')).toBe(0)
  expect(await count('(select count(*) from requests)')).toBe(askers)
  expect(await count('(select count(distinct number) from requests)')).toBe(askers)
  expect(await count('(select max(number) from requests)')).toBe(askers)
})
