import { describe, expect, test } from 'vitest'
import { alerts } from '../../db/schema.ts'
import { languages } from '../../domain/language.ts'
import type { Fault } from '../fake-telegram/faults.ts'
import { testDatabase } from '../town/database.ts'
import { boundGroup, districtAtNoon } from '../town/district.ts'
import { actsOf, coordinator, helper, type Neighbour, noon, request } from '../town/quick.ts'
import { type TestedChannel, testedChannels } from '../town/town.ts'

const database = testDatabase()

/** Nobody knows whether it arrived; it did not. */
const noAnswer: Fault = { kind: 'html' }
const answer = (code: number, description: string): Fault => ({
  kind: 'answer',
  status: code,
  body: { ok: false, error_code: code, description },
})
const blocked = answer(403, 'Forbidden: bot was blocked by the user')
const gone = answer(400, 'Bad Request: chat not found')

/** Тимур helps in the group; `next` goes wrong with the next message that the bot sends. */
async function open(channel: TestedChannel = 'telegram', language: (typeof languages)[number] = 'ru') {
  const district = await districtAtNoon(database, { channel, language })
  const { town, t, marat } = district
  const timur = await helper(town, 'Тимур', { language })
  await boundGroup(district, [timur])
  const next = (fault: Fault) => town.telegram?.faults.next('sendMessage', fault)
  const waiting = async () =>
    (await town.store.db.select().from(alerts)).filter(alert => !alert.resolvedAt).map(({ kind }) => kind)
  /** What Марат was told of this kind. */
  const told = (kind: string) => {
    const [beginning = ''] = t(`alert.${kind}`).split('{')
    return marat.messages.filter(({ text }) => text.startsWith(beginning))
  }
  return { ...district, timur, next, waiting, told }
}

function addressesIn({ messages }: Neighbour): number {
  return messages.filter(({ text }) => text.includes('Абая')).length
}

describe('a card that may not have arrived', () => {
  test.each(languages)('in %s: the coordinator hears whom to call; «my tasks» brings it', async language => {
    const { town, t, aigul, marat, timur, next, waiting } = await open('telegram', language)
    await request(town, aigul)
    next(noAnswer)
    await timur.in('Көршілер').presses(t('claim'))
    expect(addressesIn(timur)).toBe(0)
    const values = { name: 'Тимур', phone: { phone: '+77017654321' } }
    const line = t('st.line', { num: 1, status: { key: 'st.claimed' } })
    expect(marat.last.text).toBe(`${t('alert.lostCard', values)}\n\n${line}`)
    expect(marat.last.buttons).toEqual([t('alert.reply'), t('queue.show'), t('alert.resolve')])
    expect((await actsOf(town)).at(-1)).toMatchObject({
      act: 'alert.raised',
      actorId: null,
      note: { kind: 'lostCard' },
    })
    await marat.says('/queue')
    await marat.presses(t('queue.alerts', { n: 1 }))
    expect(marat.last.text).toContain(t('alert.lostCard', values))

    await marat.presses(t('alert.reply'))
    await marat.says('Откройте задачи')
    expect(timur.last.text).toBe(t('reply.text', { words: 'Откройте задачи' }))
    await timur.says('/tasks')
    expect(addressesIn(timur)).toBe(1)
    expect(await waiting()).toEqual([])
  })

  test.each([
    ['it is asked for again', ({ timur }) => timur.says('/tasks')],
    ['it did arrive, and is used', ({ timur, t }) => timur.presses(t('onway'))],
    ['it did arrive, and is given back', ({ timur, t }) => timur.presses(t('release'))],
  ] as [string, (scene: Awaited<ReturnType<typeof open>>) => Promise<unknown>][])(
    'waits no more once %s',
    async (_, act) => {
      const scene = await open()
      await request(scene.town, scene.aigul)
      scene.next({ kind: 'lost' })
      await scene.timur.in('Көршілер').presses(scene.t('claim'))
      expect(addressesIn(scene.timur)).toBe(1)
      expect(await scene.waiting()).toEqual(['lostCard'])
      await act(scene)
      expect(await scene.waiting()).toEqual([])
    },
  )

  test('the winner has stopped the bot, and nobody knew: the coordinator gives it to another', async () => {
    const { town, t, aigul, marat, timur, next, told, waiting } = await open()
    const dina = await helper(town, 'Дина')
    const { id } = await request(town, aigul)
    next(blocked)
    await timur.in('Көршілер').presses(t('claim'))
    expect(told('lostCard').length).toBe(1)
    // An answer through the bot leads nowhere: the task stays until somebody has seen to it.
    await marat.presses(t('alert.reply'))
    await marat.says('Откройте задачи')
    expect(marat.last.text).toContain(t('reply.unreachable'))
    expect(await waiting()).toEqual(['lostCard'])
    await marat.pressesData(`open:${id}`)
    await marat.presses(t('queue.assign'))
    await marat.presses(t('queue.volunteer', { name: 'Дина', n: 0 }))
    expect(addressesIn(dina)).toBe(1)
    expect(await waiting()).toEqual([])
  })
})

