import { newDataKey, openKeyring } from '../../db/cipher.ts'
import { claimRequest } from '../../db/claims.ts'
import { openServerDatabase, rowsOf, type Store } from '../../db/client.ts'
import { newId } from '../../db/ids.ts'
import { place } from '../settled.ts'
import { newIdSql, pgbench, recorded, scriptOf } from './reference.ts'

/** Requests to be had; nobody comes to their end in the time. */
const requests = 60_000
const atOnce = 10
const warmUp = 3000

export interface ClaimsASecond {
  ours: number
  reference: number
}

/**
 * Open requests claimed, each once, by as many at once as there are connections: by us, and by pgbench. A claim is one
 * statement, committed by itself.
 */
export async function claimsASecond(url: string, seconds: number): Promise<ClaimsASecond> {
  const database = await openServerDatabase(url, atOnce)
  const store: Store = { db: database.db, keys: openKeyring(newDataKey()) }
  await fill(store)
  const ids = rowsOf<{ id: string }>(await store.db.execute('select id from requests order by number'))
  const claim = (n: number) =>
    claimRequest(store, {
      requestId: ids[n]?.id ?? '',
      volunteerId: newId(),
      via: 'claim',
      at: new Date(),
    })
  const said = await recorded(database, () => claim(0))
  const names = (value: unknown) => {
    const text = String(value)
    if (text === ids[0]?.id) return '(select id from places where n = :n)::uuid'
    if (/^\d{4}-\d\d-\d\dT/.test(text)) return 'now()'
    return /^[0-9a-f]{8}-[0-9a-f-]{27}$/.test(text) ? newIdSql : undefined
  }
  await store.db.execute(
    'create unlogged table places as select number::int as n, id from requests; create unique index on places (n)',
  )
  // Each takes one that nobody has: they of the second half, we of the first.
  const half = requests / 2
  const script = `\\set k :k + 1\n\\set n ${half} + :client_id + ${atOnce} * :k\n${scriptOf(said, names, /^$/)}`
  const reference = await pgbench(url, { script, clients: atOnce, seconds, variables: ['k=0'] })
  let next = 1
  let claimed = 0
  // What is not compiled yet is slow.
  while (next < warmUp) await Promise.all(Array.from({ length: atOnce }, () => claim(next++)))
  const began = performance.now()
  const worker = async (until: number) => {
    while (performance.now() < until && next < half) if (await claim(next++)) claimed++
  }
  await Promise.all(Array.from({ length: atOnce }, () => worker(began + seconds * 1000)))
  const ours = claimed / ((performance.now() - began) / 1000)
  await database.close()
  return { ours, reference }
}

async function fill({ db }: Store) {
  const elder = newId()
  await db.execute(`insert into elders (id, region_id, district_id, name, agreed, created_by, created_at)
    values ('${elder}', '${place.regionId}', '${place.districtId}', 'Зейнеп', true, '${newId()}', now())`)
  await db.execute(`insert into requests (id, year, number, elder_id, requester_id, region_id, district_id, category,
      route, urgency, status, created_at, due_at)
    select ${newIdSql}, 2026, n, '${elder}', '${newId()}', '${place.regionId}', '${place.districtId}', 'medical',
      'group', 'today', 'open', now(), now() from generate_series(1, ${requests}) n`)
}
