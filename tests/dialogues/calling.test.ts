import { expect, test } from 'vitest'
import { addresses, outbox, people } from '../../db/schema.ts'
import { testDatabase } from '../town/database.ts'
import { chooseLanguage } from '../town/stories.ts'
import { openTown, operator } from '../town/town.ts'

const database = testDatabase()
const begunAt = Date.parse('2026-11-23T06:00:00Z')
const ids = { aigul: '77010001000@c.us', stranger: '77010009999@c.us', lid: '900000000000001@lid' }

async function open() {
  const town = await openTown(database, { channel: 'whatsapp', language: 'kk' })
  town.at(new Date(begunAt).toISOString())
  const { numbers, settle, store } = town
  const aigul = await town.person('Айгүл')
  const told = () => aigul.messages.filter(({ text }) => text.includes('қоңырауға жауап бере алмаймыз'))
  const rings = async (id: string, minutes = 0) => {
    town.at(new Date(begunAt + minutes * 60_000).toISOString())
    const phone = '77010001000'
    const who = { id, name: 'Айгүл', language: 'kk', ...(id === ids.lid && { phone }) } as const
    await numbers?.act(who, id, { type: 'call' })
    await settle()
  }
  return { ...town, store, aigul, told, rings }
}

test('who rings is told kindly, in their language, how to be heard; once an hour', async () => {
  const town = await open()
  const { aigul, told, rings } = town
  await aigul.start()
  await chooseLanguage(town, aigul)
  await rings(ids.aigul, 50)
  expect(told()).toHaveLength(1)
  expect(told()[0]?.text).toContain(operator.phone)
  for (const minutes of [51, 65, 109]) await rings(ids.aigul, minutes)
  expect(told()).toHaveLength(1)
  await rings(ids.aigul, 111)
  expect(told()).toHaveLength(2)
})

test('the call is known by the phone, answers no question and ends none', async () => {
  const town = await open()
  const { t, aigul, told, rings } = town
  await aigul.start()
  await chooseLanguage(town, aigul)
  await rings(ids.lid, 1)
  expect(told()).toHaveLength(1)
  await aigul.presses(t('who.other'))
  expect(aigul.last.buttons).toContain(t('consent.yes'))
})

test('of somebody who never wrote, or has stopped the bot, nothing is kept and nothing is said', async () => {
  const town = await open()
  const { aigul, store, told, rings, numbers } = town
  await rings(ids.stranger)
  expect(await store.db.$count(people)).toBe(0)
  expect(await store.db.$count(outbox)).toBe(0)
  await aigul.start()
  await chooseLanguage(town, aigul)
  await store.db.update(addresses).set({ reachable: false })
  await rings(ids.aigul, 5)
  expect(told()).toEqual([])
  expect(numbers?.messagesOf(ids.stranger)).toEqual([])
})
