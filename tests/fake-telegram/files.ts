import type { Message } from 'grammy/types'
import { pictureSize } from './pictures.ts'
import { badRequest, Refusal } from './refusal.ts'
import type { FileKind, StoredFile, World } from './world.ts'

export const downloadBytesMax = 20 * 1024 * 1024
const uploadBytesMax = 50 * 1024 * 1024
const photoBytesMax = 10 * 1024 * 1024
const photoSidesMax = 10_000
const photoRatioMax = 20

export interface NewFile {
  kind: FileKind
  /** Leave the bytes out and give the size to have a huge file without its weight. */
  bytes?: Uint8Array
  size?: number
  name?: string
  mime?: string
  seconds?: number
}

/** Keeps a file and writes the piece of message that carries it. */
export function storeFile(world: World, file: NewFile): StoredFile {
  const number = world.nextId('file')
  const mime = file.mime ?? usualMime[file.kind]
  const stored: StoredFile = {
    id: `${file.kind}-${number}-${world.bot.id}AgADBQ`,
    uniqueId: `AQAD${number}`,
    kind: file.kind,
    size: file.bytes?.byteLength ?? file.size ?? 0,
    name: file.name ?? `file_${number}.${extension[file.kind]}`,
    ...(file.bytes && { bytes: file.bytes }),
    ...(mime !== undefined && { mime }),
    content: {},
  }
  stored.content = file.kind === 'photo' ? photo(world, stored) : media(stored, file.seconds ?? 1)
  world.files.set(stored.id, stored)
  return stored
}

/** A file the bot sends: new bytes, or one it knows by file_id. */
export function fileOf(world: World, value: unknown, kind: FileKind): StoredFile {
  if (isUpload(value)) return upload(world, value, kind)
  if (value === undefined || value === null || value === '')
    throw badRequest(`there is no ${kind} in the request`)
  const known = world.files.get(String(value))
  if (!known) throw badRequest('wrong file identifier/HTTP URL specified')
  if (known.kind !== kind)
    throw badRequest(`can't use file of type ${typeName[known.kind]} as ${typeName[kind]}`)
  return known
}

export interface Upload {
  filename: string
  bytes: Uint8Array
}

function isUpload(value: unknown): value is Upload {
  return typeof value === 'object' && value !== null && 'bytes' in value
}

function upload(world: World, { filename, bytes }: Upload, kind: FileKind): StoredFile {
  if (bytes.byteLength === 0) throw badRequest('file must be non-empty')
  if (bytes.byteLength > uploadBytesMax) throw new Refusal(413, 'Request Entity Too Large')
  if (kind === 'photo') checkPhoto(bytes)
  return storeFile(world, { kind, bytes, name: filename })
}

function checkPhoto(bytes: Uint8Array): void {
  if (bytes.byteLength > photoBytesMax)
    throw badRequest(
      `file of size ${bytes.byteLength} bytes is too big for a photo; the maximum size is ${photoBytesMax} bytes`,
    )
  const size = pictureSize(bytes)
  if (!size) throw badRequest('IMAGE_PROCESS_FAILED')
  const { width, height } = size
  const ratio = Math.max(width, height) / Math.max(1, Math.min(width, height))
  if (width + height > photoSidesMax || ratio > photoRatioMax) throw badRequest('PHOTO_INVALID_DIMENSIONS')
}

/** Photos come in several sizes, each with its own id; the last one is the picture itself. */
function photo(world: World, file: StoredFile): Partial<Message> {
  const full = (file.bytes && pictureSize(file.bytes)) ?? { width: 960, height: 1280 }
  const sizes = [0.1, 0.3, 1].map(scale => ({
    file_id: scale === 1 ? file.id : `${file.id}-${scale}`,
    file_unique_id: scale === 1 ? file.uniqueId : `${file.uniqueId}-${scale}`,
    width: Math.max(1, Math.round(full.width * scale)),
    height: Math.max(1, Math.round(full.height * scale)),
    file_size: Math.max(1, Math.round(file.size * scale)),
  }))
  for (const size of sizes) world.files.set(size.file_id, { ...file, id: size.file_id, size: size.file_size })
  return { photo: sizes } as Partial<Message>
}

function media(file: StoredFile, seconds: number): Partial<Message> {
  const base = { file_id: file.id, file_unique_id: file.uniqueId, file_size: file.size }
  const mime = file.mime !== undefined ? { mime_type: file.mime } : {}
  if (file.kind === 'voice')
    return { voice: { ...base, ...mime, duration: seconds } } as unknown as Partial<Message>
  if (file.kind === 'video')
    return {
      video: { ...base, ...mime, duration: seconds, width: 640, height: 360, file_name: file.name },
    } as unknown as Partial<Message>
  if (file.kind === 'sticker')
    return {
      sticker: {
        ...base,
        type: 'regular',
        width: 512,
        height: 512,
        is_animated: false,
        is_video: false,
        emoji: '🙂',
      },
    } as unknown as Partial<Message>
  return { document: { ...base, ...mime, file_name: file.name } } as unknown as Partial<Message>
}

const extension = { photo: 'jpg', voice: 'oga', video: 'mp4', document: 'dat', sticker: 'webp' } as const
const typeName = {
  photo: 'Photo',
  voice: 'VoiceNote',
  video: 'Video',
  document: 'Document',
  sticker: 'Sticker',
}
const usualMime: Record<FileKind, string | undefined> = {
  photo: undefined,
  voice: 'audio/ogg',
  video: 'video/mp4',
  document: 'application/octet-stream',
  sticker: undefined,
}
