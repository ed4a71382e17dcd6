import type { Store } from '../db/client.ts'
import { findHelpGiven, type Help, listHelpsGiven } from '../db/notes.ts'
import { editSent } from '../db/outbox.ts'
import { afterHelp } from '../domain/after-help.ts'
import { noteRef } from '../domain/message-names.ts'
import { noteDays } from '../domain/volunteer.ts'

interface Helper {
  store: Store
  me: { id: string }
  at: Date
}

/** Only who gave this help may say how it was, and only for some days. */
export function helpGiven({ store, me, at }: Helper, requestId: string): Promise<Help | undefined> {
  const since = new Date(at.getTime() - noteDays * 86_400_000)
  return findHelpGiven(store, { requestId, volunteerId: me.id, since })
}

/** The thanks show what the helper has answered meanwhile. */
export async function showAnswered(helper: Helper, requestId: string): Promise<void> {
  const help = await helpGiven(helper, requestId)
  if (!help) return
  const { store, me, at } = helper
  await editSent(store, noteRef(requestId), { message: afterHelp(help), at, personId: me.id })
}

/** Typed, an answer about the older person counts for the rest of the day, and while only one help waits for it. */
const moodOpenHours = 24

export async function helpToSayOf({ store, me, at }: Helper): Promise<string | undefined> {
  const since = new Date(at.getTime() - moodOpenHours * 3_600_000)
  const given = await listHelpsGiven(store, { volunteerId: me.id, since })
  const asked = given.filter(({ confirmation }) => confirmation === 'door' || confirmation === 'requester')
  const [one, another] = asked.filter(({ mood }) => mood === null)
  return another ? undefined : one?.requestId
}
