import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openPace } from '../../bot/pace.ts'
import type { OpenDatabase } from '../../db/client.ts'
import { openTestDatabase } from '../town/database.ts'
import { openOffice } from '../town/office.ts'

let database: OpenDatabase
beforeAll(async () => {
  database = await openTestDatabase()
})
afterAll(() => database.close())

const at = (ms: number) => new Date(1_800_000_000_000 + ms)

describe('the pace', () => {
  const rates = {
    all: { max: 6, perMs: 1000 },
    chat: { max: 2, perMs: 2000 },
    group: { max: 3, perMs: 60_000 },
  }
  const send = { group: false, edit: false }

  test('lets a burst go and then as much as the span has room for', () => {
    const pace = openPace(rates)
    pace.took({ chat: 'a', ...send }, at(0))
    expect(pace.mayGo('a', at(0))).toBe(true)
    expect(pace.waitMs(at(0))).toBe(Infinity)
    pace.took({ chat: 'a', ...send }, at(500))
    expect(pace.resting(at(500))).toEqual(['a'])
    expect(pace.mayGo('b', at(500))).toBe(true)
    expect(pace.waitMs(at(500))).toBe(1500)
    expect(pace.resting(at(1999))).toEqual(['a'])
    expect(pace.resting(at(2000))).toEqual([])
  })

  test('counts all chats together', () => {
    const pace = openPace(rates)
    for (const chat of 'abcdef') pace.took({ chat, ...send }, at(0))
    expect(pace.room(at(999))).toBe(0)
    expect(pace.mayGo('z', at(999))).toBe(false)
    expect(pace.room(at(1000))).toBe(6)
  })

  test('counts edits in a group apart, and in a private chat only in all', () => {
    const pace = openPace(rates)
    for (let n = 0; n < 3; n++) pace.took({ chat: 'g', group: true, edit: true }, at(n))
    expect(pace.resting(at(10))).toEqual(['g'])
    const other = openPace(rates)
    for (let n = 0; n < 5; n++) other.took({ chat: 'p', group: false, edit: true }, at(n))
    expect(other.resting(at(10))).toEqual([])
    expect(other.room(at(10))).toBe(1)
  })

  test('leaves a chat alone as long as the platform wants, whichever message comes next', () => {
    const pace = openPace(rates)
    pace.rest('a', at(3000))
    expect(pace.resting(at(2999))).toEqual(['a'])
    expect(pace.mayGo('a', at(2999))).toBe(false)
    expect(pace.mayGo('b', at(0))).toBe(true)
    expect(pace.waitMs(at(1000))).toBe(2000)
    expect(pace.mayGo('a', at(3000))).toBe(true)
    expect(pace.waitMs(at(3000))).toBe(Infinity)
  })

  test('lets idle messages go one by one at the full rate, so that room for an answer comes free all the time', () => {
    const pace = openPace({ ...rates, all: { max: 20, perMs: 1000 } })
    let gone = 0
    let longestWait = 0
    let fullSince: number | undefined
    for (let ms = 0; ms < 20_000; ms += 5) {
      const room = pace.idleRoom(at(ms))
      expect(room).toBeLessThanOrEqual(pace.room(at(ms)))
      for (let n = 0; n < room; n++)
        pace.took({ chat: `c${gone++}`, group: false, edit: false, idle: true }, at(ms))
      fullSince = pace.room(at(ms)) > 0 ? undefined : (fullSince ?? ms)
      if (fullSince !== undefined) longestWait = Math.max(longestWait, ms - fullSince)
    }
    expect(gone).toBeGreaterThan(20 * 20 * 0.97)
    expect(longestWait).toBeLessThan(600)
    expect(pace.idleWaitMs(at(20_000))).toBeLessThanOrEqual(51)
    expect(openPace({ ...rates, all: { max: Infinity, perMs: 1000 } }).idleRoom(at(0))).toBe(Infinity)
  })

  test('does not stand still when the clock is set back, and forgets chats that are quiet', () => {
    const pace = openPace(rates)
    pace.took({ chat: 'a', ...send }, at(3_600_000))
    pace.took({ chat: 'a', ...send }, at(3_600_000))
    expect(pace.resting(at(0))).toEqual([])
    expect(pace.room(at(0))).toBe(6)
  })
})

