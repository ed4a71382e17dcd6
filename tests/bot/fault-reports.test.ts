import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createLog } from '../../bot/logger.ts'
import { createRouter } from '../../bot/router.ts'
import type { Standing } from '../../bot/status/contact.ts'
import { type Faults, watchFaults } from '../../bot/status/faults.ts'
import { newDataKey, openKeyring } from '../../db/cipher.ts'
import type { Store } from '../../db/client.ts'
import { noteGroup } from '../../db/groups.ts'
import { leaseOutbox } from '../../db/leases.ts'
import { outbox } from '../../db/schema.ts'
import type { Message } from '../../domain/message.ts'
import { emptyDatabase, testDatabase } from '../town/database.ts'
import { beforeStatements, failingStore } from '../town/mortal.ts'
import { noon } from '../town/quick.ts'
import { operator } from '../town/town.ts'

const database = testDatabase()
const chat = '-1001234567890'
const minuteMs = 60_000
let store: Store
let at: Date
let faults: Faults
let telegram: Standing

beforeEach(async () => {
  await emptyDatabase(database.db)
  store = { db: database.db, keys: openKeyring(newDataKey()) }
  at = noon
  telegram = { state: 'ready', since: at }
  faults = begin()
  await faults.look()
  expect(await told()).toEqual(['fault.started'])
})
afterEach(() => faults.stop())

function begin(on = store) {
  return watchFaults({
    store: on,
    log: createLog('silent'),
    now: () => at,
    wake: () => {},
    chat,
    standings: () => ({ telegram, whatsapp: undefined }),
  })
}

async function passes(minutes: number) {
  at = new Date(at.getTime() + minutes * minuteMs)
  await faults.look()
}

/** What the chat was told since the last look: the key, and the count where there is one. */
async function told(): Promise<string[]> {
  const rows = await store.db.delete(outbox).returning()
  return rows.map(({ id, channel, chat: where, body }) => {
    expect({ channel, where }).toEqual({ channel: 'telegram', where: chat })
    const message: Message = JSON.parse(body ? store.keys.open(`outbox.body.${id}`, body) : '{}')
    return message.parts
      .map(({ key, values }) => [key, values?.count, values?.job].filter(Boolean).join(' '))
      .join()
  })
}

const parked = { what: 'message', channel: 'telegram', outcome: 'parked', ms: 5 } as const
const failed = { what: 'job', job: 'watch', outcome: 'failed', ms: 5 } as const

describe('the chat of the operator hears', () => {
  test('of each kind of fault at once, and then once an hour with how often it was', async () => {
    faults.witness(parked)
    faults.witness({ what: 'givenUp', channel: 'whatsapp' })
    faults.witness({ what: 'unheard' })
    faults.witness(failed)
    faults.witness({ ...failed, job: 'sweep' })
    await passes(0)
    expect((await told()).sort()).toEqual([
      'fault.givenUp 1',
      'fault.job 1 sweep',
      'fault.job 1 watch',
      'fault.parked 1',
      'fault.unheard 1',
    ])
    for (let n = 0; n < 59; n++) {
      faults.witness(failed)
      await passes(1)
    }
    expect(await told()).toEqual([])
    await passes(1)
    expect(await told()).toEqual(['fault.job 59 watch'])
    await passes(120)
    expect(await told()).toEqual([])
  })

  test('nothing of what goes well, or is an ordinary answer', async () => {
    faults.witness({ ...parked, outcome: 'taken' })
    faults.witness({ ...failed, outcome: 'done' })
    faults.witness({ what: 'sent', channel: 'telegram', result: 'blocked' })
    faults.witness({ what: 'claim', channel: 'telegram', outcome: 'taken' })
    await passes(1)
    expect(await told()).toEqual([])
  })

  test('of a platform that has been down for five minutes, once an outage', async () => {
    telegram = { state: 'down', since: at, reason: 'no connection' }
    await passes(4)
    expect(await told()).toEqual([])
    await passes(1)
    expect(await told()).toEqual(['fault.channel'])
    await passes(300)
    expect(await told()).toEqual([])
    telegram = { state: 'ready', since: at }
    await passes(61)
    telegram = { state: 'down', since: at }
    await passes(5)
    expect(await told()).toEqual(['fault.channel'])
    telegram = { state: 'blocked', since: at }
    await passes(61)
    expect(await told()).toEqual(['wa.blocked'])
  })

  test('of a database that was away, when it is back', async () => {
    faults.stop()
    const away = failingInserts(store, 2)
    faults = begin(away)
    faults.witness({ what: 'outage' })
    // Of a job that failed for this very reason nothing more is said.
    faults.witness({ ...failed, outcome: 'outage' })
    await expect(passes(61)).rejects.toThrow()
    faults.witness({ what: 'outage' })
    await expect(passes(1)).rejects.toThrow()
    expect(await told()).toEqual([])
    await passes(1)
    expect((await told()).sort()).toEqual(['fault.database', 'fault.started'])
  })

  test('once of what several processes see, or one that starts again and again', async () => {
    faults.witness(parked)
    await passes(61)
    const others = [begin(), begin()]
    for (const other of others) {
      other.witness(parked)
      await other.look()
      other.stop()
    }
    expect((await told()).sort()).toEqual(['fault.parked 1', 'fault.started'])
  })

  test('in the language of its group', async () => {
    await bindKazakh()
    faults.witness({ what: 'outage' })
    await passes(1)
    const until = new Date(at.getTime() + minuteMs)
    const [row] = await leaseOutbox(store, {
      channel: 'telegram',
      at,
      until,
      limit: 1,
      idleLimit: 0,
      except: [],
    })
    expect(row).toMatchObject({ chat, language: 'kk', personId: null })
  })
})

test('a parked message is told of without a word or name of it', async () => {
  const route = createRouter({
    store: failingStore(store, Array(3).fill('XX000')),
    operator,
    log: createLog('silent'),
    startLink: (_, code) => code,
    wake: () => {},
    witness: faults.witness,
  })
  await route({
    channel: 'telegram',
    externalId: '1',
    chat: { id: '501', kind: 'private' },
    sender: { id: '501', name: 'Зейнеп', language: 'ru' },
    at,
    content: { type: 'text', text: 'ул. Абая 12, 8 701 123 45 67' },
  })
  await store.db.delete(outbox)
  await faults.look()
  const [row] = await store.db.select().from(outbox)
  const words = row?.body ? store.keys.open(`outbox.body.${row.id}`, row.body) : ''
  expect(words).toContain('fault.parked')
  expect(words).not.toMatch(/501|Зейнеп|Абая|701/)
})

async function bindKazakh() {
  const group = await noteGroup(store, { channel: 'telegram', chat }, { language: 'kk', at })
  expect(group.language).toBe('kk')
}

/** The store of a database whose first statements fail. */
function failingInserts(store: Store, times: number): Store {
  let left = times
  const fail = () => {
    if (left-- > 0) throw Object.assign(new Error('away'), { code: 'ECONNREFUSED' })
  }
  const db = new Proxy(store.db, {
    get(target, name) {
      if (name === '_') return { ...target._, session: beforeStatements(target, fail) }
      const own = Reflect.get(target, name)
      return typeof own === 'function' ? own.bind(target) : own
    },
  })
  return { ...store, db }
}
