import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Sql } from 'postgres'
import { textOf } from '../bot/i18n.ts'
import { newDataKey, openKeyring } from '../db/cipher.ts'
import { type OpenDatabase, openEmbeddedDatabase, openServerDatabase, type Store } from '../db/client.ts'
import { addElder } from '../db/elders.ts'
import type { PGlite } from '../db/pglite.ts'
import { recognisePerson } from '../db/recognise.ts'
import { submitRequest } from '../db/requests.ts'
import { heading, print, report } from './figures.ts'
import { createTemporaryDatabase } from './server.ts'
import { groupChat, place, settle } from './settled.ts'
import { openStage } from './stage.ts'

/**
 * One request, all volunteers press "I will do it" at once, again and again: exactly one may win, and every other
 * one must be told so kindly. Beside it the bare conditional update, by as many at once through the same driver.
 */
const volunteers = 200
const rounds = Number(process.argv[2] ?? 100)
const keys = openKeyring(newDataKey())
const claimSql = `update requests set status = 'claimed' where id = $1 and status = 'open' returning id`

await onEmbedded()
await onServer()

async function onEmbedded() {
  const directory = mkdtempSync(join(tmpdir(), 'ardaq-bench-'))
  const database = await openEmbeddedDatabase(directory)
  const client = (database.db as unknown as { $client: PGlite }).$client
  await race('the embedded database, durable', database, async id => {
    const { rows } = await client.query(claimSql, [id])
    return rows.length
  })
  await database.close()
  rmSync(directory, { recursive: true, force: true })
}

async function onServer() {
  const temporary = await createTemporaryDatabase()
  const database = await openServerDatabase(temporary.url)
  const client = (database.db as unknown as { $client: Sql }).$client
  await race('PostgreSQL', database, async id => (await client.unsafe(claimSql, [id])).length)
  await database.close()
  await temporary.drop()
}

async function race(where: string, database: OpenDatabase, claimBarely: (id: string) => Promise<number>) {
  const store: Store = { db: database.db, keys }
  await settle(store, volunteers)
  const ours = await claimThroughRouter(store)
  const barely = await claimAllBarely(store, claimBarely)
  heading(`One request, ${volunteers} volunteers at once, ${rounds} rounds, ${where}`)
  const { exact, winners, polite } = ours
  print(`  rounds with exactly one winner and ${volunteers - 1} polite answers: ${exact} of ${rounds}`)
  print(`  winners ${winners}, polite answers ${polite}; the bare update: winners ${barely.winners}`)
  print(`    promised ${rounds} of ${rounds}: ${exact === rounds ? 'kept' : 'NOT KEPT'}`)
  const perSecond = (seconds: number) => (rounds * volunteers) / seconds
  report({
    what: 'answered presses a second',
    ours: perSecond(ours.seconds),
    reference: perSecond(barely.seconds),
    referenceIs: 'the bare update',
    unit: '/s',
  })
}

async function claimThroughRouter(store: Store) {
  const stage = openStage(store)
  const won = (number: number) => textOf('ru', { key: 'claim.yours', values: { num: number } })
  const taken = textOf('ru', { key: 'claim.taken' })
  const total = { exact: 0, winners: 0, polite: 0, seconds: 0 }
  for (let round = 0; round < rounds; round++) {
    const request = await newRequest(store)
    const content = { type: 'button', data: `claim:${request.id}`, messageId: '1' } as const
    const began = performance.now()
    const receipts = await Promise.all(
      Array.from({ length: volunteers }, (_, n) => stage.receive(`v${n}`, content, groupChat)),
    )
    total.seconds += (performance.now() - began) / 1000
    const winners = receipts.filter(({ notice }) => notice === won(request.number)).length
    const polite = receipts.filter(({ notice }) => notice === taken).length
    total.winners += winners
    total.polite += polite
    if (winners === 1 && polite === volunteers - 1) total.exact += 1
  }
  return total
}

async function claimAllBarely(store: Store, claim: (id: string) => Promise<number>) {
  const total = { winners: 0, seconds: 0 }
  for (let round = 0; round < rounds; round++) {
    const { id } = await newRequest(store)
    const began = performance.now()
    const rows = await Promise.all(Array.from({ length: volunteers }, () => claim(id)))
    total.seconds += (performance.now() - began) / 1000
    total.winners += rows.reduce((sum, count) => sum + count, 0)
  }
  return total
}

async function newRequest(store: Store) {
  const at = new Date()
  const asker = { channel: 'telegram', externalId: 'asker', inPrivate: true, at }
  const { id: requesterId } = await recognisePerson(store, asker)
  const home = { settlement: '', text: 'ул. Абая 1, кв. 2' }
  const elder = { ...place, name: 'Зейнеп', home, phone: '+77011234567', agreed: true, self: false }
  const elderId = await addElder(store, { personId: requesterId, at }, elder)
  return submitRequest(store, {
    ...place,
    elderId,
    requesterId,
    category: 'medical',
    route: 'group',
    urgency: 'today',
    details: 'Валидол, 2 пачки',
    publicWords: 'Валидол, 2 пачки',
    danger: null,
    at,
    dueAt: new Date(at.getTime() + 86_400_000),
    year: at.getUTCFullYear(),
  })
}
