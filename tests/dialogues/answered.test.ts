import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { OpenDatabase } from '../../db/client.ts'
import type { languages } from '../../domain/language.ts'
import { openTestDatabase } from '../town/database.ts'
import { coordinator, helper, neighbour, noon, request, zeinep } from '../town/quick.ts'
import {
  buttonedChannels,
  hasButtons,
  languagesOn,
  openTown,
  type TestedChannel,
  testedChannels,
} from '../town/town.ts'

let database: OpenDatabase
beforeAll(async () => {
  database = await openTestDatabase()
})
afterAll(() => database.close())

type Language = (typeof languages)[number]

/** Тимур holds Айгүл's request; the region's two coordinators and the country's one look on. */
async function helping(channel: TestedChannel, language: Language = 'ru') {
  const town = await openTown(database, { channel, language })
  const { t } = town
  town.at(noon.toISOString())
  const marat = await coordinator(town, 'Марат', { regionId: '10' }, language)
  const saule = await coordinator(town, 'Сәуле', { regionId: '10' }, language)
  const olga = await coordinator(town, 'Ольга', {}, language)
  const aigul = await neighbour(town, 'Айгүл', language)
  const timur = await helper(town, 'Тимур', { language })
  const { id } = await request(town, aigul)
  await timur.says('/tasks')
  await timur.pressesData(`claim:${id}`)
  const isDone = async () => {
    await timur.presses(t('done'))
    await timur.presses(t('done.noCode'))
  }
  const [, second = ''] = /\d\d\D+(\d\d)\D*$/.exec(aigul.last.text) ?? []
  return { town, t, marat, saule, olga, aigul, timur, id, isDone, second }
}

describe.each(buttonedChannels)('what was answered, on %s', channel => {
  test.each(languagesOn(channel))(
    'in %s: the confirmation and the rating keep the answer, no buttons',
    async language => {
      const { t, aigul, isDone } = await helping(channel, language)
      await isDone()
      await aigul.presses(t('req.yes'))
      await aigul.presses(t('rate.5'))
      const texts = aigul.messages.map(({ text }) => text)
      const confirmed = t('echo', {
        text: t('req.confirm.other', { num: 1, ...zeinep }),
        chosen: t('req.yes'),
      })
      expect(texts).toContain(confirmed)
      expect(texts).toContain(t('echo', { text: t('rate.ask.other', zeinep), chosen: t('rate.5') }))
      const left = aigul.messages.flatMap(({ buttons }) => buttons)
      for (const key of ['req.yes', 'req.part', 'req.no', 'rate.5', 'rate.1'])
        expect(left).not.toContain(t(key))
    },
  )

  test('typed answers as well, and a rating after the door', async () => {
    const { t, aigul, isDone } = await helping(channel)
    await isDone()
    await aigul.says('не до конца')
    expect(aigul.messages.some(({ text }) => text.endsWith(`→ ${t('req.part')}`))).toBe(true)
    expect(aigul.messages.some(({ buttons }) => buttons.includes(t('req.yes')))).toBe(false)

    const again = await helping(channel)
    await again.timur.presses(t('done'))
    await again.timur.says(again.second)
    await again.aigul.says('5')
    expect(again.aigul.messages.some(({ text }) => text.endsWith(`→ ${t('rate.5')}`))).toBe(true)
    expect(again.aigul.messages.some(({ buttons }) => buttons.includes(t('rate.4')))).toBe(false)
  })
})

describe.each(testedChannels)('what nobody has to answer any more, on %s', channel => {
  test('the digits after all: whether help came is asked no more', async () => {
    const { t, aigul, timur, isDone, second } = await helping(channel)
    await isDone()
    expect(aigul.last.buttons).toContain(t('req.yes'))
    await timur.says(second)
    expect(aigul.messages.some(({ buttons }) => buttons.includes(t('req.yes')))).toBe(false)
    expect(aigul.last.buttons).toContain(t('rate.5'))
  })

  test.each(languagesOn(channel))(
    'in %s: a settled call says so in every chat, by whom, without phone and buttons',
    async language => {
      const { t, marat, saule, timur } = await helping(channel, language)
      await timur.presses(t('problem'))
      await timur.says('Никто не открывает')
      for (const one of [marat, saule]) expect(one.last.buttons).toContain(t('alert.resolve'))
      expect((await marat.presses(t('alert.resolve'))).notice).toBe(t('alert.resolved'))
      const card = [
        t('alert.settled'),
        t('alert.who', { name: 'Тимур' }),
        t('st.line', { num: 1, status: { key: 'st.claimed' } }),
        t('alert.by', { by: 'Марат' }),
      ]
      for (const one of [marat, saule])
        expect(one.last).toMatchObject({ text: card.join('\n\n'), buttons: [] })
      for (const { buttons } of [...marat.messages, ...saule.messages])
        expect(buttons).not.toContain(t('alert.resolve'))
    },
  )

  test('an answered call says so; what nobody can be told stays with its phone', async () => {
    const { t, marat, saule, timur } = await helping(channel)
    await timur.presses(t('problem'))
    await timur.says('Никто не открывает')
    await marat.presses(t('alert.reply'))
    await marat.says('Позвоните соседке')
    for (const one of [marat, saule]) {
      const card = one.messages.find(({ text }) => text.startsWith(t('alert.answered')))
      expect(card?.buttons).toEqual([])
      expect(one.messages.some(({ text }) => text.includes('Никто не открывает'))).toBe(false)
    }
    if (!hasButtons(channel)) return
    await timur.says('человек')
    await timur.blocks()
    await saule.presses(t('alert.reply'))
    await saule.says('Слушаю Вас')
    expect(saule.last.text).toContain(t('reply.unreachable'))
    for (const one of [marat, saule]) {
      const card = one.messages.findLast(({ buttons }) => buttons.includes(t('alert.resolve')))
      expect(card?.text).toContain('+7 701 765 43 21')
    }
  })

  test('a card shown from the queue of a wider territory is settled with the others', async () => {
    const { t, marat, olga, timur } = await helping(channel)
    await timur.presses(t('problem'))
    await timur.says('Никто не открывает')
    for (const _ of [1, 2]) {
      await olga.says('/queue')
      await olga.presses(t('queue.alerts', { n: 1 }))
    }
    // One copy a chat keeps its buttons.
    expect(olga.messages.filter(({ buttons }) => buttons.includes(t('alert.resolve'))).length).toBe(1)
    await marat.presses(t('alert.resolve'))
    expect(olga.messages.some(({ buttons }) => buttons.includes(t('alert.resolve')))).toBe(false)
    expect(olga.messages.some(({ text }) => text.includes('Никто не открывает'))).toBe(false)
  })

  test('what the end of a request settles is settled in the chats too', async () => {
    const { t, marat, aigul, timur, isDone } = await helping(channel)
    await timur.presses(t('problem'))
    await timur.says('Никто не открывает')
    await isDone()
    await aigul.presses(t('req.yes'))
    const card = marat.messages.find(({ text }) => text.startsWith(t('alert.settled')))
    expect(card?.buttons).toEqual([])
    // Who asked has settled it, and is no coordinator.
    expect(card?.text).not.toContain('Айгүл')
    expect(marat.messages.some(({ buttons }) => buttons.includes(t('alert.resolve')))).toBe(false)
  })
})
