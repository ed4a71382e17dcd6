import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { takeUnaskedDay } from '../../db/asking.ts'
import type { OpenDatabase } from '../../db/client.ts'
import { dialogs, unaskedDays } from '../../db/schema.ts'
import type { Language } from '../../domain/language.ts'
import { nudges } from '../../jobs/nudges.ts'
import { sweep } from '../../jobs/sweep.ts'
import { letPass } from '../town/clock.ts'
import { joinDatabase, openTestDatabase } from '../town/database.ts'
import { neighbour, noon } from '../town/quick.ts'
import { languagesOn, openTown, type TestedChannel, testedChannels } from '../town/town.ts'

let database: OpenDatabase
beforeAll(async () => {
  database = await openTestDatabase()
})
afterAll(() => database.close())

/** Айгүл has begun to ask for her mother and was called away. */
async function halfDone(channel: TestedChannel, language: Language = 'ru', from: Date | string = noon) {
  const town = await openTown(database, { channel, language })
  const { t } = town
  town.at(new Date(from).toISOString())
  const aigul = await neighbour(town, 'Айгүл', language)
  await aigul.says('/start')
  await aigul.presses(t('who.other'))
  await aigul.presses(t('consent.yes'))
  const asked = () => aigul.messages.filter(({ text }) => text === t('resume.ask')).length
  return { town, t, aigul, asked }
}

const steps = { everyMinutes: 5 }

describe.each(testedChannels)('a form left half-done, on %s', channel => {
  test.each(languagesOn(channel))(
    'in %s: one question after an hour, and it goes on where it was',
    async language => {
      const { town, t, aigul, asked } = await halfDone(channel, language)
      const question = aigul.last.text.split('\n').at(-1)
      expect(await letPass(town, nudges, { from: noon, hours: 8, ...steps })).toEqual(['23 12:05 asked'])
      expect(asked()).toBe(1)
      expect(aigul.last).toMatchObject({ text: t('resume.ask'), buttons: [t('resume.go'), t('menu')] })
      await aigul.presses(t('resume.go'))
      expect(aigul.last.text).toContain(question)
      // Only looking at it again is no answer: nobody asks a second time.
      expect(await letPass(town, nudges, { from: '2026-11-24T03:00:00Z', hours: 2, ...steps })).toEqual([])
      town.at('2026-11-23T18:00:00Z')
      await aigul.says('Зейнеп Ахметова')
      expect(await letPass(town, nudges, { from: '2026-11-23T18:10:00Z', hours: 14, ...steps })).toEqual([
        '24 08:00 asked',
      ])
    },
  )

  test('the menu leads on as well', async () => {
    const { town, t, aigul } = await halfDone(channel)
    await letPass(town, nudges, { from: noon, hours: 2, ...steps })
    await aigul.presses(t('menu'))
    expect(aigul.last.buttons).toContain(t('resume'))
  })

  test.each(languagesOn(channel))("in %s: a volunteer's form has its own words", async language => {
    const town = await openTown(database, { channel, language })
    const { t } = town
    town.at(noon.toISOString())
    const dina = await neighbour(town, 'Дина', language)
    await dina.says('/start')
    await dina.presses(t('who.vol'))
    const question = dina.last.text.split('\n').at(-1)
    await letPass(town, nudges, { from: noon, hours: 2, ...steps })
    expect(dina.last).toMatchObject({ text: t('resume.volunteer'), buttons: [t('resume.go'), t('menu')] })
    await dina.presses(t('resume.go'))
    expect(dina.last.text).toContain(question)
  })
})

describe('nobody is asked', () => {
  test('at night: in the morning', async () => {
    const { town } = await halfDone('telegram', 'ru', '2026-11-23T15:30:00Z')
    const evening = { from: '2026-11-23T15:30:00Z', hours: 14, ...steps }
    expect(await letPass(town, nudges, evening)).toEqual(['24 08:00 asked'])
  })

  test('who has heard from us today: tomorrow', async () => {
    const { town, aigul } = await halfDone('telegram')
    await takeUnaskedDay(town.store, aigul.personId, '2026-11-23')
    const steps = await letPass(town, nudges, { from: noon, hours: 26, everyMinutes: 15 })
    expect(steps).toEqual(['24 08:00 asked'])
  })

  test('who has finished, cancelled, or said that we shall not write', async () => {
    for (const word of ['cancel', 'stop'] as const) {
      const { town, aigul } = await halfDone('telegram')
      await aigul.says(word === 'stop' ? 'не пишите мне' : '/cancel')
      expect(await letPass(town, nudges, { from: noon, hours: 30, everyMinutes: 15 })).toEqual([])
    }
  })

  test('who only has the menu open, or whose form is old', async () => {
    const { town, aigul } = await halfDone('telegram')
    const old = { from: '2026-11-25T06:00:00Z', hours: 8, everyMinutes: 15 }
    expect(await letPass(town, nudges, old)).toEqual([])
    await aigul.says('/my')
    await aigul.says('/start')
    expect(await letPass(town, nudges, { ...old, from: '2026-11-26T06:00:00Z' })).toEqual([])
  })

  test('twice by several processes', async () => {
    const { town, asked } = await halfDone('playground')
    const others = [await joinDatabase(database), await joinDatabase(database)]
    const stores = [town.store, ...others.map(({ db }) => ({ ...town.store, db }))]
    expect(await letPass(town, nudges, { from: noon, hours: 4, stores })).toEqual(['23 12:05 asked'])
    expect(asked()).toBe(1)
    for (const other of others) await other.close()
  })
})

test('a form is kept for thirty days, and the days on which people were asked for a week', async () => {
  const { town, t, aigul } = await halfDone('telegram')
  const { store } = town
  for (const day of ['2026-12-10', '2026-12-14', '2026-12-15', '2026-12-22'])
    await takeUnaskedDay(store, aigul.personId, day)
  await sweep.run(store, new Date('2026-12-22T06:00:00Z'))
  const days = await store.db.select().from(unaskedDays)
  expect(days.map(({ day }) => day).sort()).toEqual(['2026-12-15', '2026-12-22'])
  town.at('2026-12-22T06:00:00Z')
  await aigul.says('/start')
  expect(aigul.last.buttons).toContain(t('resume'))
  await sweep.run(store, new Date('2026-12-23T06:01:00Z'))
  expect((await store.db.select().from(dialogs)).map(({ flow }) => flow)).toEqual(['start'])
})
