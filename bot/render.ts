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
import { asNumberedText, layout } from './prompt.ts'

/**
 * A decided message as the reader gets it: their language, their channel's buttons. What is longer than the channel
 * allows comes as several messages, the buttons under the last.
 */
export function render(
  row: { id: string; chat: string; message: Message; editOf?: string },
  language: Language,
  channel: Capabilities,
): Outgoing[] {
  const { message, editOf } = row
  const base = { id: row.id, chat: row.chat }
  const text = wordsOf(message, language)
  const buttons = buttonsOf(message, language, channel)
  const media = mediaOf(message, language)
  if (media && text.length <= channel.captionCharsMax) return [{ ...base, text, media, ...buttons }]
  const pieces = media ? [{ ...base, id: `${row.id}.m`, text: '', media }] : []
  if (message.location) return [{ ...base, text, location: message.location }]
  const chunks = split(withNumbers(text, message, language, channel), channel.textCharsMax)
  if (editOf) return editsOf(base, editOf.split(' '), { text: chunks[0] ?? '', ...buttons })
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

/** What was sent in several pieces is replaced in all of them: an address may stand in any. */
function editsOf(
  base: { id: string; chat: string },
  ids: readonly string[],
  content: Pick<Outgoing, 'text' | 'buttons'>,
): Outgoing[] {
  const last = { ...base, ...content, editOf: ids.at(-1) ?? '' }
  return [
    last,
    ...ids.slice(0, -1).map((editOf, n) => ({ ...base, id: `${base.id}.${n}`, text: '…', editOf })),
  ]
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
  if (channel.buttonsMax === 0) return {}
  const options = message.options ?? []
  const labelled = options.map(option => ({ id: option.id, label: valueText(language, option.label) }))
  const rows: Button[][] = layout(labelled).map(row =>
    row.flatMap(index => {
      const option = options[index]
      return option ? [button(option, labelled[index]?.label ?? '', message)] : []
    }),
  )
  const controls = message.question?.controls ?? []
  if (controls.length > 0) {
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
  return { ...(rows.length > 0 && { buttons: rows }), ...(requests && { requests }) }
}

const requestLabels = { contact: 'phone.share', location: 'place.send' } as const

function button(option: MessageOption, label: string, { question }: Message): Button {
  if (option.url) return { label, url: option.url }
  return { label, data: question ? `q:${question.run}:${question.step}:${option.id}` : option.id }
}

function withNumbers(text: string, message: Message, language: Language, channel: Capabilities): string {
  if (channel.buttonsMax > 0 || !message.options || !message.question) return text
  const options = message.options.map(option => ({ id: option.id, label: valueText(language, option.label) }))
  return asNumberedText(text, options, textOf(language, { key: 'err.person' }))
}

/** Cuts at a line's or a word's end, never inside a pair of UTF-16 units. */
function split(text: string, charsMax: number): string[] {
  const chunks: string[] = []
  let rest = text
  while (rest.length > charsMax) {
    const head = rest.slice(0, charsMax)
    const space = Math.max(head.lastIndexOf('\n'), head.lastIndexOf(' '))
    const end = space > charsMax / 2 ? space : charsMax - (/[\uD800-\uDBFF]$/.test(head) ? 1 : 0)
    chunks.push(rest.slice(0, end).trimEnd())
    rest = rest.slice(end).trimStart()
  }
  return [...chunks, rest]
}
