import type { OpenDatabase, Store } from '../../db/client.ts'
import type { Channel, ChannelName } from '../channel.ts'
import type { Config } from '../config.ts'
import { createHealth, type Health } from '../health.ts'
import { type Served, serveApp } from '../http.ts'
import type { Log } from '../logger.ts'
import { createMetrics } from '../metrics.ts'
import { step } from '../start-faults.ts'
import type { TelegramChannel } from '../telegram/channel.ts'
import type { Whatsapp } from '../whatsapp/open.ts'
import { watchFaults } from './faults.ts'
import { logOutages } from './outage-log.ts'
import { statusRoutes } from './server.ts'
import type { Witness } from './witness.ts'

/** Where nobody has chosen one. */
const usualPort = 3001

export interface Status {
  health: Health
  /** Hears of all that the process does. */
  witness: Witness
  /** Opens the port for watchers; undefined where it is off. The operator's chat hears of the start. */
  open(): Promise<Served | undefined>
  stop(): void
}

/** All by which the process tells how it is: health, metrics, and faults told to the operator's chat. */
export function openStatus(parts: {
  config: Config
  log: Log
  store: Store
  kind: OpenDatabase['kind']
  channels: ReadonlyMap<ChannelName, Channel>
  telegram: TelegramChannel | undefined
  whatsapp: Whatsapp | undefined
  now: () => Date
  wake(): void
}): Status {
  const { config, log, telegram, whatsapp } = parts
  const metrics = createMetrics()
  const health = createHealth(parts)
  const outages = logOutages(log, parts.now)
  const standings = () => ({ telegram: telegram?.standing(), whatsapp: whatsapp?.standing() })
  const faults = config.FAULTS_CHAT
    ? watchFaults({ ...parts, chat: config.FAULTS_CHAT, standings })
    : undefined

  return {
    health,
    witness(told) {
      outages(told)
      metrics.witness(told)
      health.witness(told)
      faults?.witness(told)
    },
    async open() {
      await faults?.look().catch(error => log.error({ err: error }, 'nobody could be told of the start'))
      const port = config.STATUS_PORT
      if (port === 'off') return undefined
      const listen = () =>
        serveApp(statusRoutes({ health, metrics }), { host: config.STATUS_HOST, port: port ?? usualPort })
      return step('status', config, () =>
        listen().catch(error => {
          // Nobody has asked for this one, and the bot shall not stay away for it.
          if (port !== undefined || error.code !== 'EADDRINUSE') throw error
          log.warn(
            { port: usualPort },
            'the port for /health and /metrics is in use; STATUS_PORT names another',
          )
          return undefined
        }),
      )
    },
    stop: () => faults?.stop(),
  }
}
