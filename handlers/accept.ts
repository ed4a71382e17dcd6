import { findDanger } from '../domain/danger-words.ts'
import { part } from '../domain/message.ts'
import { isPhoneAlone, parsePhone } from '../domain/phone.ts'
import type { Said } from '../domain/said.ts'
import { tellsSomething } from '../domain/small-talk.ts'
import {
  addressCharsMax,
  fileBytesMax,
  hideIin,
  isName,
  nameCharsMax,
  tidyText,
  wordsCharsMax,
} from '../domain/words-told.ts'
import type { Accept } from './dialog.ts'

/** One piece of what a person tells: words, a voice, a photo, a place. */
export type Piece = Exclude<Said, { type: 'contact' }>

export const acceptPiece: Accept<Piece> = said => {
  if (said.type === 'contact') return undefined
  if (said.type === 'location') return { value: said }
  if (said.type === 'media') return acceptMedia(said)
  const { text } = hideIin(tidyText(said.text))
  if (!text) return { retry: part('err.empty') }
  if (text.length > wordsCharsMax) return { retry: part('err.long', { n: wordsCharsMax }) }
  return { value: { type: 'text', text } }
}

/** What is kept although something else was asked: a story, not an answer of a word or two. */
export const acceptAside: Accept<Piece> = said => (tellsSomething(said) ? acceptPiece(said) : undefined)

/** Once a request has begun even a scrap of the need is kept, «и хлеб»; what is one, the reader of answers knows. */
export const acceptScrap: Accept<Piece> = said =>
  said.type === 'text' || said.type === 'media' ? acceptPiece(said) : undefined

export const acceptName: Accept<string> = said => {
  if (said.type !== 'text') return { retry: part('err.wantText') }
  const name = tidyText(said.text).replace(/\n/g, ' ')
  if (name.length > nameCharsMax) return { retry: part('err.shorter', { n: nameCharsMax }) }
  return isName(name) && !findDanger(name) ? { value: name } : { retry: part('err.name') }
}

export const acceptPhone: Accept<string> = said => {
  if (said.type !== 'text' && said.type !== 'contact') return { retry: part('err.wantText') }
  const phone = parsePhone(said.type === 'contact' ? said.phone : said.text)
  return phone ? { value: phone.e164 } : { retry: part('phone.bad') }
}

/** A number and little else: «нет, телефон 8 702 …» corrects the phone where words are asked for. */
export const acceptPhoneAlone: Accept<string> = said => {
  const alone = said.type === 'contact' || (said.type === 'text' && isPhoneAlone(said.text))
  const taken = alone ? acceptPhone(said) : undefined
  return taken && 'value' in taken ? taken : undefined
}

export type Place = { text: string } | { text: string; location: { latitude: number; longitude: number } }

/** An address in words; a location pin alone lacks the flat, so it is asked for and kept. */
export const acceptAddress: Accept<Place> = said => {
  if (said.type === 'location') {
    const { latitude, longitude } = said
    return {
      value: { text: `${latitude.toFixed(5)}, ${longitude.toFixed(5)}`, location: { latitude, longitude } },
    }
  }
  return acceptLine(said)
}

export const acceptLine: Accept<{ text: string }> = said => {
  if (said.type !== 'text') return { retry: part('err.wantText') }
  const text = tidyText(said.text).replace(/\n/g, ', ')
  if (text.length < 2) return { retry: part('err.empty') }
  if (text.length > addressCharsMax) return { retry: part('err.shorter', { n: addressCharsMax }) }
  return { value: { text } }
}

function acceptMedia(said: Extract<Piece, { type: 'media' }>): ReturnType<Accept<Piece>> {
  if (said.kind === 'file') return { retry: part('err.file') }
  if ((said.file.bytes ?? 0) > fileBytesMax) return { retry: part('err.bigFile') }
  const caption = said.caption ? hideIin(tidyText(said.caption)).text.slice(0, wordsCharsMax) : ''
  const { caption: _, ...rest } = said
  return { value: caption ? { ...rest, caption } : rest }
}
