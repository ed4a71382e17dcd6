import { type Part, part } from '../domain/message.ts'
import { piecesMax } from '../domain/request.ts'
import { acceptPiece, type Piece } from './accept.ts'
import type { Dialog } from './dialog.ts'

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
  const pieces: Piece[] = anew ? [] : [...startingPieces(dialog), ...asides].slice(0, piecesMax)
  const asked = dialog.keysOf('text.ask').length > 0
  if (!asked && (optional || pieces.length > 0)) return pieces
  pieces.push(await dialog.ask('text.ask', acceptPiece))
  for (let n = 1; n < piecesMax; n++) {
    const above = receipt(pieces.at(-1))
    const answer = await dialog.askOrChoose(`text.more#${n}`, acceptPiece, ['text.enough'], { above })
    if ('chosen' in answer) return pieces
    pieces.push(answer.said)
  }
  return pieces
}

/** The keys that `tellWords` asks, for telling it all anew. */
export function wordsKeys(): string[] {
  return ['text.ask', ...Array.from({ length: piecesMax }, (_, n) => `text.more#${n}`)]
}

/** What the person wrote before they were asked anything: it began the request and is kept. */
function startingPieces(dialog: Dialog): Piece[] {
  return JSON.parse(dialog.given.pieces ?? '[]') as Piece[]
}

export function receipt(piece: Piece | undefined): Part[] {
  if (piece?.type !== 'media') return []
  return [part(piece.kind === 'voice' ? 'voice.ok' : 'photo.ok')]
}
