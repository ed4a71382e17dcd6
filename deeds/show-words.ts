import type { Store } from '../db/client.ts'
import { editSent, rewriteWaiting } from '../db/outbox.ts'
import type { Request } from '../db/requests.ts'
import { listGroupsOf } from '../db/volunteers.ts'
import { groupPost } from '../domain/cards.ts'
import type { Message } from '../domain/message.ts'
import { postRef } from '../domain/message-names.ts'

/** Every post of an open request says its public words as they are now; one that waits for the morning as well. */
export async function showWords(store: Store, request: Request, at: Date) {
  if (request.status !== 'open' || request.route !== 'group') return
  const message: Message = { ...groupPost(request), uneditable: 'anew' }
  for (const group of await listGroupsOf(store, request.districtId)) {
    const ref = postRef(request.id, group.id)
    // An edit would withdraw a post that nobody has seen yet.
    if (!(await rewriteWaiting(store, ref, message))) await editSent(store, ref, { message, at })
  }
}
