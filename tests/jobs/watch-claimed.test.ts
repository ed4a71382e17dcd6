import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { OpenDatabase } from '../../db/client.ts'
import { eq } from '../../db/drizzle.ts'
import { getRequest } from '../../db/requests.ts'
import { alerts, audit, elders } from '../../db/schema.ts'
import type { Language } from '../../domain/language.ts'
import { watch } from '../../jobs/watch.ts'
import { letPass } from '../town/clock.ts'
import { joinDatabase, openTestDatabase } from '../town/database.ts'
import { coordinator, helper, type Need, neighbour, noon, request, semey, zeinep } from '../town/quick.ts'
import { hasButtons, languagesOn, openTown, type TestedChannel, testedChannels } from '../town/town.ts'

let database: OpenDatabase
beforeAll(async () => {
  database = await openTestDatabase()
})
afterAll(() => database.close())

/** Тимур has claimed Айгүл's request in the group that Дина and the coordinator see too. */
async function claimed(channel: TestedChannel, language: Language = 'ru', need: Need = {}) {
  const town = await openTown(database, { channel, language })
  const { t } = town
  town.at(noon.toISOString())
  const marat = await coordinator(town, 'Марат', {}, language)
  const aigul = await neighbour(town, 'Айгүл', language)
  const timur = await helper(town, 'Тимур', { language })
  const dina = await helper(town, 'Дина', { language })
  await town.group('Көршілер', [marat, timur, dina])
  await marat.in('Көршілер').pressesData(`bindto:${semey}`)
  const { id } = await request(town, aigul, { category: 'household', urgency: 'soon', ...need })
  await timur.in('Көршілер').presses(t('claim'))
  const status = async () => {
    const { status, outcome, confirmation } = await getRequest(town.store, id)
    return [status, outcome, confirmation]
  }
  const acts = async () => {
    const rows = await town.store.db.select().from(audit).where(eq(audit.subjectId, id)).orderBy(audit.id)
    return rows.map(({ act, actorId, note }) => ({ act, by: actorId, note }))
  }
  const told = (person: typeof timur, text: string) =>
    person.messages.filter(message => message.text === text)
  return { town, t, marat, aigul, timur, dina, group: dina.in('Көршілер'), id, status, acts, told }
}

const num = { num: 1 }

