import { digestAtMinutes } from '../domain/digest.ts'
import type { Store } from './client.ts'
import { and, eq, inArray } from './drizzle.ts'
import { digestRuns, digestSettings } from './schema.ts'

export interface DigestSettings {
  /** Local time of day in minutes. */
  atMinutes: number
  paused: boolean
}

const usual: DigestSettings = { atMinutes: digestAtMinutes, paused: false }

export async function getDigestSettings(store: Store, personId: string): Promise<DigestSettings> {
  const [row] = await store.db
    .select({ atMinutes: digestSettings.atMinutes, paused: digestSettings.paused })
    .from(digestSettings)
    .where(eq(digestSettings.personId, personId))
  return row ?? usual
}

export async function setDigestSettings(store: Store, personId: string, changed: Partial<DigestSettings>) {
  await store.db
    .insert(digestSettings)
    .values({ personId, ...usual, ...changed })
    .onConflictDoUpdate({ target: digestSettings.personId, set: changed })
}

/** What differs from the usual, by person. */
export async function listDigestSettings(store: Store): Promise<(personId: string) => DigestSettings> {
  const rows = await store.db.select().from(digestSettings)
  const byPerson = new Map(rows.map(row => [row.personId, row]))
  return personId => byPerson.get(personId) ?? usual
}

/**
 * Notes that a digest of this local day goes out now. False if another process, or an earlier run, did it. A weekly
 * one stands under a name of its own.
 */
export async function beginDigest(
  store: Store,
  run: { personId: string; day: string; at: Date },
): Promise<boolean> {
  const rows = await store.db
    .insert(digestRuns)
    .values(run)
    .onConflictDoNothing()
    .returning({ day: digestRuns.day })
  return rows.length > 0
}

/** A look at all of them before the write: the job runs each minute all day. */
export async function listBegun(
  store: Store,
  runs: readonly { personId: string; day: string }[],
): Promise<(run: { personId: string; day: string }) => boolean> {
  if (runs.length === 0) return () => false
  const rows = await store.db
    .select({ personId: digestRuns.personId, day: digestRuns.day })
    .from(digestRuns)
    .where(
      and(
        inArray(digestRuns.personId, [...new Set(runs.map(run => run.personId))]),
        inArray(digestRuns.day, [...new Set(runs.map(run => run.day))]),
      ),
    )
  const begun = new Set(rows.map(row => `${row.personId} ${row.day}`))
  return run => begun.has(`${run.personId} ${run.day}`)
}
