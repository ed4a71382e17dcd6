import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { openOwnNumber } from '../../bot/whatsapp-web/own-number.ts'

let directory: string
let path: string
let wroteAt: Date | undefined
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'own-number-'))
  path = join(directory, 'below', 'own-number.json')
  vi.useFakeTimers({ now: new Date('2026-11-23T05:00:00Z') })
})
afterEach(() => {
  vi.useRealTimers()
  rmSync(directory, { recursive: true })
})

const open = (at = path) => openOwnNumber(at, async () => wroteAt)

test('who wrote to the number has, whichever process asks; who wrote to an earlier one has not', async () => {
  open().is('77001234567')
  wroteAt = new Date()
  vi.advanceTimersByTime(86_400_000)
  const next = open()
  next.is('77001234567')
  expect(await next.hasWritten('zeinep')).toBe(true)
  next.is('77007654321')
  expect(await open().hasWritten('zeinep')).toBe(false)
  wroteAt = new Date()
  expect(await open().hasWritten('zeinep')).toBe(true)
  wroteAt = undefined
  expect(await open().hasWritten('zeinep')).toBe(false)
})

test('without a number, or one cut off while it was written, nobody has', async () => {
  wroteAt = new Date()
  expect(await open().hasWritten('zeinep')).toBe(false)
  const torn = join(directory, 'torn.json')
  writeFileSync(torn, '{"number":"770')
  expect(await open(torn).hasWritten('zeinep')).toBe(false)
})
