import { describe, expect, test } from 'vitest'
import { endAskings, listToAsk } from '../../db/asking.ts'
import { claimRequest, listLivingAssignments } from '../../db/claims.ts'
import { transact } from '../../db/client.ts'
import { holdCapacity } from '../../db/duty.ts'
import { listApprovedVolunteers } from '../../db/volunteers.ts'
import type { languages } from '../../domain/language.ts'
import { claimsMax } from '../../domain/volunteer.ts'
import { testDatabase } from '../town/database.ts'
import { boundGroup, districtAtNoon, looksAt } from '../town/district.ts'
import { helper, noon, request } from '../town/quick.ts'
import { languagesOn, type TestedChannel, testedChannels } from '../town/town.ts'

const database = testDatabase()

async function open(channel: TestedChannel, language: (typeof languages)[number] = 'ru') {
  const district = await districtAtNoon(database, { channel, language })
  const timur = await helper(district.town, 'Тимур', { language })
  return { ...district, timur, store: district.town.store }
}

describe.each(testedChannels)('on and off duty on %s', channel => {
  test.each(languagesOn(channel))(
    'in %s: a week off is shown in the menu and ends by itself',
    async language => {
      const { town, t, timur, aigul, store } = await open(channel, language)
      const wanted = await request(town, aigul)
      // Without a group on WhatsApp they were asked at once.
      await endAskings(store, wanted.id)
      const sought = { ...wanted, requestId: wanted.id, regionId: '10', day: '2026-11-22' }
      const asks = (at: string) =>
        listToAsk(store, { ...sought, at: new Date(at) }, { where: 'district', limit: 5 })
      const offered = async (at: string) =>
        (await listApprovedVolunteers(store, wanted, { at: new Date(at), limit: 5 })).map(one => one.personId)
      expect(await asks('2026-11-23T07:00:00Z')).toEqual([timur.personId])

      await timur.says('/menu')
      await timur.presses(t('menu.duty'))
      await timur.presses(t('duty.week'))
      const back = { day: '2026-11-30T03:00:00Z', zone: 'Asia/Almaty' }
      expect(timur.last.text).toContain(t('duty.week.ok', { day: back }))
      expect(await asks('2026-11-23T07:00:00Z')).toEqual([])
      expect(await offered('2026-11-23T07:00:00Z')).toEqual([])
      await timur.says('/menu')
      expect(timur.last.text).toContain(t('duty.offUntil', { day: back }))

      expect(await asks('2026-11-30T03:00:00Z')).toEqual([timur.personId])
      expect(await offered('2026-11-30T03:00:00Z')).toEqual([timur.personId])
      town.at('2026-11-30T03:00:00Z')
      await timur.says('/menu')
      expect(timur.last.text).not.toContain(t('duty.offUntil', { day: back }))
    },
  )

  test('off until they say: what they hold stays, and one press brings them back', async () => {
    const { town, t, timur, aigul, store } = await open(channel)
    const held = await request(town, aigul)
    await timur.says('/tasks')
    await timur.pressesData(`claim:${held.id}`)
    await timur.says('/duty')
    await timur.presses(t('duty.until'))
    await timur.says('/menu')
    expect(timur.last.text).toContain(t('duty.off'))
    expect((await listLivingAssignments(store, timur.personId)).length).toBe(1)
    await timur.presses(t('menu.duty'))
    expect(timur.last.buttons).not.toContain(t('duty.week'))
    await timur.presses(t('duty.on'))
    await timur.says('/menu')
    expect(timur.last.text).not.toContain(t('duty.off'))
  })
})

describe.each(testedChannels)('as many claims as one may hold on %s', channel => {
  test.each(languagesOn(channel))(
    'in %s one more is refused politely, in the group and in private',
    async language => {
      const { town, t, timur, aigul, marat, store } = await open(channel, language)
      const dina = await helper(town, 'Дина', { language })
      await boundGroup({ town, marat }, [timur, dina])
      for (let n = 0; n < claimsMax; n++) {
        await request(town, aigul)
        expect((await timur.in('Көршілер').presses(t('claim'))).notice).toBe(t('claim.yours', { num: n + 1 }))
      }
      const { id } = await request(town, aigul)
      const full = t('claim.full', { n: claimsMax })
      expect((await timur.in('Көршілер').presses(t('claim'))).notice).toBe(full)
      expect((await timur.pressesData(`claim:${id}`)).notice).toBe(full)
      // Looking is not taking.
      expect((await looksAt(town, timur, id)).notice).toBe(t('post.sent'))
      expect((await listLivingAssignments(store, timur.personId)).length).toBe(claimsMax)
      // What is done and waits for the asker only is no work any more.
      await timur.presses(t('done'))
      await timur.presses(t('done.noCode'))
      expect((await timur.in('Көршілер').presses(t('claim'))).notice).toBe(t('claim.yours', { num: 4 }))
    },
  )

  test('a coordinator gives one more only on purpose', async () => {
    const { town, t, timur, aigul, marat, store } = await open(channel)
    for (let n = 0; n < claimsMax; n++) {
      const { id } = await request(town, aigul)
      await timur.says('/tasks')
      await timur.pressesData(`claim:${id}`)
    }
    const { id } = await request(town, aigul)
    const assign = async () => {
      await marat.says('/queue')
      await marat.pressesData(`open:${id}`)
      await marat.presses(t('queue.assign'))
      await marat.presses(t('queue.volunteer', { name: 'Тимур', n: claimsMax }))
      expect(marat.last.text).toContain(t('queue.full', { n: claimsMax }))
    }
    await assign()
    await marat.presses(t('queue.full.no'))
    expect((await listLivingAssignments(store, timur.personId)).length).toBe(claimsMax)
    await assign()
    await marat.presses(t('queue.full.yes'))
    expect((await listLivingAssignments(store, timur.personId)).length).toBe(claimsMax + 1)
  })
})

test('claims at the same moment never become more than one may hold', async () => {
  const { town, timur, aigul, store } = await open('playground')
  const ids: string[] = []
  for (let n = 0; n < claimsMax + 3; n++) ids.push((await request(town, aigul)).id)
  const claim = (requestId: string) =>
    transact(store, async inner => {
      if ((await holdCapacity(inner, timur.personId)) !== 'free') return false
      const taken = { requestId, volunteerId: timur.personId, via: 'claim', at: noon } as const
      return Boolean(await claimRequest(inner, taken))
    })
  const won = await Promise.all(ids.map(claim))
  expect(won.filter(Boolean).length).toBe(claimsMax)
  expect((await listLivingAssignments(store, timur.personId)).length).toBe(claimsMax)
})
