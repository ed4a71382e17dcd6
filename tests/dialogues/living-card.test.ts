import { describe, expect, test } from 'vitest'
import { findLivingAssignment } from '../../db/claims.ts'
import { transact } from '../../db/client.ts'
import { eq } from '../../db/drizzle.ts'
import { getRequest } from '../../db/requests.ts'
import { elders } from '../../db/schema.ts'
import { announceAgain } from '../../deeds/announce.ts'
import { tellAccepted } from '../../deeds/asker.ts'
import { showLiving } from '../../deeds/living-card.ts'
import type { languages } from '../../domain/language.ts'
import { doneDeeds } from '../../jobs/watch-done.ts'
import { testDatabase } from '../town/database.ts'
import { boundGroup, districtAtNoon } from '../town/district.ts'
import {
  coordinator,
  helper,
  type Need,
  type Neighbour,
  neighbour,
  noon,
  request,
  zeinep,
} from '../town/quick.ts'
import { helperOf, requestFrom, settledTown } from '../town/stories.ts'
import { hasButtons, languagesOn, openTown, type TestedChannel, testedChannels } from '../town/town.ts'

const database = testDatabase()

/** Айгүл asks for Зейнеп, who has a chat of her own if `own`; Тимур and Дина help in the group. */
async function family(
  channel: TestedChannel = 'telegram',
  { own = true, language = 'ru' as (typeof languages)[number], need = {} as Need } = {},
) {
  const district = await districtAtNoon(database, { channel, language })
  const { town, aigul } = district
  const timur = await helper(town, 'Тимур', { language })
  const dina = await helper(town, 'Дина', { language })
  await boundGroup(district, [timur, dina])
  const elder = await neighbour(town, 'Зейнеп', language)
  const { id, elderId } = await request(town, aigul, need)
  if (own) await town.store.db.update(elders).set({ personId: elder.personId }).where(eq(elders.id, elderId))
  await transact(town.store, store => tellAccepted(store, id, noon))
  await town.settle()
  const pairs = async () => {
    const assignment = await findLivingAssignment(town.store, { requestId: id })
    const digits = assignment?.doorCode ?? ''
    return { first: digits.slice(0, 2), second: digits.slice(2, 4) }
  }
  return { ...district, id, timur, dina, elder, pairs }
}

const said = ({ messages }: Neighbour) => messages.filter(({ from }) => from === 'bot')

describe.each(testedChannels)('the card on %s', channel => {
  test.each(languagesOn(channel))(
    'in %s: one message from accepted to closed, and four that ring',
    async language => {
      const town = await settledTown(database, { channel, language })
      const { t, aigul, timur } = town
      await requestFrom(town, aigul)
      const begun = aigul.messages.length
      const accepted = aigul.last
      expect(accepted.text).toContain(t('created').split('{')[0])
      expect(accepted.text).toContain(t('created.posted.other', zeinep))
      await timur.in('Көршілер').presses(t('claim'))
      const door = t('req.door.other', { ...helperOf(aigul) })
      const found = aigul.last
      const texts = () => aigul.messages.map(({ text }) => text)
      const textOf = (id: string) => aigul.messages.find(message => message.id === id)?.text
      expect(texts()).not.toContain(accepted.text)
      if (hasButtons(channel)) expect(textOf(accepted.id)).toBe(t('living.moved', { num: 1 }))
      expect(found.text).toContain(t('req.claimed.other', { vol: 'Тимур', num: 1, ...zeinep }))
      expect(found.text).toContain(door)
      await timur.presses(t('onway'))
      expect(aigul.last.text).toContain(t('req.onway.other', { vol: 'Тимур', ...zeinep }))
      expect(texts()).not.toContain(found.text)
      if (hasButtons(channel)) expect(aigul.last.id).toBe(found.id)
      await timur.presses(t('done'))
      await timur.presses(t('done.noCode'))
      if (hasButtons(channel)) expect(textOf(found.id)).toContain(t('st.wait'))
      expect(texts().filter(text => text.includes(door)).length).toBe(1)
      expect(aigul.last.text).toBe(t('req.confirm.other', zeinep))
      await aigul.presses(t('req.yes'))
      expect(texts()).toContain(t('st.line', { num: 1, status: { key: 'st.done' } }))
      expect(texts().some(text => text.includes(door))).toBe(false)
      // Accepted stands at `begun`; the helper, the question and the rating have rung.
      if (hasButtons(channel)) expect(aigul.messages.length).toBe(begun + 3)
    },
  )

  test('release rings, the card loses the code in silence, and comes anew with the next helper', async () => {
    const { t, aigul, timur, pairs } = await family(channel, { own: false })
    await timur.in('Көршілер').presses(t('claim'))
    const old = await pairs()
    const [card] = said(aigul).slice(-1)
    await timur.presses(t('release'))
    expect(aigul.last.text).toBe(t('req.released.other', { num: 1, ...zeinep }))
    const texts = () => said(aigul).map(({ text }) => text)
    const standing = said(aigul).find(({ id }) => id === card?.id)
    if (hasButtons(channel)) expect(standing?.text).toContain(t('st.reopened'))
    expect(texts().some(text => text.includes(t('req.door.other', old)))).toBe(false)
    await timur.in('Көршілер').presses(t('claim'))
    const fresh = await pairs()
    expect(aigul.last.text).toContain(t('req.door.other', fresh))
    const moved = hasButtons(channel) ? 3 : 0
    expect(texts().filter(text => text === t('living.moved', { num: 1 })).length).toBe(moved)
    expect(texts()).not.toContain(t('req.released.other', { num: 1, ...zeinep }))
    expect(texts().some(text => text.includes(t('st.reopened')))).toBe(false)
  })

  test('the older person’s own chat has a card too, in her words; strangers have none', async () => {
    const { t, aigul, timur, dina, elder, pairs } = await family(channel)
    expect(elder.last.text).toContain(t('living.forYou'))
    await timur.in('Көршілер').presses(t('claim'))
    const { first, second } = await pairs()
    expect(elder.last.text).toBe(
      `${t('req.claimed', { vol: 'Тимур', num: 1 })}\n\n${t('req.door', { first, second })}`,
    )
    expect(aigul.last.text).toContain(t('req.door.other', { first, second }))
    expect(said(dina).some(({ text }) => text.includes(second) && text.includes(first))).toBe(false)
    await timur.presses(t('done'))
    await timur.presses(t('done.noCode'))
    if (hasButtons(channel)) expect(elder.last.text).toContain(t('living.said'))
    expect(elder.last.text).not.toContain(t('st.wait'))
    await aigul.presses(t('req.yes'))
    expect(elder.last.text).toBe(t('st.line', { num: 1, status: { key: 'st.done' } }))
    for (const person of [aigul, elder])
      for (const { text } of said(person)) {
        expect(text).not.toContain('Абая')
        for (const key of ['req.door', 'req.door.other'])
          expect(text).not.toContain(t(key, { first, second }))
      }
  })

  test('the right pair at the door closes the cards without another word but the rating', async () => {
    const { t, aigul, timur, elder, pairs } = await family(channel)
    await timur.in('Көршілер').presses(t('claim'))
    const before = [said(aigul).length, said(elder).length]
    await timur.says((await pairs()).second)
    expect(elder.last.text).toBe(t('req.done', { num: 1 }))
    expect(said(aigul).at(-2)?.text).toBe(t('req.done.other', { num: 1, ...zeinep }))
    expect(aigul.last.text).toBe(t('rate.ask.other', zeinep))
    expect([said(aigul).length, said(elder).length]).toEqual([(before[0] ?? 0) + 1, before[1]])
  })
})

