import { categoryLabel, urgencyLabel } from '../domain/cards.ts'
import type { Route } from '../domain/categories.ts'
import { type Part, part } from '../domain/message.ts'
import { publicWords, routeOfNeed } from '../domain/public-words.ts'
import { piecesMax } from '../domain/request.ts'
import { wordsOf } from '../domain/said.ts'
import { acceptPhoneAlone, acceptPiece, type Piece } from './accept.ts'
import type { Accept, Dialog, Scene } from './dialog.ts'
import type { Draft } from './intake.ts'
import { nameKeys } from './intake-name.ts'
import { receipt, wordsKeys } from './intake-words.ts'

/**
 * All answers once more before they are sent: every line can be changed, and more can be told simply by writing
 * it. Returns the draft with what was added here. A phone told here alone is the right one, and no part of the need.
 */
export async function checkDraft(dialog: Dialog, draft: Draft): Promise<Draft> {
  const pieces = [...draft.pieces]
  let { phone } = draft
  const phoneKeys: string[] = []
  let last: Piece | undefined
  for (let n = 0; ; n++) {
    const key = n === 0 ? 'check.ask' : `check.ask#${n}`
    // Long words are read once a message: only the question that is still open is shown.
    const answered = dialog.keysOf('check.ask').includes(key)
    const above = answered ? [] : [...receipt(last), ...summary(dialog, { ...draft, pieces, phone })]
    const accept = phoneOr(pieces.length < piecesMax ? acceptPiece : enough)
    const answer = await dialog.askOrChoose(key, accept, ['check.yes', 'check.edit'], { above, yesNo: true })
    if ('chosen' in answer) {
      if (answer.chosen === 'check.yes') return { ...draft, pieces, phone }
      await change(dialog, draft, { key, phoneKeys })
    } else if (typeof answer.said === 'string') {
      phone = answer.said
      phoneKeys.push(key)
      last = undefined
    } else {
      last = answer.said
      pieces.push(last)
    }
  }
}

/** The words a volunteers' group will read of this draft. */
export function publicWordsOf({ me }: Scene, draft: Draft): string {
  const places = [draft.home.settlement, draft.home.text].filter(Boolean)
  const names = [draft.name, me.name ?? ''].filter(Boolean)
  return publicWords(draft.pieces.map(wordsOf), { names, places })
}

export function routeOfDraft({ category, pieces }: Draft): Route {
  return routeOfNeed(category, pieces.map(wordsOf))
}

export function textOf(pieces: readonly Piece[]): string {
  return pieces.map(wordsOf).filter(Boolean).join('\n')
}

function phoneOr(accept: Accept<Piece>): Accept<Piece | string> {
  return said => {
    const phone = acceptPhoneAlone(said)
    return phone && 'value' in phone ? phone : accept(said)
  }
}

const enough: Accept<Piece> = () => ({ retry: part('check.full') })

const lines = [
  'edit.name',
  'edit.cat',
  'edit.when',
  'edit.place',
  'edit.address',
  'edit.phone',
  'edit.words',
] as const

async function change(
  dialog: Dialog,
  draft: Draft,
  { key: checkKey, phoneKeys }: { key: string; phoneKeys: readonly string[] },
): Promise<never> {
  // What hurts somebody is always for today: that line has no question of its own.
  const offered = lines.filter(line => line !== 'edit.when' || draft.category !== 'safety')
  const line = await dialog.choose('edit.ask', offered)
  const address = ['place.address', 'place.street', 'place.flat']
  const keys: Record<(typeof lines)[number], readonly string[]> = {
    'edit.name': nameKeys(dialog),
    'edit.cat': dialog.keysOf('cat.ask'),
    'edit.when': ['when.ask'],
    'edit.place': [
      ...dialog.keysOf('place.region'),
      ...dialog.keysOf('place.district'),
      'place.settlement',
      ...address,
    ],
    'edit.address': ['place.settlement', ...address],
    'edit.phone': ['phone.ask', 'phone.other', ...phoneKeys],
    'edit.words': [
      ...wordsKeys(),
      ...dialog.keysOf('check.ask').filter(key => key !== checkKey && !phoneKeys.includes(key)),
    ],
  }
  dialog.note(line.replace('edit.', ''))
  if (line === 'edit.place') dialog.note('address')
  return dialog.again([checkKey, 'edit.ask'], keys[line])
}

function summary(scene: Scene, draft: Draft): Part[] {
  const { home } = draft
  const place = { list: [{ district: home.districtId }, ...[home.settlement, home.text].filter(Boolean)] }
  const shown = publicWordsOf(scene, draft)
  const files = draft.pieces.filter(piece => piece.type === 'media').length
  return [
    part('check', {
      name: draft.name,
      cat: categoryLabel(draft.category),
      when: urgencyLabel[draft.urgency],
      place,
      phone: { phone: draft.phone },
    }),
    part('check.words', { words: textOf(draft.pieces) || { key: 'check.nothing' } }),
    ...(files > 0 ? [part('check.files', { n: files })] : []),
    ...(routeOfDraft(draft) === 'group' && draft.agreed && shown
      ? [part('check.public', { words: shown })]
      : []),
  ]
}
