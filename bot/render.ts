import type { CertificateFacts } from '../domain/certificate.ts'
import type { DigestFacts, WeekFacts } from '../domain/digest.ts'
import type { Language } from '../domain/language.ts'
import type { Message, MessageOption } from '../domain/message.ts'
import { certificatePng } from '../pictures/certificate.ts'
import { digestPng } from '../pictures/digest.ts'
import { qrPng } from '../pictures/qr.ts'
import { certificateWords } from './certificate-words.ts'
import type { Button, Capabilities, Outgoing, Removal } from './channel.ts'
import { digestWords } from './digest-words.ts'
import { textOf, valueText } from './i18n.ts'
import { layout, numberedLines } from './prompt.ts'

export interface Rendered {
  id: string
  chat: string
  /** True where many read it. */
  group: boolean
  message: Message
  editOf?: string
}

/**
 * A decided message as the reader gets it: their language, their channel's buttons. What is longer than the channel
 * allows comes as several messages, the buttons under the last.
 */
export function render(row: Rendered, language: Language, channel: Capabilities): Outgoing[] {
  const { message, editOf } = row
  const base = { id: row.id, chat: row.chat }
  const text = wordsOf(message, language)
  const buttons = buttonsOf(message, language, channel)
  const media = mediaOf(message, language)
  const below = channel.options !== 'rows' && (message.options ?? []).length > 0
  if (media && !below && text.length <= channel.captionCharsMax) return [{ ...base, text, media, ...buttons }]
  const pieces = media ? [{ ...base, id: `${row.id}.m`, text: '', media }] : []
  if (message.location) return [{ ...base, text, location: message.location }]
  const chunks =
    channel.options === 'rows' ? split(text, channel.textCharsMax) : numbered(row, language, text, channel)
  if (editOf) return editsOf(base, editOf.split(' '), chunks, { language, buttons })
  const texts = chunks.map((chunk, n) => {
    const last = n === chunks.length - 1
    return { ...base, id: last ? row.id : `${row.id}.${n}`, text: chunk, ...(last ? buttons : {}) }
  })
  return [...pieces, ...texts]
}

/** A decided removal; its words are for where the platform does not let a message go. */
export function renderRemoval(row: {
  id: string
  chat: string
  message: Message
  language: Language
  messages: readonly string[]
}): Removal {
  const { id, chat, message, language, messages } = row
  return { id, chat, messages, instead: wordsOf(message, language) }
}

function wordsOf(message: Message, language: Language): string {
  return message.parts.map(part => textOf(language, part)).join('\n\n')
}

/**
 * What was sent in several pieces is replaced in all of them, the last one first: an address may stand in any. Pieces
 * that are not needed any more are taken out of the chat; where that cannot be done, they point down.
 */
function editsOf(
  base: { id: string; chat: string },
  ids: readonly string[],
  chunks: readonly string[],
  { language, buttons }: { language: Language; buttons: Partial<Outgoing> },
): Outgoing[] {
  const spare = Math.max(0, ids.length - chunks.length)
  const edits = ids.map((editOf, n): Outgoing => {
    const piece = { ...base, id: `${base.id}.${n}`, editOf }
    if (n < spare) return { ...piece, text: textOf(language, { key: 'piece.below' }), remove: true }
    return { ...piece, text: chunks[n - spare] ?? '' }
  })
  const last = edits.pop()
  return last ? [{ ...last, ...buttons, id: base.id }, ...edits] : []
}

function mediaOf(message: Message, language: Language): Outgoing['media'] {
  if (message.digest) {
    const bytes = digestPng(digestWords(message.digest as DigestFacts | WeekFacts, language))
    return { kind: 'photo', mime: 'image/png', bytes }
  }
  if (message.qr) {
    const { link, title, where } = message.qr
    const words = { title: textOf(language, title), where: valueText(language, where) }
    return { kind: 'photo', mime: 'image/png', bytes: qrPng(link, words) }
  }
  if (message.certificate) {
    const bytes = certificatePng(certificateWords(message.certificate as CertificateFacts, language))
    return { kind: 'photo', mime: 'image/png', bytes }
  }
  return message.media && { kind: message.media.kind, ref: message.media.file }
}

