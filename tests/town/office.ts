import type { Channel } from '../../bot/channel.ts'
import { createLog } from '../../bot/logger.ts'
import { startSender } from '../../bot/outbox.ts'
import { openTelegram } from '../../bot/telegram/channel.ts'
import { newDataKey, openKeyring } from '../../db/cipher.ts'
import { type OpenDatabase, rowsOf, type Store } from '../../db/client.ts'
import { type Enqueued, enqueue } from '../../db/outbox.ts'
import { part } from '../../domain/message.ts'
import { handClock } from '../fake-telegram/cast.ts'
import { FakeTelegram, type Options } from '../fake-telegram/fake-telegram.ts'
import { emptyDatabase } from './database.ts'

type Person = ReturnType<FakeTelegram['user']>
type Told = Partial<Enqueued> & { to: { id: number }; person?: boolean }

/** The sending half of the bot on Telegram, with a clock that is moved by hand. */
export async function openOffice(database: OpenDatabase, options: Options = {}) {
  await emptyDatabase(database.db)
  const clock = handClock()
  const telegram = new FakeTelegram({ now: clock.now, ...options })
  const store: Store = { db: database.db, keys: openKeyring(newDataKey()) }
  const log: string[] = []
  const logger = createLog('debug', { write: line => void log.push(line) })
  const fetch = telegram.fetch as never
  const channel = await openTelegram(
    { token: telegram.token, fetch, webhookUrl: 'https://example.kz/t' },
    logger,
  )
  const newSender = ({ through = channel as Channel, on = store, automatic = false } = {}) =>
    startSender({
      store: on,
      channels: new Map([['telegram', through]]),
      log: logger,
      now: clock.now,
      automatic,
    })
  const sender = newSender()
  const newcomer = (n: number) => telegram.user({ firstName: `Адам ${n}` })
  return {
    ...clock,
    telegram,
    store,
    log,
    logger,
    channel,
    /** Another process on the same database. */
    newSender,
    sender,
    drain: sender.drain,
    async pair(): Promise<[Person, Person]> {
      const pair: [Person, Person] = [newcomer(0), newcomer(1)]
      for (const person of pair) await person.start()
      return pair
    },
    /** People who have pressed Start. */
    async crowd(size: number): Promise<[Person, ...Person[]]> {
      const people: [Person, ...Person[]] = [
        newcomer(0),
        ...Array.from({ length: size - 1 }, (_, n) => newcomer(n + 1)),
      ]
      for (const person of people) await person.start()
      return people
    },
    calls: (method = 'sendMessage') => telegram.calls.filter(call => call.method === method),
    /** Puts words into the outbox; a key that no locale has is shown as itself. */
    tell: (text: string, { to, person = true, ...more }: Told) =>
      enqueue(store, {
        channel: 'telegram',
        chat: String(to.id),
        message: { parts: [part(text)] },
        at: clock.now(),
        ...(person && { personId: personOf(to.id) }),
        ...more,
      }),
    /** What each row of the outbox has come to, in order. */
    async fates() {
      const rows = await store.db.execute('select status, failure from outbox order by id')
      return rowsOf<{ status: string; failure: string | null }>(rows).map(row =>
        row.failure ? `${row.status}: ${row.failure}` : row.status,
      )
    },
    said: (person: { chat: { messages: readonly { from: string; text?: string }[] } }) =>
      person.chat.messages.filter(({ from }) => from === 'bot').map(({ text }) => text),
  }
}

function personOf(id: number): string {
  return `00000000-0000-7000-8000-${String(Math.abs(id)).padStart(12, '0').slice(-12)}`
}
