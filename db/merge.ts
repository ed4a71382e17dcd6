import type { Urgency } from '../domain/categories.ts'
import { coversRequest, type Role, type Territory } from '../domain/roles.ts'
import { foldName } from '../domain/search-words.ts'
import { rowsOf, type Store } from './client.ts'
import { and, eq, gt, sql } from './drizzle.ts'
import { inTerritories } from './queue.ts'
import { openRequest, type Request } from './requests.ts'
import { attachments, requests } from './schema.ts'

const sameWithinDays = 7

export interface Twin {
  id: string
  number: number
}

/**
 * The earlier request that seems to say the same as this open one: for the same older person, under the same phone
 * or by the same asker, of the same kind, within a week, and not done yet.
 */
export async function findTwin(
  store: Store,
  request: Request,
  roles: readonly Role[],
): Promise<Twin | undefined> {
  if (request.status !== 'open') return undefined
  const { id, elderId, requesterId, regionId, category, route, createdAt } = request
  const since = new Date(createdAt.getTime() - sameWithinDays * 86_400_000)
  const found = await store.db.execute(sql`
    select id, number from requests where id in (
      select r.id from requests r where r.elder_id = ${elderId}
      union all select r.id from requests r where r.requester_id = ${requesterId}
      union all select r.id from elders e join elders same on same.phone_index = e.phone_index
        join requests r on r.elder_id = same.id where e.id = ${elderId})
      and (created_at, id) < (${createdAt.toISOString()}::timestamptz, ${id}::uuid) and region_id = ${regionId} and category = ${category} and route = ${route}
      and status in ('open', 'claimed') and created_at >= ${since.toISOString()} and ${inTerritories(roles)}
    order by created_at desc, id desc limit 1`)
  return rowsOf<Twin>(found)[0]
}

/**
 * An asker's own request that seems to say the same as what they are about to send: for the same older person, whom
 * they may have told anew, with the name and the phone they told before.
 */
export async function findOwnTwin(store: Store, asked: AskedAgain): Promise<Twin | undefined> {
  const { requesterId, elder, category, route, at, roles } = asked
  const since = new Date(at.getTime() - sameWithinDays * 86_400_000).toISOString()
  const found = await store.db.execute(sql`
    select r.id, r.number, r.elder_id as "elderId", e.name, r.region_id as "regionId",
      r.district_id as "districtId", r.route from requests r join elders e on e.id = r.elder_id
    where r.requester_id = ${requesterId} and r.category = ${category} and r.route = ${route}
      and r.status in ('open', 'claimed') and r.created_at >= ${since}
      and (e.id = ${elder.id ?? null} or e.phone_index = ${store.keys.blindIndex(elder.phone)})
    order by r.created_at desc`)
  const rows = rowsOf<Twin & Territory & { route: string; elderId: string; name: string }>(found)
  const twin = rows
    .filter(row => !roles || coversRequest(roles, row))
    .find(({ elderId, name }) => (elder.id ? elderId === elder.id : foldName(name) === foldName(elder.name)))
  return twin && { id: twin.id, number: twin.number }
}

export interface AskedAgain {
  requesterId: string
  elder: { id: string | undefined; name: string; phone: string }
  category: string
  route: string
  at: Date
  /** Of the coordinator who writes it down: they hear only of what they may see. */
  roles?: readonly Role[]
}

/** Both at once, in the same order whoever comes first, held until this transaction ends. */
export async function holdBoth(store: Store, ids: readonly [string, string]): Promise<Request[]> {
  const rows = await store.db
    .select()
    .from(requests)
    .where(sql`${requests.id} in ${[...ids]}`)
    .orderBy(requests.id)
    .for('update')
  return ids.flatMap(id => rows.filter(row => row.id === id).map(row => openRequest(store, row)))
}

/** What belonged to the one belongs to the other; the earlier promise of the two counts. */
export async function moveInto(store: Store, from: Request, into: Request) {
  await store.db.update(requests).set({ mergedInto: into.id }).where(eq(requests.id, from.id))
  await store.db.update(attachments).set({ requestId: into.id }).where(eq(attachments.requestId, from.id))
  await promiseSooner(store, into.id, from)
}

/** Nobody waits longer than they were last promised. */
export async function promiseSooner(
  store: Store,
  id: string,
  { urgency, dueAt }: { urgency: Urgency; dueAt: Date },
) {
  await store.db
    .update(requests)
    .set({ urgency, dueAt })
    .where(and(eq(requests.id, id), gt(requests.dueAt, dueAt)))
}
