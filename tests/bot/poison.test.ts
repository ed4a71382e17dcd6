import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Inbound } from '../../bot/channel.ts'
import { createLog } from '../../bot/logger.ts'
import { createRouter } from '../../bot/router.ts'
import { type OpenDatabase, rowsOf, type Store } from '../../db/client.ts'
import { openTestDatabase } from '../town/database.ts'
import { failingStore } from '../town/mortal.ts'
import { chooseLanguage, requestFrom, settledTown } from '../town/stories.ts'
import { openTown, operator, type Town, testedChannels } from '../town/town.ts'

let database: OpenDatabase
beforeAll(async () => {
  database = await openTestDatabase()
})
afterAll(() => database.close())

describe.each(testedChannels)('a message that fails by itself, on %s', channel => {
  test('is tried three times and parked; the person is told once, and the chat goes on where it was', async () => {
    const town = await openTown(database, { channel, language: 'kk' })
    const { t, store, log } = town
    const aigul = await town.person('Айгүл')
    await aigul.start()
    await chooseLanguage(town, aigul)
    await aigul.presses(t('who.other'))
    const before = aigul.messages.length
    await broken(store, 'dialogs', () => aigul.presses(t('consent.yes')))
    const told = aigul.messages.slice(before).filter(({ from }) => from === 'bot')
    expect(told.map(({ text }) => text)).toEqual([t('err.tech', { phone: operator.phone })])
    expect(log.filter(line => line.includes('"message failed"'))).toHaveLength(3)
    expect(log.filter(line => line.includes('"message parked"'))).toHaveLength(1)

    await aigul.presses(t('consent.yes'))
    expect(aigul.last.text).toContain(t('name.other'))
  })

  test('in a group is answered on the spot, to the one who pressed', async () => {
    const town = await settledTown(database, { channel, language: 'ru' })
    const { t, store, aigul, timur } = town
    await requestFrom(town, aigul)
    const group = timur.in('Көршілер')
    const pressed = await broken(store, 'assignments', () => group.presses(t('claim')))
    expect(pressed.notice).toBe(t('err.tech', { phone: operator.phone }))
    expect((await group.presses(t('claim'))).notice).toBe(t('claim.yours', { num: 1 }))
  })
})

describe('a database', () => {
  let town: Town
  let letter: Inbound
  beforeEach(async () => {
    town = await openTown(database, { channel: 'telegram', language: 'ru' })
    letter = {
      channel: 'telegram',
      externalId: '1',
      chat: { id: '501', kind: 'private' },
      sender: { id: '501', language: 'ru' },
      at: new Date('2026-11-23T06:00:00Z'),
      content: { type: 'start' },
    }
  })
  const routerOn = (store: Store) =>
    createRouter({
      store,
      operator,
      log: createLog('debug', { write: line => void town.log.push(line) }),
      startLink: (_, code) => code,
      wake: () => {},
    })

  test.each(['40001', '40P01'])(
    'whose transactions collide (%s) is tried until one comes through',
    async code => {
      await routerOn(failingStore(town.store, Array(6).fill(code)))(letter)
      expect(await statusOf(town.store)).toEqual([{ parked: null, told: 1 }])
    },
  )

  test('that is out of reach parks nothing: the message is delivered again and takes effect once', async () => {
    const receive = routerOn(failingStore(town.store, Array(3).fill('ECONNREFUSED')))
    await expect(receive(letter)).rejects.toThrow()
    expect(await statusOf(town.store)).toEqual([])
    await receive(letter)
    await receive(letter)
    expect(await statusOf(town.store)).toEqual([{ parked: null, told: 1 }])
  })

  test('that fails for no known reason parks the message with its code and nothing of its words', async () => {
    await routerOn(failingStore(town.store, Array(3).fill('XX000')))(letter)
    expect(await statusOf(town.store)).toEqual([{ parked: 'Error XX000', told: 1 }])
    expect(town.log.join('')).not.toMatch(/7011234567|Абай/)
  })

  test('that cannot even park it makes the platform deliver it again', async () => {
    const receive = routerOn(failingStore(town.store, Array(4).fill('XX000')))
    await expect(receive(letter)).rejects.toThrow()
    await receive(letter)
    expect(await statusOf(town.store)).toEqual([{ parked: null, told: 1 }])
  })

  test('takes the same update once, delivered five times at once', async () => {
    const receive = routerOn(town.store)
    await Promise.all(Array.from({ length: 5 }, () => receive(letter)))
    expect(await statusOf(town.store)).toEqual([{ parked: null, told: 1 }])
  })
})

async function statusOf({ db }: Store) {
  const inbox = rowsOf<{ parked: string | null }>(await db.execute('select parked_for as parked from inbox'))
  const [outbox] = rowsOf<{ told: string }>(await db.execute('select count(*) as told from outbox'))
  return inbox.map(({ parked }) => ({ parked, told: Number(outbox?.told) }))
}

/** Takes a table away for the time of a deed. */
async function broken<T>({ db }: Store, table: string, deed: () => Promise<T>): Promise<T> {
  await db.execute(`alter table ${table} rename to ${table}_away`)
  try {
    return await deed()
  } finally {
    await db.execute(`alter table ${table}_away rename to ${table}`)
  }
}
