import { describe, expect, test } from 'vitest'
import { eq } from '../../db/drizzle.ts'
import { alerts, groups } from '../../db/schema.ts'
import { regionNameOf } from '../../domain/places.ts'
import { testDatabase } from '../town/database.ts'
import {
  actsOf,
  coordinator,
  helper,
  type Neighbour,
  neighbour,
  noon,
  request,
  semey,
} from '../town/quick.ts'
import { openTown, type Town, testedChannels } from '../town/town.ts'

const database = testDatabase()

interface Cast {
  town: Town
  t: Town['t']
  marat: Neighbour
  timur: Neighbour
  pending: Neighbour
  aigul: Neighbour
  requestId: string
  elderId: string
}

interface Line {
  act: string
  does: (cast: Cast) => Promise<unknown>
  subject: (cast: Cast) => Promise<string | null> | string | null
  note?: (cast: Cast) => Record<string, unknown>
}

const alertOf = async ({ town }: Cast) => {
  const [row] = await town.store.db.select().from(alerts).where(eq(alerts.kind, 'human'))
  return row?.id ?? ''
}
const opened = async ({ marat, requestId }: Cast) => marat.pressesData(`open:${requestId}`)

/** Every act of a coordinator: who did what to whom, as it stands on record. */
const lines: Line[] = [
  {
    act: 'volunteer.approved',
    does: ({ marat, pending }) => marat.pressesData(`approve:${pending.personId}`),
    subject: ({ pending }) => pending.personId,
  },
  {
    act: 'volunteer.declined',
    does: async ({ marat, pending, t }) => {
      await marat.pressesData(`decline:${pending.personId}`)
      await marat.presses(t('why.place'))
    },
    subject: ({ pending }) => pending.personId,
  },
  {
    act: 'group.bound',
    does: ({ marat }) => marat.in('Көршілер').pressesData(`bindto:${semey}`),
    subject: async ({ town }) => (await town.store.db.select().from(groups))[0]?.id ?? '',
    note: () => ({ districtId: semey }),
  },
  {
    act: 'coordinator.invited',
    does: async ({ marat, t }) => {
      await marat.says('/invite')
      await marat.presses(t('invite.coordinator'))
      await marat.presses(regionNameOf('10', 'ru'))
      await marat.presses(t('yes'))
      await marat.presses('1')
      await marat.presses('7')
    },
    subject: () => null,
    note: () => ({ usesMax: 1, daysMax: 7 }),
  },
  { act: 'request.opened', does: opened, subject: ({ requestId }) => requestId },
  {
    act: 'elder.agreed',
    does: async cast => {
      await opened(cast)
      await cast.marat.presses(cast.t('queue.agreed'))
    },
    subject: ({ elderId }) => elderId,
  },
  {
    act: 'request.assigned',
    does: async cast => {
      await opened(cast)
      await cast.marat.presses(cast.t('queue.agreed'))
      await opened(cast)
      await cast.marat.presses(cast.t('queue.assign'))
      await cast.marat.presses(cast.t('queue.volunteer', { name: 'Тимур', n: 0 }))
    },
    subject: ({ requestId }) => requestId,
    note: ({ timur }) => ({ volunteerId: timur.personId, from: null }),
  },
  {
    act: 'request.closed',
    does: async cast => {
      await opened(cast)
      await cast.marat.presses(cast.t('queue.close'))
      await cast.marat.presses(cast.t('outcome.referred'))
      await cast.marat.says('Передали в поликлинику Айгүл Ахметовой, +7 701 123 45 67')
    },
    subject: ({ requestId }) => requestId,
    note: () => ({ outcome: 'referred', reason: 'coordinator' }),
  },
  {
    act: 'alert.resolved',
    does: async cast => {
      await cast.aigul.says('/human')
      await cast.marat.pressesData(`resolve:${await alertOf(cast)}`)
    },
    subject: alertOf,
  },
  {
    act: 'alert.answered',
    does: async cast => {
      await cast.aigul.says('/human')
      await cast.marat.pressesData(`reply:${await alertOf(cast)}`)
      await cast.marat.says('Мы рядом')
    },
    subject: alertOf,
  },
]

describe.each(testedChannels)('on record, on %s', channel => {
  test.each(lines)('$act', async ({ act, does, subject, note }) => {
    const town = await openTown(database, { channel, language: 'ru' })
    town.at(noon.toISOString())
    const marat = await coordinator(town, 'Марат', { regionId: '10' })
    const aigul = await neighbour(town, 'Айгүл')
    const timur = await helper(town, 'Тимур')
    const pending = await helper(town, 'Ерлан', { status: 'pending' })
    await town.group('Көршілер', [marat, timur])
    const { id, elderId } = await request(town, aigul, { agreed: false, category: 'care' })
    const cast = { town, t: town.t, marat, timur, pending, aigul, requestId: id, elderId }
    await marat.says('/menu')
    await does(cast)
    const line = (await actsOf(town)).findLast(found => found.act === act)
    expect(line).toMatchObject({
      actorId: marat.personId,
      subjectId: await subject(cast),
      regionId: '10',
      ...(note && { note: note(cast) }),
    })
    // Nothing private stands in any line.
    const all = JSON.stringify(await actsOf(town))
    for (const secret of ['Ахметова', 'Ахметовой', '7011234567', 'Абая', 'рядом'])
      expect(all).not.toContain(secret)
  })
})
