import type { Sql } from 'postgres'

/** One connection, with a driver of its own. */
export interface Line {
  readonly sql: Sql
  /** True from the moment its connection is known to be gone. */
  readonly lost: boolean
  lose(): void
  /** Somebody was answered on it. */
  serves(): void
}

/** What a line is made of, and who is told whether it is of use. */
export interface Opened {
  readonly sql: Sql
  serves(): void
  gone(): void
}

export interface Lines {
  /** One at a time has a line; who comes too many waits. */
  borrow<T>(use: (line: Line) => Promise<T>): Promise<T>
  end(how: { timeout: number }): Promise<void>
}

/** As long as a line is used; servers behind a name change, and a process on the server grows. */
const ageMs = { min: 30 * 60_000, max: 60 * 60_000 }

/**
 * At most `max` connections. One that is lost is thrown away together with its driver, which would remember what was
 * half said on it: the next one would hang for ten seconds, or take the old one's error for its own.
 */
export function openLines(open: (lost: () => void) => Opened, max: number): Lines {
  const all = new Set<Line>()
  const idle: Line[] = []
  const waiting: { go(line: Line): void; fail(error: Error): void }[] = []
  const retireAt = new WeakMap<Line, number>()
  let ended = false

  function add(): Line {
    let lost = false
    const { sql, serves, gone } = open(() => line.lose())
    const line: Line = {
      sql,
      serves,
      get lost() {
        return lost
      },
      lose() {
        if (lost) return
        lost = true
        all.delete(line)
        gone()
        // Left to itself it would connect again, for whatever it has still to say.
        sql.end({ timeout: 0 }).catch(() => {})
      },
    }
    all.add(line)
    retireAt.set(line, performance.now() + ageMs.min + Math.random() * (ageMs.max - ageMs.min))
    return line
  }

  function take(): Line | Promise<Line> {
    if (ended) throw connectionError('CONNECTION_ENDED')
    for (let line = idle.pop(); line; line = idle.pop()) if (!line.lost) return line
    if (all.size < max) return add()
    return new Promise((go, fail) => waiting.push({ go, fail }))
  }

  function give(line: Line) {
    const old = performance.now() > (retireAt.get(line) ?? 0)
    if (old && all.delete(line)) void line.sql.end({ timeout: 5 })
    const next = waiting.shift()
    if (next) next.go(line.lost || old ? add() : line)
    else if (!line.lost && !old) idle.push(line)
  }

  return {
    async borrow(use) {
      const line = await take()
      try {
        const result = await use(line)
        line.serves()
        return result
      } finally {
        give(line)
      }
    },
    async end(how) {
      ended = true
      for (const { fail } of waiting.splice(0)) fail(connectionError('CONNECTION_ENDED'))
      await Promise.all([...all].map(({ sql }) => sql.end(how)))
    },
  }
}

/** As the driver's own errors are known. */
export function connectionError(code: 'CONNECTION_CLOSED' | 'CONNECTION_ENDED'): Error {
  return Object.assign(new Error('The connection to the database is gone'), { code })
}
