import type { Category, Route, Urgency } from '../domain/categories.ts'
import type { Confirmation, Outcome, Status } from '../domain/request.ts'
import { watchFrom, watchNoMore } from '../domain/watch.ts'
import type { Store } from './client.ts'
import { and, desc, eq, gt, isNull, ne, or, sql } from './drizzle.ts'
import { isUuid, newId } from './ids.ts'
import { counters, elders, requests } from './schema.ts'

export interface Request {
  id: string
  regionId: string
  districtId: string
  number: number
  elderId: string
  requesterId: string
  category: Category
  route: Route
  urgency: Urgency
  status: Status
  outcome: Outcome | null
  confirmation: Confirmation | null
  /** As it was told; for the holder of a claim and coordinators of the territory. */
  details: string
  /** As a volunteers' group may read it. */
  publicWords: string
  createdAt: Date
  dueAt: Date
  postedAt: Date | null
  reopenedAt: Date | null
  onWayAt: Date | null
  doneAt: Date | null
  closedAt: Date | null
  rating: number | null
  /** What the asker said about the help; for coordinators of the territory. */
  ratingWords: string
  /** The coordinator who wrote it down for somebody on the phone. */
  enteredBy: string | null
}

export interface NewRequest {
  regionId: string
  districtId: string
  elderId: string
  requesterId: string
  category: Category
  route: Route
  urgency: Urgency
  details: string
  publicWords: string
  danger: string | null
  at: Date
  dueAt: Date
  /** The local year of the territory; numbers begin anew with it. */
  year: number
  /** The coordinator who writes it down for somebody on the phone. */
  enteredBy?: string | null
}

export async function submitRequest(
  store: Store,
  request: NewRequest,
): Promise<{ id: string; number: number }> {
  const id = newId()
  const number = await nextNumber(store, request.regionId, request.year)
  await noteRoute(store, request)
  const { details, publicWords, at, ...columns } = request
  await store.db.insert(requests).values({
    ...columns,
    id,
    number,
    status: 'open',
    details: store.keys.seal(`requests.details.${id}`, details),
    publicWords: store.keys.seal(`requests.public_words.${id}`, publicWords),
    createdAt: at,
    ...watchFrom(at),
  })
  return { id, number }
}

export async function getRequest(store: Store, id: string): Promise<Request> {
  const found = await findRequest(store, id)
  if (!found) throw new Error('The request was not found')
  return found
}

export async function findRequest(store: Store, id: string): Promise<Request | undefined> {
  if (!isUuid(id)) return undefined
  const [row] = await store.db.select().from(requests).where(eq(requests.id, id))
  return row && open(store, row)
}

/** The same, held until this transaction ends: whoever else decides about it waits. */
export async function holdRequest(store: Store, id: string): Promise<Request | undefined> {
  if (!isUuid(id)) return undefined
  const [row] = await store.db.select().from(requests).where(eq(requests.id, id)).for('update')
  return row && open(store, row)
}

/** A person's own requests, the newest first. */
export async function listRequestsOf(store: Store, requesterId: string, limit: number): Promise<Request[]> {
  const rows = await store.db
    .select()
    .from(requests)
    .where(eq(requests.requesterId, requesterId))
    .orderBy(sql`${requests.status} = 'closed'`, desc(requests.createdAt))
    .limit(limit)
  return rows.map(row => open(store, row))
}

/** Of a person's requests those they may still be asked about: was it done, and how was what closed `since`. */
export async function listAskedOf(store: Store, requesterId: string, since: Date): Promise<Request[]> {
  const unrated = and(
    eq(requests.outcome, 'fulfilled'),
    isNull(requests.rating),
    gt(requests.closedAt, since),
  )
  const rows = await store.db
    .select()
    .from(requests)
    .where(and(eq(requests.requesterId, requesterId), or(eq(requests.status, 'done'), unrated)))
    .orderBy(sql`${requests.status} = 'closed'`, desc(requests.createdAt))
    .limit(askedMax)
  return rows.map(row => open(store, row))
}

const askedMax = 8

/** Adds words to the private text and to the one the group may read. */
export async function addDetails(store: Store, id: string, added: { details: string; publicWords: string }) {
  const request = await getRequest(store, id)
  const details = [request.details, added.details].filter(Boolean).join('\n')
  const publicWords = [request.publicWords, added.publicWords].filter(Boolean).join('\n')
  await store.db
    .update(requests)
    .set({
      details: store.keys.seal(`requests.details.${id}`, details),
      publicWords: store.keys.seal(`requests.public_words.${id}`, publicWords),
    })
    .where(eq(requests.id, id))
}

