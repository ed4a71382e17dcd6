import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { sentenceOf } from '../../bot/whatsapp-web/faults.ts'
import type { Life, LifeEvent } from '../../bot/whatsapp-web/life.ts'
import { usualTimings } from '../../bot/whatsapp-web/settings.ts'
import { type State, Supervisor } from '../../bot/whatsapp-web/supervisor.ts'

/** The logic alone, with a clock that we set and lives that do what they are told. */

const minuteMs = 60_000
let lives: { tell(event: LifeEvent): void; ended: boolean; alive: boolean; bytes: number }[]
let states: State[]
let waits: number[]
let heard: LifeEvent[]
let supervisor: Supervisor

beforeEach(() => {
  // Ten in the morning in Almaty: eighteen hours to the planned restart.
  vi.useFakeTimers({ now: new Date('2026-11-23T05:00:00Z') })
  vi.spyOn(Math, 'random').mockReturnValue(0.5)
  lives = []
  states = []
  waits = []
  heard = []
  supervisor = new Supervisor({
    launch,
    timings: usualTimings,
    hear: event => heard.push(event),
    changed(state, { waitMs }) {
      states.push(state)
      if (waitMs !== undefined) waits.push(waitMs)
    },
  })
  supervisor.start()
})

afterEach(async () => {
  await supervisor.stop()
  vi.useRealTimers()
  vi.restoreAllMocks()
})

function launch(tell: (event: LifeEvent) => void): Life {
  const own = { tell, ended: false, alive: true, bytes: 0 }
  lives.push(own)
  return {
    call: (async (_: string, __: object, withinMs: number) => {
      if (own.alive) return true
      await new Promise(resolve => setTimeout(resolve, withinMs))
      throw new Error('worker does not answer')
    }) as Life['call'],
    received: () => {},
    memoryBytes: () => own.bytes,
    async end() {
      own.ended = true
    },
  }
}

const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms)
const latest = () => lives.at(-1)

async function ready() {
  await pass(0)
  latest()?.tell({ type: 'ready' })
}

describe('a start', () => {
  test('by a QR code, scanned, synced, ready', async () => {
    await pass(0)
    latest()?.tell({ type: 'qr', text: 'a' })
    await pass(minuteMs)
    latest()?.tell({ type: 'qr', text: 'b' })
    await pass(minuteMs)
    latest()?.tell({ type: 'syncing' })
    expect(supervisor.life).toBeUndefined()
    latest()?.tell({ type: 'ready' })
    latest()?.tell({ type: 'ready' })
    expect(states).toEqual(['launching', 'awaiting_qr', 'syncing', 'ready'])
    expect(supervisor.life).toBeDefined()
    expect(heard.flatMap(event => (event.type === 'qr' ? event.text : []))).toEqual(['a', 'b'])
  })

  test('that says nothing for two minutes is ended and tried again', async () => {
    await pass(usualTimings.launchMs)
    expect(lives[0]?.ended).toBe(true)
    expect(states.at(-1)).toBe('backoff')
    await pass(1_000)
    expect(lives).toHaveLength(2)
  })

  test('whose QR code is no longer renewed begins anew', async () => {
    await pass(0)
    latest()?.tell({ type: 'qr', text: 'a' })
    await pass(usualTimings.qrMs - 1)
    expect(lives).toHaveLength(1)
    await pass(1_001)
    expect(lives).toHaveLength(2)
  })
})

describe('failures', () => {
  test('are tried again for ever, ever more patiently', async () => {
    for (let n = 0; n < 12; n++) {
      await pass(0)
      latest()?.tell({ type: 'ended', reason: 'net::ERR_NAME_NOT_RESOLVED' })
      await pass(waits.at(-1) ?? 0)
    }
    expect(waits.map(ms => ms / 1_000)).toEqual([1, 5, 15, 45, 120, 300, 600, 600, 600, 600, 600, 600])
    expect(lives).toHaveLength(13)
    expect(lives.filter(({ ended }) => !ended)).toHaveLength(1)
    expect(sentenceOf('net::ERR_NAME_NOT_RESOLVED')).toBe('no connection to web.whatsapp.com')
  })

  test('of a session that was sound count anew; of one that was not, they do not', async () => {
    for (const lastedMs of [0, 0, 0, 2 * minuteMs, 0]) {
      await ready()
      await pass(lastedMs)
      latest()?.tell({ type: 'ended', reason: 'page crashed' })
      await pass(waits.at(-1) ?? 0)
    }
    expect(waits).toEqual([1_000, 5_000, 15_000, 1_000, 5_000])
  })

  test('what a life says after its end is not heard', async () => {
    await ready()
    const [first] = lives
    first?.tell({ type: 'ended', reason: 'browser gone' })
    first?.tell({ type: 'ended', reason: 'worker gone (1)' })
    first?.tell({ type: 'ready' })
    expect(waits).toHaveLength(1)
    expect(supervisor.state).toBe('backoff')
  })

  test.each(['LOGOUT', 'TOS_BLOCK', 'SMB_TOS_BLOCK', 'PROXYBLOCK', 'auth_failure'])(
    '%s is never tried again by itself',
    async reason => {
      await ready()
      latest()?.tell({ type: 'ended', reason })
      await pass(48 * 60 * minuteMs)
      expect(lives).toHaveLength(1)
      expect(lives[0]?.ended).toBe(true)
      expect(states.filter(state => state === 'blocked')).toHaveLength(1)
      supervisor.start()
      await pass(0)
      expect(lives).toHaveLength(2)
    },
  )
})

describe('watching', () => {
  test('one missed probe is a doubt, a second the end', async () => {
    await ready()
    if (lives[0]) lives[0].alive = false
    await pass(usualTimings.probeEveryMs + usualTimings.probeMs)
    expect(supervisor.state).toBe('degraded')
    expect(supervisor.life).toBeUndefined()
    await pass(usualTimings.probeEveryMs + usualTimings.probeMs)
    expect(supervisor.state).toBe('backoff')
  })

  test('a doubt may pass', async () => {
    await ready()
    if (lives[0]) lives[0].alive = false
    await pass(usualTimings.probeEveryMs + usualTimings.probeMs)
    if (lives[0]) lives[0].alive = true
    await pass(usualTimings.probeEveryMs)
    expect(states.slice(-2)).toEqual(['degraded', 'ready'])
    await pass(60 * minuteMs)
    expect(lives).toHaveLength(1)
  })

  test('too much memory is a reason to begin anew at once, and no failure', async () => {
    await ready()
    if (lives[0]) lives[0].bytes = usualTimings.memoryMax + 1
    await pass(usualTimings.probeEveryMs)
    expect(lives.map(({ ended }) => ended)).toEqual([true, false])
    expect(waits).toEqual([])
  })

  test('at four in the night it begins anew, every night', async () => {
    await ready()
    await pass(18 * 60 * minuteMs - 1)
    expect(lives).toHaveLength(1)
    await pass(1)
    expect(lives).toHaveLength(2)
    await ready()
    await pass(24 * 60 * minuteMs)
    expect(lives).toHaveLength(3)
  })

  test('after a stop nothing begins any more', async () => {
    await ready()
    latest()?.tell({ type: 'ended', reason: 'browser gone' })
    await supervisor.stop()
    await pass(48 * 60 * minuteMs)
    expect(lives).toHaveLength(1)
    expect(supervisor.state).toBe('stopped')
  })
})
