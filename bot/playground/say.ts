import { z } from 'zod'
import type { Deed } from '../../db/playground-updates.ts'
import type { Content } from '../channel.ts'
import { isStartCode, limits } from './refusals.ts'

const text = z.string().trim().min(1).max(limits.textCharsMax)
const code = z.string().refine(isStartCode).optional()
const upload = z.object({
  file: z.instanceof(File),
  caption: z.string().trim().max(limits.captionCharsMax).default(''),
})
const place = z.object({
  latitude: z.coerce.number().min(-90).max(90),
  longitude: z.coerce.number().min(-180).max(180),
})

const said = z
  .object({ id: z.uuid(), person: z.string(), chat: z.string() })
  .and(
    z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('start'), code }),
      z.object({ kind: z.literal('text'), text }),
      z.object({ kind: z.literal('edit'), text, message: z.string() }),
      z.object({ kind: z.literal('button'), data: z.string(), message: z.string() }),
      upload.extend({ kind: z.enum(['voice', 'photo', 'video', 'file']) }),
      place.extend({ kind: z.literal('location') }),
      z.object({ kind: z.literal('contact') }),
      z.object({ kind: z.enum(['blocked', 'unblocked', 'botAdded', 'botRemoved']) }),
    ]),
  )

type Said = z.infer<typeof said>
type Effect = Pick<Deed, 'message' | 'file' | 'edit' | 'pressedOn'> & { content: Content }

/** What a phone posted, as a deed; nothing if a phone would never post it. */
export async function readDeed(
  form: Record<string, unknown>,
  people: readonly { id: string; phone: string }[],
): Promise<Deed | undefined> {
  const parsed = said.safeParse(form)
  if (!parsed.success) return undefined
  const { id, person, chat } = parsed.data
  // The platform vouches for a person's own number, so the page is not asked for it.
  const phone = people.find(({ id }) => id === person)?.phone ?? ''
  return { id, chatId: chat, personId: person, ...(await effectOf(parsed.data, phone)) }
}

async function effectOf(said: Said, phone: string): Promise<Effect> {
  switch (said.kind) {
    case 'start':
      return started(said.code)
    case 'text':
      return spoken(said.text)
    case 'edit':
      return {
        content: { type: 'text', text: said.text, edited: true },
        edit: { messageId: said.message, text: said.text },
      }
    case 'button':
      return {
        content: { type: 'button', data: said.data, messageId: said.message },
        pressedOn: said.message,
      }
    case 'location': {
      const location = { latitude: said.latitude, longitude: said.longitude }
      return {
        content: { type: 'location', ...location },
        message: { kind: 'location', text: '', details: { location } },
      }
    }
    case 'contact':
      return {
        content: { type: 'contact', phone, own: true },
        message: { kind: 'contact', text: '', details: { phone } },
      }
    case 'voice':
    case 'photo':
    case 'video':
    case 'file':
      return uploaded(said.kind, said.file, said.caption)
    default:
      return {
        content: { type: said.kind },
        message: { kind: 'service', text: said.kind, details: {} },
      }
  }
}

function spoken(words: string): Effect {
  const command = /^\/start(?:\s+(\S+))?$/.exec(words)
  if (command) return started(command[1] && isStartCode(command[1]) ? command[1] : undefined)
  return {
    content: { type: 'text', text: words },
    message: { kind: 'text', text: words, details: {} },
  }
}

function started(code: string | undefined): Effect {
  return {
    content: { type: 'start', ...(code && { code }) },
    message: { kind: 'service', text: 'started', details: {} },
  }
}

async function uploaded(
  kind: 'voice' | 'photo' | 'video' | 'file',
  upload: File,
  caption: string,
): Promise<Effect> {
  const id = crypto.randomUUID()
  const [mime = ''] = upload.type.split(';')
  const kept = upload.size <= limits.keptBytesMax
  return {
    content: {
      type: 'media',
      kind,
      file: { id, bytes: upload.size, mime },
      ...(caption && { caption }),
    },
    message: { kind, text: caption, details: {} },
    file: {
      id,
      name: upload.name,
      mime,
      bytes: upload.size,
      body: kept ? new Uint8Array(await upload.arrayBuffer()) : null,
    },
  }
}
