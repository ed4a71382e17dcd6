import { expect, test } from 'vitest'
import { leaveAllGroups } from '../../db/groups.ts'
import { testDatabase } from '../town/database.ts'
import { coordinator, helper, neighbour, otherDistrict, request } from '../town/quick.ts'
import { openTown } from '../town/town.ts'

const database = testDatabase()
const noon = '2026-11-23T06:00:00Z'
const night = '2026-11-23T17:30:00Z'

async function open(time: string) {
  const town = await openTown(database, { channel: 'telegram', language: 'ru', beside: ['whatsapp'] })
  town.at(time)
  const marat = await coordinator(town, 'Марат')
  const timur = await helper(town, 'Тимур')
  await town.group('Көршілер', [marat, timur])
  await marat.in('Көршілер').says('/bind Семей')
  const dina = await helper({ ...town, ...town.on('whatsapp') }, 'Дина')
  const aigul = await neighbour(town, 'Айгүл')
  return { ...town, timur, dina, aigul }
}

test('who helps by WhatsApp without a group there is asked in private; one queue with the group on Telegram', async () => {
  const town = await open(noon)
  const { t, timur, dina, aigul } = town
  const { number } = await request(town, aigul, { at: new Date(noon) })
  expect(dina.last.text).toContain(t('ask.you'))
  expect(dina.last.text).not.toContain('Абая')
  await dina.says(String(number))
  expect(dina.messages.some(({ text }) => text.includes('Абая 12'))).toBe(true)
  expect(timur.in('Көршілер').last.text).toContain('Дина')
  expect((await timur.in('Көршілер').pressesData('claim:none')).notice).toBe(t('claim.gone'))
})

test('while groups of WhatsApp rest, their helpers are asked in private; a word heard there wakes them', async () => {
  const town = await open(noon)
  const { t, store, dina, aigul } = town
  const there = { ...town, ...town.on('whatsapp') }
  const saule = await coordinator(there, 'Сәуле')
  await there.group('Ауыл', [saule])
  await saule.in('Ауыл').says('/bind Семей')
  const asked = () => dina.messages.filter(({ text }) => text.includes(t('ask.you'))).length
  const group = saule.in('Ауыл')
  const [need, posted] = [{ at: new Date(noon) }, group.messages.length]
  await leaveAllGroups(store, 'whatsapp')
  await request(town, aigul, need)
  expect([group.messages.length, asked()]).toEqual([posted, 1])
  await group.says('99')
  const { number } = await request(town, aigul, need)
  expect(group.last.text).toContain(`${number}`)
  expect(asked()).toBe(1)
})

test('who is asked in private is decided by what a messenger says of its groups, not by its name', async () => {
  const { store, t, dina, aigul, ...town } = await open(noon)
  const askedOn = (person: typeof dina) => person.messages.some(({ text }) => text.includes(t('ask.you')))
  const groups = (on: Record<string, 'usual' | 'rare' | 'none'>) => ({
    ...town,
    store: { ...store, channels: new Map(Object.entries(on).map(([name, groups]) => [name, { groups }])) },
  })
  await request(groups({ telegram: 'usual', whatsapp: 'usual' }), aigul, { at: new Date(noon) })
  expect(askedOn(dina)).toBe(false)
  const saule = await helper({ ...town, store, t, ...town.on('telegram') }, 'Сәуле', {
    districtIds: [otherDistrict],
  })
  const there = { at: new Date(noon), districtId: otherDistrict }
  await request(groups({ telegram: 'none', whatsapp: 'usual' }), aigul, there)
  expect(askedOn(saule)).toBe(true)
})

test('at night nobody is woken for what can wait', async () => {
  const town = await open(night)
  const { t, dina, aigul } = town
  await request(town, aigul, { at: new Date(night), urgency: 'planned' })
  expect(dina.messages.some(({ text }) => text.includes(t('ask.you')))).toBe(false)
  await request(town, aigul, { at: new Date(night), urgency: 'today' })
  expect(dina.last.text).toContain(t('ask.you'))
})
