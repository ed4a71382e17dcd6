import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { OpenDatabase } from '../../db/client.ts'
import { getRequest } from '../../db/requests.ts'
import type { Language } from '../../domain/language.ts'
import { watch } from '../../jobs/watch.ts'
import { letPass } from '../town/clock.ts'
import { openTestDatabase } from '../town/database.ts'
import { coordinator, helper, neighbour, noon, request } from '../town/quick.ts'
import { hasButtons, openTown, type TestedChannel, testedChannels } from '../town/town.ts'

let database: OpenDatabase
beforeAll(async () => {
  database = await openTestDatabase()
})
afterAll(() => database.close())

/** Тимур holds Айгүл's request for today. */
async function holding(channel: TestedChannel, language: Language) {
  const town = await openTown(database, { channel, language })
  const { t } = town
  town.at(noon.toISOString())
  await coordinator(town, 'Марат', { regionId: '10' }, language)
  const aigul = await neighbour(town, 'Айгүл', language)
  const timur = await helper(town, 'Тимур', { language })
  const { id } = await request(town, aigul, { category: 'household', urgency: 'today' })
  await timur.says('/tasks')
  await timur.pressesData(`claim:${id}`)
  const status = async () => (await getRequest(town.store, id)).status
  return { town, t, aigul, timur, id, status }
}

async function done(channel: TestedChannel, language: Language) {
  const held = await holding(channel, language)
  await held.timur.presses(held.t('done'))
  await held.timur.presses(held.t('done.noCode'))
  return held
}

async function asked(channel: TestedChannel, language: Language) {
  const held = await holding(channel, language)
  await letPass(held.town, watch, { from: noon, hours: 3.2 })
  expect(held.timur.last.text).toBe(held.t('silent.still', { num: 1 }))
  return held
}

describe.each(testedChannels)('help was half given, on %s', channel => {
  test.each([
    ['ru', 'хлеб принесли, а лекарства нет'],
    ['ru', 'принесли только хлеб'],
    ['ru', 'приезжали но не ко мне'],
    ['ru', 'пришёл но не всё сделал'],
    ['kk', 'келді бірақ бәрін істемеді'],
    ['kk', 'нан ғана әкелді'],
    ['en', 'they brought bread but no medicine'],
    ['en', 'only brought bread'],
  ] as const)('%s: «%s» opens it again and is no yes', async (language, words) => {
    const { t, aigul, status } = await done(channel, language)
    await aigul.says(words)
    expect(await status()).toBe('open')
    expect(aigul.last.text).not.toContain(t('rate.5'))
  })

  test.each([
    ['ru', 'лекарства нет а хлеб принесли', 'да'],
    ['kk', 'дәрі жоқ бірақ нан әкелді', 'иә'],
    ['en', 'no medicine but they brought bread', 'yes'],
  ] as const)(
    '%s: «%s» is asked about, and the answer «%s» means what was asked',
    async (language, words, yes) => {
      const { t, aigul, status } = await done(channel, language)
      await aigul.says(words)
      expect(await status()).toBe('done')
      expect(aigul.last.text).toContain(t('err.maybe', { option: { key: 'req.part' } }))
      expect(aigul.last.buttons).toContain(t('meant.other'))
      await aigul.says(yes)
      expect(await status()).toBe('open')
    },
  )

  test('a misspelt yes is a yes, and opens no new request', async () => {
    const { t, aigul, status } = await done(channel, 'ru')
    await aigul.says('памагли')
    expect(await status()).toBe('closed')
    expect(aigul.messages.some(({ buttons }) => buttons.includes(t('rate.5')))).toBe(true)
  })

  test('asked about, another answer may be pressed, or something else begun', async () => {
    const { t, aigul, status } = await done(channel, 'ru')
    await aigul.says('лекарства нет а хлеб принесли')
    await aigul.presses(t('meant.other'))
    expect(aigul.last.text).toContain(t('who.ask'))
    expect(await status()).toBe('done')
    await aigul.says('лекарства нет а хлеб принесли')
    await aigul.presses(t('req.yes'))
    expect(await status()).toBe('closed')
    expect(aigul.messages.some(({ buttons }) => buttons.includes(t('rate.5')))).toBe(true)
  })

  test('a new need is a new need', async () => {
    const { t, aigul, status } = await done(channel, 'ru')
    await aigul.says('купить валидол 2 пачки и хлеб')
    expect(aigul.last.text).not.toContain(t('meant'))
    expect(await status()).toBe('done')
  })
})

