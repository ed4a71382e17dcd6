/** Chance that can be had again: the same seed, the same choices. */
export interface Chance {
  readonly seed: number
  /** From 0 up to, not including, 1. */
  next(): number
  /** A whole number from `min` to `max`, both included. */
  between(min: number, max: number): number
  of<T>(values: readonly T[]): T
  shuffled<T>(values: readonly T[]): T[]
}

/** FAULT_SEED repeats an earlier run's choices. */
export function openChance(seed = Number(process.env.FAULT_SEED) || Date.now() % 1_000_000): Chance {
  let state = seed
  // Mulberry32.
  const next = () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const between = (min: number, max: number) => min + Math.floor(next() * (max - min + 1))
  return {
    seed,
    next,
    between,
    of<T>(values: readonly T[]): T {
      const value = values[between(0, values.length - 1)]
      if (value === undefined) throw new Error('Nothing to choose from')
      return value
    },
    shuffled: values =>
      values
        .map(value => ({ value, at: next() }))
        .sort((one, other) => one.at - other.at)
        .map(({ value }) => value),
  }
}
