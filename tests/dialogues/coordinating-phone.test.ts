import { describe, expect, test } from 'vitest'
import { eq } from '../../db/drizzle.ts'
import { setPhone } from '../../db/people.ts'
import { addresses, consents, people, requests } from '../../db/schema.ts'
import type { Language } from '../../domain/language.ts'
import type { Role } from '../../domain/roles.ts'
import { testDatabase } from '../town/database.ts'
import { boundGroup, type District, districtAtNoon } from '../town/district.ts'
import { actsOf, helper, otherDistrict, request, semey } from '../town/quick.ts'
import { languagesOn, type TestedChannel, testedChannels } from '../town/town.ts'

const database = testDatabase()

/** Марат writes down what Күләш says on the phone, up to the summary. */
async function writesDown({ marat, t }: District, phone = '8 747 111 22 33') {
  await marat.says('/queue')
  await marat.presses(t('queue.phone'))
  await marat.says('Күләш Омарова')
  await marat.says(phone)
  await marat.presses(t('caller.self'))
}

async function tellsNeed({ marat, t }: District) {
  await marat.says('Күләш Омарова')
  await marat.presses(t('cat.household'))
  await marat.presses(t('when.today'))
  await marat.says('Семей')
  await marat.says('ул. Абая 12, кв. 5')
  await marat.presses('+7 747 111 22 33')
  await marat.says('Нужны хлеб и молоко')
  await marat.presses(t('text.enough'))
  await marat.presses(t('check.yes'))
}

const open = (channel: TestedChannel, language?: Language, role: Partial<Role> = { regionId: '10' }) =>
  districtAtNoon(database, { channel, language, role })

describe.each(testedChannels)('somebody phones, on %s', channel => {
  test.each(languagesOn(channel))(
    'in %s: consent aloud, a person without a messenger, news as tasks to phone',
    async language => {
      const district = await open(channel, language)
      const { town, t, marat } = district
      const timur = await helper(town, 'Тимур', { language })
      const group = await boundGroup(district, [timur])
      await writesDown(district)
      expect(marat.last.text).toContain(t('caller.consent'))
      expect(marat.last.text).toContain('Қор «Мысал»')
      await marat.presses(t('caller.yes'))
      await tellsNeed(district)
      expect(marat.last.text).toContain(t('caller.entered', { num: 1, name: 'Күләш Омарова' }))

      const [row] = await town.store.db.select().from(requests)
      const callerId = row?.requesterId ?? ''
      expect(row).toMatchObject({ enteredBy: marat.personId, status: 'open', category: 'household' })
      expect(callerId).not.toBe(marat.personId)
      expect(await town.store.db.$count(addresses, eq(addresses.personId, callerId))).toBe(0)
      const [consent] = await town.store.db.select().from(consents).where(eq(consents.personId, callerId))
      expect(consent).toMatchObject({ channel: 'phone', language })
      const acts = await actsOf(town)
      const written = acts.find(({ act }) => act === 'request.submitted')
      expect(written).toMatchObject({ actorId: marat.personId, subjectId: row?.id })
      const agreed = acts.find(({ act }) => act === 'consent.given')
      expect(agreed).toMatchObject({ actorId: marat.personId, subjectId: callerId })

      expect(group.last.text).toContain('хлеб')
      await timur.in('Көршілер').presses(t('claim'))
      const task = marat.last
      const whom = t('alert.toPhone', { name: 'Күләш Омарова', phone: { phone: '+77471112233' } })
      expect(task.text).toContain(whom)
      // Who comes, and the digits to name at the door.
      expect(task.text).toContain('Тимур')
      expect(task.buttons).toEqual([t('queue.show'), t('alert.resolve')])
      await marat.says('/queue')
      await marat.presses(t('queue.alerts', { n: 1 }))
      expect(marat.last.text).toContain('Тимур')
      await marat.presses(t('alert.resolve'))
      expect(marat.messages.some(({ text }) => text.includes(whom))).toBe(false)

      await marat.pressesData(`open:${row?.id}`)
      await marat.presses(t('queue.close'))
      await marat.presses(t('outcome.fulfilled'))
      await marat.says('Созвонились')
      expect(marat.last.text).toContain(t('queue.closed.untold', { num: 1 }))
      const closed = { num: 1, status: { key: 'st.done' }, reason: 'Созвонились' }
      expect(marat.messages.some(({ text }) => text.includes(t('req.closed', closed)))).toBe(true)
    },
  )

  test.each(languagesOn(channel))('in %s: without consent nothing is kept', async language => {
    const district = await open(channel, language)
    const { town, t, marat } = district
    const before = await town.store.db.$count(people)
    await writesDown(district)
    await marat.presses(t('caller.no'))
    expect(marat.last.text).toContain(t('caller.declined'))
    expect(await town.store.db.$count(people)).toBe(before)
    expect(await town.store.db.$count(requests)).toBe(0)
  })
})

test('a caller known by the phone asks as themselves, and reads the news themselves', async () => {
  const district = await open('telegram')
  const { town, t, marat, aigul } = district
  await setPhone(town.store, aigul.personId, '+77471112233')
  const timur = await helper(town, 'Тимур')
  await boundGroup(district, [timur])
  await writesDown(district)
  await marat.presses(t('caller.yes'))
  await tellsNeed(district)
  const [row] = await town.store.db.select().from(requests)
  expect(row).toMatchObject({ requesterId: aigul.personId, enteredBy: marat.personId })
  await timur.in('Көршілер').presses(t('claim'))
  expect(aigul.last.text).toContain('Тимур')
  expect(marat.messages.some(({ buttons }) => buttons.includes(t('alert.resolve')))).toBe(false)
  // The consent is given once.
  await writesDown(district)
  expect(marat.last.text).not.toContain(t('caller.consent'))
})

const territories: { role: string; given: Partial<Role>; sees: boolean }[] = [
  { role: 'the region', given: { regionId: '10' }, sees: true },
  { role: 'the district', given: { regionId: '10', districtId: semey }, sees: true },
  { role: 'another district', given: { regionId: '10', districtId: otherDistrict }, sees: false },
  { role: 'another region', given: { regionId: '75' }, sees: false },
]

test.each(territories)(
  '$role: a phone typed in opens no address of another territory',
  async ({ given, sees }) => {
    const district = await open('playground', 'ru', given)
    const { town, t, marat, aigul } = district
    await setPhone(town.store, aigul.personId, '+77471112233')
    await request(town, aigul)
    await marat.says('/queue')
    await marat.presses(t('queue.phone'))
    await marat.says('Айгүл')
    await marat.says('8 747 111 22 33')
    await marat.presses(t('caller.other'))
    await marat.presses(t('caller.yes'))
    expect(marat.last.buttons.includes('Зейнеп Ахметова')).toBe(sees)
  },
)

test('nobody but a coordinator writes down for another', async () => {
  const { town, t, aigul } = await open('playground')
  await aigul.says('/queue')
  expect(aigul.last.text).toContain(t('err.command'))
  expect(await town.store.db.$count(requests)).toBe(0)
})
