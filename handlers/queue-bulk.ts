import { record } from '../db/audit.ts'
import { findDuty } from '../db/duty.ts'
import { getElder } from '../db/elders.ts'
import { getPerson } from '../db/people.ts'
import type { Request } from '../db/requests.ts'
import { findVolunteer, isOwnNeed, listApprovedVolunteers } from '../db/volunteers.ts'
import { afterQuietHours } from '../deeds/announce.ts'
import { tellOrPhone } from '../deeds/phone-task.ts'
import { type Part, part, type Value } from '../domain/message.ts'
import type { Mine } from '../domain/roles.ts'
import { isOnDuty } from '../domain/volunteer.ts'
import { tidyText } from '../domain/words-told.ts'
import type { Accept, Dialog, Scene } from './dialog.ts'
import { holdMyRequest } from './mine.ts'
import { assignTo, chooseHelper } from './queue-assign.ts'
import { askOutcome, closeFor } from './queue-close.ts'

export interface Chosen {
  id: string
  number: number
  /** As it stood when it was chosen. */
  status: string
}

/** One deed for all that was chosen: what will happen is shown first, and each request has its own line of outcome. */
export async function actOnSeveral(dialog: Dialog, chosen: readonly Chosen[]): Promise<void> {
  const above = [nowChosen(chosen)]
  const acts = ['several.assign', 'several.close', 'several.write', 'several.leave'] as const
  const act = await dialog.choose('several.what', acts, { above })
  if (act === 'several.assign') return assignAll(dialog, chosen)
  if (act === 'several.close') return closeAll(dialog, chosen)
  if (act === 'several.write') return writeAll(dialog, chosen)
}

async function assignAll(dialog: Dialog, chosen: readonly Chosen[]): Promise<void> {
  const { store } = dialog
  const volunteerId = await chooseHelper(
    dialog,
    await dialog.once('helpers', () => helpersFor(dialog, chosen)),
  )
  if (!volunteerId) return dialog.say('queue.noVolunteers')
  const { name } = await getPerson(store, volunteerId)
  const sure = await confirmed(dialog, chosen, part('several.assign.sure', { vol: name ?? '' }))
  if (sure) await each(dialog, chosen, request => give(dialog, request, volunteerId))
}

async function closeAll(dialog: Dialog, chosen: readonly Chosen[]): Promise<void> {
  const closing = await askOutcome(dialog)
  const values = { outcome: { key: `outcome.${closing.outcome}` }, reason: closing.words }
  const sure = await confirmed(dialog, chosen, part('several.close.sure', values))
  if (!sure) return
  await each(dialog, chosen, async (request, before) => {
    if (request.status === 'closed') return 'several.closed'
    // A helper has taken it or has been there since: that is looked at before it is closed.
    if (request.status !== before) return 'several.changed'
    return closedAs[await closeFor(dialog, request, closing)]
  })
}

const closedAs = { told: 'several.done', untold: 'several.done.phone', late: 'several.closed' } as const

async function writeAll(dialog: Dialog, chosen: readonly Chosen[]): Promise<void> {
  const words = await dialog.ask('several.words', acceptWords)
  const sure = await confirmed(dialog, chosen, part('several.write.sure', { words }))
  if (sure) await each(dialog, chosen, request => write(dialog, request, words))
}

/** What will be done, to how many; nothing has happened before the yes. */
async function confirmed(dialog: Dialog, chosen: readonly Chosen[], what: Part): Promise<boolean> {
  const above = [what, nowChosen(chosen)]
  const answer = await dialog.choose('several.sure', ['several.yes', 'several.no'], { above, yesNo: true })
  return answer === 'several.yes'
}

/** Once for each in turn. What lies outside the coordinator's territory, or does by now, is left alone. */
async function each(
  dialog: Dialog,
  chosen: readonly Chosen[],
  deed: (request: Mine<Request>, before: string) => Promise<string>,
): Promise<void> {
  const outcomes = await dialog.once('each', async () => {
    const lines: { num: number; key: string }[] = []
    // In the order of their ids, so that two coordinators with the same selection do not wait for each other.
    for (const { id, number: num, status } of chosen.toSorted((one, other) => (one.id < other.id ? -1 : 1))) {
      const request = await holdMyRequest(dialog, id)
      lines.push({ num, key: request ? await deed(request, status) : 'several.notYours' })
    }
    return lines
  })
  const list: Value[] = outcomes
    .toSorted((one, other) => one.num - other.num)
    .map(({ num, key }) => ({ key: 'several.line', values: { num, what: { key } } }))
  dialog.say('several.outcome', { lines: { list, separator: '\n' } })
}

/** Who could take any of these, the least busy first. */
async function helpersFor(scene: Scene, chosen: readonly Chosen[]) {
  const found = new Map<string, { personId: string; name: string; holding: number }>()
  for (const { id } of chosen) {
    const request = await holdMyRequest(scene, id)
    if (!request) continue
    const { store, at } = scene
    for (const helper of await listApprovedVolunteers(store, request, { at, limit: helpersMax }))
      found.set(helper.personId, helper)
  }
  return [...found.values()].toSorted((one, other) => one.holding - other.holding)
}

const helpersMax = 40

/** One more for this volunteer, if they may have it; else the reason why not. */
async function give(scene: Scene, request: Mine<Request>, volunteerId: string): Promise<string> {
  const { store, at } = scene
  if (request.status === 'closed') return 'several.closed'
  if (request.status !== 'open') return 'several.taken'
  if (request.route === 'restricted') return 'several.restricted'
  if (!(await getElder(store, request.elderId)).agreed) return 'several.consent'
  if (await isOwnNeed(store, volunteerId, request)) return 'several.own'
  const volunteer = await findVolunteer(store, volunteerId)
  if (!volunteer?.districtIds.includes(request.districtId)) return 'several.elsewhere'
  const duty = await findDuty(store, volunteerId)
  if (!duty || !isOnDuty(duty, at)) return 'several.offDuty'
  return assignedAs[await assignTo(scene, request, { volunteerId, from: null, sure: false })]
}

const assignedAs = { assigned: 'several.done', full: 'several.full', late: 'several.taken' } as const

async function write(scene: Scene, request: Mine<Request>, words: string): Promise<string> {
  const { store, me, at } = scene
  const message = { parts: [part('req.message', { num: request.number, words })] }
  const notBefore = afterQuietHours(at, request.regionId)
  const told = await tellOrPhone(store, request, { message, at, notBefore })
  const fact = { actorId: me.id, subjectId: request.id, regionId: request.regionId }
  await record(store, { at, act: 'request.written', ...fact })
  return told ? 'several.done' : 'several.phone'
}

export function nowChosen(chosen: readonly Chosen[]): Part {
  return part('several.now', { n: chosen.length, nums: listOf(chosen.map(({ number }) => number)) })
}

export function listOf(numbers: readonly number[]): Value {
  return { list: numbers.map(number => `№${number}`) }
}

const messageCharsMax = 1000

const acceptWords: Accept<string> = said => {
  const text = said.type === 'text' ? tidyText(said.text) : ''
  if (!text) return { retry: part('err.wantText') }
  return text.length > messageCharsMax ? { retry: part('err.long', { n: messageCharsMax }) } : { value: text }
}
