import { eraseOldNews } from '../db/broadcasts.ts'
import { type Store, transact } from '../db/client.ts'
import { forgetPerson } from '../db/erase.ts'
import { listToldBefore } from '../db/removals.ts'
import {
  eraseForm,
  eraseIdleElder,
  eraseOldCalls,
  eraseRequest,
  forgetNamesBefore,
  forgetUnknownBefore,
  listIdle,
  listKept,
  listLateLookers,
  listSilent,
  listUnseen,
  takeKept,
} from '../db/retention.ts'
import { takeFromCoordinator, takePreviews, takeTold } from '../deeds/take-away.ts'
import { dialogKeptDays } from '../domain/nudge.ts'
import { type Job, usualSettings } from './job.ts'

const dayMs = 86_400_000
const portion = 500
const portionsMax = 40

interface Term {
  at: Date
  before: Date
}

/**
 * After the operator's term the words and media of closed requests are erased, then the older people for whom nothing
 * was asked or done since, then those who asked for them, and whoever never asked; the words of calls and broadcasts
 * too. What statistics count stays exactly as it was. Each request and each person in a transaction of its own, so that
 * a night that ends early has done something.
 */
export const retention: Job = {
  name: 'retention',
  cron: '20 2 * * *',
  async run(store, at, { retentionDays } = usualSettings) {
    const term = { at, before: new Date(at.getTime() - retentionDays * dayMs) }
    const done = { requests: 0, elders: 0, people: 0, calls: 0, news: 0 }
    const failures: unknown[] = []
    const each = async (ids: readonly string[], deed: (inner: Store, id: string) => Promise<Gone>) => {
      for (const id of ids) {
        try {
          const gone = await transact(store, inner => deed(inner, id))
          done.requests += gone.requests
          done.elders += gone.elders
          done.people += gone.people
        } catch (error) {
          failures.push(error)
        }
      }
    }
    for (const { list, deed } of due) {
      for (let n = 0; n < portionsMax && failures.length < portion; n++) {
        const ids = await list(store, term.before, portion)
        await each(ids, (inner, id) => deed(inner, id, term))
        if (ids.length < portion) break
      }
    }
    done.calls = await eraseOldCalls(store, term.before)
    done.news = await eraseOldNews(store, term.before)
    const idle = new Date(at.getTime() - dialogKeptDays * dayMs)
    for (const name of await listToldBefore(store, idle))
      await transact(store, inner => takeTold(inner, name, at))
    await forgetUnknownBefore(store, term.before)
    await forgetNamesBefore(store, term.before)
    // One request's trouble does not keep the others.
    if (failures.length > 0) throw new AggregateError(failures, `${failures.length} were not erased`)
    return done
  },
}

/** What a term ends for, in this order: the later ones may have been kept by the earlier. */
const due: readonly {
  list: (store: Store, before: Date, limit: number) => Promise<string[]>
  deed: (store: Store, id: string, term: Term) => Promise<Gone>
}[] = [
  { list: listKept, deed: retire },
  { list: listUnseen, deed: retireElder },
  {
    list: listSilent,
    deed: async (store, id, term) => ({ ...nothing, people: await retirePeople(store, [id], term) }),
  },
]

interface Gone {
  requests: number
  elders: number
  people: number
}

const nothing: Gone = { requests: 0, elders: 0, people: 0 }

async function retire(store: Store, id: string, term: Term): Promise<Gone> {
  const request = await takeKept(store, id, term)
  if (!request) return nothing
  for (const personId of await listLateLookers(store, request))
    await takeFromCoordinator(store, personId, { request, reason: 'closed', at: term.at })
  await takePreviews(store, request, term.at)
  await eraseRequest(store, request, term.before)
  const gone = await retireElder(store, request.elderId, term)
  // The older person may stay, or have gone before: who asked may have nothing left here all the same.
  const people = gone.people + (await retirePeople(store, [request.requesterId], term))
  return { ...gone, requests: 1, people }
}

async function retireElder(store: Store, elderId: string, term: Term): Promise<Gone> {
  const family = await eraseIdleElder(store, elderId, term.before)
  if (!family) return nothing
  return { requests: 0, elders: 1, people: await retirePeople(store, family, term) }
}

async function retirePeople(store: Store, ids: readonly string[], { at, before }: Term): Promise<number> {
  const idle = await listIdle(store, ids, before)
  for (const { id, silent } of idle) {
    await forgetPerson(store, id, { at, silent })
    if (silent) await eraseForm(store, id)
  }
  return idle.length
}