describe('a post that may not be in the group', () => {
  test.each([
    ['nobody knows', noAnswer],
    ['the group is gone', gone],
    ['the bot was thrown out', answer(403, 'Forbidden: bot was kicked from the supergroup chat')],
  ])('%s: the coordinator finds somebody', async (_, fault) => {
    const { town, t, aigul, marat, next, waiting } = await open()
    next(fault)
    await request(town, aigul)
    const line = t('st.line', { num: 1, status: { key: 'st.search' } })
    expect(marat.last.text).toBe(`${t('alert.lostPost')}\n\n${line}`)
    expect(marat.last.buttons).toEqual([t('queue.show'), t('alert.resolve')])
    await marat.presses(t('queue.show'))
    expect(addressesIn(marat)).toBe(1)
    await marat.presses(t('queue.assign'))
    await marat.presses(t('queue.volunteer', { name: 'Тимур', n: 0 }))
    expect(await waiting()).toEqual([])
  })

  test('in two groups: one task; who takes the request ends it', async () => {
    const scene = await open()
    const { town, t, aigul, timur, next, told, waiting } = scene
    await boundGroup(scene, [timur], { title: 'Екінші' })
    next({ kind: 'lost' })
    next({ kind: 'lost' })
    await request(town, aigul)
    expect(told('lostPost').length).toBe(1)
    expect((await timur.in('Екінші').presses(t('claim'))).notice).toBe(t('claim.yours', { num: 1 }))
    expect(await waiting()).toEqual([])
  })

  test('what no request waits for makes no task', async () => {
    const { town, t, aigul, timur, next, waiting } = await open()
    await request(town, aigul)
    next(blocked)
    expect((await timur.in('Көршілер').presses(t('post.more'))).notice).toBe(t('post.sent'))
    expect(await waiting()).toEqual([])
  })
})

describe.each(testedChannels)('an asker out of reach on %s', channel => {
  test('is called when somebody comes, and when it is done', async () => {
    const { town, t, aigul, marat, timur, told, waiting } = await open(channel)
    const { id } = await request(town, aigul)
    await aigul.blocks()
    await timur.in('Көршілер').presses(t('claim'))
    const phone = '+7 701 765 43 21'
    expect(told('lostNotice').map(({ text }) => [text.includes('Айгүл'), text.includes(phone)])).toEqual([
      [true, true],
    ])
    await timur.presses(t('done'))
    await timur.presses(t('done.noCode'))
    expect(told('lostQuestion').length).toBe(1)
    expect(marat.last.text).toContain(phone)
    expect(marat.last.text).toContain(t('st.line', { num: 1, status: { key: 'st.wait' } }))
    await marat.presses(t('alert.reply'))
    await marat.says('Вам помогли?')
    expect(marat.last.text).toContain(t('reply.unreachable'))
    expect(await waiting()).toEqual(['lostNotice', 'lostQuestion'])
    await marat.pressesData(`open:${id}`)
    await marat.presses(t('queue.close'))
    await marat.presses(t('outcome.fulfilled'))
    await marat.says('Подтвердила по телефону')
    expect(await waiting()).toEqual([])
  })
})

test.each([
  ['refused for good', blocked, 1],
  ['refused for hours', answer(500, 'Internal Server Error'), 1000],
] as const)('a question whether help was given, %s: the coordinator asks it', async (_, fault, times) => {
  const { town, t, aigul, timur, told } = await open()
  await request(town, aigul, { urgency: 'planned' })
  await timur.in('Көршілер').presses(t('claim'))
  await timur.presses(t('done'))
  town.telegram?.faults.next('sendMessage', fault, times)
  await timur.presses(t('done.noCode'))
  for (let hour = 1; hour <= 12; hour++) {
    town.at(new Date(noon.getTime() + hour * 3_600_000 + 1000).toISOString())
    await town.settle()
  }
  expect(aigul.messages.some(({ buttons }) => buttons.includes(t('req.yes')))).toBe(false)
  town.telegram?.faults.clear()
  town.at('2026-11-24T04:00:00Z')
  await town.settle()
  expect(told('lostQuestion').length).toBe(1)
})

test('at night a coordinator is woken for what is needed today, and for nothing else', async () => {
  for (const urgency of ['today', 'soon'] as const) {
    const { town, t, aigul, timur, next, told } = await open()
    await request(town, aigul, { urgency })
    town.at('2026-11-23T18:00:00Z')
    next(noAnswer)
    await timur.in('Көршілер').presses(t('claim'))
    expect(told('lostCard').length).toBe(urgency === 'today' ? 1 : 0)
    town.at('2026-11-24T03:00:30Z')
    await town.settle()
    expect(told('lostCard').length).toBe(1)
  }
})

test('whoever coordinates elsewhere hears nothing of it', async () => {
  const { town, t, aigul, timur, next } = await open()
  const olga = await coordinator(town, 'Ольга', { regionId: '75' })
  await request(town, aigul)
  const before = olga.messages.length
  next(noAnswer)
  await timur.in('Көршілер').presses(t('claim'))
  expect(olga.messages.length).toBe(before)
})
