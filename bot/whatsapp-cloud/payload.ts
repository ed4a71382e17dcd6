import type { Button, Outgoing } from '../channel.ts'

/** A file that Meta has, under the kind it is sent as. */
export interface Attachment {
  type: 'image' | 'audio' | 'video' | 'document'
  id: string
  name: string
}

type Payload = { type: string } & Record<string, unknown>
type Reply = Extract<Button, { data: string }>

export const textCharsMax = 4096
export const captionCharsMax = 1024
const shownCharsMax = 1024
const buttons = { max: 3, titleCharsMax: 20, idCharsMax: 256 }
const list = { max: 10, titleCharsMax: 24, idCharsMax: 200, describedCharsMax: 72 }

/**
 * One message as the API takes it: often one call; two where a voice, or a picture with more than three options,
 * cannot bear the words.
 */
export function payloadsOf(message: Outgoing, file?: Attachment): Payload[] {
  if (message.template) return [templateOf(message.template)]
  const text = wordsOf(message)
  const worded = text ? [wordedOf(text, message)] : []
  if (message.location) return [{ type: 'location', location: message.location }, ...worded]
  if (!file) return worded
  const { type, id, name } = file
  const media = { id, ...(type === 'document' && { filename: name }) }
  if (type === 'audio') return [{ type, audio: { id, voice: name.endsWith('.ogg') } }, ...worded]
  const [only] = worded
  if (only?.type === 'text' && text.length <= captionCharsMax)
    return [{ type, [type]: { ...media, caption: text } }]
  return [{ type, [type]: media }, ...worded]
}

/** Addresses that the words do not name yet stand below them; a text that leaves them no room is cut. */
function wordsOf({ text, buttons = [] }: Outgoing): string {
  const links = buttons
    .flat()
    .flatMap(button =>
      'url' in button && !text.includes(button.url) ? [`${button.label}: ${button.url}`] : [],
    )
  if (links.length === 0) return text
  const lines = links.join('\n')
  return [cut(text, textCharsMax - lines.length - 2), lines].filter(Boolean).join('\n\n')
}

/**
 * Reply buttons, a list or a request for the place where they fit. Where they do not, the words alone: the options
 * stand in them, numbered.
 */
function wordedOf(text: string, message: Outgoing): Payload {
  const options = (message.buttons ?? []).flat().flatMap(button => ('data' in button ? [button] : []))
  if (message.requests?.some(({ what }) => what === 'location') && text.length <= shownCharsMax)
    return interactive('location_request_message', text, { name: 'send_location' })
  if (text.length <= shownCharsMax && fit(options, buttons)) {
    const replies = options.map(option => ({ id: option.data, title: titleOf(option, buttons) }))
    return interactive('button', text, { buttons: replies.map(reply => ({ type: 'reply', reply })) })
  }
  if (fit(options, list))
    return interactive('list', text, {
      button: message.choose ?? '…',
      sections: [{ rows: options.map(rowOf) }],
    })
  return { type: 'text', text: { body: text, preview_url: false } }
}

function fit(options: readonly Reply[], limits: typeof buttons): boolean {
  const titles = new Set(options.map(option => titleOf(option, limits)))
  return (
    options.length > 0 &&
    options.length <= limits.max &&
    options.every(({ data }) => data.length <= limits.idCharsMax) &&
    // Two options that look the same, or like nothing, are refused.
    titles.size === options.length &&
    !titles.has('')
  )
}

function rowOf(option: Reply): object {
  const title = titleOf(option, list)
  const whole = oneLine(option.label)
  return {
    id: option.data,
    title,
    ...(whole !== title && { description: cut(whole, list.describedCharsMax) }),
  }
}

function titleOf({ label }: Reply, { titleCharsMax }: typeof buttons): string {
  return cut(oneLine(label), titleCharsMax)
}

function interactive(type: string, text: string, action: object): Payload {
  return { type: 'interactive', interactive: { type, body: { text }, action } }
}

/** A parameter may hold no line breaks, tabs or runs of spaces. */
function templateOf({ name, language, values }: NonNullable<Outgoing['template']>): Payload {
  const parameters = values.map(value => ({ type: 'text', text: oneLine(value) }))
  const components = parameters.length > 0 ? { components: [{ type: 'body', parameters }] } : {}
  return { type: 'template', template: { name, language: { code: language }, ...components } }
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}

/** At a word's end where one is near, never inside a pair of UTF-16 units. */
function cut(text: string, charsMax: number): string {
  if (text.length <= charsMax) return text
  const head = text.slice(0, charsMax - 1).replace(/[\uD800-\uDBFF]$/, '')
  const space = head.lastIndexOf(' ')
  return `${head.slice(0, space > charsMax / 2 ? space : undefined).trimEnd()}…`
}
