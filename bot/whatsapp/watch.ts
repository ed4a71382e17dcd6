import { type Store, transact } from '../../db/client.ts'
import { listCoordinatorsOf } from '../../db/coordinators.ts'
import { enqueue } from '../../db/outbox.ts'
import { findReachableAddress } from '../../db/people.ts'
import { type Message, part } from '../../domain/message.ts'
import type { Log } from '../logger.ts'
import type { Standing } from '../status/contact.ts'

const lookEveryMs = 30_000
/** A restart is no news. */
const downMs = 5 * 60_000

/**
 * Tells the coordinators of the country by another messenger, once each time, that WhatsApp must be paired, that it
 * has been down for a while, or that nothing is tried any more until they say so.
 */
export function watchWhatsapp(parts: {
  store: Store
  log: Log
  now: () => Date
  wake(): void
  standing(): Standing
}): { look(): Promise<void>; stop(): void } {
  const { store, log, now, wake, standing } = parts
  let told = ''

  async function look() {
    const { state, since } = standing()
    const at = now()
    if (state === 'ready' || state === 'unknown') {
      told = ''
      return
    }
    const due = state !== 'down' || at.getTime() - since.getTime() >= downMs
    // Only a human leads out of a block: the next one is news.
    const news = state === 'blocked' ? `${state} ${since.getTime()}` : state
    if (!due || told === news) return
    await transact(store, inner => tell(inner, messages[state], at))
    told = news
    wake()
  }

  const timer = setInterval(() => {
    look().catch(error => log.error({ err: error }, 'nobody could be told how WhatsApp is'))
  }, lookEveryMs).unref()
  return { look, stop: () => clearInterval(timer) }
}

const messages: Record<'pairing' | 'blocked' | 'down', Message> = {
  pairing: { parts: [part('wa.pair')], options: [{ id: 'waqr', label: { key: 'wa.pair.show' } }] },
  blocked: { parts: [part('wa.blocked')], options: [{ id: 'waagain', label: { key: 'wa.again' } }] },
  down: { parts: [part('wa.down')] },
}

async function tell(store: Store, message: Message, at: Date) {
  const country = { regionId: null, districtId: null }
  for (const personId of await listCoordinatorsOf(store, country, { at })) {
    const address = await findReachableAddress(store, personId, { except: 'whatsapp' })
    if (address) await enqueue(store, { ...address, personId, message, at })
  }
}
