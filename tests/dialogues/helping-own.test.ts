import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findLivingAssignment } from '../../db/claims.ts'
import type { OpenDatabase } from '../../db/client.ts'
import { applyAsVolunteer, decideVolunteer } from '../../db/volunteers.ts'
import type { languages } from '../../domain/language.ts'
import { openTestDatabase } from '../town/database.ts'
import { looksAt } from '../town/district.ts'
import { coordinator, helper, type Neighbour, neighbour, noon, request, semey } from '../town/quick.ts'
import { requestFrom } from '../town/stories.ts'
import { languagesOn, openTown, type TestedChannel, testedChannels } from '../town/town.ts'

let database: OpenDatabase
beforeAll(async () => {
  database = await openTestDatabase()
})
afterAll(() => database.close())

/** Дина helps in the district where she has just asked for help herself. */
async function dinaAsks(channel: TestedChannel, language: (typeof languages)[number] = 'ru') {
  const town = await openTown(database, { channel, language })
  town.at(noon.toISOString())
  const marat = await coordinator(town, 'Марат', {}, language)
  const timur = await helper(town, 'Тимур', { language })
  const dina = await helper(town, 'Дина', { language })
  await town.group('Көршілер', [marat, timur, dina])
  await marat.in('Көршілер').pressesData(`bindto:${semey}`)
  const holder = async (requestId: string) =>
    (await findLivingAssignment(town.store, { requestId }))?.volunteerId
  return { town, t: town.t, marat, timur, dina, holder }
}

describe.each(testedChannels)('one’s own request on %s', channel => {
  test.each(languagesOn(channel))(
    'in %s is refused in the group and in private; others take it',
    async language => {
      const { town, t, timur, dina, holder } = await dinaAsks(channel, language)
      const { id } = await request(town, dina)
      const group = dina.in('Көршілер')
      expect(await group.presses(t('claim'))).toEqual({ notice: t('claim.own') })
      expect(await looksAt(town, dina, id)).toEqual({ notice: t('claim.own') })
      await dina.says('/menu')
      expect((await dina.pressesData(`claim:${id}`)).notice).toBe(t('claim.own'))
      await dina.start(`c-${id}`)
      expect(dina.last.text).toBe(t('claim.own'))
      expect(await holder(id)).toBeUndefined()
      expect(group.last.buttons).toContain(t('claim'))
      expect((await timur.in('Көршілер').presses(t('claim'))).notice).toBe(t('claim.yours', { num: 1 }))
      expect(await holder(id)).toBe(timur.personId)
    },
  )

  test('asked for oneself by talk: refused as well, and who is no volunteer is not led to the form', async () => {
    const { town, t, dina, marat } = await dinaAsks(channel)
    const aigul = await neighbour(town, 'Айгүл')
    await town.group('Ауыл', [marat, aigul])
    await marat.in('Ауыл').pressesData(`bindto:${semey}`)
    await requestFrom(town, aigul)
    expect(await aigul.in('Ауыл').presses(t('claim'))).toEqual({ notice: t('claim.own') })
    // Айгүл becomes a helper later: it is still her own.
    const form = { personId: aigul.personId, regionId: '10', districtIds: [semey], categories: [] }
    await applyAsVolunteer(town.store, { ...form, wantedRequestId: null, at: noon })
    const by = { status: 'approved', by: marat.personId, at: noon } as const
    await decideVolunteer(town.store, aigul.personId, by)
    expect(await aigul.in('Ауыл').presses(t('claim'))).toEqual({ notice: t('claim.own') })
    expect((await dina.in('Көршілер').presses(t('claim'))).notice).toBe(t('claim.yours', { num: 1 }))
  })

  test('a coordinator who assigns by hand is offered the others only', async () => {
    const { town, t, marat, dina } = await dinaAsks(channel)
    const offered = async (id: string) => {
      await marat.says('/queue')
      await marat.pressesData(`open:${id}`)
      await marat.presses(t('queue.assign'))
      return marat.last.buttons.filter(label => /\(\d\)$/.test(label))
    }
    const own = await request(town, dina)
    expect(await offered(own.id)).toEqual([t('queue.volunteer', { name: 'Тимур', n: 0 })])
    const other: Neighbour = await neighbour(town, 'Айгүл')
    const { id } = await request(town, other)
    expect((await offered(id)).length).toBe(2)
  })
})
