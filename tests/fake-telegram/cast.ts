import { Api, Bot } from 'grammy'
import { FakeTelegram, type Options } from './fake-telegram.ts'

/** A double, a bare Api on it, and two people: Айгүл asks for her mother, Тимур helps. */
export function castOf(options: Options = {}) {
  const telegram = new FakeTelegram(options)
  const api = new Api(telegram.token, { fetch: telegram.fetch })
  const aigul = telegram.user({ firstName: 'Айгүл', languageCode: 'ru' })
  const timur = telegram.user({ firstName: 'Тимур', languageCode: 'kk' })
  return { telegram, api, aigul, timur }
}

/** A bot of grammY that lives on the double. */
export function botOn(telegram: FakeTelegram, apiRoot?: string): Bot {
  const client = apiRoot === undefined ? { fetch: telegram.fetch } : { apiRoot }
  const bot = new Bot(telegram.token, { client })
  bot.catch(({ error }) => {
    throw error
  })
  return bot
}

/** A clock that stands still until it is moved. */
export function handClock(start = new Date('2026-11-02T09:00:00Z')) {
  let at = start.getTime()
  return {
    now: () => new Date(at),
    wait: (seconds: number) => {
      at += seconds * 1000
    },
  }
}

/** One grey pixel. */
export const pixel = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg==',
  'base64',
)