describe.each(testedChannels)('a silent claim on %s', channel => {
  test.each(languagesOn(channel))('in %s: reminder, question, and it goes back by itself', async language => {
    const { town, t, aigul, timur, dina, group, status, acts, told } = await claimed(channel, language)
    expect(await letPass(town, watch, { from: noon, hours: 25, everyMinutes: 30 })).toEqual([
      '24 11:30 remind',
    ])
    expect(timur.last).toMatchObject({
      text: t('silent.remind', num),
      buttons: [t('silent.yes'), t('release')],
    })
    // 36 hours are over at eleven in the evening.
    const second = { from: '2026-11-24T07:30:00Z', hours: 20, everyMinutes: 30 }
    expect(await letPass(town, watch, second)).toEqual(['25 08:00 still'])
    expect(timur.last).toMatchObject({
      text: t('silent.still', num),
      buttons: [t('silent.yes'), t('release')],
    })
    expect(timur.messages.filter(({ buttons }) => buttons.includes(t('silent.yes')))).toHaveLength(1)
    expect(await status()).toEqual(['claimed', null, null])

    const third = { from: '2026-11-25T03:30:00Z', hours: 5, everyMinutes: 30 }
    expect(await letPass(town, watch, third)).toEqual(['25 11:30 back'])
    expect(await status()).toEqual(['open', null, null])
    // Everybody concerned hears it once; the address and both questions have gone.
    expect(told(timur, t('silent.back', num))).toHaveLength(1)
    expect(told(aigul, t('req.released.other', { ...zeinep, ...num }))).toHaveLength(1)
    // After two days nothing can be taken out of a chat on WhatsApp any more.
    if (hasButtons(channel)) expect(timur.messages.some(({ text }) => text.includes('Абая 12'))).toBe(false)
    expect(timur.messages.some(({ buttons }) => buttons.includes(t('silent.yes')))).toBe(false)
    expect(group.messages.filter(({ buttons }) => buttons.includes(t('claim')))).toHaveLength(1)
    expect((await acts()).slice(-4)).toEqual([
      { act: 'request.claimed', by: timur.personId, note: null },
      { act: 'helper.reminded', by: null, note: { words: 'silent.remind' } },
      { act: 'helper.reminded', by: null, note: { words: 'silent.still' } },
      { act: 'request.released', by: null, note: { reason: 'silent' } },
    ])
    // The next one may take it, and the time begins anew.
    expect((await dina.in('Көршілер').presses(t('claim'))).notice).toBe(t('claim.yours', num))
    expect(await letPass(town, watch, { from: '2026-11-25T07:00:00Z', hours: 23, everyMinutes: 60 })).toEqual(
      [],
    )
  })

  test('"still on it": the time begins anew, as often as it is said', async () => {
    const { town, t, timur, status, acts } = await claimed(channel)
    await letPass(town, watch, { from: noon, hours: 46, everyMinutes: 30 })
    expect((await timur.presses(t('silent.yes'))).notice).toBe(t('silent.kept', num))
    expect(timur.last).toMatchObject({ text: t('silent.kept', num), buttons: [] })
    expect((await acts()).at(-1)).toEqual({ act: 'request.kept', by: timur.personId, note: null })
    const steps = await letPass(town, watch, { from: '2026-11-25T04:30:00Z', hours: 48, everyMinutes: 30 })
    expect(steps).toEqual(['26 09:00 remind', '27 08:00 still'])
    expect(await status()).toEqual(['claimed', null, null])
  })

  test('on the way, done, given back: what was asked is over', async () => {
    const { town, t, timur, status } = await claimed(channel, 'ru', { urgency: 'today' })
    await letPass(town, watch, { from: noon, hours: 3.2 })
    expect(timur.last.text).toBe(t('silent.still', num))
    await timur.presses(t('onway'))
    expect(await letPass(town, watch, { from: '2026-11-23T09:20:00Z', hours: 1.7 })).toEqual([])
    await timur.presses(t('done'))
    await timur.presses(t('done.noCode'))
    expect(await status()).toEqual(['done', null, null])
    expect((await timur.presses(t('silent.yes'))).notice).toBe(t('confirm.late'))

    const other = await claimed(channel, 'ru', { urgency: 'today' })
    await letPass(other.town, watch, { from: noon, hours: 2.2 })
    const { buttons } = other.timur.last
    expect(buttons).toEqual([t('silent.yes'), t('release')])
    await other.timur.presses(t('release'))
    expect(other.timur.messages.some(message => message.buttons.includes(t('silent.yes')))).toBe(false)
  })
})

