import { countWaiting } from '../db/digest.ts'
import { countQueue, isQueueFilter, type QueueFilter, queueFilters } from '../db/queue.ts'
import type { Dialog } from './dialog.ts'
import { acceptTyped, findRequests, followTyped } from './queue-find.ts'
import { pickRequest } from './queue-list.ts'
import { narrow, narrowedOf, tellNarrowed } from './queue-narrow.ts'
import { tellForms, tellWaiting } from './queue-waiting.ts'

/**
 * A coordinator's queue: how many there are of each kind, a list of them, or what they look for by number, name or
 * phone. Whoever comes back from a request finds the page they left.
 */
export async function queue(dialog: Dialog): Promise<void> {
  const { filter, search } = dialog.given
  if (search) return findRequests(dialog, search)
  const waiting = filter === 'alerts' || filter === 'applicants'
  const asked = waiting || isQueueFilter(filter) ? filter : await askFilter(dialog)
  if (asked === 'find') return followTyped(dialog, await dialog.ask('queue.find.ask', acceptTyped))
  if (asked === 'phone') return dialog.begin('phone-request')
  if (asked === 'narrow') return narrow(dialog)
  if (asked === 'alerts') return tellWaiting(dialog)
  if (asked === 'applicants') return tellForms(dialog)
  return pickRequest(dialog, asked)
}

type Asked = QueueFilter | 'alerts' | 'applicants' | 'find' | 'phone' | 'narrow'

/** What is typed here is looked for. */
async function askFilter(dialog: Dialog): Promise<Asked> {
  const { store, me, at } = dialog
  const narrowed = narrowedOf(dialog.given)
  const counts = await countQueue(store, me.roles, { at, narrowed })
  const waiting = await countWaiting(store, me.roles)
  const label = <K extends Asked>(id: K, n: number) => ({ id, label: { key: `queue.${id}`, values: { n } } })
  const plain = <K extends Asked>(id: K) => ({ id, label: { key: `queue.${id}` } })
  const choices = [
    ...queueFilters.map(filter => label(filter, counts[filter])),
    label('alerts', waiting.alerts),
    label('applicants', waiting.applicants),
    plain('find'),
    plain('narrow'),
    plain('phone'),
  ]
  const above = tellNarrowed(narrowed)
  const answer = await dialog.askOrChoose<string, Asked>('queue.ask', acceptTyped, choices, { above })
  return 'chosen' in answer ? answer.chosen : followTyped(dialog, answer.said)
}
