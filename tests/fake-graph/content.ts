import type { GraphMedia } from './media.ts'
import { GraphRefusal } from './refusal.ts'
import { allDifferent, type Fields, fieldsOf, listAt, oneOf, textAt } from './shape.ts'

export interface Template {
  name: string
  language: string
  /** With {{1}}, {{2}} … for its parameters. */
  body: string
}

export interface Known {
  media: ReadonlyMap<string, GraphMedia>
  templates: readonly Template[]
}

/** What a person sees of a message. */
export interface Shown {
  type: string
  text: string
  /** Reply buttons or rows of a list, by their titles. */
  options: { id: string; title: string; description?: string }[]
  /** What opens the list. */
  listButton?: string
  asksPlace?: true
  media?: GraphMedia
  voice?: true
  place?: { latitude: number; longitude: number }
}

const mimes: Record<string, RegExp> = {
  image: /^image\/(jpeg|png)$/,
  audio: /^audio\/(aac|amr|mpeg|mp4|ogg; codecs=opus)$/,
  video: /^video\/(mp4|3gpp)$/,
  document: /./,
}

/** One message's content, refused wherever Meta refuses it. */
export function readContent(type: string, message: Fields, known: Known): Shown {
  const content = message[type]
  if (type === 'text') return readText(content)
  if (type === 'interactive') return readInteractive(content)
  if (type === 'location') return readPlace(content)
  if (type === 'template') return readTemplate(content, known)
  if (type in mimes) return readMedia(type, content, known)
  throw new GraphRefusal(131051, 'Message type is not currently supported.')
}

function readText(content: unknown): Shown {
  const { body } = fieldsOf(content, 'text', ['body', 'preview_url'])
  return { type: 'text', text: textAt(body, "text['body']", 4096), options: [] }
}

function readMedia(type: string, content: unknown, known: Known): Shown {
  const more = type === 'audio' ? ['voice'] : type === 'document' ? ['caption', 'filename'] : ['caption']
  const { id, caption, voice } = fieldsOf(content, type, ['id', ...more])
  const media = known.media.get(textAt(id, `${type}['id']`, 100))
  if (!media?.ours) throw new GraphRefusal(131009, 'Media ID is not valid.')
  if (!mimes[type]?.test(media.mime)) throw new GraphRefusal(131053, `Unsupported ${type} mime type.`)
  if (voice === true && !media.mime.startsWith('audio/ogg'))
    throw new GraphRefusal(131053, 'A voice message must be an Ogg file with the OPUS codec.')
  const text = caption === undefined ? '' : textAt(caption, `${type}['caption']`, 1024)
  return { type, text, options: [], media, ...(voice === true && { voice }) }
}

function readPlace(content: unknown): Shown {
  const place = fieldsOf(content, 'location', ['latitude', 'longitude', 'name', 'address'])
  const { latitude, longitude } = place
  if (typeof latitude !== 'number' || Math.abs(latitude) > 90)
    throw new GraphRefusal(131009, 'Param latitude is not valid.')
  if (typeof longitude !== 'number' || Math.abs(longitude) > 180)
    throw new GraphRefusal(131009, 'Param longitude is not valid.')
  return { type: 'location', text: '', options: [], place: { latitude, longitude } }
}

function readInteractive(content: unknown): Shown {
  const interactive = fieldsOf(content, 'interactive', ['type', 'header', 'body', 'footer', 'action'])
  const kinds = ['button', 'list', 'location_request_message'] as const
  const kind = oneOf(interactive.type, "interactive['type']", kinds)
  const body = fieldsOf(interactive.body, "interactive['body']", ['text'])
  const text = textAt(body.text, "interactive['body']['text']", kind === 'list' ? 4096 : 1024)
  if (kind === 'button') return { type: 'interactive', text, options: readButtons(interactive.action) }
  if (kind === 'list') return { type: 'interactive', text, ...readList(interactive.action) }
  const { name } = fieldsOf(interactive.action, "interactive['action']", ['name'])
  oneOf(name, "interactive['action']['name']", ['send_location'])
  return { type: 'interactive', text, options: [], asksPlace: true }
}

