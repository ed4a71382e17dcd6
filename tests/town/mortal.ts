import type { Channel } from '../../bot/channel.ts'
import type { Database, Store } from '../../db/client.ts'

/** A process that dies: from a chosen step on, nothing it does reaches the database or the platform. */
export class Death extends Error {
  readonly code = 'ECONNRESET'
}

export interface Life {
  /** Counts one step; throws from the chosen one on. */
  step(): void
  readonly over: boolean
}

export function lifeOf(steps: number): Life {
  let left = steps
  return {
    step() {
      left -= 1
      if (left < 0) throw new Death('died')
    },
    get over() {
      return left < 0
    },
  }
}

/** The store of a process that may die before any statement, before a commit and right after it. */
export function mortalStore(store: Store, life: Life): Store {
  return { ...store, db: mortal(store.db, life) }
}

/** A channel of such a process: it may die before the call and after it, before it learns the answer. */
export function mortalChannel(channel: Channel, life: Life): Channel {
  return {
    ...channel,
    async send(message) {
      if (life.over) return new Promise(() => {})
      try {
        life.step()
        const result = await channel.send(message)
        life.step()
        return result
      } catch {
        // A dead process does not go on to write down what has happened.
        return new Promise(() => {})
      }
    },
  }
}

/** A store whose first transactions fail with these database codes, one each, just before they commit. */
export function failingStore(store: Store, codes: string[]): Store {
  const db = new Proxy(store.db, {
    get(target, name) {
      if (name !== 'transaction') return bound(target, name)
      return (work: (tx: Database) => Promise<unknown>) =>
        target.transaction(async tx => {
          const result = await work(tx)
          const code = codes.shift()
          if (code) throw Object.assign(new Error('Failed query: params: +77011234567, Абай 12'), { code })
          return result
        })
    },
  })
  return { ...store, db }
}

const statements = ['select', 'insert', 'update', 'delete', 'execute', '$count']

function mortal(db: Database, life: Life): Database {
  return new Proxy(db, {
    get(target, name) {
      const value = bound(target, name)
      if (name === 'transaction') {
        return async (work: (tx: Database) => Promise<unknown>) => {
          life.step()
          const result = await target.transaction(async tx => {
            const done = await work(mortal(tx, life))
            life.step()
            return done
          })
          life.step()
          return result
        }
      }
      if (name === '_') return { ...target._, session: beforeStatements(target, () => life.step()) }
      if (typeof value !== 'function' || !statements.includes(String(name))) return value
      return (...args: unknown[]) => {
        life.step()
        return value(...args)
      }
    },
  })
}

/** What runs the statements that are put together once, with something done before each. */
export function beforeStatements(db: Database, deed: () => void): Database['_']['session'] {
  return new Proxy(db._.session, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name)
      if (typeof value !== 'function') return value
      return (...args: unknown[]) => {
        if (name === 'prepareQuery') deed()
        return value.apply(target, args)
      }
    },
  })
}

function bound(target: Database, name: string | symbol): unknown {
  const value: unknown = Reflect.get(target, name)
  return typeof value === 'function' ? value.bind(target) : value
}
