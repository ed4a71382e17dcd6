import {
  type Absence,
  addAbsence,
  endAbsence,
  findAbsence,
  hasOtherAbsence,
  listAbsences,
} from '../db/absences.ts'
import { record } from '../db/audit.ts'
import type { Store } from '../db/client.ts'
import { listAnswering, listPossibleDeputies } from '../db/coordinators.ts'
import { editSent, tellPerson } from '../db/outbox.ts'
import { findReachableAddress, getPerson, setReachable } from '../db/people.ts'
import { type Message, type Part, part, type Value } from '../domain/message.ts'
import { absenceRef } from '../domain/message-names.ts'
import { placeOfTerritory } from '../domain/news.ts'
import { covers, type Role } from '../domain/roles.ts'
import { homeZone, localDay } from '../domain/time.ts'
import { afterQuietHours } from './announce.ts'

/** A coordinator with what is their own: only that can be lent to a deputy. */
export interface Holder {
  personId: string
  name: string
  roles: readonly Role[]
}

export async function getHolder(store: Store, personId: string): Promise<Holder> {
  const { name, roles } = await getPerson(store, personId)
  return { personId, name: name ?? '', roles }
}

/** Everything for the holder goes to a deputy too; both are told. Undefined if the deputy cannot any more. */
export async function nameDeputy(
  store: Store,
  holder: Holder,
  named: { deputyId: string; fromDay: string; toDay: string; by: string; at: Date },
): Promise<{ name: string } | undefined> {
  const { deputyId, by, at, fromDay, toDay } = named
  const { personId, roles } = holder
  const deputy = (await listPossibleDeputies(store, holder)).find(able => able.personId === deputyId)
  if (!deputy) return undefined
  const { id } = await addAbsence(store, { personId, deputyId, fromDay, toDay, at })
  const note = { personId, fromDay, toDay }
  await record(store, { at, act: 'absence.named', actorId: by, subjectId: deputyId, note })
  const where: Value = { list: roles.map(placeOfTerritory) }
  const values = { where, from: { date: fromDay }, to: { date: toDay } }
  const night = afterQuietHours(at, roles[0]?.regionId ?? null)
  const told = (reader: string, words: Part, button: string) => {
    const message = { parts: [words], options: [{ id: `unabsent:${id}`, label: { key: button } }] }
    const notBefore = reader === by ? at : night
    return tellPerson(store, reader, { message, at, notBefore, ref: absenceRef(id, reader) })
  }
  await told(personId, part('absence.kept', { ...values, name: deputy.name }), 'absence.back')
  await told(deputyId, part('absence.you', { ...values, name: holder.name }), 'absence.refuse')
  return { name: deputy.name }
}

/** An absence that goes on without a deputy, by what is left of it; undefined if it is over or somebody stands in. */
export async function findGap(store: Store, id: string, at: Date): Promise<Absence | undefined> {
  const found = await findAbsence(store, id)
  const gap = found && restOf(found, at)
  return gap && gap.toDay >= gap.fromDay && !(await hasOtherAbsence(store, gap)) ? gap : undefined
}

/** No chat keeps a button that does nothing. */
export async function closeAbsence(store: Store, { id, personId, deputyId }: Absence, at: Date) {
  for (const reader of [personId, deputyId]) {
    const { language } = await getPerson(store, reader)
    const over = { parts: [part('absence.over')], uneditable: 'gone', ...(language && { language }) } as const
    // The language goes along, not the person: who is being erased has nothing else sent to them.
    await editSent(store, absenceRef(id, reader), { message: over, at })
  }
}

/**
 * Somebody has lost a role. Whose territories they do not hold any more they stand in for no longer, and without any
 * role nobody stands in for them: the other one hears of it.
 */
export async function settleAbsences(store: Store, personId: string, at: Date) {
  const day = localDay(at, homeZone)
  const { roles } = await getHolder(store, personId)
  for (const absence of await listAbsences(store, personId, day)) {
    const away = absence.personId === personId
    const holder = await getHolder(store, absence.personId)
    const stands = holder.roles.every(role => roles.some(own => covers(own, role)))
    if (away ? roles.length > 0 : stands) continue
    if (!(await endAbsence(store, absence.id, { day, at }))) continue
    await closeAbsence(store, absence, at)
    if (away) await tellUnneeded(store, absence, at)
    else await tellGap(store, absence, holder, at)
  }
}

/** The bot cannot write to this address any more: its person does not stand in for anybody unless by another way. */
export async function noteStopped(store: Store, address: { channel: string; externalId: string }, at: Date) {
  const personId = await setReachable(store, address, false)
  if (!personId || (await findReachableAddress(store, personId))) return
  for (const absence of await listAbsences(store, personId, localDay(at, homeZone)))
    if (absence.deputyId === personId)
      await tellGap(store, absence, await getHolder(store, absence.personId), at)
}

/** Who is away names another, or, out of reach, whoever answers for them does. The deputy is not named: they may be erased. */
async function tellGap(store: Store, absence: Absence, holder: Holder, at: Date) {
  const { id, fromDay, toDay } = restOf(absence, at)
  const { personId, name, roles } = holder
  await record(store, { at, act: 'deputy.lost', subjectId: personId, note: { fromDay, toDay } })
  const days = { from: { date: fromDay }, to: { date: toDay } }
  const options = [{ id: `deputy:${id}`, label: { key: 'absence.new' } }]
  const notBefore = afterQuietHours(at, roles[0]?.regionId ?? null)
  const tell = (reader: string, words: Part) =>
    tellPerson(store, reader, { message: { parts: [words], options } satisfies Message, at, notBefore })
  if (await tell(personId, part('absence.lost', days))) return
  const where: Value = { list: roles.map(placeOfTerritory) }
  for (const reader of await listAnswering(store, holder, at))
    await tell(reader, part('absence.lost.above', { ...days, name, where }))
}

async function tellUnneeded(store: Store, absence: Absence, at: Date) {
  const { deputyId, fromDay, toDay } = restOf(absence, at)
  const words = part('absence.unneeded', { from: { date: fromDay }, to: { date: toDay } })
  const notBefore = afterQuietHours(at, null)
  await tellPerson(store, deputyId, { message: { parts: [words] }, at, notBefore })
}

/** Without the days that are past. */
function restOf(absence: Absence, at: Date): Absence {
  const today = localDay(at, homeZone)
  return absence.fromDay < today ? { ...absence, fromDay: today } : absence
}