/** What a volunteers' group may read of it, anew. */
export async function setPublicWords(store: Store, id: string, words: string) {
  const publicWords = store.keys.seal(`requests.public_words.${id}`, words)
  await store.db.update(requests).set({ publicWords }).where(eq(requests.id, id))
}

/** Open requests of a district that no group has heard of, though the older person agreed. */
export async function listUnposted(
  store: Store,
  place: { regionId: string; districtId: string },
  limit: number,
): Promise<Request[]> {
  const rows = await store.db
    .select({ request: requests })
    .from(requests)
    .innerJoin(elders, eq(elders.id, requests.elderId))
    .where(
      and(
        eq(requests.regionId, place.regionId),
        eq(requests.districtId, place.districtId),
        eq(requests.status, 'open'),
        eq(requests.route, 'group'),
        isNull(requests.postedAt),
        eq(elders.agreed, true),
      ),
    )
    .orderBy(requests.dueAt)
    .limit(limit)
  return rows.map(({ request }) => open(store, request))
}

export async function markPosted(store: Store, id: string, at: Date) {
  await store.db.update(requests).set({ postedAt: at }).where(eq(requests.id, id))
}

/** Closes what is not closed yet. False if somebody was faster. */
export async function closeRequest(
  store: Store,
  id: string,
  close: { outcome: Outcome; confirmation?: Confirmation; by: string | null; at: Date; reason?: string },
): Promise<boolean> {
  const rows = await store.db
    .update(requests)
    .set({
      status: 'closed',
      outcome: close.outcome,
      confirmation: close.confirmation ?? null,
      closedAt: close.at,
      ...watchNoMore,
      closedBy: close.by,
      ...(close.reason && { closeReason: store.keys.seal(`requests.close_reason.${id}`, close.reason) }),
    })
    .where(and(eq(requests.id, id), ne(requests.status, 'closed')))
    .returning({ id: requests.id })
  return rows.length > 0
}

/** Rates a closed request once. False if it was rated before. */
export async function rateRequest(store: Store, id: string, rating: number, at: Date): Promise<boolean> {
  const rows = await store.db
    .update(requests)
    .set({ rating, ratedAt: at })
    .where(and(eq(requests.id, id), eq(requests.status, 'closed'), sql`${requests.rating} is null`))
    .returning({ id: requests.id })
  return rows.length > 0
}

export async function setRatingWords(store: Store, id: string, words: string) {
  const ratingWords = store.keys.seal(`requests.rating_words.${id}`, words)
  await store.db.update(requests).set({ ratingWords }).where(eq(requests.id, id))
}

/** Who was asked for openly once is known openly for good; a request's route never changes, and none is deleted. */
async function noteRoute({ db }: Store, { elderId, route }: NewRequest) {
  const restricted = route === 'restricted'
  const first = sql`not exists (select 1 from requests r where r.elder_id = ${elderId})`
  await db
    .update(elders)
    .set({ restrictedOnly: restricted })
    .where(and(eq(elders.id, elderId), restricted ? first : eq(elders.restrictedOnly, true)))
}

async function nextNumber(store: Store, regionId: string, year: number): Promise<number> {
  const [row] = await store.db
    .insert(counters)
    .values({ regionId, year, last: 1 })
    .onConflictDoUpdate({
      target: [counters.regionId, counters.year],
      set: { last: sql`${counters.last} + 1` },
    })
    .returning({ last: counters.last })
  return row?.last ?? 1
}

export function openRequest(store: Store, row: typeof requests.$inferSelect): Request {
  return open(store, row)
}

function open(store: Store, row: typeof requests.$inferSelect): Request {
  const read = (column: string, sealed: Uint8Array | null) =>
    sealed ? store.keys.open(`requests.${column}.${row.id}`, sealed) : ''
  return {
    ...row,
    category: row.category as Category,
    route: row.route as Route,
    urgency: row.urgency as Urgency,
    status: row.status as Status,
    outcome: row.outcome as Outcome | null,
    confirmation: row.confirmation as Confirmation | null,
    details: read('details', row.details),
    publicWords: read('public_words', row.publicWords),
    ratingWords: read('rating_words', row.ratingWords),
  }
}
