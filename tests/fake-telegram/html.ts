import type { MessageEntity } from 'grammy/types'
import { checkLink } from './links.ts'
import { badRequest } from './refusal.ts'

export interface Formatted {
  text: string
  entities: MessageEntity[]
}

const entityOfTag: Record<string, MessageEntity['type']> = {
  a: 'text_link',
  b: 'bold',
  strong: 'bold',
  i: 'italic',
  em: 'italic',
  u: 'underline',
  ins: 'underline',
  s: 'strikethrough',
  strike: 'strikethrough',
  del: 'strikethrough',
  code: 'code',
  pre: 'pre',
  blockquote: 'blockquote',
  'tg-spoiler': 'spoiler',
}

interface OpenTag {
  name: string
  attributes: string
  at: number
}

/** parse_mode HTML, with the texts of refusal that Telegram's own parser has. */
export function parseHtml(source: string): Formatted {
  const open: OpenTag[] = []
  const entities: MessageEntity[] = []
  let text = ''
  let rest = 0
  for (const tag of source.matchAll(/<(\/?)([^\s>]*)([^>]*)(>?)/g)) {
    text += decode(source.slice(rest, tag.index))
    rest = tag.index + tag[0].length
    const [, slash, rawName = '', attributes = '', end] = tag
    const name = rawName.toLowerCase()
    const at = Buffer.byteLength(source.slice(0, tag.index))
    if (end === '') throw parseError(`Unclosed ${slash ? 'end' : 'start'} tag at byte offset ${at}`)
    if (!slash) {
      if (!(name in entityOfTag)) throw parseError(`Unsupported start tag "${name}" at byte offset ${at}`)
      open.push({ name, attributes, at: text.length })
    } else closeTag(open, entities, name, at, text)
  }
  text += decode(source.slice(rest))
  const left = open.at(-1)
  if (left) throw parseError(`Can't find end tag corresponding to start tag "${left.name}"`)
  return { text, entities: entities.sort((a, b) => a.offset - b.offset || b.length - a.length) }
}

function closeTag(open: OpenTag[], entities: MessageEntity[], name: string, at: number, text: string): void {
  const tag = open.pop()
  if (!tag) throw parseError(`Unexpected end tag at byte offset ${at}`)
  if (name !== '' && name !== tag.name)
    throw parseError(`Unmatched end tag at byte offset ${at}, expected "</${tag.name}>", found "</${name}>"`)
  const entity = entityOf(tag, text)
  if (entity) entities.push(entity)
}

/** A link that Telegram does not like (tel: among them) is lost without a word. */
function entityOf(tag: OpenTag, text: string): MessageEntity | undefined {
  const span = { offset: tag.at, length: text.length - tag.at }
  const type = entityOfTag[tag.name]
  if (span.length === 0 || type === undefined) return undefined
  if (type !== 'text_link') return { type, ...span } as MessageEntity
  const href = /\bhref\s*=\s*(?:"([^"]*)"|'([^']*)')/i.exec(tag.attributes)
  const link = checkLink(decode(href?.[1] ?? href?.[2] ?? text.slice(tag.at)))
  return link.ok ? { type, ...span, url: link.url } : undefined
}

function decode(text: string): string {
  return text.replace(/&(lt|gt|amp|quot|#\d+|#x[\da-f]+);/gi, (whole, name: string) => {
    const known: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"' }
    if (!name.startsWith('#')) return known[name.toLowerCase()] ?? whole
    const hex = name[1] === 'x' || name[1] === 'X'
    const code = Number.parseInt(name.slice(hex ? 2 : 1), hex ? 16 : 10)
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole
  })
}

function parseError(text: string): Error {
  return badRequest(`can't parse entities: ${text}`)
}
