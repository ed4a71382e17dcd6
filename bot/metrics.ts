import type { Registry as Page } from 'prom-client'
import type { Look } from './health.ts'
import { watchProcess } from './status/process.ts'
import { Counter, Gauge, Histogram, Registry } from './status/prom.ts'
import type { Witness } from './status/witness.ts'

export interface Metrics {
  witness: Witness
  /** The page that Prometheus reads, with what was just seen of queues and channels. */
  page(look: Look): Promise<string>
  readonly contentType: string
}

/** A quick transaction takes milliseconds, a bad one as long as Telegram waits for a webhook. */
const messageSeconds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30]
const jobSeconds = [0.05, 0.25, 1, 5, 30, 120, 600]

/** Counts what happens, by channel, outcome and job. All labels come from short lists. */
export function createMetrics(): Metrics {
  const registry = new Registry()
  watchProcess(registry)
  const counted = counters(registry)
  const seen = gauges(registry)

  return {
    contentType: registry.contentType,
    witness(told) {
      if (told.what === 'outage') return counted.outages.inc()
      if (told.what === 'claim') return counted.claims.inc({ channel: told.channel, outcome: told.outcome })
      if (told.what === 'sent') return counted.sent.inc({ channel: told.channel, result: told.result })
      if (told.what === 'reported') return counted.reported.inc({ channel: told.channel, state: told.state })
      if (told.what === 'givenUp') return counted.givenUp.inc({ channel: told.channel })
      if (told.what === 'job') {
        counted.jobs.inc({ job: told.job, result: told.outcome })
        return counted.jobTime.observe({ job: told.job }, told.ms / 1000)
      }
      // The operator's chat is told of it; the record keeps where.
      if (told.what === 'unheard') return
      const { channel, outcome, ms } = told
      counted.messages.inc({ channel, outcome })
      counted.messageTime.observe({ channel }, ms / 1000)
    },
    async page({ database, channels }) {
      seen.database.set(database.state === 'ready' ? 1 : 0)
      for (const [channel, { state, waiting, oldestSeconds }] of Object.entries(channels)) {
        if (state && state !== 'unknown') seen.up.set({ channel }, state === 'ready' ? 1 : 0)
        // With the database away nobody knows, and an old number would look like a new one.
        if (waiting === null || oldestSeconds === null) {
          seen.waiting.remove({ channel })
          seen.oldest.remove({ channel })
        } else {
          seen.waiting.set({ channel }, waiting)
          seen.oldest.set({ channel }, oldestSeconds)
        }
      }
      return registry.metrics()
    },
  }
}

function counters(registry: Page) {
  const registers = [registry]
  const counter = <Label extends string>(name: string, help: string, labelNames: Label[]) =>
    new Counter({ name, help, labelNames, registers })
  return {
    messages: counter('ardaq_messages_total', 'Messages that came in, by what became of them', [
      'channel',
      'outcome',
    ]),
    messageTime: new Histogram({
      name: 'ardaq_message_seconds',
      help: 'From taking a message to the end of its transaction, tries again included',
      labelNames: ['channel'],
      buckets: messageSeconds,
      registers,
    }),
    sent: counter('ardaq_sent_total', 'Tries to send, by what the platform said', ['channel', 'result']),
    reported: counter('ardaq_reported_total', 'What the platform said later of sent messages', [
      'channel',
      'state',
    ]),
    givenUp: counter('ardaq_given_up_total', 'Messages that nobody will try to send again', ['channel']),
    claims: counter('ardaq_claims_total', 'Presses of «I will help», by what came of them', [
      'channel',
      'outcome',
    ]),
    jobs: counter('ardaq_jobs_total', 'Runs of the jobs of the clock', ['job', 'result']),
    jobTime: new Histogram({
      name: 'ardaq_job_seconds',
      help: 'How long a job of the clock ran',
      labelNames: ['job'],
      buckets: jobSeconds,
      registers,
    }),
    outages: counter('ardaq_database_failures_total', 'Times the database did not do what it was asked', []),
  }
}

function gauges(registry: Page) {
  const registers = [registry]
  const gauge = <Label extends string>(name: string, help: string, labelNames: Label[]) =>
    new Gauge({ name, help, labelNames, registers })
  return {
    waiting: gauge('ardaq_outbox_waiting', 'Messages that should be out by now and are not', ['channel']),
    oldest: gauge('ardaq_outbox_oldest_seconds', 'How long the oldest of them has waited', ['channel']),
    up: gauge('ardaq_channel_up', '1 if the platform answers, 0 if it does not', ['channel']),
    database: gauge('ardaq_database_up', '1 if the database answers, 0 if it does not', []),
  }
}
