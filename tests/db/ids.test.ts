import { afterEach, describe, expect, test, vi } from 'vitest'
import { isUuid, newId } from '../../db/ids.ts'

afterEach(() => {
  vi.useRealTimers()
})

const sorted = (ids: string[]) => ids.every((id, n) => n === 0 || (ids[n - 1] ?? '') < id)

describe('a new id', () => {
  test('is a UUID of version 7 that tells its time', () => {
    const before = Date.now()
    const id = newId()
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
    const ms = Number.parseInt(id.replace('-', '').slice(0, 12), 16)
    expect(ms).toBeGreaterThanOrEqual(before)
    expect(ms - Date.now()).toBeLessThan(100)
    expect(isUuid(id)).toBe(true)
  })

  test('comes after all before it, also within one millisecond and beyond its counter', () => {
    vi.useFakeTimers({ now: Date.now() + 3_600_000 })
    const ids = Array.from({ length: 20_000 }, newId)
    expect(sorted(ids)).toBe(true)
    expect(new Set(ids).size).toBe(20_000)
  })

  test('comes after them even when the clock is set back', () => {
    vi.useFakeTimers({ now: Date.now() + 7_200_000 })
    const before = newId()
    vi.setSystemTime(Date.now() - 7_200_000)
    expect(sorted([before, newId(), newId()])).toBe(true)
  })
})

test.each(['', 'x', '1', "'; drop table people; --", '0190-1', `${newId()}0`, newId().toUpperCase()])(
  '«%s» is none of ours',
  text => {
    expect(isUuid(text)).toBe(false)
  },
)
