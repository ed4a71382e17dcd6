import { beforeEach, expect, test } from 'vitest'
import type { Content, Inbound } from '../../bot/channel.ts'
import { createLog } from '../../bot/logger.ts'
import { createMetrics, type Metrics } from '../../bot/metrics.ts'
import { startSender } from '../../bot/outbox.ts'
import { createRouter } from '../../bot/router.ts'
import { runJob } from '../../bot/scheduler.ts'
import { newDataKey, openKeyring } from '../../db/cipher.ts'
import type { Store } from '../../db/client.ts'
import { bindGroup, noteGroup } from '../../db/groups.ts'
import { setLanguage, setName } from '../../db/people.ts'
import { recognisePerson } from '../../db/recognise.ts'
import { applyAsVolunteer, decideVolunteer } from '../../db/volunteers.ts'
import { emptyDatabase, testDatabase } from '../town/database.ts'
import { failingStore } from '../town/mortal.ts'
import { openOffice } from '../town/office.ts'
import { noon as at, request, semey } from '../town/quick.ts'
import { operator } from '../town/town.ts'

const database = testDatabase()
const log = createLog('silent')
let metrics: Metrics

beforeEach(async () => {
  await emptyDatabase(database.db)
  metrics = createMetrics()
})

/** What the page says of this metric: its labels and its number. */
async function counted(name: string): Promise<string[]> {
  const page = await metrics.page({ database: { kind: 'server', state: 'ready' }, channels: {} } as never)
  return page
    .split('\n')
    .filter(line => line.startsWith(`${name}{`) || line.startsWith(`${name} `))
    .map(line => line.slice(name.length))
}

function routerOn(store: Store) {
  const parts = { store, operator, log, startLink: (_: string, code: string) => code, wake: () => {} }
  return createRouter({ ...parts, witness: metrics.witness })
}

let letters = 0
function inbound(
  sender: string,
  content: Content,
  chat: Inbound['chat'] = { id: sender, kind: 'private' },
): Inbound {
  return {
    channel: 'telegram',
    externalId: `m${++letters}`,
    chat,
    sender: { id: sender, name: 'Зейнеп' },
    at,
    content,
  }
}

test('messages are counted by what became of them, and each once', async () => {
  const store: Store = { db: database.db, keys: openKeyring(newDataKey()) }
  const letter = inbound('501', { type: 'text', text: 'Абая 12, 8 701 123 45 67' })
  const route = routerOn(store)
  await Promise.all([route(letter), route(letter), route(letter)])
  await routerOn(failingStore(store, ['40001', '40P01']))(inbound('502', { type: 'start' }))
  await routerOn(failingStore(store, Array(3).fill('XX000')))(inbound('503', { type: 'start' }))
  const away = routerOn(failingStore(store, Array(3).fill('57P01')))
  await expect(away(inbound('504', { type: 'start' }))).rejects.toThrow()
  const worse = routerOn(failingStore(store, Array(4).fill('XX000')))
  await expect(worse(inbound('505', { type: 'start' }))).rejects.toThrow()
  expect((await counted('ardaq_messages_total')).sort()).toEqual([
    '{channel="telegram",outcome="parked"} 1',
    '{channel="telegram",outcome="refused"} 2',
    '{channel="telegram",outcome="seen"} 2',
    '{channel="telegram",outcome="taken"} 2',
  ])
  expect(await counted('ardaq_message_seconds_count')).toEqual(['{channel="telegram"} 7'])
  expect(await counted('ardaq_database_failures_total')).toEqual([' 2'])
})

test('claims are counted by their outcome', async () => {
  const store: Store = { db: database.db, keys: openKeyring(newDataKey()) }
  const group = await noteGroup(store, { channel: 'telegram', chat: 'g' }, { language: 'ru', at })
  const people = ['v0', 'v1', 'v2', 'stranger']
  const [by = '', ...others] = await Promise.all(people.map(name => person(store, name)))
  await bindGroup(store, group.id, { districtId: semey, by, language: 'ru' })
  for (const personId of [by, ...others.slice(0, 2)]) await approve(store, personId, by)
  const asker = await person(store, 'asker')
  const { id } = await request({ store, settle: async () => {} }, { personId: asker }, { at })
  const route = routerOn(store)
  const claims = (sender: string, which = id) =>
    route(
      inbound(sender, { type: 'button', data: `claim:${which}`, messageId: '1' }, { id: 'g', kind: 'group' }),
    )
  await claims('stranger')
  for (const name of ['v0', 'v1', 'v2']) await claims(name)
  await claims('v2', '019385d0-0000-7000-8000-000000000000')
  expect((await counted('ardaq_claims_total')).sort()).toEqual([
    '{channel="telegram",outcome="gone"} 1',
    '{channel="telegram",outcome="refused"} 1',
    '{channel="telegram",outcome="taken"} 2',
    '{channel="telegram",outcome="won"} 1',
  ])
})

