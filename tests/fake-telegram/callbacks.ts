import type { Payload } from './access.ts'
import { startCodeOf } from './links.ts'
import { badRequest } from './refusal.ts'
import type { World } from './world.ts'

const answerUnitsMax = 200
/** Telegram does not publish it; about a quarter of a minute is what bots see. */
const answerWithinSeconds = 15

export function answerCallbackQuery(world: World, payload: Payload): boolean {
  const pressed = world.callbacks.get(String(payload.callback_query_id))
  const ageSeconds = pressed ? (world.now().getTime() - pressed.pressedAt.getTime()) / 1000 : 0
  if (!pressed || pressed.answer || ageSeconds > answerWithinSeconds)
    throw badRequest('query is too old and response timeout expired or query ID is invalid')
  const text = payload.text === undefined ? '' : String(payload.text)
  if (text.length > answerUnitsMax) throw badRequest('MESSAGE_TOO_LONG')
  const url = payload.url === undefined ? '' : String(payload.url)
  if (url !== '' && startCodeOf(url, world.bot.username ?? '') === undefined) throw badRequest('URL_INVALID')
  pressed.answer = {
    alert: payload.show_alert === true || payload.show_alert === 'true',
    ...(text !== '' && { text }),
    ...(url !== '' && { url }),
  }
  return true
}
