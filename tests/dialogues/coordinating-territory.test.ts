import { describe, expect, test } from 'vitest'
import { raiseAlert } from '../../db/alerts.ts'
import { eq } from '../../db/drizzle.ts'
import { getRequest } from '../../db/requests.ts'
import { alerts, groupDistricts, invitations, volunteers } from '../../db/schema.ts'
import { nameOf, regionNameOf } from '../../domain/places.ts'
import type { Role } from '../../domain/roles.ts'
import { testDatabase } from '../town/database.ts'
import {
  coordinator,
  farDistrict,
  helper,
  type Neighbour,
  neighbour,
  noon,
  otherDistrict,
  otherRegion,
  request,
  semey,
} from '../town/quick.ts'
import { openTown, type Town } from '../town/town.ts'

const database = testDatabase()

const places = { own: semey, sameRegion: otherDistrict, far: farDistrict } as const
type Place = keyof typeof places

/** Whose word counts where. `restricted` is a request that only cleared people see. */
const roles: { role: string; given: Partial<Role> | undefined; may: Place[] }[] = [
  { role: 'country', given: {}, may: ['own', 'sameRegion', 'far'] },
  { role: 'region', given: { regionId: '10' }, may: ['own', 'sameRegion'] },
  { role: 'district', given: { regionId: '10', districtId: semey }, may: ['own'] },
  { role: 'nobody', given: undefined, may: [] },
]
const cells = roles.flatMap(({ role, given, may }) =>
  [true, false].flatMap(cleared =>
    (Object.keys(places) as Place[]).map(place => ({
      role,
      given,
      cleared,
      place,
      may: may.includes(place),
    })),
  ),
)

interface Stage {
  town: Town
  one: Neighbour
  aigul: Neighbour
  pending: Neighbour
  districtId: string
}

type Kind = 'usual' | 'restricted' | 'abuse'

/** Every act of a coordinator; true if it had its effect. */
const acts: Record<string, (stage: Stage, kind: Kind) => Promise<boolean>> = {
  async approve({ one, town, pending }) {
    const { personId } = pending
    await one.pressesData(`approve:${personId}`)
    const [row] = await town.store.db.select().from(volunteers).where(eq(volunteers.personId, personId))
    return row?.status === 'approved'
  },
  async open(stage, kind) {
    const { id, details } = await newRequest(stage, kind)
    await stage.one.pressesData(`open:${id}`)
    return stage.one.messages.some(({ text }) => text.includes(details))
  },
  async assign(stage, kind) {
    const { one, town } = stage
    const { id } = await newRequest(stage, kind)
    await one.pressesData(`open:${id}`)
    if (!one.last.buttons.includes(town.t('queue.assign'))) return false
    await one.presses(town.t('queue.assign'))
    await one.presses(one.last.buttons[0] ?? '')
    return (await getRequest(town.store, id)).status === 'claimed'
  },
  async close(stage, kind) {
    const { one, town } = stage
    const { id } = await newRequest(stage, kind)
    await one.pressesData(`open:${id}`)
    if (!one.last.buttons.includes(town.t('queue.close'))) return false
    await one.presses(town.t('queue.close'))
    await one.presses(town.t('outcome.unmet'))
    await one.says('Никого не нашли')
    return (await getRequest(town.store, id)).status === 'closed'
  },
  async resolve(stage, kind) {
    const alertId = await newAlert(stage, kind)
    await stage.one.pressesData(`resolve:${alertId}`)
    return isResolved(stage.town, alertId)
  },
  async reply(stage, kind) {
    const alertId = await newAlert(stage, kind)
    await stage.one.pressesData(`reply:${alertId}`)
    if (!stage.one.last.text.includes(stage.town.t('reply.ask'))) return false
    await stage.one.says('Мы рядом')
    return isResolved(stage.town, alertId)
  },
  async bind({ one, town, districtId }) {
    await town.group('Топ', [one])
    await one.in('Топ').says('/bind')
    await one.in('Топ').pressesData(`bindto:${districtId}`)
    return (await town.store.db.select().from(groupDistricts)).some(row => row.districtId === districtId)
  },
  async queue(stage, kind) {
    const before = await openInQueue(stage)
    await newRequest(stage, kind)
    return (await openInQueue(stage)) > before
  },
}

