import { failureKind, type Store, transact } from '../db/client.ts'
import { takeStranded } from '../db/undelivered.ts'
import { type ChannelName, channelNames } from './channel.ts'
import type { Log } from './logger.ts'
import { recoverIn } from './outbox.ts'
import { giveUp, patienceMs } from './settle.ts'
import type { Witness } from './status/witness.ts'

const lookEveryMs = 60_000
const atOnceMax = 100

interface Parts {
  store: Store
  log: Log
  now: () => Date
  wake(): void
  witness: Witness
}

/**
 * What waits for a channel that does not run, as after its setting was turned off, nobody sends. At the start, and then
 * once a minute, it goes to the person's other messenger; where there is none it waits until the channel is on again or,
 * as long as for any other, until it is given up.
 */
export function watchStranded(parts: Parts): { look(): Promise<void>; stop(): Promise<void> } {
  const { log } = parts

  async function look() {
    const at = parts.now()
    for (const name of channelNames) {
      if (parts.store.channels && !parts.store.channels.has(name))
        await recoverIn(parts, { name }, { at, leasedBefore: at, except: [] })
    }
    for (let taken = atOnceMax; taken === atOnceMax; ) taken = await moveSome(parts, at)
  }

  let looking = Promise.resolve()
  const lookAgain = () => {
    looking = look().catch(error => {
      const away = failureKind(error) === 'outage'
      log[away ? 'debug' : 'error']({ err: error }, 'what waits for a channel that is off could not be moved')
    })
  }
  lookAgain()
  const timer = setInterval(lookAgain, lookEveryMs).unref()
  return {
    look,
    stop() {
      clearInterval(timer)
      return looking
    },
  }
}

async function moveSome({ store, log, wake, witness }: Parts, at: Date): Promise<number> {
  const before = new Date(at.getTime() - patienceMs)
  const [taken, lost] = await transact(store, async inner => {
    const rows = await takeStranded(inner, { before, limit: atOnceMax })
    const lost: string[] = []
    for (const row of rows)
      if (!(await giveUp(inner, row, { reason: 'off', elsewhere: true, at }))) lost.push(row.channel)
    return [rows.length, lost]
  })
  if (lost.length > 0)
    log.error({ messages: lost.length }, 'messages for a channel that is off were given up')
  for (const channel of lost) witness({ what: 'givenUp', channel: channel as ChannelName })
  if (taken > lost.length) wake()
  return taken
}
