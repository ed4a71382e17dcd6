import type { Store } from './client.ts'
import { asc, desc, isNotNull } from './drizzle.ts'
import { dialogs, people } from './schema.ts'

/**
 * Throws if our keys do not open what is stored: better one sentence at start than a failure at each message. The
 * oldest and the newest phone are tried, because keys change over time, and the blind index, which has a key of
 * its own; before there is a phone, a half-done dialog.
 */
export async function checkKeys({ db, keys }: Store) {
  const { id, phone, phoneIndex } = people
  for (const order of [asc(id), desc(id)]) {
    const [row] = await db
      .select({ id, phone, phoneIndex })
      .from(people)
      .where(isNotNull(phone))
      .orderBy(order)
      .limit(1)
    if (!row?.phone) continue
    const plain = keys.open(`people.phone.${row.id}`, row.phone)
    if (keys.blindIndex(plain) !== row.phoneIndex)
      throw new Error('The blind index was made with another key')
  }
  const [dialog] = await db.select().from(dialogs).limit(1)
  if (dialog) keys.open(`dialogs.state.${dialog.personId}.${dialog.flow}`, dialog.state)
}