test('sending is counted by what the platform says; what is given up is counted too', async () => {
  const office = await openOffice(database)
  const { telegram, store, channel } = office
  const [aigul, timur, dina] = await office.crowd(3)
  if (!timur || !dina) throw new Error('No crowd')
  const channels = new Map([[channel.name, channel]])
  const sender = startSender({
    store,
    channels,
    log,
    now: office.now,
    automatic: false,
    witness: metrics.witness,
  })
  await timur.block()
  for (const to of [aigul, timur]) await office.tell('сәлем', { to })
  await sender.drain()
  telegram.faults.next('sendMessage', { kind: 'lost' })
  await office.tell('адрес', { to: aigul, resend: false })
  await sender.drain()
  const description = 'Bad Request: something new'
  const body = { ok: false, error_code: 400, description }
  telegram.faults.next('sendMessage', { kind: 'answer', status: 400, body })
  await office.tell('сәлем', { to: dina })
  await sender.drain()
  expect((await counted('ardaq_sent_total')).sort()).toEqual([
    '{channel="telegram",result="accepted"} 1',
    '{channel="telegram",result="blocked"} 1',
    '{channel="telegram",result="invalid"} 1',
    '{channel="telegram",result="unknown"} 1',
  ])
  expect(await counted('ardaq_given_up_total')).toEqual(['{channel="telegram"} 2'])
})

test('jobs are counted by name and result', async () => {
  const store: Store = { db: database.db, keys: openKeyring(newDataKey()) }
  const settings = { retentionDays: 365 }
  const parts = { store, log, now: () => at, wake: () => {}, settings, witness: metrics.witness }
  const job = { name: 'watch', cron: '* * * * *', run: async () => ({}) }
  const fails = (code: string) => async () => {
    throw Object.assign(new Error('Зейнеп'), { code })
  }
  await runJob(parts, job)
  await runJob(parts, { ...job, run: fails('XX000') })
  await runJob(parts, { ...job, run: fails('57P01') })
  expect((await counted('ardaq_jobs_total')).sort()).toEqual([
    '{job="watch",result="done"} 1',
    '{job="watch",result="failed"} 1',
    '{job="watch",result="outage"} 1',
  ])
  expect(await counted('ardaq_job_seconds_count')).toEqual(['{job="watch"} 3'])
  expect(await counted('ardaq_database_failures_total')).toEqual([' 1'])
})

test('no label holds anything of a person, whatever is counted', async () => {
  const store: Store = { db: database.db, keys: openKeyring(newDataKey()) }
  for (let n = 0; n < 10; n++)
    await routerOn(store)(inbound(`77011234${n}`, { type: 'text', text: `Абая ${n}` }))
  const page = await metrics.page({ database: { kind: 'server', state: 'ready' }, channels: {} } as never)
  const labels = page.split('\n').filter(line => line.startsWith('ardaq_') && line.includes('{'))
  const words = labels.flatMap(line =>
    [...line.matchAll(/(\w+)="([^"]*)"/g)].map(([, name, value]) => `${name} ${value}`),
  )
  expect(new Set(words.filter(word => !word.startsWith('le ')))).toEqual(
    new Set(['channel telegram', 'outcome taken']),
  )
})

async function person(store: Store, externalId: string): Promise<string> {
  const { id } = await recognisePerson(store, { channel: 'telegram', externalId, inPrivate: true, at })
  await setLanguage(store, id, 'ru')
  await setName(store, id, externalId)
  return id
}

async function approve(store: Store, personId: string, by: string) {
  const form = { personId, regionId: semey.slice(0, 2), districtIds: [semey], categories: [] }
  await applyAsVolunteer(store, { ...form, wantedRequestId: null, at })
  await decideVolunteer(store, personId, { status: 'approved', by, at })
}
