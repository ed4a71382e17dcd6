import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { OpenDatabase } from '../../db/client.ts'
import { getRequest } from '../../db/requests.ts'
import { alerts, requests } from '../../db/schema.ts'
import type { languages } from '../../domain/language.ts'
import { openTestDatabase } from '../town/database.ts'
import { actsOf, coordinator, helper, neighbour, noon, request, semey, zeinep } from '../town/quick.ts'
import { hasButtons, languagesOn, openTown, type TestedChannel, testedChannels } from '../town/town.ts'

let database: OpenDatabase
beforeAll(async () => {
  database = await openTestDatabase()
})
afterAll(() => database.close())

/** Тимур has claimed Айгүл's request in the group that Дина and the coordinator see too. */
async function claimed(channel: TestedChannel, language: (typeof languages)[number] = 'ru') {
  const town = await openTown(database, { channel, language })
  const { t } = town
  town.at(noon.toISOString())
  const marat = await coordinator(town, 'Марат', {}, language)
  const aigul = await neighbour(town, 'Айгүл', language)
  const timur = await helper(town, 'Тимур', { language })
  const dina = await helper(town, 'Дина', { language })
  await town.group('Көршілер', [marat, timur, dina])
  await marat.in('Көршілер').pressesData(`bindto:${semey}`)
  const { id } = await request(town, aigul)
  await timur.in('Көршілер').presses(t('claim'))
  const status = async () => {
    const { status, outcome, confirmation } = await getRequest(town.store, id)
    return [status, outcome, confirmation]
  }
  const lastAct = async () => (await actsOf(town)).at(-1)
  return { town, t, marat, aigul, timur, dina, group: dina.in('Көршілер'), id, status, lastAct }
}

