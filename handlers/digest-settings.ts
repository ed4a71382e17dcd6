import { type DigestSettings, getDigestSettings, setDigestSettings } from '../db/digest-runs.ts'
import { digestFromMinutes, digestToMinutes } from '../domain/digest.ts'
import { part } from '../domain/message.ts'
import { readClock, showClock } from '../domain/time.ts'
import type { Accept, Dialog } from './dialog.ts'

const offered = ['08:00', '08:30', '09:00', '10:00', '14:00', '18:00'] as const

/** When the digest comes, whether it comes, the week's at any time, and who gets it while the coordinator is away. */
export async function digestSettings(dialog: Dialog): Promise<void> {
  const { store, me } = dialog
  const { atMinutes, paused } = await dialog.once('settings', () => getDigestSettings(store, me.id))
  const now = paused ? part('dg.settings.paused') : part('dg.settings.daily', { clock: showClock(atMinutes) })
  const wide = me.roles.some(role => !role.districtId)
  const acts = [
    'dg.settings.hour',
    paused ? 'dg.settings.go' : 'dg.settings.pause',
    ...(wide ? ['dg.week.heading'] : []),
    'menu.absence',
    'menu',
  ]
  const act = await dialog.choose('dg.settings.ask', acts, { above: [now] })
  if (act === 'menu') return dialog.begin('start')
  if (act === 'dg.week.heading') return dialog.begin('week')
  if (act === 'menu.absence') return dialog.begin('absence')
  if (act === 'dg.settings.hour') return moveHour(dialog)
  const stop = act === 'dg.settings.pause'
  await keep(dialog, { paused: stop })
  dialog.say(stop ? 'dg.settings.stopped' : 'dg.settings.going', { clock: showClock(atMinutes) })
}

/** Another hour means that the digest is wanted: a paused one comes again. */
async function moveHour(dialog: Dialog): Promise<void> {
  const answer = await dialog.askOrChoose(
    'dg.settings.when',
    acceptClock,
    offered.map(clock => ({ id: clock, label: clock })),
  )
  const atMinutes = 'said' in answer ? answer.said : (readClock(answer.chosen) ?? digestFromMinutes)
  await keep(dialog, { atMinutes, paused: false })
  dialog.say('dg.settings.going', { clock: showClock(atMinutes) })
}

async function keep(dialog: Dialog, changed: Partial<DigestSettings>): Promise<void> {
  const { store, me } = dialog
  await dialog.once('kept', async () => {
    await setDigestSettings(store, me.id, changed)
    return null
  })
}

/** «7.45», «в 9», «18:00»; nothing of ours comes by itself at night. */
const acceptClock: Accept<number> = said => {
  const minutes = said.type === 'text' ? readClock(said.text) : undefined
  if (minutes === undefined) return { retry: part('dg.settings.clock') }
  const fits = minutes >= digestFromMinutes && minutes < digestToMinutes
  return fits ? { value: minutes } : { retry: part('dg.settings.night') }
}
