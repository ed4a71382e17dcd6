import type { Outgoing, SendResult } from '../channel.ts'
import type { Graph } from './graph.ts'
import type { Attachment } from './payload.ts'

type Media = NonNullable<Outgoing['media']>

const mb = 1024 * 1024
/** What Meta shows as such; anything else goes as a document. */
const shown = {
  photo: { type: 'image', mime: /^image\/(jpeg|png)$/, bytesMax: 5 * mb, name: 'photo' },
  voice: { type: 'audio', mime: /^audio\/(aac|amr|mpeg|mp4|ogg)$/, bytesMax: 16 * mb, name: 'voice' },
  video: { type: 'video', mime: /^video\/(mp4|3gpp)$/, bytesMax: 16 * mb, name: 'video' },
} as const

/**
 * Brings a file to Meta. One that came in is fetched and uploaded as our own, because what is only somebody's
 * message is gone after seven days.
 */
export async function attach(graph: Graph, media: Media): Promise<Attachment | { refused: SendResult }> {
  const file = 'ref' in media ? await graph.download(media.ref) : media
  if ('refused' in file) return file
  const { bytes, mime } = file
  const [essence = ''] = mime.toLowerCase().split(';')
  const as = media.kind === 'file' ? undefined : shown[media.kind]
  const fits = as?.mime.test(essence) && bytes.byteLength <= as.bytesMax
  const name = `${as?.name ?? 'file'}.${essence.split('/')[1] ?? 'bin'}`
  // Of Ogg, only Opus is taken, and it must be named.
  const uploaded = await graph.upload(
    bytes,
    essence === 'audio/ogg' ? 'audio/ogg; codecs=opus' : essence,
    name,
  )
  if ('refused' in uploaded) return uploaded
  return { type: as && fits ? as.type : 'document', id: uploaded.id, name }
}
