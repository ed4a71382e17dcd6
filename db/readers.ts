import { isLanguage, type Language } from '../domain/language.ts'
import type { Store } from './client.ts'
import { and, eq, inArray } from './drizzle.ts'
import type { LeasedRow } from './outbox.ts'
import { groups, people } from './schema.ts'

/** The language of each message's reader: the person's, the group's, else the one it was decided in. */
export async function findReaders(store: Store, rows: readonly LeasedRow[]): Promise<Map<string, Language>> {
  const personIds = rows.flatMap(row => row.personId ?? [])
  const known = personIds.length
    ? await store.db
        .select({ id: people.id, language: people.language })
        .from(people)
        .where(inArray(people.id, personIds))
    : []
  const chosen = new Map(known.map(person => [person.id, person.language]))
  const chats = rows.flatMap(row => (row.personId ? [] : row.chat))
  const [first] = rows
  const groupRows =
    first && chats.length > 0
      ? await store.db
          .select({ chat: groups.chat, language: groups.language })
          .from(groups)
          .where(and(eq(groups.channel, first.channel), inArray(groups.chat, chats)))
      : []
  const ofGroup = new Map(groupRows.map(group => [group.chat, group.language]))
  return new Map(
    rows.flatMap(row => {
      const own = row.personId ? chosen.get(row.personId) : ofGroup.get(row.chat)
      const language = own ?? row.message.language
      return isLanguage(language) ? [[row.id, language] as const] : []
    }),
  )
}