test('nobody answers: the card says it is closed unconfirmed, and whom to call', async () => {
  const { town, t, id, aigul, timur } = await family('telegram', { own: false })
  await timur.in('Көршілер').presses(t('claim'))
  const card = aigul.last.id
  await timur.presses(t('done'))
  await timur.presses(t('done.noCode'))
  await transact(town.store, async store =>
    doneDeeds.close(store, await getRequest(store, id), new Date('2026-11-25T07:00:00Z')),
  )
  town.at('2026-11-25T07:00:00Z')
  await town.settle()
  const text = aigul.messages.find(message => message.id === card)?.text
  expect(text).toBe(t('req.unconfirmed.other', { num: 1, ...zeinep }))
})

test.each([
  ['not before she said yes', { agreed: false }],
  ['never of what others at home shall not read', { category: 'safety' as const }],
])('the older person’s chat is told %s', async (_, need) => {
  const { elder } = await family('telegram', { need })
  expect(said(elder).filter(({ text }) => text.includes('№1') || text.includes('1')).length).toBe(0)
})

test('a card that is still to be sent when the request moves on goes out as it is by then', async () => {
  const { town, t, id, elder } = await family('telegram', { need: { urgency: 'soon' } })
  const night = new Date('2026-11-23T18:00:00Z')
  const before = said(elder).length
  town.at(night.toISOString())
  await transact(town.store, store => tellAccepted(store, id, night))
  await transact(town.store, store => showLiving(store, id, night))
  await town.settle()
  expect(said(elder).length).toBe(before)
  town.at('2026-11-24T03:00:30Z')
  await town.settle()
  expect(said(elder).length).toBe(before + 1)
  expect(elder.last.text).toContain(t('st.search'))
})

test('where nothing can be edited only what rings is sent', async () => {
  const town = await openTown(database, { channel: 'telegram', language: 'ru', edits: false })
  town.at(noon.toISOString())
  const { t } = town
  const marat = await coordinator(town, 'Марат')
  const aigul = await neighbour(town, 'Айгүл')
  const timur = await helper(town, 'Тимур')
  await boundGroup({ town, marat }, [timur])
  const { id } = await request(town, aigul)
  await transact(town.store, store => tellAccepted(store, id, noon))
  await town.settle()
  const before = said(aigul).length
  await transact(town.store, store => announceAgain(store, id, noon))
  await town.settle()
  expect(said(aigul).length).toBe(before)
  // The card before is taken away, so that there is one all the time.
  await timur.in('Көршілер').presses(t('claim'))
  expect(said(aigul).length).toBe(before)
  await timur.presses(t('onway'))
  expect(said(aigul).length).toBe(before)
  await timur.presses(t('done'))
  await timur.presses(t('done.noCode'))
  expect(said(aigul).length).toBe(before + 1)
  expect(said(aigul).filter(({ edited }) => edited)).toEqual([])
})
