import { describe, expect, test } from 'vitest'
import { addAbsence } from '../../db/absences.ts'
import { isNull } from '../../db/drizzle.ts'
import { getPerson } from '../../db/people.ts'
import { absences } from '../../db/schema.ts'
import type { languages } from '../../domain/language.ts'
import { testDatabase } from '../town/database.ts'
import { districtAtNoon } from '../town/district.ts'
import { actsOf, coordinator, type Neighbour, semey } from '../town/quick.ts'
import { buttonedChannels, languagesOn, type TestedChannel, type Town, testedChannels } from '../town/town.ts'

const database = testDatabase()
const district = { regionId: '10', districtId: semey }
const span = { from: { date: '2026-11-23' }, to: { date: '2026-11-27' } }

/** Марат, who coordinates a district, is away this week; Ермек beside him stands in, Сәуле has the region. */
async function open(channel: TestedChannel = 'telegram', language: (typeof languages)[number] = 'ru') {
  const found = await districtAtNoon(database, { channel, language, role: district })
  const { town, marat } = found
  const ermek = await coordinator(town, 'Ермек', district, language)
  const saule = await coordinator(town, 'Сәуле', { regionId: '10' }, language)
  const zhanar = await coordinator(town, 'Жанар', {}, language)
  const days = { fromDay: '2026-11-20', toDay: '2026-11-27' }
  const who = { personId: marat.personId, deputyId: ermek.personId }
  await addAbsence(town.store, { ...who, ...days, at: new Date('2026-11-23T06:00:00Z') })
  const where = (name: string, place: object) => town.t('absence.deputy', { name, where: place as never })
  return { ...found, ermek, saule, zhanar, where }
}

/** Who stands in for whom, by name. */
async function standing(town: Town) {
  const living = await town.store.db.select().from(absences).where(isNull(absences.endedAt))
  const nameOf = async (id: string) => (await getPerson(town.store, id)).name
  return Promise.all(
    living.map(async ({ personId, deputyId }) => [await nameOf(personId), await nameOf(deputyId)]),
  )
}

async function takesAway(town: Town, who: Neighbour, label: string) {
  await who.says('/coordinators')
  await who.presses(label)
  await who.presses(town.t('role.end'))
}

describe.each(testedChannels)('a deputy who is a coordinator no more, on %s', channel => {
  test.each(languagesOn(channel))('in %s: who is away names another for the days left', async language => {
    const { town, t, marat, ermek, saule, where } = await open(channel, language)
    await takesAway(town, saule, where('Ермек', { district: semey }))
    expect(marat.last.text).toContain(t('absence.lost', span))
    expect(await standing(town)).toEqual([])
    await marat.presses(t('absence.new'))
    expect(marat.last.text).toContain(t('absence.who'))
    await marat.presses(where('Сәуле', { region: '10' }))
    const place = { district: semey }
    expect(marat.last.text).toBe(t('absence.kept', { name: 'Сәуле', where: place, ...span }))
    expect(saule.last.text).toBe(t('absence.you', { name: 'Марат', where: place, ...span }))
    expect(await standing(town)).toEqual([['Марат', 'Сәуле']])
    const acts = (await actsOf(town)).map(({ act }) => act)
    expect(acts).toEqual(expect.arrayContaining(['role.ended', 'deputy.lost', 'absence.named']))
    expect(ermek.messages.some(({ buttons }) => buttons.includes(t('absence.refuse')))).toBe(false)
  })
})

describe.each(buttonedChannels)('a deputy who stops the bot, on %s', channel => {
  test('is named once; another relieves them', async () => {
    const { town, t, marat, ermek, where } = await open(channel)
    await ermek.blocks()
    await town.settle()
    expect(marat.last.text).toBe(t('absence.lost', span))
    await ermek.blocks()
    await town.settle()
    const told = marat.messages.filter(({ text }) => text === t('absence.lost', span))
    expect(told.length).toBe(1)
    // Until another is named nothing has changed: who starts the bot again goes on.
    expect(await standing(town)).toEqual([['Марат', 'Ермек']])
    await marat.presses(t('absence.new'))
    await marat.presses(where('Сәуле', { region: '10' }))
    expect(await standing(town)).toEqual([['Марат', 'Сәуле']])
    await marat.presses(t('absence.new'))
    expect(await standing(town)).toEqual([['Марат', 'Сәуле']])
  })

  test('who is away and stopped it too is looked after by who answers for them', async () => {
    const { town, t, marat, ermek, saule, zhanar, where } = await open(channel)
    await marat.blocks()
    await ermek.blocks()
    await town.settle()
    const values = { name: 'Марат', where: { district: semey }, ...span }
    expect(saule.last.text).toBe(t('absence.lost.above', values))
    expect(zhanar.messages.some(({ text }) => text.includes('Марат'))).toBe(false)
    await saule.presses(t('absence.new'))
    expect(saule.last.text).toContain(t('absence.whoFor', { name: 'Марат' }))
    await saule.presses(where('Сәуле', { region: '10' }))
    expect(saule.messages.at(-1)?.text).toContain(t('absence.keptFor', { name: 'Сәуле', who: 'Марат' }))
    expect(await standing(town)).toEqual([['Марат', 'Сәуле']])
  })
})

test('a deputy who deletes their data is not named to anybody', async () => {
  const { town, t, marat, ermek } = await open()
  await ermek.says('/delete')
  await ermek.presses(t('data.delete.yes'))
  expect(marat.last.text).toBe(t('absence.lost', span))
  expect(await standing(town)).toEqual([])
})

test('who is away and deletes their data relieves their deputy', async () => {
  const { t, marat, ermek } = await open()
  await marat.says('/delete')
  await marat.presses(t('data.delete.yes'))
  expect(ermek.last.text).toBe(t('absence.unneeded', span))
  expect(ermek.messages.filter(({ text }) => text.includes('Марат'))).toEqual([])
})

test('whoever answers for the absent one but is not cleared lends nobody their clearance', async () => {
  const { town, t, marat, ermek } = await open()
  const aset = await coordinator(town, 'Асет', { regionId: '10', cleared: false })
  await marat.blocks()
  await ermek.blocks()
  await town.settle()
  expect(aset.messages.some(({ buttons }) => buttons.includes(t('absence.new')))).toBe(false)
  const [absence] = await town.store.db.select().from(absences)
  expect((await aset.pressesData(`deputy:${absence?.id}`)).notice).toBe(t('absence.gone'))
})

test('a deputy who keeps another role, but not where they stand in, is lost as well', async () => {
  const { town, t, marat, saule, zhanar } = await open()
  await town.store.db.update(absences).set({ deputyId: saule.personId })
  const far = await town.invitation({ regionId: '75', cleared: false })
  await saule.start(`i-${far}`)
  await takesAway(town, zhanar, t('absence.deputy', { name: 'Сәуле', where: { region: '10' } }))
  expect(marat.last.text).toBe(t('absence.lost', span))
})
