import { rowsOf, type Store } from './client.ts'
import { type Query, type SQL, sql } from './drizzle.ts'
import { PgDialect } from './drizzle-pg.ts'

/** In a `statement`: what is given with each call, by this name. */
export function given<Name extends string>(name: Name) {
  return sql.placeholder(name)
}

/**
 * A statement of the path that every message takes. Drizzle puts a statement together anew for each call, which costs
 * more than sending it; this one is put together once, and its `given` values filled in.
 */
export function statement<Values extends object>(text: SQL) {
  let built: Query | undefined
  return async <Row>({ db }: Store, values: Values): Promise<Row[]> => {
    built ??= new PgDialect().sqlToQuery(text)
    const params = built.params.map(param => filled(param, values))
    const { session } = db._
    return rowsOf<Row>(
      await session.prepareQuery({ ...built, params }, undefined, undefined, false).execute(),
    )
  }
}

function filled(param: unknown, values: object): unknown {
  const named = typeof param === 'object' && param !== null && 'name' in param
  const value: unknown = named ? values[param.name as keyof typeof values] : param
  return value instanceof Date ? value.toISOString() : (value ?? null)
}
