import { expect, test } from 'vitest'
import { eq } from '../../db/drizzle.ts'
import { getRequest } from '../../db/requests.ts'
import { elders } from '../../db/schema.ts'
import type { Urgency } from '../../domain/categories.ts'
import { languages } from '../../domain/language.ts'
import { outcomes } from '../../domain/request.ts'
import { testDatabase } from '../town/database.ts'
import { districtAtNoon } from '../town/district.ts'
import { helper, neighbour, request, zeinep } from '../town/quick.ts'

const database = testDatabase()

test.each(languages)('in %s every outcome is told to the asker with its reason', async language => {
  const { town, t, marat, aigul } = await districtAtNoon(database, { channel: 'playground', language })
  for (const [n, outcome] of outcomes.entries()) {
    const { id, elderId } = await request(town, aigul)
    await marat.pressesData(`open:${id}`)
    await marat.presses(t('queue.close'))
    await marat.presses(t(`outcome.${outcome}`))
    await marat.says('Созвонились')
    expect(marat.last.text).toContain(t('queue.closed', { num: n + 1 }))
    const status = { key: outcome === 'fulfilled' ? 'st.done' : `st.${outcome}` }
    const told = t('req.closed.other', { num: n + 1, status, reason: 'Созвонились', ...zeinep })
    expect(aigul.messages.map(({ text }) => text)).toContain(told)
    const closed = await getRequest(town.store, id)
    expect(closed).toMatchObject({ status: 'closed', outcome })
    // Somebody was there only where help was given.
    const [elder] = await town.store.db.select().from(elders).where(eq(elders.id, elderId))
    expect(elder?.lastContactAt).toEqual(outcome === 'fulfilled' ? closed.closedAt : null)
  }
})

test('a volunteer who takes it while the reason is written keeps it', async () => {
  const { town, t, marat, aigul } = await districtAtNoon(database, { channel: 'playground' })
  const timur = await helper(town, 'Тимур')
  const { id } = await request(town, aigul)
  await marat.pressesData(`open:${id}`)
  await marat.presses(t('queue.close'))
  await marat.presses(t('outcome.unmet'))
  await timur.pressesData(`claim:${id}`)
  await marat.says('Никого нет')
  expect(marat.last.text).toContain(t('queue.late', { num: 1 }))
  expect((await getRequest(town.store, id)).status).toBe('claimed')
})

test('what can wait, closed at night, is heard in the morning', async () => {
  const { town, t, marat, aigul } = await districtAtNoon(database, { channel: 'playground' })
  const { id } = await request(town, aigul, { urgency: 'planned', category: 'household' })
  town.at('2026-11-23T21:00:00Z')
  await marat.pressesData(`open:${id}`)
  await marat.presses(t('queue.close'))
  await marat.presses(t('outcome.unmet'))
  await marat.says('Никого нет')
  const told = t('req.closed.other', { num: 1, status: { key: 'st.unmet' }, reason: 'Никого нет', ...zeinep })
  const heard = () => aigul.messages.filter(({ text }) => text === told).length
  expect(heard()).toBe(0)
  town.at('2026-11-24T03:00:00Z')
  await town.settle()
  expect(heard()).toBe(1)
})

test('an asker who cannot be written to: the coordinator is not told that they were', async () => {
  const { town, t, marat } = await districtAtNoon(database, { channel: 'playground' })
  const berik = await neighbour(town, 'Берік')
  const { id } = await request(town, berik)
  await berik.blocks()
  await marat.pressesData(`open:${id}`)
  await marat.presses(t('queue.close'))
  await marat.presses(t('outcome.unmet'))
  await marat.says('Никого нет')
  expect(marat.last.text).toContain(t('queue.closed.untold', { num: 1 }))
})

const nights: [what: string, urgency: Urgency, onWay: boolean, told: string][] = [
  ['goes another day', 'planned', false, '2026-11-24T03:00'],
  ['goes today', 'today', false, '2026-11-23T17:00'],
  ['is on the way already', 'soon', true, '2026-11-23T17:00'],
]
test.each(nights)(
  'closed at ten in the evening, a helper who %s is told in time, or sleeps',
  async (_, urgency, onWay, told) => {
    const { town, t, marat, aigul } = await districtAtNoon(database, { channel: 'telegram' })
    const timur = await helper(town, 'Тимур')
    const { id } = await request(town, aigul, { urgency })
    await timur.pressesData(`claim:${id}`)
    if (onWay) await timur.presses(t('onway'))
    town.at('2026-11-23T17:00:00Z')
    await marat.pressesData(`open:${id}`)
    await marat.presses(t('queue.close'))
    await marat.presses(t('outcome.unmet'))
    await marat.says('Помогли соседи')
    const words = t('task.closed', { num: 1, status: { key: 'st.unmet' } })
    const heard = () => timur.messages.some(({ text }) => text === words)
    expect(heard()).toBe(told.startsWith('2026-11-23'))
    // The address is gone from the chat in any case.
    expect(timur.messages.some(({ text }) => text.includes('Абая'))).toBe(false)
    town.at(`${told}:59Z`)
    await town.settle()
    expect(heard()).toBe(true)
  },
)
