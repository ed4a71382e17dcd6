import { record } from '../db/audit.ts'
import { findDuty, setDuty } from '../db/duty.ts'
import { findVolunteer } from '../db/volunteers.ts'
import { type Part, part } from '../domain/message.ts'
import { zoneOf } from '../domain/places.ts'
import { localDay, nextLocalTime } from '../domain/time.ts'
import { type Duty, isOnDuty, restDays } from '../domain/volunteer.ts'
import type { Dialog } from './dialog.ts'

/** A helper takes a rest for a week or until they say, or is back: who rests is not asked. */
export async function duty(dialog: Dialog): Promise<void> {
  const { store, me, at } = dialog
  const now = (await findDuty(store, me.id)) ?? { onDuty: true, offUntil: null }
  const on = isOnDuty(now, at)
  const choices = on
    ? (['duty.week', 'duty.until', 'duty.keep'] as const)
    : (['duty.on', 'duty.keep'] as const)
  const above = on ? [part('duty.isOn')] : dutyParts(now, at)
  const answer = await dialog.choose('duty.ask', choices, { above })
  if (answer === 'duty.keep') return dialog.begin('start')
  const next = await dialog.once('duty', async () => {
    const zone = zoneOf((await findVolunteer(store, me.id))?.regionId ?? '')
    const offUntil = answer === 'duty.week' ? endOfRest(at, zone) : null
    await setDuty(store, me.id, { onDuty: answer === 'duty.on', offUntil })
    const note = { onDuty: answer === 'duty.on', until: offUntil && localDay(offUntil, zone) }
    await record(store, { at, act: 'volunteer.dutySet', actorId: me.id, subjectId: me.id, note })
    return { offUntil: offUntil?.toISOString() ?? null }
  })
  if (answer === 'duty.on') dialog.say('duty.on.ok')
  else if (next.offUntil) dialog.say('duty.week.ok', { day: { day: next.offUntil, zone: zoneOf('') } })
  else dialog.say('duty.until.ok')
}

/** Who is off duty reads it above the menu, so that nobody wonders why no question comes. */
export function dutyParts(now: Duty | undefined, at: Date): Part[] {
  if (!now || isOnDuty(now, at)) return []
  if (!now.offUntil) return [part('duty.off')]
  return [part('duty.offUntil', { day: { day: now.offUntil.toISOString(), zone: zoneOf('') } })]
}

/** The morning after the last day of the rest. */
function endOfRest(at: Date, zone: string): Date {
  const days = restDays * 86_400_000
  return nextLocalTime(new Date(at.getTime() + days - 86_400_000), zone, '08:00')
}
