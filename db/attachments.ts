import type { Said } from '../domain/said.ts'
import type { Store } from './client.ts'
import { eq } from './drizzle.ts'
import { newId } from './ids.ts'
import { attachments } from './schema.ts'

/** A voice, a photo or a place that came with a request. */
export type Attached = Exclude<Said, { type: 'text' } | { type: 'contact' }>

export async function attach(
  store: Store,
  to: { requestId: string; regionId: string; channel: string; at: Date },
  content: Attached,
): Promise<string> {
  const id = newId()
  await store.db.insert(attachments).values({
    id,
    requestId: to.requestId,
    regionId: to.regionId,
    channel: to.channel,
    kind: content.type === 'media' ? content.kind : content.type,
    content: store.keys.seal(`attachments.content.${id}`, JSON.stringify(content)),
    createdAt: to.at,
  })
  return id
}

export async function listAttachments(
  store: Store,
  requestId: string,
): Promise<{ id: string; channel: string; content: Attached }[]> {
  const rows = await store.db
    .select()
    .from(attachments)
    .where(eq(attachments.requestId, requestId))
    .orderBy(attachments.id)
  return rows.map(row => ({
    id: row.id,
    channel: row.channel,
    content: JSON.parse(store.keys.open(`attachments.content.${row.id}`, row.content)),
  }))
}
