import type { Urgency } from '../domain/categories.ts'
import { coversRequest, type Role, type Territory } from '../domain/roles.ts'
import { foldName } from '../domain/search-words.ts'
import { watchFrom } from '../domain/watch.ts'
import { rowsOf, type Store } from './client.ts'
import { and, eq, gt, sql } from './drizzle.ts'
import { inTerritories } from './queue.ts'
import { openRequest, type Request } from './requests.ts'
import { attachments, requests } from './schema.ts'

const sameWithinDays = 7
const candidatesMax = 50

export interface Twin {
  id: string
  number: number
}

/**
 * The earlier request that seems to say the same as this open one: for the same older person, of the same kind, within
 * a week, and not done yet. Who was told of anew is known by the name, with the same phone, or with the same asker and
 * district: a phone may serve two people, and a daughter may ask for her aunt as well.
 */
export async function findTwin(
  store: Store,
  request: Request,
  roles: readonly Role[],
): Promise<Twin | undefined> {
  if (request.status !== 'open') return undefined
  const { id, elderId, requesterId, regionId, districtId, category, route, createdAt } = request
  const since = new Date(createdAt.getTime() - sameWithinDays * 86_400_000)
  const found = await store.db.execute(sql`
    select requests.id, requests.number, requests.elder_id as "elderId", e.name, own.name as "ownName"
    from requests join elders e on e.id = requests.elder_id join elders own on own.id = ${elderId}
    where requests.id in (
      select r.id from requests r where r.elder_id = ${elderId}
      union all select r.id from requests r where r.requester_id = ${requesterId} and r.district_id = ${districtId}
      union all select r.id from elders asked join elders same on same.phone_index = asked.phone_index
        join requests r on r.elder_id = same.id where asked.id = ${elderId})
      and (requests.created_at, requests.id) < (${createdAt.toISOString()}::timestamptz, ${id}::uuid)
      and requests.region_id = ${regionId} and category = ${category} and route = ${route}
      and status in ('open', 'claimed') and requests.created_at >= ${since.toISOString()}
      and ${inTerritories(roles)}
    order by requests.created_at desc, requests.id desc limit ${candidatesMax}`)
  const rows = rowsOf<Twin & { elderId: string; name: string; ownName: string }>(found)
  const twin = rows.find(row => row.elderId === elderId || calledAlike(row.name, row.ownName))
  return twin && { id: twin.id, number: twin.number }
}

/** The one is called as the other, perhaps in fewer words: «Зейнеп» and «Ахметова Зейнеп». */
function calledAlike(one: string, other: string): boolean {
  const wordsOf = (name: string) => foldName(name).split(' ').filter(Boolean)
  const [fewer = [], more = []] = [wordsOf(one), wordsOf(other)].toSorted((a, b) => a.length - b.length)
  return fewer.length > 0 && fewer.every(word => more.includes(word))
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

/** What belonged to the one belongs to the other. */
export async function moveInto(store: Store, from: Request, into: Request) {
  await store.db.update(requests).set({ mergedInto: into.id }).where(eq(requests.id, from.id))
  await store.db.update(attachments).set({ requestId: into.id }).where(eq(attachments.requestId, from.id))
}

/** Nobody waits longer than they were last promised, and the clock keeps that pace from now on. True if it is sooner. */
export async function promiseSooner(
  store: Store,
  id: string,
  { urgency, dueAt, at }: { urgency: Urgency; dueAt: Date; at: Date },
): Promise<boolean> {
  const rows = await store.db
    .update(requests)
    .set({ urgency, dueAt, ...watchFrom(at) })
    .where(and(eq(requests.id, id), gt(requests.dueAt, dueAt)))
    .returning({ id: requests.id })
  return rows.length > 0
}