describe.each(testedChannels)('a confirmation that nobody gives, on %s', channel => {
  test.each(languagesOn(channel))(
    'in %s: one reminder, then it closes as done but not confirmed',
    async language => {
      const { town, t, aigul, timur, group, status, acts, told } = await claimed(channel, language)
      await timur.presses(t('done'))
      await timur.presses(t('done.noCode'))
      const question = t('req.confirm.other', { ...num, ...zeinep })
      expect(aigul.last.text).toBe(question)
      expect(await letPass(town, watch, { from: noon, hours: 47, everyMinutes: 30 })).toEqual([
        '24 11:30 confirm',
      ])
      expect(aigul.last).toMatchObject({
        text: question,
        buttons: [t('req.yes'), t('req.part'), t('req.no')],
      })
      expect(aigul.messages.filter(({ buttons }) => buttons.includes(t('req.yes')))).toHaveLength(1)
      expect(await status()).toEqual(['done', null, null])

      const rest = { from: '2026-11-25T05:30:00Z', hours: 72, everyMinutes: 60 }
      expect(await letPass(town, watch, rest)).toEqual(['25 11:30 close'])
      expect(await status()).toEqual(['closed', 'fulfilled', 'none'])
      expect(told(aigul, t('req.unconfirmed.other', { ...num, ...zeinep }))).toHaveLength(1)
      expect(aigul.messages.some(({ buttons }) => buttons.includes(t('req.yes')))).toBe(false)
      expect(told(timur, t('task.thanks', num))).toHaveLength(1)
      // The helper's word that they were there counts as a contact.
      const [elder] = await town.store.db.select().from(elders)
      expect(elder?.lastContactAt?.toISOString().slice(0, 13)).toBe('2026-11-23T06')
      // After two days nothing can be taken out of a chat on WhatsApp any more.
      if (hasButtons(channel)) expect(timur.messages.some(({ text }) => text.includes('Абая 12'))).toBe(false)
      expect(group.last.text).toContain(t('st.done'))
      const closed = {
        act: 'request.closed',
        by: null,
        note: { outcome: 'fulfilled', reason: 'unconfirmed' },
      }
      expect((await acts()).slice(-2)).toEqual([{ act: 'asker.reminded', by: null, note: null }, closed])
      expect(await town.store.db.$count(alerts)).toBe(0)
    },
  )

  test('help for today, done at night: the reminder waits for the morning', async () => {
    const { town, t, timur } = await claimed(channel, 'ru', { urgency: 'today' })
    town.at('2026-11-23T15:30:00Z')
    await timur.presses(t('done'))
    await timur.presses(t('done.noCode'))
    town.at('2026-11-23T15:45:00Z')
    const steps = await letPass(town, watch, { from: '2026-11-24T15:40:00Z', hours: 14, everyMinutes: 10 })
    expect(steps).toEqual(['24 20:50 confirm'])
    await town.store.db.execute('update requests set watch_step = 1, watch_at = watch_since')
    const night = await letPass(town, watch, { from: '2026-11-24T16:10:00Z', hours: 11, everyMinutes: 10 })
    expect(night).toEqual(['25 08:00 confirm'])
  })

  test('whoever answers the reminder closes or opens it, and the clock leaves it alone', async () => {
    const { town, t, aigul, timur, status } = await claimed(channel)
    await timur.presses(t('done'))
    await timur.presses(t('done.noCode'))
    await letPass(town, watch, { from: noon, hours: 25, everyMinutes: 30 })
    await aigul.presses(t('req.yes'))
    expect(await status()).toEqual(['closed', 'fulfilled', 'requester'])
    expect(
      await letPass(town, watch, { from: '2026-11-24T07:30:00Z', hours: 72, everyMinutes: 120 }),
    ).toEqual([])
  })
})

test('three processes at once take a claim back and close a request once', async () => {
  const { town, t, timur, dina, acts } = await claimed('playground')
  const others = [await joinDatabase(database), await joinDatabase(database)]
  const stores = [town.store, ...others.map(({ db }) => ({ ...town.store, db }))]
  const silent = await letPass(town, watch, { from: noon, hours: 49, everyMinutes: 60, stores })
  expect(silent.map(step => step.split(' ').at(-1))).toEqual(['remind', 'still', 'back'])
  await dina.in('Көршілер').presses(t('claim'))
  await dina.presses(t('done'))
  await dina.presses(t('done.noCode'))
  const done = await letPass(town, watch, {
    from: '2026-11-25T08:00:00Z',
    hours: 60,
    everyMinutes: 60,
    stores,
  })
  expect(done.map(step => step.split(' ').at(-1))).toEqual(['confirm', 'close'])
  const names = (await acts()).map(({ act }) => act)
  expect(names.filter(act => act === 'request.released')).toHaveLength(1)
  expect(names.filter(act => act === 'request.closed')).toHaveLength(1)
  expect(timur.messages.filter(({ text }) => text === t('silent.back', num))).toHaveLength(1)
  for (const other of others) await other.close()
})
