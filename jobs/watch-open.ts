import { isAnyoneAsked } from '../db/asking.ts'
import { record } from '../db/audit.ts'
import type { Store } from '../db/client.ts'
import { listCoordinatorsOf } from '../db/coordinators.ts'
import { tellPerson } from '../db/outbox.ts'
import type { Request } from '../db/requests.ts'
import { isForVolunteers, repost, tellCoordinators, tellRegion } from '../deeds/announce.ts'
import { askNext } from '../deeds/ask-next.ts'
import { part } from '../domain/message.ts'
import { statusKey } from '../domain/status.ts'
import type { OpenStep } from '../domain/watch.ts'
import type { JobSettings } from './job.ts'

type Deed = (store: Store, request: Request, at: Date, settings?: JobSettings) => Promise<unknown>

/** What a step is called that should have reached a coordinator, but there is none. */
export const unheard = 'unheard'

/** Nobody has taken it: each step reaches further. */
export const openDeeds: Readonly<Record<OpenStep, Deed>> = {
  post: repost,
  ask: (store, request, at) => askNext(store, request, { at, where: 'district', limit: 1 }),
  neighbours: (store, request, at) => askNext(store, request, { at, where: 'region', limit: 3 }),
  district: async (store, request, at, settings) => {
    const told = await tellCoordinators(store, request, at, await stuckWords(store, request))
    if (told > 0) return recordStep(store, request, at, { act: 'request.escalated', to: 'district' })
    await tellHelpLine(store, request, at, settings)
    return recordUnheard(store, request, at, 'district')
  },
  region: async (store, request, at, settings) => {
    const told = await tellRegion(store, request, at, 'coord.stuck.region')
    if (told > 0) return recordStep(store, request, at, { act: 'request.escalated', to: 'region' })
    // Where there was nobody in the district either, the asker has been told then.
    const clearedOnly = request.route === 'restricted'
    const below = await listCoordinatorsOf(store, request, { at, clearedOnly })
    if (below.length > 0) await tellHelpLine(store, request, at, settings)
    return recordUnheard(store, request, at, 'region')
  },
}

async function stuckWords(store: Store, request: Request): Promise<string> {
  if (!(await isForVolunteers(store, request))) return 'coord.waits'
  return (await isAnyoneAsked(store, request.id)) ? 'coord.stuck' : 'coord.stuck.unasked'
}

async function recordUnheard(store: Store, request: Request, at: Date, to: string) {
  await recordStep(store, request, at, { act: 'request.unheard', to })
  return unheard
}

/** The asker learns whom to phone: nobody else would act on their need. */
async function tellHelpLine(store: Store, request: Request, at: Date, settings: JobSettings | undefined) {
  if (!settings?.helpLine) return
  const about = part('st.line', { num: request.number, status: { key: statusKey(request) } })
  const message = { parts: [about, part('human.phone', { ...settings.helpLine })] }
  await tellPerson(store, request.requesterId, { message, at })
}

function recordStep(store: Store, request: Request, at: Date, { act, to }: { act: string; to: string }) {
  const fact = { subjectId: request.id, regionId: request.regionId, note: { to } }
  return record(store, { at, act, actorId: null, ...fact })
}
