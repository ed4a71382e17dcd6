import type { GivenHelp, Mood } from '../domain/after-help.ts'
import type { Confirmation } from '../domain/request.ts'
import { notesShownMax } from '../domain/volunteer.ts'
import type { Store } from './client.ts'
import { and, desc, eq, gt, inArray, isNotNull, isNull, ne, sql } from './drizzle.ts'
import { isUuid, newId } from './ids.ts'
import { assignments, elderNotes, elders, requests } from './schema.ts'

export interface Note {
  id: string
  elderId: string
  words: string
  createdAt: Date
}

/** What helpers left for the next one about this older person, the newest first. */
export async function listNotes(store: Store, elderId: string, limit = notesShownMax): Promise<Note[]> {
  const rows = await store.db
    .select()
    .from(elderNotes)
    .where(eq(elderNotes.elderId, elderId))
    .orderBy(desc(elderNotes.createdAt), desc(elderNotes.id))
    .limit(limit)
  return rows.map(row => open(store, row))
}

export async function findNote(store: Store, id: string): Promise<Note | undefined> {
  if (!isUuid(id)) return undefined
  const [row] = await store.db.select().from(elderNotes).where(eq(elderNotes.id, id))
  return row && open(store, row)
}

export async function addNote(
  store: Store,
  note: { elderId: string; regionId: string; requestId: string; writtenBy: string; words: string; at: Date },
) {
  const { words, at, ...columns } = note
  const id = newId()
  const sealed = store.keys.seal(`elder_notes.words.${id}`, words)
  await store.db.insert(elderNotes).values({ id, ...columns, words: sealed, createdAt: at })
}

/** False if it was gone. */
export async function deleteNote(store: Store, id: string): Promise<boolean> {
  const rows = await store.db.delete(elderNotes).where(eq(elderNotes.id, id)).returning({ id: elderNotes.id })
  return rows.length > 0
}

/** For erasing: with the older people goes what was noted about them. */
export async function deleteNotesOf(store: Store, elderIds: readonly string[]) {
  if (elderIds.length > 0) await store.db.delete(elderNotes).where(inArray(elderNotes.elderId, [...elderIds]))
}

/** The help this volunteer gave for this request, if it ended after `since`: who helped may leave a note. */
export async function findHelpGiven(
  store: Store,
  help: { requestId: string; volunteerId: string; since: Date },
): Promise<Help | undefined> {
  if (!isUuid(help.requestId)) return undefined
  const [found] = await listHelpsGiven(store, help)
  return found
}

export type Help = GivenHelp & { elderId: string; regionId: string }

/** The helps this volunteer has given since then; of who was erased meanwhile nothing is written down any more. */
export async function listHelpsGiven(
  store: Store,
  { volunteerId, since, requestId }: { volunteerId: string; since: Date; requestId?: string },
): Promise<Help[]> {
  const rows = await store.db
    .select({
      requestId: requests.id,
      number: requests.number,
      confirmation: requests.confirmation,
      elderId: requests.elderId,
      regionId: requests.regionId,
      mood: assignments.mood,
      noted: sql<boolean>`exists (select 1 from elder_notes n
        where n.elder_id = ${requests.elderId} and n.request_id = ${requests.id} and n.written_by = ${volunteerId})`,
    })
    .from(assignments)
    .innerJoin(requests, eq(requests.id, assignments.requestId))
    .innerJoin(elders, eq(elders.id, requests.elderId))
    .where(
      and(
        eq(assignments.volunteerId, volunteerId),
        requestId ? eq(assignments.requestId, requestId) : undefined,
        isNotNull(assignments.minutes),
        gt(assignments.endedAt, since),
        isNull(requests.erasedAt),
        ne(elders.name, ''),
      ),
    )
  return rows.map(row => ({
    ...row,
    confirmation: row.confirmation as Confirmation | null,
    mood: row.mood as Mood | null,
  }))
}

/** How the helper found the older person; false if they have said so already. */
export async function noteMood(
  store: Store,
  help: { requestId: string; volunteerId: string; mood: Mood },
): Promise<boolean> {
  const { requestId, volunteerId, mood } = help
  const rows = await store.db
    .update(assignments)
    .set({ mood })
    .where(
      and(
        eq(assignments.requestId, requestId),
        eq(assignments.volunteerId, volunteerId),
        isNotNull(assignments.minutes),
        isNull(assignments.mood),
      ),
    )
    .returning({ id: assignments.id })
  return rows.length > 0
}

/** What the last helper said of the older person after this request. */
export async function findMood(store: Store, requestId: string): Promise<Mood | null> {
  const [row] = await store.db
    .select({ mood: assignments.mood })
    .from(assignments)
    .where(and(eq(assignments.requestId, requestId), isNotNull(assignments.mood)))
    .limit(1)
  return (row?.mood ?? null) as Mood | null
}

/** Living claims for this older person: their cards show the notes. */
export async function listClaimsFor(store: Store, elderId: string): Promise<string[]> {
  const rows = await store.db
    .select({ id: requests.id })
    .from(requests)
    .where(and(eq(requests.elderId, elderId), ne(requests.status, 'closed'), ne(requests.status, 'open')))
  return rows.map(({ id }) => id)
}

function open(store: Store, row: typeof elderNotes.$inferSelect): Note {
  const { id, elderId, createdAt } = row
  return { id, elderId, createdAt, words: store.keys.open(`elder_notes.words.${id}`, row.words) }
}
