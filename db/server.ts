import postgres, { type Sql, type TransactionSql } from 'postgres'
import { eachAlone, type ServerSocket, socketsTo } from './hosts.ts'
import { connectionError, type Line, type Opened, openLines } from './lines.ts'

const connectSeconds = 10

export interface Server {
  /** So many are worth a try before nobody is there. */
  readonly hosts: number
  /** `like` others that have worked already. */
  connect(how: { max: number; prepare: boolean; like?: Connections }): Connections
}

/** What Drizzle asks of its driver. */
export type Connections = Pick<Sql, 'options' | 'unsafe' | 'end'> & {
  begin: Begin
  /** Statements of a transaction may be sent before the one before them is answered, COMMIT with them. */
  pipelines: true
}
type Begin = <T>(work: (tx: TransactionSql) => Promise<T>) => Promise<T>
type Shape = Parameters<typeof postgres>[1]

/** A PostgreSQL server, or of several the one that the address asks for; what was learnt of them is shared. */
export function serverAt(url: string): Server {
  const hosts = eachAlone(url)
  const [first = url] = hosts
  const own = { max: 1, max_lifetime: null, connect_timeout: connectSeconds, onnotice() {} }
  const nextSocket = hosts.length > 1 ? socketsTo(hosts) : undefined
  function open(how: Shape): Opened {
    let current: ServerSocket | undefined
    const socket = () => {
      current = nextSocket?.()
      return current
    }
    const sql = postgres(first, { ...own, ...(nextSocket && { socket }), ...how })
    const serves = () => {
      if (current) current.served = true
    }
    return { sql, serves, gone: () => current?.giveUp() }
  }
  return {
    hosts: hosts.length,
    connect: ({ max, prepare, like }) =>
      connect(how => open({ prepare, ...how }), { max, like: like?.options }),
  }
}

function connect(
  open: (how: Shape) => Opened,
  { max, like }: { max: number; like: Sql['options'] | undefined },
): Connections {
  // Drizzle says here, once for all connections, what it reads and writes by itself.
  const { options } = open({}).sql
  if (like) teach(options, like)
  // A driver that learns the types of arrays anew with each connection ends the process when it is lost meanwhile.
  let learnt = like !== undefined
  const lines = openLines(onclose => {
    const opened = open({ onclose, fetch_types: !learnt })
    teach(opened.sql.options, options)
    if (options.prepare) prepareIn(opened.sql)
    return opened
  }, max)
  return {
    options,
    pipelines: true,
    begin: work =>
      lines.borrow(async line => {
        const result = await transaction(line, options.prepare ? tx => work(prepareIn(tx)) : work)
        if (!learnt) teach(options, line.sql.options)
        learnt = true
        return result
      }),
    unsafe: ((...statement: Parameters<Sql['unsafe']>) => {
      let asValues = false
      // In a moment it is said in which shape the rows are wanted.
      const running = Promise.resolve().then(() =>
        lines.borrow(async line => {
          try {
            const query = saidOnce(line.sql.unsafe(...statement))
            return await (asValues ? query.values() : query)
          } catch (error) {
            if (!isAlive(error)) line.lose()
            throw error
          }
        }),
      )
      const values = () => {
        asValues = true
        return running
      }
      return Object.assign(running, { values })
    }) as unknown as Sql['unsafe'],
    end: async ({ timeout = 5 } = {}) => lines.end({ timeout }),
  }
}

/** True if it is the answer to a statement: what ends a connection is worse than an error, and we fail by others. */
function isAlive(error: unknown): boolean {
  return error instanceof postgres.PostgresError && error.severity === 'ERROR'
}

/** How values are read and written. */
function teach(pupil: Sql['options'], { parsers, serializers }: Sql['options']) {
  Object.assign(pupil.parsers, parsers)
  Object.assign(pupil.serializers, serializers)
}

/**
 * Ends the transaction itself. The driver would send a ROLLBACK of its own down a lost connection, which ends the whole
 * process; and what a transaction still does after the loss would run on the next connection, outside of any.
 */
function transaction<T>(line: Line, work: (tx: TransactionSql) => Promise<T>): Promise<T> {
  return new Promise((done, failed) => {
    const whole = line.sql.begin(async tx => {
      const { unsafe } = tx
      let committing: ReturnType<Sql['unsafe']> | undefined
      const guarded = ((...statement) => {
        if (line.lost) throw connectionError('CONNECTION_CLOSED')
        if (committing) throw new Error('The transaction is over')
        const running = saidOnce(unsafe(...statement))
        running.catch(error => {
          if (isAlive(error)) return
          // It was never said, so nothing may be committed; and the driver no longer knows which answer is whose.
          if (committing) Object.assign(committing, { cancelled: true })
          line.lose()
        })
        return running
      }) as typeof unsafe
      try {
        const result = await work(Object.assign(tx, { unsafe: guarded }))
        committing = guarded('commit')
        const { command } = await committing
        if (command !== 'COMMIT') throw new Error('The transaction had failed, and nobody was told')
        done(result)
      } catch (error) {
        if (!line.lost) await unsafe('rollback').catch(() => {})
        failed(error)
      }
      return new Promise<never>(() => {})
    })
    // It ends in another way only if there is no connection, or no more.
    whole.catch(error => {
      line.lose()
      failed(error)
    })
  })
}

/**
 * The driver says a statement again whose plan the server has lost or finds stale, with its bytes encoded twice. In a
 * transaction that is too late besides, it has failed; and after a COMMIT that went with it, it would be written outside
 * of any.
 */
function saidOnce<Running extends ReturnType<Sql['unsafe']>>(running: Running): Running {
  const set = (error: unknown) => {
    Object.assign(running, { cancelled: true })
    const { reject } = running as unknown as { reject(error: unknown): void }
    reject(error)
  }
  return Object.defineProperty(running, 'retried', { get: () => undefined, set })
}

/** Drizzle has each statement parsed and planned anew; ours are few and come again and again. */
function prepareIn<Part extends { unsafe: Sql['unsafe'] }>(sql: Part): Part {
  const { unsafe } = sql
  sql.unsafe = ((text, parameters, options) =>
    unsafe.call(sql, text, parameters, { ...options, prepare: true })) as Sql['unsafe']
  return sql
}
