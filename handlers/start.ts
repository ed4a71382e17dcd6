import { setLanguage } from '../db/people.ts'
import { isLanguage, languages } from '../domain/language.ts'
import { isGreeting } from '../domain/small-talk.ts'
import type { Piece } from './accept.ts'
import { acceptPiece } from './accept.ts'
import type { Accept, Dialog } from './dialog.ts'

/** The first words with anybody, and the main menu of those who know us. */
export async function start(dialog: Dialog): Promise<void> {
  const known = dialog.me.languageChosen
  if (!known || dialog.noted('language')) await askLanguage(dialog)
  if (!known || dialog.noted('language')) {
    dialog.say('greet', { bot: 'Ardaq' })
    dialog.say('greet.robot')
  }
  // Words that came before any question have begun a request already; they are kept.
  const piece = dialog.given.piece
  if (piece && !isHelper(dialog)) return dialog.begin('intake', { piece })
  const answer = await dialog.askOrChoose('who.ask', acceptNeed, menuOf(dialog))
  if ('said' in answer) return dialog.begin('intake', { piece: JSON.stringify(answer.said) })
  const flow = flowOf[answer.chosen]
  if (flow) return dialog.begin(flow)
  return dialog.begin('intake', { who: answer.chosen })
}

/** Asks for the language anew. */
export async function language(dialog: Dialog): Promise<void> {
  await askLanguage(dialog)
  return dialog.begin('start')
}

async function askLanguage(dialog: Dialog) {
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
  'menu.queue': 'queue',
  'menu.digest': 'digest',
  'menu.invite': 'invite',
  'lang.change': 'language',
}

function menuOf(dialog: Dialog): string[] {
  const { me } = dialog
  const helper = me.volunteer === 'approved' ? ['menu.tasks'] : ['who.vol']
  const staff = me.roles.length > 0 ? ['menu.queue', 'menu.digest', 'menu.invite'] : []
  return [...staff, 'who.me', 'who.other', ...helper, ...(me.languageChosen ? ['my', 'lang.change'] : [])]
}

/** A need told instead of a press begins the request; a greeting or a thank-you does not. */
const acceptNeed: Accept<Piece> = said => {
  if (said.type === 'text' && isGreeting(said.text)) return { retry: { key: 'greet.short' } }
  return acceptPiece(said)
}

/** Helpers and coordinators write to us about many things: their words do not begin a request by themselves. */
function isHelper({ me }: Dialog): boolean {
  return me.roles.length > 0 || me.volunteer !== null
}