function readButtons(action: unknown): Shown['options'] {
  const { buttons } = fieldsOf(action, "interactive['action']", ['buttons'])
  const options = listAt(buttons, 'buttons', 3).map(raw => {
    const button = fieldsOf(raw, 'button', ['type', 'reply'])
    oneOf(button.type, "button['type']", ['reply'])
    return readOption(button.reply, 'reply', { id: 256, title: 20 })
  })
  allDifferent(
    options.map(({ title }) => title),
    'title',
  )
  allDifferent(
    options.map(({ id }) => id),
    'id',
  )
  return options
}

function readList(content: unknown): Pick<Shown, 'options' | 'listButton'> {
  const action = fieldsOf(content, "interactive['action']", ['button', 'sections'])
  const sections = listAt(action.sections, 'sections', 10).map(raw =>
    fieldsOf(raw, 'section', ['title', 'rows']),
  )
  const options = sections.flatMap(({ title, rows }) => {
    if (sections.length > 1) textAt(title, "section['title']", 24)
    return listAt(rows, 'rows', 10).map(raw =>
      readOption(raw, 'row', { id: 200, title: 24, description: 72 }),
    )
  })
  if (options.length > 10) throw new GraphRefusal(131009, 'Total row count exceed max allowed count: 10.')
  allDifferent(
    options.map(({ id }) => id),
    'row id',
  )
  return { options, listButton: textAt(action.button, "action['button']", 20) }
}

function readOption(
  raw: unknown,
  what: string,
  charsMax: { id: number; title: number; description?: number },
): Shown['options'][number] {
  const { id, title, description } = fieldsOf(raw, what, Object.keys(charsMax))
  const data = textAt(id, `${what}['id']`, charsMax.id)
  if (data !== data.trim()) throw new GraphRefusal(131009, 'An id may not begin or end with a space.')
  const words = { id: data, title: textAt(title, `${what}['title']`, charsMax.title) }
  if (/\n/.test(words.title)) throw new GraphRefusal(131009, 'A title may not have several lines.')
  if (description === undefined) return words
  return { ...words, description: textAt(description, `${what}['description']`, charsMax.description ?? 0) }
}

function readTemplate(content: unknown, { templates }: Known): Shown {
  const template = fieldsOf(content, 'template', ['name', 'language', 'components'])
  const name = textAt(template.name, "template['name']", 512)
  const { code } = fieldsOf(template.language, "template['language']", ['code', 'policy'])
  const approved = templates.find(known => known.name === name && known.language === code)
  if (!approved) throw new GraphRefusal(132001, `template name (${name}) does not exist in ${code}`, 404)
  const values = Array.isArray(template.components) ? template.components.flatMap(readParameters) : []
  const wanted = new Set(approved.body.match(/\{\{\d+\}\}/g)).size
  if (values.length !== wanted)
    throw new GraphRefusal(
      132000,
      `body: number of localizable_params (${values.length}) does not match the expected number of params (${wanted})`,
    )
  const text = approved.body.replace(/\{\{(\d+)\}\}/g, (_, n) => values[Number(n) - 1] ?? '')
  return { type: 'template', text, options: [] }
}

function readParameters(raw: unknown): string[] {
  const component = fieldsOf(raw, 'component', ['type', 'parameters'])
  oneOf(component.type, "component['type']", ['body'])
  return listAt(component.parameters, 'parameters', 100).map(raw => {
    const parameter = fieldsOf(raw, 'parameter', ['type', 'text'])
    oneOf(parameter.type, "parameter['type']", ['text'])
    const text = textAt(parameter.text, "parameter['text']", 1024)
    if (/[\n\t]| {5}/.test(text))
      throw new GraphRefusal(
        132012,
        'Param text cannot have new-line/tab characters or more than 4 consecutive spaces',
      )
    return text
  })
}
