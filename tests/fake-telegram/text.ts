import type { MessageEntity } from 'grammy/types'
import { type Formatted, parseHtml } from './html.ts'
import { badRequest } from './refusal.ts'

const textUnitsMax = 4096
const captionUnitsMax = 1024
const sourceBytesMax = 32_768

/** The text of a message after parsing and trimming, or the refusal Telegram gives. */
export function messageText(payload: Record<string, unknown>): Formatted {
  const source = payload.text
  if (source === undefined || source === null || source === '') throw badRequest('message text is empty')
  const formatted = format(String(source), payload.parse_mode, payload.entities)
  if (formatted.text === '') throw badRequest('text must be non-empty')
  if (formatted.text.length > textUnitsMax) throw badRequest('message is too long')
  return formatted
}

/** A caption may be absent. */
export function captionText(payload: Record<string, unknown>): Formatted {
  const source = payload.caption
  if (source === undefined || source === null) return { text: '', entities: [] }
  const formatted = format(String(source), payload.parse_mode, payload.caption_entities)
  if (formatted.text.length > captionUnitsMax) throw badRequest('message caption is too long')
  return formatted
}

/** What Telegram itself finds in words: the commands grammY's routing lives on, and plain links. */
export function foundEntities(text: string): MessageEntity[] {
  const commands = [...text.matchAll(/(?<![\w/])\/\w{1,64}(?:@\w{3,32})?(?![\w/])/g)].map(found => ({
    type: 'bot_command' as const,
    offset: found.index,
    length: found[0].length,
  }))
  const urls = [...text.matchAll(/\bhttps?:\/\/[^\s<>"]+/g)].map(found => ({
    type: 'url' as const,
    offset: found.index,
    length: found[0].length,
  }))
  return [...commands, ...urls].sort((a, b) => a.offset - b.offset)
}

function format(source: string, parseMode: unknown, given: unknown): Formatted {
  if (Buffer.byteLength(source) > sourceBytesMax) throw badRequest('text is too long')
  const mode = String(parseMode ?? 'none').toLowerCase()
  // Markdown is not modelled: whoever begins to use it must teach the double first.
  if (mode !== 'html' && mode !== 'none' && mode !== '') throw badRequest('unsupported parse_mode')
  const parsed =
    mode === 'html'
      ? parseHtml(source)
      : { text: source, entities: Array.isArray(given) ? (given as MessageEntity[]) : [] }
  return trim(clean(parsed))
}

/** Control characters become spaces, carriage returns vanish; offsets stay right because only \r shortens. */
function clean({ text, entities }: Formatted): Formatted {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these characters are the point.
  const spaced = text.replace(/[\u0000-\u0009\u000b\u000c\u000e-\u001f]/g, ' ')
  const returnsBefore = (offset: number) => spaced.slice(0, offset).split('\r').length - 1
  return {
    text: spaced.replaceAll('\r', ''),
    entities: entities.map(entity => {
      const offset = entity.offset - returnsBefore(entity.offset)
      const end = entity.offset + entity.length
      return { ...entity, offset, length: end - returnsBefore(end) - offset }
    }),
  }
}

/** Telegram cuts space at both ends, and a text of invisible characters only is no text. */
function trim({ text, entities }: Formatted): Formatted {
  if (/^[\s\u00ad\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\u2800\u3164\ufeff]*$/u.test(text))
    return { text: '', entities: [] }
  const cut = /^[ \n]*/.exec(text)?.[0].length ?? 0
  const start = Math.min(cut, ...entities.map(entity => entity.offset))
  const trimmed = text.slice(start).trimEnd()
  const kept = entities
    .map(entity => {
      const offset = entity.offset - start
      return { ...entity, offset, length: Math.min(entity.length, trimmed.length - offset) }
    })
    .filter(entity => entity.length > 0)
  return { text: trimmed, entities: kept }
}
