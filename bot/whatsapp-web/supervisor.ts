import type { Life, LifeEvent } from './life.ts'

export type State =
  | 'stopped'
  | 'launching'
  | 'awaiting_qr'
  | 'syncing'
  | 'ready'
  | 'degraded'
  | 'backoff'
  | 'blocked'

/** All times of the supervision, so that a test can shorten them. */
export interface Timings {
  /** From the launch to a QR code or to `ready`. */
  launchMs: number
  /** From the pairing to `ready`: the first time, the phone hands over its history. */
  syncMs: number
  /** A QR code is renewed every twenty seconds; after this long without a new one the page is stuck. */
  qrMs: number
  probeEveryMs: number
  probeMs: number
  missesMax: number
  /** How long the worker has to say goodbye to the browser. */
  endMs: number
  backoffMs: readonly number[]
  /** Ready for so long, a session counts as sound, and the next failure as the first. */
  soundMs: number
  memoryMax: number
  /** The moment of the next planned restart: a browser grows with the days. */
  nextRestart: (at: Date) => Date
}

export interface Supervised {
  launch(hear: (event: LifeEvent) => void): Life
  timings: Timings
  /** Each change of state, with the reason of a failure and the wait before the next attempt. */
  changed(state: State, why: { reason?: string; waitMs?: number }): void
  /** What the client tells beside its state. */
  hear(event: LifeEvent): void
}

/** Here no further attempt helps, and some would make it worse: a human must look. */
const blocking = /^(LOGOUT|TOS_BLOCK|SMB_TOS_BLOCK|PROXYBLOCK|auth_failure)$/

/** Keeps one client alive: watches it, ends it when it fails, and begins anew, for ever, ever more patiently. */
export class Supervisor {
  state: State = 'stopped'
  private readonly parts: Supervised
  private current: Life | undefined
  private failures = 0
  private misses = 0
  private readyAt = 0
  private ending: Promise<void> = Promise.resolve()
  /** What waits for its time in the present state; a new state forgets it. */
  private deadline: NodeJS.Timeout | undefined
  private restart: NodeJS.Timeout | undefined

  constructor(parts: Supervised) {
    this.parts = parts
  }

  /** The life that may be spoken to now: undefined unless ready. */
  get life(): Life | undefined {
    return this.state === 'ready' ? this.current : undefined
  }

  /** Begins, also after a block: then a human has looked. */
  start() {
    if (this.state !== 'stopped' && this.state !== 'blocked') return
    this.failures = 0
    clearTimeout(this.restart)
    this.planRestart()
    this.enter('launching')
    void this.ending.then(() => this.attempt())
  }

  async stop() {
    this.enter('stopped')
    clearTimeout(this.restart)
    await this.ending
    this.leave(() => {})
    await this.ending
  }

  private enter(next: State, why: { reason?: string; waitMs?: number } = {}) {
    clearTimeout(this.deadline)
    const known = this.state === next
    this.state = next
    if (!known || why.reason) this.parts.changed(next, why)
  }

  private after(ms: number, deed: () => void) {
    this.deadline = setTimeout(deed, ms)
  }

  private attempt() {
    if (this.state !== 'launching' && this.state !== 'backoff') return
    this.enter('launching')
    this.after(this.parts.timings.launchMs, () => this.fail('never ready'))
    const own: Life = this.parts.launch(event => {
      if (own === this.current) this.onEvent(event)
    })
    this.current = own
  }

  private onEvent(event: LifeEvent) {
    const { timings, hear } = this.parts
    if (event.type === 'ended') return this.onEnd(event.reason)
    if (event.type === 'ready') this.onReady()
    if (event.type === 'qr') {
      this.enter('awaiting_qr')
      this.after(timings.qrMs, () => this.fail('QR code not renewed'))
    }
    if (event.type === 'syncing' && (this.state === 'launching' || this.state === 'awaiting_qr')) {
      this.enter('syncing')
      this.after(timings.syncMs, () => this.fail('never ready'))
    }
    hear(event)
  }

  private onReady() {
    if (this.state === 'ready' || this.state === 'degraded') return
    this.misses = 0
    this.readyAt = Date.now()
    this.enter('ready')
    this.after(this.parts.timings.probeEveryMs, () => this.probe())
  }

  private onEnd(reason: string) {
    if (!blocking.test(reason)) return this.fail(reason)
    this.enter('blocked', { reason })
    this.leave(() => {})
  }

  private async probe() {
    const { probeMs, probeEveryMs, missesMax, memoryMax } = this.parts.timings
    const own = this.current
    const alive = await own?.call('probe', {}, probeMs).catch(() => false)
    if (own !== this.current || (this.state !== 'ready' && this.state !== 'degraded')) return
    this.misses = alive ? 0 : this.misses + 1
    if (this.misses >= missesMax) return this.fail('no answer')
    if (own && own.memoryBytes() > memoryMax) return this.renew('memory')
    this.enter(alive ? 'ready' : 'degraded')
    this.after(probeEveryMs, () => this.probe())
  }

  /** Ends the life; the next step comes when it is over. */
  private leave(then: () => void) {
    const own = this.current
    this.current = undefined
    this.ending = (own?.end(this.parts.timings.endMs) ?? Promise.resolve()).then(then)
  }

  private fail(reason: string) {
    const { soundMs, backoffMs } = this.parts.timings
    const sound = this.readyAt > 0 && Date.now() - this.readyAt >= soundMs
    this.readyAt = 0
    this.failures = sound ? 1 : this.failures + 1
    const step = backoffMs[Math.min(this.failures, backoffMs.length) - 1] ?? 0
    const waitMs = Math.round(step * (0.8 + Math.random() * 0.4))
    this.enter('backoff', { reason, waitMs })
    this.leave(() => {
      if (this.state === 'backoff') this.after(waitMs, () => this.attempt())
    })
  }

  /** No failure: the next life begins as soon as this one is over. */
  private renew(reason: string) {
    this.readyAt = 0
    this.enter('launching', { reason })
    this.leave(() => this.attempt())
  }

  /** A session that waits for its human, or is about to come back, is left alone. */
  private planRestart() {
    const at = new Date()
    const due = this.parts.timings.nextRestart(at)
    this.restart = setTimeout(() => {
      if (this.state === 'ready' || this.state === 'degraded') this.renew('planned')
      this.planRestart()
    }, due.getTime() - at.getTime())
  }
}