describe('on a Telegram that counts', () => {
  test('a crowd, a talkative chat and a busy group are never told to slow down, and lose nothing', async () => {
    const office = await openOffice(database, { rateLimits: true })
    const people = await office.crowd(60)
    const [talker] = people
    const group = office.telegram.group('Көршілер', {
      members: [...people.slice(0, 3)],
      addBot: true,
    })
    for (const person of people) await office.tell('hello', { to: person })
    for (let n = 0; n < 15; n++) await office.tell(`answer ${n}`, { to: talker })
    for (let n = 0; n < 45; n++) await office.tell(`post ${n}`, { to: group, person: false, resend: false })

    let seconds = 0
    for (; (await waiting(office)) > 0 && seconds < 400; seconds += 0.1) {
      await office.drain()
      office.wait(0.1)
    }
    expect(refusals(office)).toEqual([])
    expect(new Set(await office.fates())).toEqual(new Set(['sent']))
    expect(office.said(talker)).toEqual(['hello', ...Array.from({ length: 15 }, (_, n) => `answer ${n}`)])
    expect(group.messages.filter(({ from }) => from === 'bot').map(({ text }) => text)).toEqual(
      Array.from({ length: 45 }, (_, n) => `post ${n}`),
    )
    // 45 posts at 20 a minute: two full minutes must pass, and not much more does.
    expect(seconds).toBeGreaterThan(120)
    expect(seconds).toBeLessThan(150)
  })

  test('a broadcast goes at the full rate, and an answer in the middle of it waits less than a second', async () => {
    const office = await openOffice(database, { rateLimits: true })
    const people = await office.crowd(150)
    for (const person of people) await office.tell('news', { to: person, idle: true })
    const [first] = people
    const answers: number[] = []
    let seconds = 0
    for (; (await waiting(office)) > 0 && seconds < 60; seconds += 0.1) {
      await office.drain()
      if (Math.round(seconds * 10) % 10 === 5) {
        await office.tell('answer', { to: people[answers.length] ?? first })
        answers.push(office.now().getTime())
      }
      office.wait(0.1)
    }
    expect(refusals(office)).toEqual([])
    const sent = office.calls().filter(({ payload }) => payload.text === 'answer')
    const waits = sent.map((call, n) => call.at.getTime() - (answers[n] ?? 0))
    expect(sent.length).toBe(answers.length)
    expect(Math.max(...waits)).toBeLessThan(500)
    expect(seconds).toBeLessThan(150 / 28 + 1)
    expect(office.said(first).filter(text => text === 'news')).toEqual(['news'])
  })

  test('an answer does not wait behind posts for groups', async () => {
    const office = await openOffice(database, { rateLimits: true })
    const [person] = await office.crowd(1)
    for (let n = 0; n < 100; n++) {
      const group = office.telegram.group(`Топ ${n}`, { members: [person], addBot: true })
      await office.tell('post', { to: group, person: false, resend: false })
    }
    await office.drain()
    await office.tell('answer', { to: person })
    office.wait(1.1)
    await office.drain()
    expect(office.said(person)).toEqual(['answer'])
    const position = office.calls().findIndex(({ payload }) => payload.text === 'answer')
    expect(position).toBe(30)
  })

  test('what waits for its turn is not held by a lease', async () => {
    const office = await openOffice(database, { rateLimits: true })
    const [person] = await office.crowd(1)
    for (let n = 0; n < 8; n++) await office.tell(`${n}`, { to: person, resend: false })
    await office.drain()
    expect(await office.fates()).toEqual([...Array(5).fill('sent'), ...Array(3).fill('queued')])
    office.wait(120)
    await office.drain()
    expect(await office.fates()).toEqual(Array(8).fill('sent'))
  })
})

type Office = Awaited<ReturnType<typeof openOffice>>

function refusals(office: Office) {
  return office.calls().filter(({ ok }) => !ok)
}

async function waiting(office: Office): Promise<number> {
  return (await office.fates()).filter(fate => fate.startsWith('queued') || fate === 'sending').length
}
