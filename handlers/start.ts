import { findDuty } from '../db/duty.ts'
import { setLanguage } from '../db/people.ts'
import { isLanguage, languages } from '../domain/language.ts'
import type { Part } from '../domain/message.ts'
import { isGreeting } from '../domain/small-talk.ts'
import type { Piece } from './accept.ts'
import { acceptAside, acceptPiece } from './accept.ts'
import type { Accept, Choice, Dialog, Me } from './dialog.ts'
import { dutyParts } from './duty.ts'

/** The first words with anybody, and the main menu of those who know us. */
export async function start(dialog: Dialog): Promise<void> {
  const known = dialog.me.languageChosen
  const asides = dialog.asides(acceptAside)
  if (!known || dialog.noted('language')) await askLanguage(dialog)
  if (!known || dialog.noted('language')) {
    dialog.say('greet', { bot: 'Ardaq' })
    dialog.say('greet.robot')
  }
  // Words that came before any question have begun a request already; they are kept.
  const early = dialog.given.piece ? acceptPiece(JSON.parse(dialog.given.piece)) : undefined
  const pieces = [...(early && 'value' in early ? [early.value] : []), ...asides]
  if (pieces.length > 0 && !isHelper(dialog)) return beginIntake(dialog, { pieces })
  if (early && 'retry' in early) dialog.say(early.retry.key, early.retry.values)
  const unfinished = await dialog.waiting('intake')
  const menu = unfinished?.answered ? ['resume', ...menuOf(dialog)] : menuOf(dialog)
  const above = await restOf(dialog)
  const question = menuQuestion(dialog.me)
  const answer = await dialog.askOrChoose(question, isHelper(dialog) ? refuse : acceptNeed, menu, { above })
  if ('said' in answer) return beginIntake(dialog, { pieces: [answer.said] })
  if (answer.chosen === 'resume') return dialog.resume('intake')
  const flow = flowOf[answer.chosen]
  if (flow) return dialog.begin(flow)
  return beginIntake(dialog, { who: answer.chosen })
}

/** After a long pause: whether the words go on with what was left half-done. Either way they are kept. */
export async function resume(dialog: Dialog): Promise<void> {
  const { flow = 'intake', piece } = dialog.given
  const told = piece ? acceptPiece(JSON.parse(piece)) : undefined
  if (told && 'retry' in told) dialog.say(told.retry.key, told.retry.values)
  const words = told && 'value' in told ? told.value : undefined
  const answer = await dialog.choose('resume.ask', ['resume.go', 'resume.new'], { yesNo: true })
  if (answer === 'resume.go') return words ? dialog.resume(flow, words) : dialog.resume(flow)
  return dialog.begin('intake', words ? { pieces: JSON.stringify([words]) } : {})
}

/** A new request must not push aside one that was left half-done without a word. */
async function beginIntake(
  dialog: Dialog,
  { who, pieces = [] }: { who?: string; pieces?: Piece[] },
): Promise<never> {
  const unfinished = await dialog.waiting('intake')
  // Somebody who went back all the way and starts again the same way finds their answers again.
  if (unfinished && !unfinished.answered && who === unfinished.given.who)
    return dialog.resume('intake', ...pieces)
  if (unfinished?.answered) {
    const answer = await dialog.choose('resume.ask', ['resume.go', 'resume.new'], { yesNo: true })
    if (answer === 'resume.go') return dialog.resume('intake', ...pieces)
  }
  const told = pieces.length > 0 && JSON.stringify(pieces)
  return dialog.begin('intake', { ...(who && { who }), ...(told && { pieces: told }) })
}

/** Asks for the language anew. */
export async function language(dialog: Dialog): Promise<void> {
  await askLanguage(dialog)
  const { from } = dialog.given
  return from && from !== 'start' ? dialog.resume(from) : dialog.begin('start')
}

export async function askLanguage(dialog: Dialog) {
  dialog.note('language')
  const choices = languages.map(code => `lang.${code}` as const)
  const chosen = await dialog.choose('lang.ask', choices)
  const code = chosen.slice('lang.'.length)
  if (isLanguage(code)) await dialog.once('language', () => setLanguage(dialog.store, dialog.me.id, code))
}

const flowOf: Partial<Record<string, string>> = {
  'who.vol': 'volunteer',
  my: 'my-requests',
  'menu.tasks': 'tasks',
  'menu.duty': 'duty',
  'menu.hours': 'hours',
  'menu.queue': 'queue',
  'menu.volunteers': 'volunteers',
  'menu.fairness': 'fairness',
  'menu.digest': 'digest',
  'menu.invite': 'invite',
  'menu.broadcast': 'broadcast',
  'menu.news': 'news',
  'lang.change': 'language',
}

/** A coordinator comes for much else than a need of their own. */
export function menuQuestion({ roles }: Me): 'menu.ask' | 'who.ask' {
  return roles.length > 0 ? 'menu.ask' : 'who.ask'
}

function menuOf(dialog: Dialog): Choice<string>[] {
  const { me } = dialog
  const helper = me.volunteer === 'approved' ? ['menu.tasks', 'menu.duty', 'menu.hours'] : ['who.vol']
  const staff =
    me.roles.length > 0
      ? ['menu.queue', 'menu.volunteers', 'menu.fairness', 'menu.digest', 'menu.invite', 'menu.broadcast']
      : []
  const asking =
    me.roles.length > 0
      ? [
          { id: 'who.me', label: { key: 'menu.me' } },
          { id: 'who.other', label: { key: 'menu.other' } },
        ]
      : ['who.me', 'who.other']
  return [...staff, ...asking, ...helper, ...(me.languageChosen ? ['my', 'menu.news', 'lang.change'] : [])]
}

/** Above the menu of a helper who rests. */
async function restOf({ store, me, at }: Dialog): Promise<readonly Part[]> {
  return me.volunteer === 'approved' ? dutyParts(await findDuty(store, me.id), at) : []
}

/** A need told instead of a press begins the request; a greeting or a thank-you does not. */
const acceptNeed: Accept<Piece> = said => {
  if (said.type === 'text' && isGreeting(said.text)) return { retry: { key: 'greet.short' } }
  return acceptPiece(said)
}

const refuse: Accept<Piece> = () => undefined

/** Helpers and coordinators write to us about many things: their words do not begin a request by themselves. */
function isHelper({ me }: Dialog): boolean {
  return me.roles.length > 0 || me.volunteer !== null
}
