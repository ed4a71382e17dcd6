import { createHash } from 'node:crypto'
import { GraphRefusal } from './refusal.ts'

export interface GraphMedia {
  id: string
  mime: string
  bytes: Uint8Array
  name: string
  /** Uploaded by the bot: only this can be sent. */
  ours: boolean
  at: Date
  /** Part of the address; another with each time it is asked for. */
  hash: string
}

const keptMs = { ours: 30 * 86_400_000, theirs: 7 * 86_400_000 }
const bytesMax: Record<string, number> = { image: 5, audio: 16, video: 16 }
const taken =
  /^(audio\/(aac|amr|mpeg|mp4|ogg; codecs=opus)|image\/(jpeg|png|webp)|video\/(mp4|3gpp)|text\/plain|application\/(pdf|msword|vnd\.[\w.-]+))$/

/** The files Meta keeps for this number. */
export class MediaStore {
  readonly files = new Map<string, GraphMedia>()
  readonly #now: () => Date

  constructor(now: () => Date) {
    this.#now = now
  }

  async upload(form: FormData): Promise<{ id: string }> {
    if (form.get('messaging_product') !== 'whatsapp')
      throw new GraphRefusal(100, 'The parameter messaging_product is required.')
    const [type, file] = [form.get('type'), form.get('file')]
    if (typeof type !== 'string') throw new GraphRefusal(100, 'The parameter type is required.')
    if (!(file instanceof File)) throw new GraphRefusal(100, 'The parameter file is required.')
    if (file.type !== type || !taken.test(type))
      throw new GraphRefusal(
        100,
        `Param file must be a file with one of the following types, not ${file.type}`,
      )
    if (file.size === 0) throw new GraphRefusal(131053, 'The file is empty.')
    if (file.size > (bytesMax[type.split('/')[0] ?? ''] ?? 100) * 1024 * 1024)
      throw new GraphRefusal(131053, 'The file is too large.')
    const bytes = new Uint8Array(await file.arrayBuffer())
    return { id: this.keep({ bytes, mime: type, name: file.name, ours: true }).id }
  }

  keep(file: Pick<GraphMedia, 'bytes' | 'mime' | 'name' | 'ours'>): GraphMedia {
    const id = String(1_000_000_000_000_000 + this.files.size)
    const media = { ...file, id, at: this.#now(), hash: '' }
    this.files.set(id, media)
    return media
  }

  describe(id: string, root: string): object {
    const media = this.files.get(id)
    const age = this.#now().getTime() - (media?.at.getTime() ?? 0)
    if (!media || age > keptMs[media.ours ? 'ours' : 'theirs'])
      throw new GraphRefusal(100, `Unsupported get request. Object with ID '${id}' does not exist`)
    media.hash = createHash('sha256').update(`${id}${media.hash}`).digest('hex').slice(0, 24)
    return {
      messaging_product: 'whatsapp',
      url: `${root}/whatsapp_business/attachments/?mid=${id}&hash=${media.hash}`,
      mime_type: media.mime,
      sha256: createHash('sha256').update(media.bytes).digest('hex'),
      file_size: media.bytes.byteLength,
      id,
    }
  }

  at(query: URLSearchParams): GraphMedia | undefined {
    const media = this.files.get(query.get('mid') ?? '')
    return media && media.hash !== '' && media.hash === query.get('hash') ? media : undefined
  }
}