async function openInQueue({ one }: Stage): Promise<number> {
  await one.says('/queue')
  return Number(/\d+/.exec(one.last.buttons[0] ?? '')?.[0] ?? 0)
}

async function newRequest({ town, aigul, districtId }: Stage, kind: Kind) {
  const details = `Слова ${crypto.randomUUID()}`
  const category = kind === 'usual' ? 'care' : 'safety'
  return request(town, aigul, { districtId, category, details })
}

/** Abuse, and a call about a restricted request, are for those cleared alike. */
async function newAlert(stage: Stage, kind: Kind): Promise<string> {
  const { town, aigul, districtId } = stage
  const about = kind === 'restricted' ? await newRequest(stage, kind) : undefined
  return raiseAlert(town.store, {
    kind: kind === 'abuse' ? 'abuse' : 'human',
    regionId: districtId.slice(0, 2),
    districtId,
    personId: aigul.personId,
    requestId: about?.id ?? null,
    words: '',
    at: noon,
    dueAt: noon,
  })
}

async function isResolved(town: Town, alertId: string) {
  const [row] = await town.store.db.select().from(alerts).where(eq(alerts.id, alertId))
  return row?.resolvedAt !== null
}

async function stageFor(cell: {
  given: Partial<Role> | undefined
  cleared: boolean
  place: Place
}): Promise<Stage> {
  const town = await openTown(database, { channel: 'telegram', language: 'ru' })
  town.at(noon.toISOString())
  const districtId = places[cell.place]
  const one = cell.given
    ? await coordinator(town, 'Марат', { ...cell.given, cleared: cell.cleared })
    : await neighbour(town, 'Марат')
  await one.says('/menu')
  const aigul = await neighbour(town, 'Айгүл')
  await helper(town, 'Тимур', { districtIds: [districtId] })
  const pending = await helper(town, 'Ерлан', { districtIds: [districtId], status: 'pending' })
  return { town, one, aigul, pending, districtId }
}

/** What depends on clearance, and what no volunteer may be given at all. */
const guarded = ['open', 'assign', 'close', 'resolve', 'reply', 'queue']

// Territory is judged far from any channel: one of them is enough for all the cells.
describe('territory', () => {
  test.each(cells)('$role, cleared: $cleared, a matter of $place: may act $may', async cell => {
    const stage = await stageFor(cell)
    for (const [name, act] of Object.entries(acts)) {
      expect([name, await act(stage, 'usual')]).toEqual([name, cell.may])
      if (!guarded.includes(name)) continue
      const may = cell.may && cell.cleared && name !== 'assign'
      for (const kind of ['restricted', 'abuse'] as const)
        expect([name, kind, await act(stage, kind)]).toEqual([name, kind, may])
    }
  })

  test.each(roles)('$role invites for the own territory or a part of it only', async ({ given }) => {
    const town = await openTown(database, { channel: 'telegram', language: 'ru' })
    const { t } = town
    town.at(noon.toISOString())
    const one = given ? await coordinator(town, 'Марат', given) : await neighbour(town, 'Марат')
    await one.says('/invite')
    if (!given) {
      expect(one.last.text).toContain(t('err.command'))
      expect(await town.store.db.$count(invitations)).toBe(0)
      return
    }
    await one.presses(t('invite.coordinator'))
    if (!given.districtId) await one.presses(t('invite.part'))
    if (!given.districtId && given.regionId) {
      await one.presses(nameOf(otherDistrict, 'ru'))
    } else if (!given.districtId) {
      await one.says(regionNameOf(otherRegion, 'ru'))
      await one.presses(nameOf(farDistrict, 'ru'))
      await one.presses(nameOf(farDistrict, 'ru'))
    }
    await one.presses(t('yes'))
    await one.presses('1')
    await one.presses('7')
    const [row] = await town.store.db.select().from(invitations)
    const expected = given.districtId
      ? { regionId: '10', districtId: semey }
      : given.regionId
        ? { regionId: '10', districtId: otherDistrict }
        : { regionId: otherRegion, districtId: farDistrict }
    expect(row).toMatchObject({ ...expected, cleared: true, createdBy: one.personId })
  })
})
