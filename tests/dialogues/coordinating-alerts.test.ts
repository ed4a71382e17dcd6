import { describe, expect, test } from 'vitest'
import { alerts } from '../../db/schema.ts'
import type { languages } from '../../domain/language.ts'
import { testDatabase } from '../town/database.ts'
import { boundGroup, districtAtNoon } from '../town/district.ts'
import { coordinator, helper, type Neighbour, request, semey } from '../town/quick.ts'
import { hasButtons, languagesOn, type TestedChannel, type Town, testedChannels } from '../town/town.ts'

const database = testDatabase()

async function rated(channel: TestedChannel, rating: number, language: (typeof languages)[number] = 'ru') {
  const district = await districtAtNoon(database, { channel, language, role: { regionId: '10' } })
  const { town, t, aigul } = district
  const timur = await helper(town, 'Тимур', { language })
  await boundGroup(district, [timur])
  await request(town, aigul)
  await timur.in('Көршілер').presses(t('claim'))
  await timur.presses(t('done'))
  await timur.presses(t('done.noCode'))
  await aigul.presses(t('req.yes'))
  await aigul.presses(t(`rate.${rating}`))
  return { ...district, timur }
}

function cardsOf({ t }: { t: Town['t'] }, { messages }: Neighbour) {
  const [beginning = ''] = t('alert.lowRating').split('{')
  return messages.filter(({ text }) => text.startsWith(beginning))
}

const words = 'Хлеб принёс чёрствый и нагрубил'

describe.each(testedChannels)('a low rating on %s', channel => {
  test.each(languagesOn(channel))(
    'in %s: the words that follow are in the coordinator’s card',
    async language => {
      const scene = await rated(channel, 1, language)
      const { t, marat, aigul } = scene
      const values = { name: 'Айгүл', phone: { phone: '+77017654321' } }
      const line = t('st.line', { num: 1, status: { key: 'st.done' } })
      const card = (said: string) => `${t('alert.lowRating', { ...values, words: said })}\n\n${line}`
      expect(cardsOf(scene, marat).map(({ text }) => text)).toEqual([card(t('alert.noWords'))])
      await aigul.says(words)
      expect(aigul.last.text).toContain(t('rate.done'))
      // One card only: the one without the words says where it is now.
      expect(cardsOf(scene, marat).map(({ text }) => text)).toEqual([card(words)])
      if (hasButtons(channel))
        expect(marat.messages.at(-2)).toMatchObject({ text: t('alert.moved'), buttons: [] })
      expect(marat.last.buttons).toEqual([t('alert.reply'), t('queue.show'), t('alert.resolve')])
      await marat.says('/queue')
      await marat.presses(t('queue.alerts', { n: 1 }))
      expect(marat.last.text).toBe(card(words))
      expect((await marat.presses(t('alert.resolve'))).notice).toBe(t('alert.resolved'))
    },
  )

  test('at night the card comes once in the morning, with the words', async () => {
    const { town, t, aigul, marat, timur } = await districtWithClaim(channel)
    await timur.presses(t('done'))
    await timur.presses(t('done.noCode'))
    town.at('2026-11-23T18:00:00Z')
    await aigul.presses(t('req.yes'))
    await aigul.presses(t('rate.2'))
    await aigul.says(words)
    const before = marat.messages.length
    town.at('2026-11-24T03:00:30Z')
    await town.settle()
    expect(marat.messages.slice(before).map(({ text }) => text.includes(words))).toEqual([true])
  })

  test('words after a good rating are nobody’s task; nobody else reads those after a bad one', async () => {
    const good = await rated(channel, 4)
    await good.aigul.says('Спасибо, очень добрый')
    expect(good.marat.messages.some(({ text }) => text.includes('добрый'))).toBe(false)
    const bad = await rated(channel, 2)
    const olga = await coordinator(bad.town, 'Ольга', { regionId: '75' })
    await bad.aigul.says(words)
    for (const other of [bad.timur, olga, bad.marat.in('Көршілер')])
      expect(other.messages.some(({ text }) => text.includes('чёрствый'))).toBe(false)
    expect(bad.town.log.join('')).not.toContain('чёрствый')
  })
})

async function districtWithClaim(channel: TestedChannel) {
  const district = await districtAtNoon(database, { channel })
  const timur = await helper(district.town, 'Тимур')
  await timur.says('/tasks')
  const { id } = await request(district.town, district.aigul)
  await timur.pressesData(`claim:${id}`)
  return { ...district, timur }
}

describe.each(testedChannels)('a call about a restricted request, on %s', channel => {
  test('is heard and answered by those cleared, though others are nearer', async () => {
    const { town, t, marat, aigul } = await districtAtNoon(database, { channel })
    const saule = await coordinator(town, 'Сәуле', { regionId: '10', districtId: semey, cleared: false })
    await saule.says('/menu')
    await request(town, aigul, { category: 'safety' })
    const before = saule.messages.length
    await aigul.says('/my')
    await aigul.presses(aigul.last.buttons[0] ?? '')
    await aigul.presses(t('my.human'))
    expect(saule.messages.length).toBe(before)
    expect(marat.last.text).toContain('Айгүл')
    const [alert] = await town.store.db.select().from(alerts)
    expect(alert?.kind).toBe('human')

    await saule.says('/queue')
    expect(saule.last.buttons).toContain(t('queue.alerts', { n: 0 }))
    for (const act of ['resolve', 'reply']) {
      await saule.pressesData(`${act}:${alert?.id}`)
      expect((await town.store.db.select().from(alerts))[0]?.resolvedAt).toBeNull()
    }
    await marat.says('/queue')
    await marat.presses(t('queue.alerts', { n: 1 }))
    expect((await marat.presses(t('alert.resolve'))).notice).toBe(t('alert.resolved'))
  })

  test('a call about another request of the same person is everybody’s', async () => {
    const { town, t, aigul } = await districtAtNoon(database, { channel })
    const saule = await coordinator(town, 'Сәуле', { regionId: '10', districtId: semey, cleared: false })
    await request(town, aigul, { category: 'safety' })
    await request(town, aigul, { category: 'care' })
    await aigul.says('/my')
    await aigul.presses(t('my.line', { num: 2, status: { key: 'st.new' } }))
    await aigul.presses(t('my.human'))
    expect(saule.last.text).toContain('Айгүл')
    expect(saule.last.text).toContain(t('st.line', { num: 2, status: { key: 'st.new' } }))
  })
})
