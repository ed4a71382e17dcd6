import { describe, expect, test } from 'vitest'
import { eq } from '../../db/drizzle.ts'
import { volunteerCategories, volunteerDistricts, volunteers } from '../../db/schema.ts'
import type { languages } from '../../domain/language.ts'
import { testDatabase } from '../town/database.ts'
import { boundGroup } from '../town/district.ts'
import { actsOf, coordinator, helper, neighbour, noon, request, semey } from '../town/quick.ts'
import {
  buttonedChannels,
  type Citizen,
  languagesOn,
  openTown,
  type TestedChannel,
  type Town,
  testedChannels,
} from '../town/town.ts'

const database = testDatabase()

async function open(channel: TestedChannel, language: (typeof languages)[number] = 'ru') {
  const town = await openTown(database, { channel, language })
  town.at(noon.toISOString())
  return town
}

/** From the age to the districts, as the bot asks. */
async function tellOfOneself(town: Town, person: Citizen, name: string) {
  const { t } = town
  await person.presses(t('consent.yes'))
  await person.presses(t('yes'))
  await person.says(name)
  await person.says('8 701 765 43 21')
  await person.says('Семей')
}

describe.each(testedChannels)('joining on %s', channel => {
  test.each(languagesOn(channel))(
    'in %s: several districts, kinds put on and off, a promise, an approval',
    async language => {
      const town = await open(channel, language)
      const { t } = town
      const marat = await coordinator(town, 'Марат', {}, language)
      const timur = await neighbour(town, 'Гость', language)
      await timur.says('/menu')
      await timur.presses(t('who.vol'))
      await tellOfOneself(town, timur, 'Тимур')
      await timur.presses(t('vol.where.add'))
      // The second district is asked for in the same region at once.
      expect(timur.last.text).toContain(t('place.district'))
      await timur.says('Жарма')
      await timur.presses(t('vol.where.enough'))
      await timur.presses(t('cat.repair'))
      await timur.presses(t('cat.heating'))
      await timur.presses(t('cat.repair'))
      expect(timur.last.text).toContain(t('vol.skills.now', { skills: { key: 'cat.heating' } }))
      await timur.presses(t('vol.skills.enough'))
      await timur.presses(t('vol.promise'))
      expect(timur.last.text).toContain(t('vol.pending'))

      const { personId } = timur
      const of = <T extends typeof volunteerDistricts | typeof volunteerCategories>(table: T) =>
        town.store.db
          .select()
          .from(table as typeof volunteerDistricts)
          .where(eq(table.personId, personId))
      expect((await of(volunteerDistricts)).map(row => row.districtId).sort()).toEqual([semey, '10-zharma'])
      expect(await of(volunteerCategories)).toMatchObject([{ category: 'heating' }])

      for (const told of ['Тимур', '+7 701 765 43 21', t('cat.heating')])
        expect(marat.last.text).toContain(told)
      expect((await marat.presses(t('approve.yes'))).notice).toBe(t('approve.approved', { name: 'Тимур' }))
      expect(timur.last.text).toBe(t('vol.approved'))
      // The decided form keeps neither the phone nor its buttons.
      expect(marat.messages.some(({ text }) => text.includes(t('cat.heating')))).toBe(false)
      const acts = (await actsOf(town)).map(({ act }) => act)
      expect(acts.filter(act => act.startsWith('volunteer'))).toEqual([
        'volunteer.applied',
        'volunteer.approved',
      ])
    },
  )

  test('under 18, and a promise refused: thanked, nothing kept', async () => {
    const town = await open(channel)
    const { t } = town
    const young = await neighbour(town, 'Арман')
    await young.says('/menu')
    await young.presses(t('who.vol'))
    await young.presses(t('consent.yes'))
    await young.presses(t('no'))
    expect(young.last.text).toContain(t('vol.young'))

    const free = await neighbour(town, 'Серік')
    await free.says('/menu')
    await free.presses(t('who.vol'))
    await tellOfOneself(town, free, 'Серік')
    await free.presses(t('vol.where.enough'))
    await free.presses(t('vol.skills.enough'))
    await free.presses(t('vol.refuse'))
    expect(free.last.text).toContain(t('vol.refused'))
    expect(await town.store.db.$count(volunteers)).toBe(0)
  })

  test('the first decision counts, and only in the own territory', async () => {
    const town = await open(channel)
    const { t } = town
    const marat = await coordinator(town, 'Марат', { regionId: '10' })
    const saule = await coordinator(town, 'Сәуле', { regionId: '10' })
    const far = await coordinator(town, 'Жанар', { regionId: '75' })
    const timur = await helper(town, 'Тимур', { status: 'pending' })
    const press = (one: Citizen, what: string) => one.pressesData(`${what}:${timur.personId}`)
    for (const one of [marat, saule, far]) await one.says('/queue')
    expect((await press(far, 'approve')).notice).toBe(t('act.notYours'))
    // A refusal is asked for its reason first; meanwhile the other one approves.
    await press(saule, 'decline')
    const both = await Promise.all([press(marat, 'approve'), saule.presses(t('why.place'))])
    const late = both[0].notice === t('approve.late') || saule.last.text.includes(t('approve.late'))
    expect(late).toBe(true)
    const told = timur.messages.filter(({ text }) => [t('vol.approved'), t('vol.declined')].includes(text))
    expect(told.length).toBe(1)
    expect((await press(saule, 'decline')).notice).toBe(t('approve.late'))
  })

  test('who is declined is told kindly, and may ask again', async () => {
    const town = await open(channel)
    const { t } = town
    const marat = await coordinator(town, 'Марат')
    const timur = await neighbour(town, 'Тимур')
    const apply = async () => {
      await timur.says('/menu')
      await timur.presses(t('who.vol'))
      if (timur.last.buttons.includes(t('consent.yes'))) await timur.presses(t('consent.yes'))
      await timur.presses(t('yes'))
      await timur.says('Тимур')
      await timur.says('8 701 765 43 21')
      await timur.says('Семей')
      await timur.presses(t('vol.where.enough'))
      await timur.presses(t('vol.skills.enough'))
      await timur.presses(t('vol.promise'))
    }
    await apply()
    await marat.presses(t('approve.no'))
    expect(timur.last.text).toContain(t('vol.pending'))
    await marat.presses(t('why.unreached'))
    expect(timur.last.text).toBe(t('vol.declined'))
    await apply()
    await marat.presses(t('approve.yes'))
    expect(timur.last.text).toBe(t('vol.approved'))
  })

  test.each(languagesOn(channel))(
    'in %s a stranger in the group joins and comes back to the request',
    async language => {
      const town = await open(channel, language)
      const { t } = town
      const marat = await coordinator(town, 'Марат', {}, language)
      const aigul = await neighbour(town, 'Айгүл', language)
      const timur = await town.person('Тимур')
      await boundGroup({ town, marat }, [timur])
      const { id } = await request(town, aigul)

      const { opened, notice } = await timur.in('Көршілер').presses(t('claim'))
      expect({ opened, notice }).toEqual({ opened: `c-${id}`, notice: undefined })
      await timur.start(opened)
      await timur.presses(t(`lang.${language}`))
      await tellOfOneself(town, timur, 'Тимур')
      await timur.presses(t('vol.where.enough'))
      await timur.presses(t('vol.skills.enough'))
      await timur.presses(t('vol.promise'))
      expect((await timur.in('Көршілер').presses(t('claim'))).notice).toBe(t('vol.pending'))
      await marat.presses(t('approve.yes'))
      expect(timur.last.text).toContain(t('vol.wanted', { num: 1 }))
      expect((await timur.presses(t('claim'))).notice).toBe(t('claim.yours', { num: 1 }))
      expect(timur.last.text).toContain('Абая 12')
      expect(marat.in('Көршілер').last.text).toContain('Тимур')
    },
  )
})

describe.each(buttonedChannels)('joining again on %s', channel => {
  test('an approved helper who has stopped the bot is led back in, and told if it was too late', async () => {
    const town = await open(channel)
    const { t } = town
    const marat = await coordinator(town, 'Марат')
    const aigul = await neighbour(town, 'Айгүл')
    const [timur, dina, olga] = [
      await helper(town, 'Тимур'),
      await helper(town, 'Дина'),
      await helper(town, 'Ольга'),
    ]
    await boundGroup({ town, marat }, [timur, dina, olga])
    const { id } = await request(town, aigul)
    await timur.blocks()
    await olga.blocks()
    const { opened } = await timur.in('Көршілер').presses(t('claim'))
    expect(opened).toBe(`c-${id}`)
    const late = await olga.in('Көршілер').presses(t('claim'))
    await timur.start(opened)
    expect(timur.messages.some(({ text }) => text.includes('Абая 12'))).toBe(true)
    await olga.start(late.opened)
    expect(olga.last.text).toBe(t('claim.taken'))
    expect(dina.messages.some(({ text }) => text.includes('Абая'))).toBe(false)
  })
})
