import { countWaiting } from '../db/digest.ts'
import {
  countQueue,
  findByNumber,
  isQueueFilter,
  listQueue,
  type QueueFilter,
  queueFilters,
} from '../db/queue.ts'
import type { Request } from '../db/requests.ts'
import { categoryLabel } from '../domain/cards.ts'
import { part } from '../domain/message.ts'
import { zoneOf } from '../domain/places.ts'
import { localDay } from '../domain/time.ts'
import type { Accept, Choice, Dialog } from './dialog.ts'
import { tellForms, tellWaiting } from './queue-waiting.ts'

const pageSize = 7
const pagesMax = 200
const sameNumberMax = 8

/**
 * A coordinator's queue: how many there are of each kind, a list of them, or one request by its number. Whoever comes back
 * from a request finds the page they left.
 */
export async function queue(dialog: Dialog): Promise<void> {
  const { filter, page } = dialog.given
  const asked = isQueueFilter(filter) ? filter : await askFilter(dialog)
  if (asked === 'number') return openNumber(dialog)
  if (asked === 'alerts') return tellWaiting(dialog)
  if (asked === 'applicants') return tellForms(dialog)
  return pickRequest(dialog, asked, isQueueFilter(filter) ? Number(page ?? 0) : 0)
}

type Asked = QueueFilter | 'alerts' | 'applicants' | 'number'

async function askFilter(dialog: Dialog): Promise<Asked> {
  const { store, me, at } = dialog
  const counts = await countQueue(store, me.roles, at)
  const waiting = await countWaiting(store, me.roles)
  const label = <K extends Asked>(id: K, n: number) => ({ id, label: { key: `queue.${id}`, values: { n } } })
  return dialog.choose<Asked>('queue.ask', [
    ...queueFilters.map(filter => label(filter, counts[filter])),
    label('alerts', waiting.alerts),
    label('applicants', waiting.applicants),
    { id: 'number', label: { key: 'queue.byNumber' } },
  ])
}

/** Pages through the list. A page stays as it was shown: what others do meanwhile moves no button under a finger. */
async function pickRequest(dialog: Dialog, filter: QueueFilter, first: number): Promise<void> {
  const { store, me, at } = dialog
  for (let n = first; n < first + pagesMax; n++) {
    const shown = await dialog.once(`page.${n}`, async () => {
      const page = { at, limit: pageSize + 1, offset: n * pageSize }
      return (await listQueue(store, me.roles, filter, page)).map(lineOf)
    })
    if (shown.length === 0) return leaveEmpty(dialog, filter, n)
    const more = shown.length > pageSize ? ['cat.more'] : []
    const choices = [...shown.slice(0, pageSize).map(choiceOf), ...more, 'queue.back']
    const key = n === first ? 'queue.list' : `queue.list#${n}`
    const chosen = await dialog.choose(key, choices)
    if (chosen === 'queue.back') return dialog.begin('queue')
    if (chosen !== 'cat.more') return dialog.begin('request', { request: chosen, filter, page: String(n) })
  }
}

/** Nobody is asked to choose from nothing: the first page if this was a later one, else the kinds of lists. */
function leaveEmpty(dialog: Dialog, filter: QueueFilter, page: number): Promise<never> {
  if (page > 0) return dialog.begin('queue', { filter, page: '0' })
  dialog.say('queue.none')
  return dialog.begin('queue')
}

/** Numbers begin anew each year and in each region: of several the newest comes first. */
async function openNumber(dialog: Dialog): Promise<void> {
  const { store, me } = dialog
  const number = await dialog.ask('queue.number', acceptNumber)
  const found = await dialog.once('numbered', async () =>
    (await findByNumber(store, me.roles, number, sameNumberMax)).map(request => ({
      ...lineOf(request),
      year: localDay(request.createdAt, zoneOf(request.regionId)).slice(0, 4),
    })),
  )
  const [only] = found
  if (only && found.length === 1) return dialog.begin('request', { request: only.id })
  if (!only) {
    dialog.say('queue.noNumber', { num: number })
    return dialog.begin('queue')
  }
  const choices = found.map(line => ({
    id: line.id,
    label: { key: 'queue.numbered', values: { ...valuesOf(line), year: line.year } },
  }))
  const chosen = await dialog.choose('queue.list#numbered', [...choices, 'queue.back'])
  return chosen === 'queue.back' ? dialog.begin('queue') : dialog.begin('request', { request: chosen })
}

type Line = Pick<Request, 'id' | 'number' | 'category' | 'districtId'>

function lineOf({ id, number, category, districtId }: Request): Line {
  return { id, number, category, districtId }
}

function choiceOf(line: Line): Choice<string> {
  return { id: line.id, label: { key: 'queue.line', values: valuesOf(line) } }
}

function valuesOf({ number, category, districtId }: Line) {
  return { num: number, cat: categoryLabel(category), district: { district: districtId } }
}

/** «17», «№17», «просьба 1 017». */
const acceptNumber: Accept<number> = said => {
  const digits =
    said.type === 'text' ? said.text.normalize('NFKC').replace(/(?<=\d)[\s\u00a0](?=\d)/g, '') : ''
  const [number] = /\d{1,9}/.exec(digits) ?? []
  return number ? { value: Number(number) } : { retry: part('queue.wantNumber') }
}
