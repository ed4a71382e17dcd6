import { cursorOf, isClosed, listQueue, type QueueFilter } from '../db/queue.ts'
import type { Request } from '../db/requests.ts'
import { categoryLabel } from '../domain/cards.ts'
import type { Choice, Dialog } from './dialog.ts'
import { acceptTyped, followTyped } from './queue-find.ts'
import { narrowedOf, tellNarrowed } from './queue-narrow.ts'

const pageSize = 7
const pagesMax = 200

/** Pages through the list. A page stays as it was shown: what others do meanwhile moves no button under a finger. */
export async function pickRequest(dialog: Dialog, filter: QueueFilter): Promise<void> {
  const { given } = dialog
  const view = { ...given, filter }
  let after = given.filter ? given.after : undefined
  for (let n = 0; n < pagesMax; n++) {
    const { lines, end } = await readPage(dialog, filter, n, after)
    if (lines.length === 0) return leaveEmpty(dialog, filter, n)
    const more = end ? ['cat.more'] : []
    const several = isClosed(filter) ? [] : ['queue.several']
    const choices = [...lines.map(choiceOf), ...more, ...several, 'queue.back']
    const above = tellNarrowed(narrowedOf(given))
    const key = n === 0 ? 'queue.list' : `queue.list#${n}`
    const answer = await dialog.askOrChoose(key, acceptTyped, choices, { above })
    if ('said' in answer) return followTyped(dialog, answer.said)
    const place = { ...view, ...(after && { after }) }
    if (answer.chosen === 'queue.back') return leave(dialog)
    if (answer.chosen === 'queue.several') return dialog.begin('queue-several', place)
    if (answer.chosen !== 'cat.more') return dialog.begin('request', { ...place, request: answer.chosen })
    after = end
  }
}

export type Line = Pick<Request, 'id' | 'number' | 'status' | 'category' | 'districtId'>

/** One page of the list; `end` is where the next begins, if there is one. */
export function readPage(
  dialog: Dialog,
  filter: QueueFilter,
  n: number,
  after: string | undefined,
): Promise<{ lines: Line[]; end?: string }> {
  const { store, me, at, given } = dialog
  return dialog.once(`page.${n}`, async () => {
    const narrowed = narrowedOf(given)
    const found = await listQueue(store, me.roles, { filter, narrowed, at, limit: pageSize + 1, after })
    const shown = found.slice(0, pageSize)
    const last = shown.at(-1)
    const end = last && found.length > pageSize ? { end: cursorOf(filter, last) } : {}
    return { lines: shown.map(lineOf), ...end }
  })
}

/** Nobody is asked to choose from nothing: the first page if this was a later one, else the kinds of lists. */
function leaveEmpty(dialog: Dialog, filter: QueueFilter, page: number): Promise<never> {
  const { after, ...rest } = dialog.given
  if (page > 0 || after) return dialog.begin('queue', { ...rest, filter })
  dialog.say('queue.none')
  return leave(dialog)
}

/** Back to the kinds of lists; what they were narrowed to stays. */
function leave(dialog: Dialog): Promise<never> {
  const { filter: _, after: __, ...narrowed } = dialog.given
  return dialog.begin('queue', narrowed)
}

function lineOf({ id, number, status, category, districtId }: Request): Line {
  return { id, number, status, category, districtId }
}

export function choiceOf(line: Line): Choice<string> {
  return { id: line.id, label: { key: 'queue.line', values: valuesOf(line) } }
}

function valuesOf({ number, category, districtId }: Line) {
  return { num: number, cat: categoryLabel(category), district: { district: districtId } }
}
