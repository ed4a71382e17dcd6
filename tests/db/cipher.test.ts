import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { newDataKey, openKeyring } from '../../db/cipher.ts'

const place = 'people.phone.0190'
const key = (id: number) => `${id}:${randomBytes(32).toString('base64')}`

describe('a sealed value', () => {
  test('opens in its own place, whatever it holds', () => {
    const keys = openKeyring(newDataKey())
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }),
        plain => keys.open(place, keys.seal(place, plain)) === plain,
      ),
    )
  })

  test('shows nothing and is never the same twice', () => {
    const keys = openKeyring(newDataKey())
    const [one, two] = [keys.seal(place, '+77011234567'), keys.seal(place, '+77011234567')]
    expect(Buffer.from(one).equals(Buffer.from(two))).toBe(false)
    expect(Buffer.from(one).toString('latin1')).not.toContain('7011')
    expect(one.length).toBe('+77011234567'.length + 30)
  })

  test('is refused in another row, another column and another table', () => {
    const keys = openKeyring(newDataKey())
    const sealed = keys.seal(place, 'Абай 12')
    for (const other of ['people.phone.0191', 'people.note.0190', 'elders.phone.0190', ''])
      expect(() => keys.open(other, sealed)).toThrow()
  })

  test('is refused if any byte of it was changed or cut off', () => {
    const keys = openKeyring(newDataKey())
    const sealed = keys.seal(place, 'Абай 12')
    for (let at = 0; at < sealed.length; at++) {
      const changed = Uint8Array.from(sealed)
      changed[at] = (changed[at] ?? 0) ^ 1
      expect(() => keys.open(place, changed), `byte ${at}`).toThrow()
      expect(() => keys.open(place, sealed.subarray(0, at)), `cut at ${at}`).toThrow()
    }
  })
})

describe('keys', () => {
  const [old, next] = [key(1), key(2)]

  test('an old one still opens, the newest seals', () => {
    const before = openKeyring(old)
    const after = openKeyring(`${next},${old}`)
    expect(after.open(place, before.seal(place, 'Абай'))).toBe('Абай')
    expect(() => before.open(place, after.seal(place, 'Абай'))).toThrow('DATA_KEY does not hold')
    expect(() => openKeyring(next).open(place, before.seal(place, 'Абай'))).toThrow('DATA_KEY does not hold')
    expect(() => openKeyring(key(1)).open(place, before.seal(place, 'Абай'))).toThrow()
  })

  test('the blind index finds equal values, survives a new key and says nothing without it', () => {
    const [before, after] = [openKeyring(old), openKeyring(`${next},${old}`)]
    expect(after.blindIndex('+77011234567')).toBe(before.blindIndex('+77011234567'))
    expect(before.blindIndex('+77011234567')).not.toBe(before.blindIndex('+77011234568'))
    expect(openKeyring(key(1)).blindIndex('+77011234567')).not.toBe(before.blindIndex('+77011234567'))
  })

  test.each([
    '',
    '1:',
    '1:short',
    `256:${randomBytes(32).toString('base64')}`,
    randomBytes(32).toString('base64'),
    `${old},`,
  ])('«%s» are none', setting => {
    expect(() => openKeyring(setting)).toThrow('id:base64')
  })

  test('two keys of one id are refused, because one of them would open nothing', () => {
    expect(() => openKeyring(`${key(1)},${key(1)}`)).toThrow('twice')
  })
})
