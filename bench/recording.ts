import type { PendingQuery, Row, Sql } from 'postgres'
import type { Database } from '../db/client.ts'

/** One statement as the driver was given it, and how many rows came of it. */
interface Statement {
  text: string
  parameters: Parameter[]
  /** Rows as arrays, as drizzle asks for them, or as objects. */
  values: boolean
  rows: number
}

interface Act {
  statements: Statement[]
  transaction: boolean
  /** False if it was begun while another was under way. */
  alone: boolean
}

export type Recording = Map<number, Act[]>
type Parameter = NonNullable<Parameters<Sql['unsafe']>[1]>[number]
type Unsafe = Pick<Sql, 'unsafe'>

/** The driver under drizzle. */
export function driverOf(db: Database): Sql {
  return (db as unknown as { $client: Sql }).$client
}

/** Writes down every statement given to the driver, by the step that `stepOf` names. */
export function record(driver: Sql, stepOf: () => number, recording: Recording) {
  let underWay = 0
  const open = (transaction: boolean): Act => {
    const act = { statements: [], transaction, alone: underWay === 0 }
    recording.set(stepOf(), [...(recording.get(stepOf()) ?? []), act])
    underWay += 1
    return act
  }
  const close = () => {
    underWay -= 1
  }
  const { unsafe, begin } = driver
  driver.unsafe = ((text: string, parameters: Parameter[], options: object) => {
    const query = unsafe.call(driver, text, parameters, options)
    keep(query, open(false), text, parameters)
    query.then(close, close)
    return query
  }) as Sql['unsafe']
  driver.begin = (async (work: (tx: Unsafe) => Promise<unknown>) => {
    const act = open(true)
    return begin(tx => {
      const unsafe = (text: string, parameters: Parameter[], options: object) => {
        const query = tx.unsafe(text, parameters, options)
        keep(query, act, text, parameters)
        return query
      }
      return work(Object.assign(Object.create(tx), { unsafe }))
    }).finally(close)
  }) as Sql['begin']
}

/** Gives the driver the recorded statements of a step again. Throws if the database answers otherwise. */
export async function replay(driver: Sql, acts: readonly Act[]) {
  const pending: Promise<unknown>[] = []
  for (const act of acts) {
    if (act.alone) await Promise.all(pending.splice(0))
    const { statements, transaction } = act
    pending.push(transaction ? driver.begin(tx => runAll(tx, statements)) : runAll(driver, statements))
  }
  await Promise.all(pending)
}

async function runAll(driver: Unsafe, statements: readonly Statement[]) {
  for (const { text, parameters, values, rows } of statements) {
    const query = driver.unsafe(text, parameters)
    const result = values ? await query.values() : await query
    if (result.length !== rows) throw new Error(`The replay got ${result.length} rows, not ${rows}: ${text}`)
  }
}

function keep(query: PendingQuery<Row[]>, act: Act, text: string, parameters: Parameter[] = []) {
  const statement = { text, parameters, values: false, rows: 0 }
  act.statements.push(statement)
  const { values } = query
  query.values = () => {
    statement.values = true
    return values.call(query)
  }
  query.then(
    result => {
      statement.rows = result.length
    },
    () => {},
  )
}
