import { resolveAlert } from '../db/alerts.ts'
import { record } from '../db/audit.ts'
import { showSettled, showSettledTo } from '../deeds/alert-settled.ts'
import { part } from '../domain/message.ts'
import type { Reaction } from './dialog.ts'
import { findMyAlert } from './mine.ts'

/** How it works, with everything that can be pressed at any step. */
export const help: Reaction = async tap => {
  const { operator } = tap
  const options = ['menu', 'my', 'human', 'lang.change', 'cancel', 'data.delete.ask'].map(key => ({
    id: `do:${doing[key] ?? key}`,
    label: { key },
  }))
  tap.say('help.text', { phone: operator.phone, hours: operator.hours }, { options })
  return undefined
}

const doing: Partial<Record<string, string>> = { 'lang.change': 'language', 'data.delete.ask': 'delete' }

/** After a danger word: whether 103 was called, or there is no danger. Nothing is closed by it: a person looks. */
export const sosAnswer: Reaction = async tap => {
  const [answer] = tap.words
  await record(tap.store, {
    at: tap.at,
    act: 'danger.answered',
    actorId: tap.me.id,
    note: { answer: answer === 'called' ? 'called' : 'none' },
  })
  tap.say(answer === 'called' ? 'sos.called.ok' : 'sos.none.ok')
  return undefined
}

/** A coordinator answers a call through the bot. */
export const replyTo: Reaction = async tap => {
  tap.begin('reply', { alert: tap.words[0] ?? '' })
  return undefined
}

/** A coordinator has seen to it in another way: by phone, at the door. */
export const resolve: Reaction = async tap => {
  const { store, me, at } = tap
  const alert = await findMyAlert(tap, tap.words[0] ?? '')
  if (!alert) return { notice: part('act.notYours') }
  if (!(await resolveAlert(store, alert.id, me.id, at))) {
    await showSettledTo(store, me.id, alert.id, at)
    return { notice: part('alert.late') }
  }
  await record(store, {
    at,
    act: 'alert.resolved',
    actorId: me.id,
    subjectId: alert.id,
    regionId: alert.regionId,
  })
  await showSettled(store, alert, { as: 'alert.settled', by: me.id, at })
  return { notice: part('alert.resolved') }
}
