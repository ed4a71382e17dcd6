import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { openNewChats } from '../../bot/whatsapp-web/new-chats.ts'

let directory: string
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'new-chats-'))
  vi.useFakeTimers({ now: new Date('2026-11-23T05:00:00Z') })
})
afterEach(() => {
  vi.useRealTimers()
  rmSync(directory, { recursive: true })
})

test('a day has so many new chats and no more, whoever counts', () => {
  const path = join(directory, 'below', 'new-chats.json')
  expect([1, 2, 3].map(() => openNewChats(path, 2).begin())).toEqual([true, true, false])
  vi.advanceTimersByTime(86_400_000)
  expect(openNewChats(path, 2).begin()).toBe(true)
})

test('none, where nobody is written to who did not write first', () => {
  expect(openNewChats(join(directory, 'new-chats.json'), 0).begin()).toBe(false)
})

test('where the count was cut off in mid-writing, none is begun for a day', () => {
  const path = join(directory, 'new-chats.json')
  writeFileSync(path, '[179')
  expect(openNewChats(path, 2).begin()).toBe(false)
  vi.advanceTimersByTime(86_399_999)
  expect(openNewChats(path, 2).begin()).toBe(false)
  vi.advanceTimersByTime(1)
  expect(openNewChats(path, 2).begin()).toBe(true)
})