describe.each(testedChannels)('after the help on %s', channel => {
  test.each(languagesOn(channel))(
    'in %s: no pair, the asker says yes and rates with a word',
    async language => {
      const { town, t, aigul, timur, group, id, status, marat } = await claimed(channel, language)
      await timur.presses(t('done'))
      await timur.presses(t('done.noCode'))
      expect(timur.last.text).toContain(t('done.asked'))
      expect((await timur.presses(t('done'))).notice).toBe(t('done.waiting'))
      expect(aigul.last.text).toBe(t('req.confirm.other', zeinep))
      await aigul.presses(t('req.yes'))
      expect(await status()).toEqual(['closed', 'fulfilled', 'requester'])
      expect(group.last.text).toContain(t('st.done'))
      expect(timur.messages.some(({ text }) => text.startsWith(t('task.thanks', { num: 1 })))).toBe(true)
      expect((await aigul.pressesData(`confirm:${id}:no`)).notice).toBe(t('confirm.late'))
      await aigul.presses(t('rate.4'))
      expect((await aigul.pressesData(`rate:${id}:1`)).notice).toBe(t('rate.late'))
      await aigul.says('Спасибо, очень добрый парень')
      expect(aigul.last.text).toContain(t('rate.done'))
      const [row] = await town.store.db.select().from(requests)
      expect(row).toMatchObject({ rating: 4, ratedAt: expect.any(Date) })
      expect(row?.ratingWords).not.toBeNull()
      expect(await town.store.db.$count(alerts)).toBe(0)
      expect(marat.messages.some(({ text }) => text.includes('Айгүл'))).toBe(false)
    },
  )

  test.each(['no', 'part'] as const)(
    '"%s" opens it again, tells the coordinator and posts anew',
    async answer => {
      const { t, aigul, timur, dina, group, id, status, marat, lastAct } = await claimed(channel)
      await timur.presses(t('done'))
      await timur.presses(t('done.noCode'))
      await aigul.presses(t(`req.${answer}`))
      expect(aigul.last.text).toBe(t('req.sorry.other', zeinep))
      expect(await status()).toEqual(['open', null, null])
      expect(timur.last.text).toBe(t('task.unhelped', { num: 1 }))
      expect(timur.messages.some(({ text }) => text.includes('Абая'))).toBe(false)
      expect(marat.last.buttons).toEqual([t('alert.reply'), t('queue.show'), t('alert.resolve')])
      expect(marat.last.text).toContain('Айгүл')
      const posts = group.messages.filter(({ text }) => text.includes(t('cat.medical')))
      expect(posts.filter(({ buttons }) => buttons.includes(t('claim')))).toEqual(posts.slice(-1))
      // What is left of the old one tells of nobody who helps.
      expect(posts.some(({ text }) => text.includes('Тимур'))).toBe(false)
      expect(await lastAct()).toMatchObject({ act: 'alert.raised', note: { kind: 'unhelped' } })
      expect((await group.presses(t('claim'))).notice).toBe(t('claim.yours', { num: 1 }))
      expect(dina.last.text).toContain('Абая 12')
      expect((await aigul.pressesData(`confirm:${id}:yes`)).notice).toBe(t('confirm.late'))
    },
  )

  test('giving back: open again, posted anew, the address gone, the asker told; twice does nothing', async () => {
    const { town, t, aigul, timur, group, status } = await claimed(channel)
    const both = await Promise.all([timur.presses(t('release')), timur.presses(t('release'))])
    const told = [...both.map(({ notice }) => notice), ...timur.messages.map(({ text }) => text)]
    expect(told).toContain(t('release.ok'))
    // A number that comes while the answer to the first is under way is taken as the same word again.
    if (hasButtons(channel)) expect(told).toContain(t('task.notYours'))
    expect(await status()).toEqual(['open', null, null])
    expect(timur.messages.some(({ text }) => text.includes('Абая'))).toBe(false)
    expect(
      aigul.messages.filter(({ text }) => text === t('req.released.other', { num: 1, ...zeinep })).length,
    ).toBe(1)
    const living = group.messages.filter(({ buttons }) => buttons.includes(t('claim')))
    expect(living.length).toBe(1)
    const released = (await actsOf(town)).filter(({ act }) => act === 'request.released')
    expect(released.length).toBe(1)
    expect((await timur.in('Көршілер').presses(t('claim'))).notice).toBe(t('claim.yours', { num: 1 }))
  })

  test('a problem at the door goes to the coordinator with the words; the claim stays', async () => {
    const { town, t, timur, marat, status } = await claimed(channel)
    await timur.presses(t('problem'))
    await timur.says('Никто не открывает уже полчаса')
    expect(timur.last.text).toContain(t('problem.ok'))
    expect(marat.last.text).toContain('Никто не открывает уже полчаса')
    expect(marat.last.text).toContain('Тимур')
    expect(marat.last.text).toContain(t('st.line', { num: 1, status: { key: 'st.claimed' } }))
    expect(await status()).toEqual(['claimed', null, null])
    await marat.presses(t('alert.reply'))
    await marat.says('Позвоните соседке, она откроет')
    expect(timur.last.text).toBe(t('reply.text', { words: 'Позвоните соседке, она откроет' }))
    expect((await town.store.db.select().from(alerts)).every(alert => alert.resolvedAt)).toBe(true)
  })

  test.each([
    [5, 0],
    [3, 0],
    [2, 1],
    [1, 1],
  ])('a rating of %i makes %i tasks for the coordinator', async (rating, tasks) => {
    const { town, t, aigul, timur, marat, id } = await claimed(channel)
    await timur.presses(t('done'))
    await timur.presses(t('done.noCode'))
    await aigul.presses(t('req.yes'))
    await aigul.presses(t(`rate.${rating}`))
    expect(aigul.last.text).toContain(t(tasks > 0 ? 'rate.low.other' : 'rate.thanks'))
    const waiting = await town.store.db.select().from(alerts)
    expect(waiting.filter(({ kind }) => kind === 'lowRating').length).toBe(tasks)
    expect(marat.messages.filter(({ text }) => text.includes('Айгүл')).length).toBe(tasks)
    expect((await timur.pressesData(`rate:${id}:5`)).notice).toBe(t('act.notYours'))
    expect((await aigul.pressesData(`rate:${id}:6`)).notice).toBe(t('act.notYours'))
  })

  test('only the asker confirms', async () => {
    const { t, timur, dina, id, status } = await claimed(channel)
    await timur.presses(t('done'))
    await timur.presses(t('done.noCode'))
    for (const stranger of [timur, dina])
      expect((await stranger.pressesData(`confirm:${id}:yes`)).notice).toBe(t('act.notYours'))
    expect(await status()).toEqual(['done', null, null])
  })
})
