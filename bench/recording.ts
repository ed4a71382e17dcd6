import type { Sql } from 'postgres'
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
  /** What was under way when it was begun. */
  beside: ReadonlySet<Act>
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
  const underWay = new Set<Act>()
  const open = (transaction: boolean): Act => {
    const act = { statements: [], transaction, beside: new Set(underWay) }
    recording.set(stepOf(), [...(recording.get(stepOf()) ?? []), act])
    underWay.add(act)
    return act
  }
  const { unsafe, begin } = driver
  driver.unsafe = ((text: string, parameters: Parameter[], options: object) => {
    const query = unsafe.call(driver, text, parameters, options)
    // The driver begins its transactions through itself.
    if (text.startsWith('begin')) return query
    const act = open(false)
    keep(query, act, text, parameters)
    const close = () => void underWay.delete(act)
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
    }).finally(() => underWay.delete(act))
  }) as Sql['begin']
}

/**
 * Gives the driver the recorded statements of a step again, side by side where they were. Throws if a transaction
 * is answered otherwise than it was; what a look into the outbox finds beside others is a matter of luck.
 */
export async function replay(driver: Sql, acts: readonly Act[]) {
  const begun = new Map<Act, Promise<unknown>>()
  for (const act of acts) {
    const { statements, transaction, beside } = act
    await Promise.all([...begun].flatMap(([earlier, done]) => (beside.has(earlier) ? [] : [done])))
    begun.set(
      act,
      transaction ? driver.begin(tx => runAll(tx, statements)) : runAll(driver, statements, false),
    )
  }
  await Promise.all(begun.values())
}

async function runAll(driver: Unsafe, statements: readonly Statement[], strict = true) {
  for (const { text, parameters, values, rows } of statements) {
    const query = driver.unsafe(text, parameters)
    const result = values ? await query.values() : await query
    if (strict && result.length !== rows)
      throw new Error(`The replay got ${result.length} rows, not ${rows}: ${text}`)
  }
}

function keep(query: ReturnType<Sql['unsafe']>, act: Act, text: string, parameters: Parameter[] = []) {
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
