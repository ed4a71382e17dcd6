import { expect, test } from 'vitest'
import { testDatabase } from '../town/database.ts'
import { coordinator, farDistrict, helper, neighbour, noon, otherDistrict, request } from '../town/quick.ts'
import { openTown } from '../town/town.ts'

const database = testDatabase()

test('numbers run on in a region, apart from other regions, and begin anew with the local year', async () => {
  const town = await openTown(database, { channel: 'playground', language: 'ru' })
  town.at(noon.toISOString())
  const aigul = await neighbour(town, 'Айгүл')
  const numberOf = async (districtId?: string, at?: string) =>
    (await request(town, aigul, { ...(districtId && { districtId }), ...(at && { at: new Date(at) }) }))
      .number
  expect(await numberOf()).toBe(1)
  expect(await numberOf(otherDistrict)).toBe(2)
  expect(await numberOf(farDistrict)).toBe(1)
  // 23:59 and 00:00 of the local New Year's night.
  expect(await numberOf(undefined, '2026-12-31T18:59:59Z')).toBe(3)
  expect(await numberOf(undefined, '2026-12-31T19:00:00Z')).toBe(1)
  expect(await numberOf(farDistrict, '2026-12-31T19:00:00Z')).toBe(1)
})

test('many at once get different numbers', async () => {
  const town = await openTown(database, { channel: 'playground', language: 'ru' })
  town.at(noon.toISOString())
  const aigul = await neighbour(town, 'Айгүл')
  const all = await Promise.all(Array.from({ length: 12 }, () => request(town, aigul)))
  expect(all.map(({ number }) => number).sort((a, b) => a - b)).toEqual(all.map((_, n) => n + 1))
})

test('a number typed in the queue opens its request; of last year’s and this year’s the coordinator chooses', async () => {
  const town = await openTown(database, { channel: 'playground', language: 'ru' })
  const { t } = town
  town.at(noon.toISOString())
  const marat = await coordinator(town, 'Марат', { regionId: '10' })
  const aigul = await neighbour(town, 'Айгүл')
  await helper(town, 'Тимур')
  for (let n = 0; n < 12; n++) await request(town, aigul, { details: `Просьба по счёту ${n + 1}` })
  await request(town, aigul, { districtId: farDistrict })
  for (const typed of ['12', '№12', 'просьба 12']) {
    await marat.says('/queue')
    await marat.presses(t('queue.find'))
    await marat.says(typed)
    expect(marat.last.text).toContain(t('st.line', { num: 12, status: { key: 'st.new' } }))
    expect(marat.messages.some(({ text }) => text.includes('Просьба по счёту 12'))).toBe(true)
  }
  await marat.says('/queue')
  await marat.presses(t('queue.find'))
  await marat.says('?!')
  expect(marat.last.text).toContain(t('queue.find.want'))
  await marat.says('99')
  expect(marat.last.text).toContain(t('queue.find.none', { words: '99' }))

  await request(town, aigul, { at: new Date('2027-01-02T06:00:00Z'), details: 'Новый год' })
  await marat.says('/queue')
  await marat.presses(t('queue.find'))
  await marat.says('№1')
  const same = marat.last.buttons.filter(label => label.startsWith('№1 '))
  expect(same.length).toBe(2)
})