describe.each(testedChannels)('"are you still going to help?" answered in words, on %s', channel => {
  test.each([
    ['ru', 'да'],
    ['ru', 'в силе'],
    ['ru', 'еду, буду через 2 часа'],
    ['kk', 'иә барамын'],
    ['kk', 'алып келемін'],
    ['en', 'yes on my way'],
  ] as const)('%s: «%s» keeps it', async (language, words) => {
    const { t, timur, status } = await asked(channel, language)
    await timur.says(words)
    expect(await status()).toBe('claimed')
    expect(timur.messages.some(({ text }) => text === t('silent.kept', { num: 1 }))).toBe(true)
    expect(timur.messages.some(({ buttons }) => buttons.includes(t('silent.yes')))).toBe(false)
  })

  test.each([
    ['ru', 'не смогу'],
    ['ru', 'нет, передайте другому'],
    ['kk', 'бармаймын'],
    ['kk', 'келе алмаймын'],
    ['en', "can't make it"],
  ] as const)('%s: «%s» gives it back', async (language, words) => {
    const { timur, status } = await asked(channel, language)
    await timur.says(words)
    expect(await status()).toBe('open')
    expect(timur.messages.some(({ text }) => text.includes('Абая 12'))).toBe(false)
  })

  test.each([
    // Where options are lines of text this is what gives it back.
    ...(hasButtons(channel) ? ['2'] : []),
    'приду в 2',
    'через два часа',
    'а какой адрес?',
    'не могу найти адрес',
    'не отказываюсь',
    'сегодня не смогу, завтра приду',
    'бармаймын деген жоқпын',
    'cannot find the house',
  ])('«%s» gives nothing back', async words => {
    const { timur, status } = await asked(channel, 'ru')
    await timur.says(words)
    expect(await status()).toBe('claimed')
  })

  test.each(['да', 'иә барамын', 'еду, буду через 2 часа', 'помню', 'хорошо'])(
    'after the first reminder already: «%s» keeps it',
    async words => {
      const { town, timur, status, t } = await holding(channel, 'ru')
      await letPass(town, watch, { from: noon, hours: 2.2 })
      expect(timur.last.text).toBe(t('silent.remind', { num: 1 }))
      await timur.says(words)
      expect(await status()).toBe('claimed')
      expect(timur.messages.some(({ text }) => text === t('silent.kept', { num: 1 }))).toBe(true)
    },
  )

  test('before the clock has asked, and of two at once, words decide nothing', async () => {
    const { town, timur, aigul, status, t } = await holding(channel, 'ru')
    await timur.says('у меня не получится')
    expect(await status()).toBe('claimed')
    await timur.says('отмена')
    const other = await request(town, aigul, { category: 'household', urgency: 'today' })
    await timur.says('/tasks')
    await timur.pressesData(`claim:${other.id}`)
    await letPass(town, watch, { from: noon, hours: 3.5 })
    expect(timur.messages.filter(({ buttons }) => buttons.includes(t('silent.yes')))).toHaveLength(2)
    await timur.says('у меня не получится')
    expect(await status()).toBe('claimed')
  })
})

describe.each(testedChannels)('a rating in words and stars, on %s', channel => {
  test.each([
    ['ru', '⭐⭐⭐⭐', 4],
    ['ru', '★★★★★', 5],
    ['ru', 'плохо', 2],
    ['ru', 'ужасно', 1],
    ['ru', 'отлично', 5],
    ['kk', 'жаман', 2],
    ['kk', 'өте жақсы', 5],
    ['en', '❤️❤️❤️❤️❤️', 5],
  ] as const)('%s: «%s» is %d', async (language, words, rating) => {
    const { town, aigul, id } = await done(channel, language)
    await aigul.presses(town.t('req.yes'))
    await aigul.says(words)
    expect((await getRequest(town.store, id)).rating).toBe(rating)
  })
})
