import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { listDisclosures } from '../../db/disclosures.ts'
import { eq } from '../../db/drizzle.ts'
import { elders, people, requests } from '../../db/schema.ts'
import type { languages } from '../../domain/language.ts'
import { testDatabase } from '../town/database.ts'
import { boundGroup, districtAtNoon } from '../town/district.ts'
import {
  coordinator,
  farDistrict,
  helper,
  neighbour,
  otherRegion,
  request,
  semey,
  zeinep,
} from '../town/quick.ts'
import { languagesOn, type TestedChannel, testedChannels } from '../town/town.ts'

const database = testDatabase()

/** Марат of the district has opened Айгүл's request, Тимур has taken it. */
async function seen(channel: TestedChannel = 'telegram', language: (typeof languages)[number] = 'ru') {
  const role = { regionId: '10', districtId: semey, cleared: false }
  const district = await districtAtNoon(database, { channel, language, role })
  const { town, t, aigul, marat } = district
  await town.store.db.update(people).set({ name: 'Марат Омаров' }).where(eq(people.id, marat.personId))
  const timur = await helper(town, 'Тимур Сериков', { language })
  await boundGroup(district, [timur])
  const { id, elderId } = await request(town, aigul)
  const open = async (person: typeof marat, request: string) => {
    await person.pressesData(`open:${request}`)
    await person.presses(t('my.saw'))
  }
  await marat.pressesData(`open:${id}`)
  await timur.in('Көршілер').presses(t('claim'))
  const line = (key: string, vol: string) => {
    const [beginning = '', end = ''] = t(key, { vol, num: 1, when: '\n' }).split('\n')
    return new RegExp(`^${beginning}.*23.*${end.replaceAll('.', '\\.')}$`, 'mu')
  }
  return { ...district, id, elderId, timur, open, line }
}

describe.each(testedChannels)('who saw the address, on %s', channel => {
  test.each(languagesOn(channel))(
    'in %s: the family reads first names with dates, the coordinator whole ones',
    async language => {
      const { t, aigul, marat, id, open, line } = await seen(channel, language)
      for (const command of ['/who-saw', '/who_saw']) {
        await aigul.says(command)
        expect(aigul.last.text).toMatch(line('saw.helper', 'Тимур'))
        expect(aigul.last.text).toMatch(line('saw.coordinator', 'Марат'))
        expect(aigul.last.text).toContain(zeinep.name)
        expect(aigul.last.text).not.toMatch(/Сериков|Омаров|Абая|701/)
      }
      await aigul.says('/my')
      await aigul.presses(t('my.line', { num: 1, status: { key: 'st.claimed' } }))
      await aigul.presses(t('my.saw'))
      expect(aigul.last.text).toMatch(line('saw.helper', 'Тимур'))
      await open(marat, id)
      expect(marat.last.text).toMatch(line('saw.helper', 'Тимур Сериков'))
      expect(marat.last.text).toMatch(line('saw.coordinator', 'Марат Омаров'))
    },
  )

  test('the older person herself reads it; somebody else has nothing to read', async () => {
    const { town, t, elderId, line } = await seen(channel)
    const elder = await neighbour(town, 'Зейнеп')
    await elder.says('/who-saw')
    expect(elder.last.text).toContain(t('saw.nobody'))
    await town.store.db.update(elders).set({ personId: elder.personId }).where(eq(elders.id, elderId))
    await elder.says('/who-saw')
    expect(elder.last.text).toMatch(line('saw.helper', 'Тимур'))
  })
})

test('nobody was shown it yet: that is said', async () => {
  const { town, t } = await seen()
  const dana = await neighbour(town, 'Дана')
  await request(town, dana)
  await dana.says('/who-saw')
  expect(dana.last.text).toContain(t('saw.none', zeinep))
})

test('who asks for two is asked whose address', async () => {
  const { town, t, aigul, line } = await seen()
  const { elderId } = await request(town, aigul)
  await town.store.db.update(elders).set({ name: 'Қалима Серікова' }).where(eq(elders.id, elderId))
  await aigul.says('/who-saw')
  expect(aigul.last.text).toContain(t('saw.whose'))
  await aigul.presses('Қалима Серікова')
  expect(aigul.last.text).toContain(t('saw.none', { name: 'Қалима Серікова' }))
  await aigul.says('/who-saw')
  await aigul.presses(zeinep.name)
  expect(aigul.last.text).toMatch(line('saw.helper', 'Тимур'))
})

test('several looks of one day are one line, an erased helper has no name', async () => {
  const { town, t, marat, timur, id, aigul } = await seen()
  await marat.pressesData(`open:${id}`)
  await town.store.db.update(people).set({ name: null }).where(eq(people.id, timur.personId))
  await aigul.says('/who-saw')
  expect(aigul.last.text.split('\n').filter(text => text.includes('Марат')).length).toBe(1)
  expect(aigul.last.text).toContain(t('saw.erased'))
})

test('a coordinator reads of their own territory and clearance only; the family not of a restricted matter', async () => {
  const { town, t, marat, aigul, elderId, id, open } = await seen()
  const olga = await coordinator(town, 'Ольга', { regionId: otherRegion })
  const saule = await coordinator(town, 'Сауле', { regionId: '10' })
  const far = await request(town, aigul, { districtId: farDistrict })
  const safety = await request(town, await neighbour(town, 'Көрші'), { category: 'safety' })
  for (const other of [far, safety])
    await town.store.db.update(requests).set({ elderId }).where(eq(requests.id, other.id))
  await olga.pressesData(`open:${far.id}`)
  await saule.pressesData(`open:${safety.id}`)
  await open(marat, id)
  expect(marat.last.text).toContain('Тимур')
  expect(marat.last.text).not.toMatch(/Ольга|Сауле/)
  await aigul.says('/my')
  await aigul.presses(t('my.line', { num: 1, status: { key: 'st.claimed' } }))
  await aigul.presses(t('my.saw'))
  expect(aigul.last.text).toContain('Ольга')
  expect(aigul.last.text).not.toContain('Сауле')
  await open(saule, id)
  expect(saule.last.text).toContain('Сауле')
})

test('a coordinator who was shown the phone under a call is on record, with a request or without one', async () => {
  const role = { regionId: '10', districtId: semey, cleared: false }
  const district = await districtAtNoon(database, { channel: 'telegram', language: 'ru', role })
  const { town, t, aigul, marat } = district
  const { elderId } = await request(town, aigul)
  // The daughter has told no name and phone of her own: the card shows her mother's.
  await town.store.db.update(people).set({ name: null, phone: null }).where(eq(people.id, aigul.personId))
  await aigul.says('человек')
  expect(marat.last.text).toContain(zeinep.name)
  const who = await listDisclosures(town.store, elderId, 9)
  expect(who).toMatchObject([{ personId: marat.personId, helped: false, number: null, regionId: '10' }])
  await aigul.says('/who_saw')
  const when = { moment: who[0]?.at.toISOString() ?? '', zone: 'Asia/Almaty' }
  expect(aigul.last.text).toContain(t('saw.called', { when, vol: 'Марат' }))
})

test('whatever shows an address puts it on record', () => {
  const showing = ['deeds', 'handlers', 'jobs'].flatMap(folder =>
    readdirSync(folder)
      .map(name => `${folder}/${name}`)
      .filter(path => /placeOf\([^)]*'all'|claimCard\(/.test(readFileSync(path, 'utf8'))),
  )
  // The helper's card goes to who holds the claim, recorded with it; the other records each look itself.
  expect(showing).toEqual(['deeds/helper-card.ts', 'handlers/queue-request.ts'])
})
