import { notesShownMax } from '../domain/volunteer.ts'
import type { Store } from './client.ts'
import { and, desc, eq, gt, inArray, isNotNull, ne } from './drizzle.ts'
import { isUuid, newId } from './ids.ts'
import { assignments, elderNotes, requests } from './schema.ts'

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
): Promise<{ elderId: string; regionId: string } | undefined> {
  if (!isUuid(help.requestId)) return undefined
  const [row] = await store.db
    .select({ elderId: requests.elderId, regionId: requests.regionId })
    .from(assignments)
    .innerJoin(requests, eq(requests.id, assignments.requestId))
    .where(
      and(
        eq(assignments.volunteerId, help.volunteerId),
        eq(assignments.requestId, help.requestId),
        isNotNull(assignments.minutes),
        gt(assignments.endedAt, help.since),
      ),
    )
    .limit(1)
  return row
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
