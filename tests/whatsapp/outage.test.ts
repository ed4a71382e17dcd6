import { expect, test } from 'vitest'
import { createLog } from '../../bot/logger.ts'
import { watchWhatsapp } from '../../bot/whatsapp/watch.ts'
import { tellPerson } from '../../db/outbox.ts'
import { findPersonAt } from '../../db/people.ts'
import { part } from '../../domain/message.ts'
import { testDatabase } from '../town/database.ts'
import { requestFrom, settledTown } from '../town/stories.ts'

const database = testDatabase()
const begunAt = Date.parse('2026-11-23T06:00:00Z')
const minuteMs = 60_000

test('an hour without WhatsApp: Telegram goes on, the queue drains in order, one alert', async () => {
  const town = await settledTown(database, { channel: 'telegram', language: 'ru', beside: ['whatsapp'] })
  const { t, timur, dina, marat, numbers } = town
  const aigul = await town.on('whatsapp').person('Айгүл')
  await requestFrom(town, aigul)
  if (!numbers) throw new Error('No WhatsApp in this town')
  const before = aigul.messages.map(({ text }) => text)

  const personId =
    (await findPersonAt(town.store, { channel: 'whatsapp', externalId: '77010001000@c.us' })) ?? ''

  const raushan = await town.person('Раушан')
  numbers.down = true
  let at = new Date(begunAt)
  const watch = watchWhatsapp({
    store: town.store,
    log: createLog('silent'),
    now: () => at,
    wake: () => {},
    standing: () => ({ state: numbers.down ? 'down' : 'ready', since: new Date(begunAt) }),
  })
  const passTo = async (minutes: number) => {
    at = new Date(begunAt + minutes * minuteMs)
    town.at(at.toISOString())
    await watch.look()
    await town.settle()
  }
  // Her last word comes in, and the answer to it is a question.
  await aigul.says('/start')
  for (let minute = 1; minute <= 60; minute++) {
    await passTo(minute)
    if (minute === 10) await timur.in('Көршілер').presses(t('claim'))
    if (minute === 20) await timur.presses(t('release'))
    if (minute === 30) await dina.in('Көршілер').presses(t('claim'))
    if ([15, 25, 45].includes(minute))
      await tellPerson(town.store, personId, { message: { parts: [part(`Хабар ${minute}`)] }, at })
    if (minute === 40) await requestFrom(town, raushan)
  }
  expect(aigul.messages).toHaveLength(before.length + 1)
  expect(timur.in('Көршілер').last.buttons).toContain(t('claim'))
  expect(
    raushan.messages.some(({ text }) =>
      text.includes(t('created.posted.other', { name: 'Зейнеп Ахметова' })),
    ),
  ).toBe(true)
  const alerts = marat.messages.filter(({ text }) => text.includes(t('wa.down')))
  expect(alerts).toHaveLength(1)

  numbers.down = false
  await passTo(61)
  await passTo(62)
  watch.stop()
  const news = aigul.messages.map(({ text }) => text).filter(text => !before.includes(text))
  // The question of an hour ago is asked no more, and of what has changed meanwhile only the last is said.
  expect(news).toEqual([
    '/start',
    'Хабар 15',
    'Хабар 25',
    expect.stringContaining(t('req.claimed.other', { num: 1, vol: 'Дина', name: 'Зейнеп Ахметова' })),
    'Хабар 45',
  ])
  expect(marat.messages.filter(({ text }) => text.includes(t('wa.down')))).toHaveLength(1)
})
