import { record } from '../db/audit.ts'
import { countWrongCodes, wrongCode } from '../db/invitations.ts'
import type { Tap } from './dialog.ts'

const wrongCodesMax = 5
const withinMs = 3_600_000

/** True of who has tried too many codes that nobody made: for an hour no code of theirs is looked at, not even a right one. */
export async function guessedTooOften({ store, me, at }: Tap): Promise<boolean> {
  return (await countWrongCodes(store, me.id, new Date(at.getTime() - withinMs))) >= wrongCodesMax
}

/** Puts on record that somebody has tried a code that nobody made. */
export async function recordGuess({ store, me, at }: Tap) {
  await record(store, { at, act: wrongCode, actorId: me.id, subjectId: me.id })
}
