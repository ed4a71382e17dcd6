import { record } from '../db/audit.ts'
import type { Store } from '../db/client.ts'
import { editSent } from '../db/outbox.ts'
import type { Request } from '../db/requests.ts'
import { otherOf } from '../deeds/asker.ts'
import { closeWith } from '../deeds/close.ts'
import { tellOrAlert } from '../deeds/lost.ts'
import { askConfirmation } from '../domain/cards.ts'
import { type Message, part } from '../domain/message.ts'
import { confirmRef } from '../domain/message-names.ts'
import type { DoneStep } from '../domain/watch.ts'

type Deed = (store: Store, request: Request, at: Date) => Promise<void>

/** The helper said it is done and the asker is silent: one reminder, then it closes as done but not confirmed. */
export const doneDeeds: Readonly<Record<DoneStep, Deed>> = {
  confirm: async (store, request, at) => {
    const asked: Message = { parts: [part('confirm.below', { num: request.number })], uneditable: 'gone' }
    await editSent(store, confirmRef(request.id), { message: asked, at, personId: request.requesterId })
    const message = askConfirmation(request, await otherOf(store, request))
    const fact = { subjectId: request.id, regionId: request.regionId }
    await record(store, { at, act: 'asker.reminded', actorId: null, ...fact })
    await tellOrAlert(store, request.requesterId, { message, at, ref: confirmRef(request.id) })
  },
  close: async (store, request, at) => {
    const closing = { outcome: 'fulfilled', confirmation: 'none', reason: 'unconfirmed' } as const
    await closeWith({ store, at, me: null }, request, closing)
  },
}