function buttonsOf(message: Message, language: Language, channel: Capabilities): Partial<Outgoing> {
  if (channel.options === 'numbers') return {}
  const options = message.options ?? []
  const labelled = options.map(option => ({ id: option.id, label: valueText(language, option.label) }))
  const rows: Button[][] = layout(labelled).map(row =>
    row.flatMap(index => {
      const option = options[index]
      return option ? [button(option, labelled[index]?.label ?? '', message)] : []
    }),
  )
  const controls = message.question?.controls ?? []
  // Where few buttons fit, they are the answers; "back" and "person" stand in the lines.
  if (controls.length > 0 && channel.options === 'rows') {
    rows.push(
      controls.map(control =>
        button({ id: `.${control}`, label: '' }, textOf(language, { key: control }), message),
      ),
    )
  }
  const requests = message.requests?.map(what => ({
    what,
    label: textOf(language, { key: requestLabels[what] }),
  }))
  const choose = channel.options === 'list' ? { choose: textOf(language, { key: 'list.choose' }) } : {}
  return { ...(rows.length > 0 && { buttons: rows, ...choose }), ...(requests && { requests }) }
}

const requestLabels = { contact: 'phone.share', location: 'place.send' } as const

function button(option: MessageOption, label: string, { question }: Message): Button {
  if (option.url) return { label, url: option.url }
  return { label, data: question ? `q:${question.run}:${question.step}:${option.id}` : option.id }
}

/** What is read at once by somebody who finds reading hard. */
const numberedCharsMax = 450

/** A question stays in one message with its options, if both are short enough; links need no number. */
function numbered(
  { message, group }: Rendered,
  language: Language,
  text: string,
  channel: Capabilities,
): string[] {
  const options = message.options ?? []
  const links = options.flatMap(({ url, label }) => (url ? [`${valueText(language, label)}: ${url}`] : []))
  const labelled = offered(message, group).map(option => ({
    ...option,
    label: valueText(language, option.label),
  }))
  const controls = message.question?.controls ?? []
  const below = [
    ...links,
    ...(controls.includes('back') ? [textOf(language, { key: 'numbers.back' })] : []),
    ...(labelled.length > 0 ? [textOf(language, { key: hintOf(labelled.length, group) })] : []),
  ]
  const lines = numberedLines(labelled, below)
  if (!lines) return split(text, channel.textCharsMax)
  const whole = `${text}\n\n${lines}`
  if (whole.length <= numberedCharsMax) return [whole]
  const chunks = split(text, numberedCharsMax)
  const last = `${chunks.at(-1)}\n\n${lines}`
  return last.length <= numberedCharsMax ? [...chunks.slice(0, -1), last] : [...chunks, lines]
}

/** A group takes the one request of a post by its number, or chooses among several lines. */
function hintOf(options: number, group: boolean): string {
  if (!group) return 'numbers.hint'
  return options === 1 ? 'numbers.group' : 'numbers.line'
}

/** What a number can choose. In a group, where many talk, only what has a number of its own; elsewhere by its place. */
export function offered({ options = [] }: Message, group: boolean): MessageOption[] {
  if (group) return options.filter(({ url, number }) => !url && number !== undefined)
  return options.flatMap(({ id, label, url }) => (url ? [] : [{ id, label }]))
}

/** Cuts at the end of a paragraph, a line or a word, never inside a pair of UTF-16 units. */
function split(text: string, charsMax: number): string[] {
  const chunks: string[] = []
  let rest = text
  while (rest.length > charsMax) {
    const head = rest.slice(0, charsMax)
    const ends = ['\n\n', '\n', ' '].map(mark => head.lastIndexOf(mark))
    const whole = charsMax - (/[\uD800-\uDBFF]$/.test(head) ? 1 : 0)
    const end = ends.find(end => end > charsMax / 2) ?? whole
    chunks.push(rest.slice(0, end).trimEnd())
    rest = rest.slice(end).trimStart()
  }
  return [...chunks, rest]
}
