import { Api } from 'grammy'
import { afterEach } from 'vitest'
import { castOf } from './cast.ts'
import type { Options } from './fake-telegram.ts'

const closing: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

/** The cast of `castOf`, with Telegram as a real server that closes after the test. */
export async function servedCast(options: Options = {}) {
  const cast = castOf({ webhookRetryScale: 0.02, ...options })
  const root = await cast.telegram.listen()
  closing.push(() => cast.telegram.close())
  return { ...cast, root, api: new Api(cast.telegram.token, { apiRoot: root }) }
}

export function afterTest(close: () => unknown): void {
  closing.push(close)
}
