import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { claimRequest, findLivingAssignment, listLivingAssignments } from '../../db/claims.ts'
import { type OpenDatabase, transact } from '../../db/client.ts'
import { holdCapacity } from '../../db/duty.ts'
import { getRequest } from '../../db/requests.ts'
import { findVolunteer } from '../../db/volunteers.ts'
import { suspend } from '../../deeds/suspend.ts'
import type { languages } from '../../domain/language.ts'
import { openTestDatabase } from '../town/database.ts'
import { actsOf, coordinator, helper, neighbour, noon, request, semey, zeinep } from '../town/quick.ts'
import { languagesOn, openTown, type TestedChannel, testedChannels } from '../town/town.ts'

let database: OpenDatabase
beforeAll(async () => {
  database = await openTestDatabase()
})
afterAll(() => database.close())

/** Тимур holds two of Айгүл's requests and has called a third one done. */
async function atWork(channel: TestedChannel, language: (typeof languages)[number] = 'ru') {
  const town = await openTown(database, { channel, language })
  const { t, store } = town
  town.at(noon.toISOString())
  const marat = await coordinator(town, 'Марат', { regionId: '10' }, language)
  const aigul = await neighbour(town, 'Айгүл', language)
  const timur = await helper(town, 'Тимур', { language })
  const dina = await helper(town, 'Дина', { language })
  await town.group('Көршілер', [marat, timur, dina])
  await marat.in('Көршілер').pressesData(`bindto:${semey}`)
  const ids: string[] = []
  for (let n = 0; n < 3; n++) {
    const { id } = await request(town, aigul)
    await timur.in('Көршілер').presses(t('claim'))
    ids.push(id)
  }
  await timur.presses(t('done'))
  await timur.presses(t('done.noCode'))
  const suspendTimur = async () => {
    const decided = { by: marat.personId, at: noon }
    const done = await transact(store, inner => suspend(inner, timur.personId, decided))
    await town.settle()
    return done
  }
  const statuses = async () => {
    const all = await Promise.all(ids.map(id => getRequest(store, id)))
    return all.map(({ status }) => status)
  }
  return { town, t, store, marat, aigul, timur, dina, ids, suspendTimur, statuses }
}

describe.each(testedChannels)('a suspension on %s', channel => {
  test.each(languagesOn(channel))(
    'in %s opens all that was held, takes the addresses, tells everybody',
    async language => {
      const { town, t, store, marat, aigul, timur, dina, suspendTimur, statuses } = await atWork(
        channel,
        language,
      )
      expect(await statuses()).toEqual(['claimed', 'claimed', 'done'])
      expect(await suspendTimur()).toBe(true)
      expect(await statuses()).toEqual(['open', 'open', 'done'])
      expect((await findVolunteer(store, timur.personId))?.status).toBe('suspended')
      // What was called done waits for the asker's word; nothing else is Тимур's.
      expect((await listLivingAssignments(store, timur.personId)).length).toBe(1)
      expect(timur.last.text).toBe(t('vol.suspended'))
      expect(timur.messages.some(({ text }) => /Абая|701/.test(text))).toBe(false)
      expect(timur.messages.some(({ buttons }) => buttons.includes(t('release')))).toBe(false)
      for (const num of [1, 2]) {
        const [firstLine = ''] = t('coord.suspended', { num }).split('\n')
        expect(marat.messages.filter(({ text }) => text.startsWith(firstLine)).length).toBe(1)
        const told = t('req.released.other', { num, ...zeinep })
        expect(aigul.messages.filter(({ text }) => text === told).length).toBe(1)
      }
      const living = dina.in('Көршілер').messages.filter(({ buttons }) => buttons.includes(t('claim')))
      expect(living.length).toBe(2)
      const acts = (await actsOf(town)).filter(({ actorId }) => actorId === marat.personId)
      expect(acts.map(({ act }) => act).slice(-3)).toEqual([
        'volunteer.suspended',
        'request.released',
        'request.released',
      ])
      expect((await timur.in('Көршілер').presses(t('claim'))).notice).toBe(t('vol.suspended'))
      expect((await dina.in('Көршілер').presses(t('claim'))).notice).toBe(t('claim.yours', { num: 2 }))
      // Once is enough.
      expect(await suspendTimur()).toBe(false)
    },
  )

  test('the asker’s word on what was done still counts', async () => {
    const { t, aigul, ids, suspendTimur, statuses, store } = await atWork(channel)
    await suspendTimur()
    await aigul.presses(t('req.no'))
    expect(await statuses()).toEqual(['open', 'open', 'open'])
    expect(await findLivingAssignment(store, { requestId: ids[2] ?? '' })).toBeUndefined()
  })

  test('a coordinator with an old list gives nothing to who is suspended meanwhile', async () => {
    const { town, t, marat, aigul, suspendTimur, store } = await atWork(channel)
    const { id } = await request(town, aigul)
    await marat.says('/queue')
    await marat.pressesData(`open:${id}`)
    await marat.presses(t('queue.assign'))
    await suspendTimur()
    await marat.presses(t('queue.volunteer', { name: 'Тимур', n: 3 }))
    expect(marat.last.text).toContain(t('queue.late', { num: 4 }))
    expect(await findLivingAssignment(store, { requestId: id })).toBeUndefined()
  })
})

test('a suspension waits for a claim under way, and takes it back', async () => {
  const { town, store, aigul, timur, marat } = await atWork('playground')
  const { id } = await request(town, aigul)
  let begun = () => {}
  const underWay = new Promise<void>(resolve => {
    begun = resolve
  })
  const claiming = transact(store, async inner => {
    expect(await holdCapacity(inner, timur.personId)).toBe('free')
    begun()
    await sleep(300)
    return claimRequest(inner, { requestId: id, volunteerId: timur.personId, via: 'claim', at: noon })
  })
  await underWay
  const decided = { by: marat.personId, at: noon }
  const suspending = transact(store, inner => suspend(inner, timur.personId, decided))
  expect([Boolean(await claiming), await suspending]).toEqual([true, true])
  expect((await getRequest(store, id)).status).toBe('open')
  expect(await holdCapacity(store, timur.personId)).toBe('notApproved')
})
