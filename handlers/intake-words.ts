import { findYesNo } from '../domain/control-words.ts'
import { type Part, part } from '../domain/message.ts'
import { tellsAmount } from '../domain/need-words.ts'
import { piecesMax } from '../domain/request.ts'
import { wordsOf } from '../domain/said.ts'
import { isGreeting, tellsSomething } from '../domain/small-talk.ts'
import { acceptPiece, type Piece } from './accept.ts'
import type { Accept, Dialog } from './dialog.ts'

/**
 * The need in the person's own way: text, voice, photos, in several messages, until they say it is all. `optional`
 * where a second request is kept to three taps: words can still be added at the summary.
 */
export async function tellWords(
  dialog: Dialog,
  asides: readonly Piece[],
  optional: boolean,
): Promise<Piece[]> {
  const anew = dialog.noted('words')
  const pieces: Piece[] = anew ? [] : told([...startingPieces(dialog), ...asides])
  const asked = dialog.keysOf('text.ask').length > 0
  if (!asked && (optional || tellsEnough(pieces))) return pieces
  pieces.push(await dialog.ask('text.ask', acceptPiece))
  let key = 'text.more'
  for (let n = 1; n < piecesMax; n++) {
    const above = key === 'text.more' ? receipt(pieces.at(-1)) : []
    const answer = await dialog.askOrChoose(`${key}#${n}`, acceptMore, ['text.enough'], { above })
    if ('chosen' in answer || answer.said === 'no') return pieces
    // «Да» is no part of the need: it promises one.
    key = answer.said === 'yes' ? 'text.goOn' : 'text.more'
    if (answer.said !== 'yes') pieces.push(answer.said)
  }
  return pieces
}

const acceptMore: Accept<Piece | 'yes' | 'no'> = said => {
  const word = said.type === 'text' ? findYesNo(said.text) : undefined
  return word ? { value: word } : acceptPiece(said)
}

/** The keys that `tellWords` asks, for telling it all anew. */
export function wordsKeys(): string[] {
  const more = Array.from({ length: piecesMax }, (_, n) => [`text.more#${n}`, `text.goOn#${n}`])
  return ['text.ask', ...more.flat()]
}

/** Each once: who was not understood says it again. A greeting is no part of the need. */
function told(pieces: readonly Piece[]): Piece[] {
  const telling = pieces.filter(piece => piece.type !== 'text' || !isGreeting(piece.text))
  const known = new Map(telling.map(piece => [JSON.stringify(piece).toLowerCase(), piece]))
  return [...known.values()].slice(0, piecesMax)
}

/** A voice, or some words altogether: «валидол» alone is asked about. */
function tellsEnough(pieces: readonly Piece[]): boolean {
  const text = pieces.map(wordsOf).join(' ')
  return (
    pieces.some(piece => piece.type !== 'text') || tellsSomething({ type: 'text', text }) || tellsAmount(text)
  )
}

/** What the person wrote before they were asked anything: it began the request and is kept. */
function startingPieces(dialog: Dialog): Piece[] {
  return JSON.parse(dialog.given.pieces ?? '[]') as Piece[]
}

export function receipt(piece: Piece | undefined): Part[] {
  if (piece?.type !== 'media') return []
  return [part(piece.kind === 'voice' ? 'voice.ok' : 'photo.ok')]
}
