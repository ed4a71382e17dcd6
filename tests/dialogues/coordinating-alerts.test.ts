import { describe, expect, test } from 'vitest'
import type { NewAlert } from '../../db/alerts.ts'
import { transact } from '../../db/client.ts'
import { alerts } from '../../db/schema.ts'
import { raiseAndTell } from '../../deeds/alert-card.ts'
import type { languages } from '../../domain/language.ts'
import { watch } from '../../jobs/watch.ts'
import { letPass } from '../town/clock.ts'
import { testDatabase } from '../town/database.ts'
import { boundGroup, districtAtNoon } from '../town/district.ts'
import { actsOf, coordinator, helper, type Neighbour, noon, request, semey } from '../town/quick.ts'
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

/** Марат answers for the district, and nobody above him unless a test names them. */
async function called(call: Partial<NewAlert> = {}, role = { regionId: '10', districtId: semey }) {
  const district = await districtAtNoon(database, { channel: 'telegram', role })
  const { town, t, aigul } = district
  const raise = async (over: Partial<NewAlert> = {}) => {
    const place = { regionId: '10', districtId: semey }
    const about = { kind: 'danger', personId: aigul.personId, requestId: null, words: '', at: noon } as const
    const all = { ...about, ...place, ...call, ...over }
    town.at(all.at.toISOString())
    const told = await transact(town.store, store => raiseAndTell(store, all, { actorId: null }))
    await town.settle()
    return told
  }
  const late = (person: Neighbour) => person.messages.filter(({ text }) => text.startsWith(t('alert.late')))
  const passes = (hours: number, from: Date | string = noon) =>
    letPass(town, watch, { from, hours, everyMinutes: 15 })
  return { ...district, raise, late, passes }
}

describe('a call that nobody answers', () => {
  test('is heard one level above, once, and is settled in every chat', async () => {
    const { town, t, marat, raise, late, passes } = await called()
    const saule = await coordinator(town, 'Сәуле', { regionId: '10' })
    const zhanar = await coordinator(town, 'Жанар')
    await raise()
    expect(saule.messages.some(({ text }) => text.includes('Айгүл'))).toBe(false)
    expect(await passes(12)).toEqual(['23 13:00 call'])
    expect([marat, saule, zhanar].map(person => late(person).length)).toEqual([0, 1, 0])
    expect(saule.last.text).toContain('765 43 21')
    expect((await actsOf(town)).filter(({ act }) => act === 'alert.escalated')).toHaveLength(1)
    await marat.presses(t('alert.resolve'))
    for (const { messages } of [marat, saule])
      expect(
        messages.some(
          ({ text, buttons }) => text.includes('765 43 21') || buttons.includes(t('alert.resolve')),
        ),
      ).toBe(false)
  })

  test('answered in time it goes no further', async () => {
    const { t, marat, raise, passes } = await called()
    await raise()
    await marat.presses(t('alert.resolve'))
    expect(await passes(12)).toEqual([])
  })

  test('with nobody above, who has heard is reminded, with one card in the chat', async () => {
    const { t, marat, raise, late, passes } = await called()
    await raise()
    expect(await passes(3)).toEqual(['23 13:00 call'])
    expect(late(marat)).toHaveLength(1)
    expect(marat.messages.filter(({ buttons }) => buttons.includes(t('alert.resolve')))).toHaveLength(1)
  })

  test('what can wait climbs in the morning', async () => {
    const { raise, passes } = await called({ kind: 'human' })
    await raise({ at: new Date('2026-11-23T15:30:00Z') })
    expect(await passes(14, '2026-11-23T15:30:00Z')).toEqual(['24 08:00 call'])
  })

  test('danger wakes those above as well', async () => {
    const { raise, passes } = await called()
    await raise({ at: new Date('2026-11-23T18:00:00Z') })
    expect(await passes(3, '2026-11-23T18:00:00Z')).toEqual(['24 01:00 call'])
  })

  test('heard by nobody it is told at once to the operator, and waits in the queue of who comes', async () => {
    const { town, t, raise, passes } = await called({}, { regionId: '75', districtId: '75-almaly' })
    expect(await raise()).toMatchObject({ heard: false })
    expect(await passes(12)).toEqual(['23 11:00 unheard'])
    const saule = await coordinator(town, 'Сәуле', { regionId: '10' })
    await saule.says('/queue')
    expect(saule.last.buttons).toContain(t('queue.alerts', { n: 1 }))
  })
})

test('a call of unknown place is in the queue of everybody who may answer it', async () => {
  const { t, marat, raise } = await called({ regionId: null, districtId: null, kind: 'human' })
  await raise()
  await marat.says('/queue')
  await marat.presses(t('queue.alerts', { n: 1 }))
  expect((await marat.presses(t('alert.resolve'))).notice).toBe(t('alert.resolved'))
})

test('danger is shown before all that waits longer', async () => {
  const { t, marat, raise } = await called()
  for (let n = 0; n < 6; n++) await raise({ kind: 'lowMood' })
  await raise({ at: new Date('2026-11-23T07:00:00Z') })
  await marat.says('/queue')
  await marat.presses(t('queue.alerts', { n: 7 }))
  const beginning = t('alert.danger', {}).split('\n')[0] ?? ''
  const texts = marat.messages.map(({ text }) => text)
  expect(texts.slice(texts.lastIndexOf('/queue') + 1).map(text => text.startsWith(beginning))).toEqual([
    true,
    ...Array(4).fill(false),
  ])
})
