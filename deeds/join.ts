import { noteAsked, takeUnaskedDay } from '../db/asking.ts'
import { record } from '../db/audit.ts'
import type { Store } from '../db/client.ts'
import { holdCapacity } from '../db/duty.ts'
import { type Forgotten, findAskerFor, holdForgotten, listIdle } from '../db/forgotten.ts'
import { tellPerson } from '../db/outbox.ts'
import { getRequest, submitRequest } from '../db/requests.ts'
import { groupPost } from '../domain/cards.ts'
import { routeOf } from '../domain/categories.ts'
import { part } from '../domain/message.ts'
import { askRef } from '../domain/message-names.ts'
import { zoneOf } from '../domain/places.ts'
import { dueAt } from '../domain/request.ts'
import type { Role } from '../domain/roles.ts'
import { localDay } from '../domain/time.ts'
import { afterQuietHours } from './announce.ts'
import { tellAsker } from './asker.ts'

/** `gone`: somebody else sees to this older person already. `busy`: this helper cannot be asked any more today. */
export type Joined = 'asked' | 'gone' | 'busy'

/**
 * One press joins an older person whom nobody has seen for long with a helper in reach. It makes an ordinary request
 * for company, and the helper is asked in private before anybody else: nobody is told to go. If they do not take it
 * the request climbs like any other, so that the older person is not forgotten a second time. Who stands behind the
 * older person is told, and can take the request back.
 */
export async function join(
  store: Store,
  pair: { elderId: string; volunteerId: string },
  how: { by: { id: string; roles: readonly Role[] }; at: Date },
): Promise<Joined> {
  const { at, by } = how
  const elder = await holdForgotten(store, pair.elderId, by.roles, at)
  if (!elder) return 'gone'
  const { regionId, districtId } = elder
  const day = localDay(at, zoneOf(districtId))
  const near = { elderId: elder.elderId, regionId, districtId, day, at, personId: pair.volunteerId }
  if ((await holdCapacity(store, pair.volunteerId)) !== 'free') return 'busy'
  const [helper] = await listIdle(store, near, 1)
  if (!helper || !(await takeUnaskedDay(store, helper.personId, day))) return 'busy'
  const request = await submitFor(store, elder, { by: by.id, at })
  const post = groupPost(request)
  const notBefore = afterQuietHours(at, regionId)
  await tellPerson(store, helper.personId, {
    message: { ...post, parts: [part('join.you', { days: elder.days }), ...post.parts] },
    at,
    notBefore,
    ref: askRef(request.id, helper.personId),
  })
  await noteAsked(store, { requestId: request.id, personId: helper.personId, at })
  const note = { volunteerId: helper.personId, days: elder.days }
  await record(store, { at, act: 'elder.joined', actorId: by.id, subjectId: request.id, regionId, note })
  if (request.requesterId !== by.id && (await takeUnaskedDay(store, request.requesterId, day)))
    await tellAsker(store, request, { key: 'join.asker', values: { num: request.number }, at, notBefore })
  return 'asked'
}

async function submitFor(store: Store, elder: Forgotten, { by, at }: { by: string; at: Date }) {
  const { elderId, regionId, districtId } = elder
  const zone = zoneOf(regionId)
  const { id } = await submitRequest(store, {
    elderId,
    regionId,
    districtId,
    requesterId: (await findAskerFor(store, elderId)) ?? by,
    category: 'company',
    route: routeOf('company'),
    urgency: 'planned',
    details: '',
    publicWords: '',
    danger: null,
    at,
    dueAt: dueAt('planned', at, zone),
    year: Number(localDay(at, zone).slice(0, 4)),
  })
  return getRequest(store, id)
}
