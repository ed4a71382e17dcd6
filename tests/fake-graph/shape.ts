import { GraphRefusal } from './refusal.ts'

export type Fields = Record<string, unknown>

/** The object at a path, with nothing in it but these fields. */
export function fieldsOf(value: unknown, path: string, known: readonly string[]): Fields {
  if (value === undefined) throw new GraphRefusal(131008, `The parameter ${path} is required.`)
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new GraphRefusal(100, `Param ${path} must be a JSON object.`)
  for (const key of Object.keys(value))
    if (!known.includes(key)) throw new GraphRefusal(100, `Unexpected key "${key}" on param "${path}".`)
  return value as Fields
}

/** Text of at least one and at most so many UTF-16 units. */
export function textAt(value: unknown, path: string, charsMax: number): string {
  if (value === undefined || value === '')
    throw new GraphRefusal(131008, `The parameter ${path} is required.`)
  if (typeof value !== 'string') throw new GraphRefusal(100, `Param ${path} must be a string.`)
  if (value.length > charsMax)
    throw new GraphRefusal(131009, `Param ${path} must be at most ${charsMax} characters long.`)
  return value
}

export function listAt(value: unknown, path: string, max: number): unknown[] {
  if (!Array.isArray(value) || value.length === 0)
    throw new GraphRefusal(131008, `The parameter ${path} is required.`)
  if (value.length > max) throw new GraphRefusal(131009, `Param ${path} must have at most ${max} elements.`)
  return value
}

export function oneOf<Kind extends string>(value: unknown, path: string, kinds: readonly Kind[]): Kind {
  const kind = kinds.find(kind => kind === value)
  if (!kind) throw new GraphRefusal(100, `Param ${path} must be one of {${kinds.join(', ')}}.`)
  return kind
}

export function allDifferent(values: readonly string[], what: string): void {
  if (new Set(values).size < values.length) throw new GraphRefusal(131009, `Duplicated ${what}.`)
}
