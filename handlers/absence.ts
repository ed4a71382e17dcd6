import { endAbsence, listAbsences } from '../db/absences.ts'
import { record } from '../db/audit.ts'
import { tellPerson } from '../db/outbox.ts'
import { getPerson } from '../db/people.ts'
import { afterQuietHours } from '../deeds/announce.ts'
import { closeAbsence, nameDeputy } from '../deeds/deputies.ts'
import { absenceDaysMax, readFirstDay, readLastDay } from '../domain/absence.ts'
import { type Part, part } from '../domain/message.ts'
import type { Role } from '../domain/roles.ts'
import { addDays, homeZone, localDay } from '../domain/time.ts'
import { askDeputy } from './deputy.ts'
import type { Accept, Dialog, Reaction, Scene } from './dialog.ts'

/** A coordinator who will be away names who gets everything for them meanwhile, or ends it early. */
export async function absence(dialog: Dialog): Promise<void> {
  const known = await dialog.once('known', () => listKnown(dialog))
  if (known.length > 0) {
    const ends = known.map(({ id, who }) => ({ id, label: { key: 'absence.end', values: { name: who } } }))
    const above = known.map(({ told }) => told)
    const chosen = await dialog.choose<string>('absence.what', ['absence.new', ...ends], { above })
    if (chosen !== 'absence.new') {
      const ended = await dialog.once('ended', () => end(dialog, chosen))
      return dialog.say(ended ? 'absence.over' : 'absence.gone')
    }
  }
  const today = await dialog.once('today', async () => dayOf(dialog))
  const holder = { personId: dialog.me.id, name: dialog.me.name ?? '', roles: ownRoles(dialog) }
  const deputy = await askDeputy(dialog, holder)
  if (!deputy) return dialog.say('absence.nobody')
  const fromDay = await askFirst(dialog, today)
  const toDay = await askLast(dialog, fromDay)
  const values = { name: deputy.name, from: { date: fromDay }, to: { date: toDay } }
  const answer = await dialog.choose('absence.check', ['absence.yes', 'cancel'], { values, yesNo: true })
  if (answer === 'cancel') return dialog.begin('start')
  const named = { deputyId: deputy.id, fromDay, toDay, by: dialog.me.id, at: dialog.at }
  const kept = await dialog.once(
    'kept',
    async () => (await nameDeputy(dialog.store, holder, named)) !== undefined,
  )
  if (!kept) dialog.say('absence.nobody')
}

/** «Я снова здесь», or a deputy who cannot. */
export const unabsent: Reaction = async tap => {
  const ended = await end(tap, tap.words[0] ?? '')
  return { notice: part(ended ? 'absence.over' : 'absence.gone') }
}

function dayOf({ at }: Scene): string {
  return localDay(at, homeZone)
}

/** Only what is one's own can be passed on, not what one holds for somebody else. */
function ownRoles({ me }: Scene): Role[] {
  return me.roles.filter(role => !role.lent)
}

async function listKnown(dialog: Dialog): Promise<{ id: string; who: string; told: Part }[]> {
  const { store, me } = dialog
  const known = []
  for (const { id, personId, deputyId, fromDay, toDay } of await listAbsences(store, me.id, dayOf(dialog))) {
    const mine = personId === me.id
    const who = (await getPerson(store, mine ? deputyId : personId)).name ?? ''
    const values = { name: who, from: { date: fromDay }, to: { date: toDay } }
    known.push({ id, who, told: part(mine ? 'absence.mine' : 'absence.theirs', values) })
  }
  return known
}

async function askFirst(dialog: Dialog, today: string): Promise<string> {
  const accept = acceptDay(text => readFirstDay(text, today))
  const answer = await dialog.askOrChoose('absence.from', accept, ['absence.today', 'absence.tomorrow'])
  if ('said' in answer) return answer.said
  return answer.chosen === 'absence.today' ? today : addDays(today, 1)
}

async function askLast(dialog: Dialog, fromDay: string): Promise<string> {
  const accept = acceptDay(text => readLastDay(text, fromDay))
  const answer = await dialog.askOrChoose('absence.to', accept, Object.keys(spans))
  return 'said' in answer ? answer.said : addDays(fromDay, (spans[answer.chosen] ?? 1) - 1)
}

/** Days that can be chosen by a press, the first and the last included. */
const spans: Readonly<Record<string, number>> = {
  'absence.day': 1,
  'absence.week': 7,
  'absence.fortnight': 14,
}

function acceptDay(read: (text: string) => ReturnType<typeof readFirstDay>): Accept<string> {
  return said => {
    const found = read(said.type === 'text' ? said.text : '')
    return 'day' in found ? { value: found.day } : { retry: part(found.fault, { n: absenceDaysMax }) }
  }
}

/** Either of the two ends it; the other one is told. */
async function end({ store, me, at }: Scene, id: string): Promise<boolean> {
  const ended = await endAbsence(store, id, { personId: me.id, day: localDay(at, homeZone), at })
  if (!ended) return false
  const { personId, deputyId } = ended
  await record(store, { at, act: 'absence.ended', actorId: me.id, subjectId: deputyId })
  await closeAbsence(store, ended, at)
  const other = me.id === personId ? deputyId : personId
  const key = other === personId ? 'absence.refused' : 'absence.returned'
  const told = { parts: [part(key, { name: me.name ?? '' })] }
  await tellPerson(store, other, { message: told, at, notBefore: afterQuietHours(at, null) })
  return true
}
