import { withdrawCopiesFor } from './broadcasts.ts'
import type { Store } from './client.ts'
import { and, eq, gte } from './drizzle.ts'
import { people, requests } from './schema.ts'

export async function wantsNews(store: Store, personId: string): Promise<boolean> {
  const [row] = await store.db.select({ wants: people.wantsNews }).from(people).where(eq(people.id, personId))
  return row?.wants ?? false
}

/** Whether this person hears of news and gatherings from now on. Who does not want them gets none that waits either. */
export async function setWantsNews(store: Store, personId: string, wantsNews: boolean, at: Date) {
  await store.db.update(people).set({ wantsNews }).where(eq(people.id, personId))
  if (!wantsNews) await withdrawCopiesFor(store, personId, at)
}

/** How many of their requests they were content with. */
export async function countWellRated(store: Store, personId: string, least: number): Promise<number> {
  return store.db.$count(requests, and(eq(requests.requesterId, personId), gte(requests.rating, least)))
}
