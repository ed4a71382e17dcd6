import type { Update } from 'grammy/types'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createLog } from '../../bot/logger.ts'
import { createRouter } from '../../bot/router.ts'
import { toInbound } from '../../bot/telegram/inbound.ts'
import { type OpenDatabase, rowsOf, type Store } from '../../db/client.ts'
import { openTestDatabase } from '../town/database.ts'
import { lifeOf, mortalChannel, mortalStore } from '../town/mortal.ts'
import { openOffice } from '../town/office.ts'
import { requestFrom, settledTown } from '../town/stories.ts'
import { operator } from '../town/town.ts'

let database: OpenDatabase
beforeAll(async () => {
  database = await openTestDatabase()
})
afterAll(() => database.close())

const counted = ['inbox', 'requests', 'assignments', 'disclosures', 'audit', 'outbox', 'elders', 'consents']

/** How many rows each table has: what a message has left behind. */
async function traces({ db }: Store): Promise<Record<string, number>> {
  const [first] = rowsOf<Record<string, string>>(
    await db.execute(
      `select ${counted.map(table => `(select count(*) from ${table}) as ${table}`).join(', ')}`,
    ),
  )
  return Object.fromEntries(counted.map(table => [table, Number(first?.[table])]))
}

/** Lets the message be handled by processes that die one step later each, until one lives; all on one database. */
async function outlive(store: Store, update: Update) {
  const inbound = toInbound(update)
  if (!inbound) throw new Error('Nothing that concerns the bot')
  const log = createLog('silent')
  const before = await traces(store)
  let deaths = 0
  for (; ; deaths++) {
    const life = lifeOf(deaths)
    const parts = { operator, log, startLink: (_: string, code: string) => code, wake: () => {} }
    const receive = createRouter({ ...parts, store: mortalStore(store, life) })
    const outcome = await receive(inbound).then(
      () => 'acknowledged',
      () => 'not acknowledged',
    )
    const after = await traces(store)
    if (outcome === 'acknowledged') return { deaths, before, after }
    if (after.inbox === before.inbox) expect(after).toEqual(before)
  }
}

describe('a process that dies between any two steps', () => {
  test('leaves nothing of a message or all of it, and the message takes effect once', async () => {
    const town = await settledTown(database, { channel: 'telegram', language: 'ru' })
    const { telegram, store, t, aigul, timur, dina } = town
    if (!telegram) throw new Error('This town has no Telegram')
    await requestFrom(town, aigul)
    const deliver = telegram.onUpdate
    let story: Awaited<ReturnType<typeof outlive>> | undefined
    telegram.onUpdate = async update => {
      story = await outlive(store, update)
    }
    await timur.in('Көршілер').presses(t('claim'))
    telegram.onUpdate = deliver
    // Each statement of a claim, its commit, and the moment after it were somebody's last.
    expect(story?.deaths).toBeGreaterThan(10)
    expect(story?.after.assignments).toBe((story?.before.assignments ?? 0) + 1)
    expect(story?.after.inbox).toBe((story?.before.inbox ?? 0) + 1)

    await town.settle()
    expect(timur.messages.filter(({ text }) => text.includes('Абая 12'))).toHaveLength(1)
    expect(timur.in('Көршілер').last.text).toContain('Тимур')
    expect((await dina.in('Көршілер').pressesData('claim:x')).notice).toBe(t('claim.gone'))
  })

  test('has every decided message sent by the next one; what must not come twice never does', async () => {
    const fates: string[] = []
    for (let steps = 0; steps < 24; steps++) {
      const office = await openOffice(database)
      const [aigul] = await office.crowd(1)
      await office.tell('reminder', { to: aigul })
      await office.tell('card', { to: aigul, resend: false, ref: 'card:1' })
      await office.tell('last', { to: aigul })
      const life = lifeOf(steps)
      const dying = office.newSender({
        on: mortalStore(office.store, life),
        through: mortalChannel(office.channel, life),
      })
      // It hangs where it died; the others go on without it.
      const end = new AbortController()
      await Promise.race([
        dying.drain().catch(() => {}),
        office.telegram.until(() => life.over || end.signal.aborted, 60_000),
      ])
      end.abort()
      for (let n = 0; n < 3; n++) {
        office.wait(61)
        await office.newSender().drain()
      }
      const said = office.said(aigul)
      expect(said.filter(text => text === 'card').length, `after ${steps} steps`).toBeLessThanOrEqual(1)
      expect(new Set(said.filter(text => text !== 'card')), `after ${steps} steps`).toEqual(
        new Set(['reminder', 'last']),
      )
      expect(said.lastIndexOf('reminder')).toBeLessThan(said.indexOf('last'))
      fates.push(said.join(' '))
    }
    expect(fates).toContain('reminder card last')
    expect(fates).toContain('reminder reminder card last')
    expect(fates).toContain('reminder last')
    expect(fates.at(-1)).toBe('reminder card last')
  })
})
