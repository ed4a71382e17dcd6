import { describe, expect, test } from 'vitest'
import { setDuty } from '../../db/duty.ts'
import { getRequest, type Request } from '../../db/requests.ts'
import { type Language, languages } from '../../domain/language.ts'
import type { Role } from '../../domain/roles.ts'
import { testDatabase } from '../town/database.ts'
import { districtAtNoon } from '../town/district.ts'
import { coordinator, helper, neighbour, otherDistrict, request, semey, zeinep } from '../town/quick.ts'
import type { Town } from '../town/town.ts'

const database = testDatabase()

function open(language: Language = 'ru', role: Partial<Role> = { regionId: '10' }) {
  return districtAtNoon(database, { channel: 'playground', language, role })
}

const statusesOf = async (town: Town, made: readonly Request[]) =>
  (await Promise.all(made.map(({ id }) => getRequest(town.store, id)))).map(({ status }) => status)

describe('several requests at once', () => {
  test.each(languages)(
    'in %s pressed in a list, or away again, and given to one volunteer',
    async language => {
      const { town, t, marat, aigul } = await open(language)
      const timur = await helper(town, 'Тимур', { language })
      const made = []
      for (let n = 0; n < 9; n++) made.push(await request(town, aigul))
      await marat.says('/queue')
      await marat.presses(t('queue.open', { n: 9 }))
      await marat.presses(t('queue.several'))
      expect(marat.last.text).toContain(t('several.pick'))
      expect(marat.last.buttons).not.toContain(t('several.enough'))
      const line = (num: number) =>
        marat.last.buttons.find(label => new RegExp(`\\D${num} `).test(label)) ?? ''
      await marat.presses(line(2))
      await marat.presses(line(3))
      await marat.presses(line(3))
      await marat.presses(t('cat.more'))
      await marat.presses(line(9))
      expect(marat.last.text).toContain(t('several.now', { n: 2, nums: '№2, №9' }))
      await marat.presses(t('several.enough'))
      await marat.presses(t('several.assign'))
      await marat.presses(t('queue.volunteer', { name: 'Тимур', n: 0 }))
      expect(marat.last.text).toContain(t('several.assign.sure', { vol: 'Тимур' }))
      expect(marat.last.text).toContain(t('several.now', { n: 2, nums: '№2, №9' }))
      expect(await statusesOf(town, made)).toEqual(Array(9).fill('open'))
      await marat.presses(t('several.yes'))
      const lines = [2, 9].map(num => t('several.line', { num, what: { key: 'several.done' } }))
      expect(marat.last.text).toContain(t('several.outcome', { lines: lines.join('\n') }))
      expect(marat.last.text).toContain(t('queue.list'))
      const expected = made.map(({ number }) => ([2, 9].includes(number) ? 'claimed' : 'open'))
      expect(await statusesOf(town, made)).toEqual(expected)
      expect(timur.messages.filter(({ text }) => text.includes('Абая 12')).length).toBe(2)
      expect(aigul.messages.filter(({ text }) => text.includes('Тимур')).length).toBe(2)
    },
  )

  test('each has its own outcome: limits, own need, place, consent, clearance, what others did meanwhile', async () => {
    const { town, t, marat, aigul } = await open()
    const timur = await helper(town, 'Тимур')
    const dina = await helper(town, 'Дина')
    await dina.says('/tasks')
    const taken = await request(town, aigul)
    const closed = await request(town, aigul)
    const own = await request(town, timur)
    const elsewhere = await request(town, aigul, { districtId: otherDistrict })
    const unasked = await request(town, aigul, { agreed: false })
    const restricted = await request(town, aigul, { category: 'safety' })
    const free = [await request(town, aigul), await request(town, aigul), await request(town, aigul)]
    const tooMany = await request(town, aigul)
    await dina.pressesData(`claim:${taken.id}`)
    await marat.says('/queue')
    await marat.says('1-10 77')
    expect(marat.last.text).toContain(t('several.left', { nums: '№77' }))
    await marat.presses(t('several.assign'))
    await marat.presses(t('queue.volunteer', { name: 'Тимур', n: 0 }))
    const sara = await coordinator(town, 'Сара', { regionId: '10' })
    await sara.pressesData(`open:${closed.id}`)
    await sara.presses(t('queue.close'))
    await sara.presses(t('outcome.unmet'))
    await sara.says('Никого нет')
    await marat.presses(t('several.yes'))
    const outcomes: [Request, string][] = [
      [taken, 'several.taken'],
      [closed, 'several.closed'],
      [own, 'several.own'],
      [elsewhere, 'several.elsewhere'],
      [unasked, 'several.consent'],
      [restricted, 'several.restricted'],
      ...free.map((one): [Request, string] => [one, 'several.done']),
      [tooMany, 'several.full'],
    ]
    const lines = outcomes.map(([{ number }, key]) => t('several.line', { num: number, what: { key } }))
    expect(marat.last.text).toContain(t('several.outcome', { lines: lines.join('\n') }))
    expect(await statusesOf(town, free)).toEqual(['claimed', 'claimed', 'claimed'])
    expect(await statusesOf(town, [own, elsewhere, unasked, restricted, tooMany])).toEqual(
      Array(5).fill('open'),
    )
  })

  test('a volunteer off duty is given none', async () => {
    const { town, t, marat, aigul } = await open()
    const timur = await helper(town, 'Тимур')
    await request(town, aigul)
    await request(town, aigul)
    await marat.says('/queue')
    await marat.says('1 2')
    await marat.presses(t('several.assign'))
    await marat.presses(t('queue.volunteer', { name: 'Тимур', n: 0 }))
    await setDuty(town.store, timur.personId, { onDuty: false, offUntil: null })
    await marat.presses(t('several.yes'))
    expect(marat.last.text).toContain(t('several.line', { num: 1, what: { key: 'several.offDuty' } }))
  })

  test('what a volunteer takes before the yes stays theirs', async () => {
    const { town, t, marat, aigul } = await open()
    const timur = await helper(town, 'Тимур')
    const made = [await request(town, aigul), await request(town, aigul)]
    await marat.says('/queue')
    await marat.presses(t('queue.open', { n: 2 }))
    await marat.presses(t('queue.several'))
    for (const label of marat.last.buttons.slice(0, 2)) await marat.presses(label)
    await marat.presses(t('several.enough'))
    await marat.presses(t('several.close'))
    await marat.presses(t('outcome.unmet'))
    await marat.says('Никого нет')
    await timur.pressesData(`claim:${made[0]?.id}`)
    await marat.presses(t('several.yes'))
    const lines = ['several.changed', 'several.done'].map((key, n) =>
      t('several.line', { num: n + 1, what: { key } }),
    )
    expect(marat.last.text).toContain(t('several.outcome', { lines: lines.join('\n') }))
    expect(await statusesOf(town, made)).toEqual(['claimed', 'closed'])
  })

  test.each(languages)(
    'in %s closed with outcome and reason, each asker told, after a preview',
    async language => {
      const { town, t, marat, aigul } = await open(language)
      const berik = await neighbour(town, 'Берік', language)
      const made = [await request(town, aigul), await request(town, berik)]
      await marat.says('/queue')
      await marat.says('1-2')
      await marat.presses(t('several.close'))
      await marat.presses(t('outcome.referred'))
      await marat.says('Передали в акимат')
      const values = { outcome: { key: 'outcome.referred' }, reason: 'Передали в акимат' }
      expect(marat.last.text).toContain(t('several.close.sure', values))
      expect(marat.last.text).toContain(t('several.now', { n: 2, nums: '№1, №2' }))
      await marat.presses(t('several.no'))
      expect(await statusesOf(town, made)).toEqual(['open', 'open'])
      await marat.says('1-2')
      await marat.presses(t('several.close'))
      await marat.presses(t('outcome.referred'))
      await marat.says('Передали в акимат')
      await berik.blocks()
      await marat.presses(t('several.yes'))
      const outcome = [
        t('several.line', { num: 1, what: { key: 'several.done' } }),
        t('several.line', { num: 2, what: { key: 'several.done.phone' } }),
      ]
      expect(marat.last.text).toContain(t('several.outcome', { lines: outcome.join('\n') }))
      const told = { num: 1, status: { key: 'st.referred' }, reason: 'Передали в акимат', ...zeinep }
      expect(aigul.last.text).toBe(t('req.closed.other', told))
      expect(await statusesOf(town, made)).toEqual(['closed', 'closed'])
    },
  )

  test.each(languages)(
    'in %s a message goes to the askers only, and not before it was shown',
    async language => {
      const { town, t, marat, aigul } = await open(language)
      const berik = await neighbour(town, 'Берік', language)
      await request(town, aigul)
      await request(town, berik)
      await request(town, berik)
      const before = berik.messages.length
      await marat.says('/queue')
      await marat.says('1 2')
      await marat.presses(t('several.write'))
      await marat.says('Машина будет завтра')
      expect(marat.last.text).toContain(t('several.write.sure', { words: 'Машина будет завтра' }))
      expect(berik.messages.length).toBe(before)
      await marat.presses(t('several.yes'))
      expect(berik.last.text).toBe(t('req.message', { num: 2, words: 'Машина будет завтра' }))
      expect(aigul.last.text).toBe(t('req.message', { num: 1, words: 'Машина будет завтра' }))
      expect(berik.messages.length).toBe(before + 1)
    },
  )
})

test('a message written at night is read in the morning', async () => {
  const { town, t, marat, aigul } = await open()
  await request(town, aigul)
  await request(town, aigul)
  town.at('2026-11-23T18:00:00Z')
  await marat.says('/queue')
  await marat.says('1 2')
  await marat.presses(t('several.write'))
  await marat.says('Машина будет завтра')
  await marat.presses(t('several.yes'))
  const told = () => aigul.messages.filter(({ text }) => text.includes('Машина будет завтра')).length
  expect(told()).toBe(0)
  town.at('2026-11-24T03:30:00Z')
  await town.settle()
  expect(told()).toBe(2)
})

const territories: { role: string; given: Partial<Role>; own: boolean; cleared: boolean }[] = [
  { role: 'the district', given: { regionId: '10', districtId: semey }, own: true, cleared: true },
  {
    role: 'the district, not cleared',
    given: { regionId: '10', districtId: semey, cleared: false },
    own: true,
    cleared: false,
  },
  {
    role: 'another district',
    given: { regionId: '10', districtId: otherDistrict },
    own: false,
    cleared: true,
  },
  { role: 'another region', given: { regionId: '75' }, own: false, cleared: true },
]

test.each(territories)(
  '$role: a selection holds only what is the coordinator’s',
  async ({ given, own, cleared }) => {
    const { town, t, marat, aigul } = await open('ru', given)
    const made = [await request(town, aigul), await request(town, aigul, { category: 'safety' })]
    await marat.says('/queue')
    await marat.says('1 2')
    if (own) {
      const nums = cleared ? '№1, №2' : '№1'
      expect(marat.last.text).toContain(t('several.now', { n: cleared ? 2 : 1, nums }))
      await marat.presses(t('several.close'))
      await marat.presses(t('outcome.unmet'))
      await marat.says('Никого нет')
      await marat.presses(t('several.yes'))
    } else expect(marat.last.text).toContain(t('several.left', { nums: '№1, №2' }))
    const restrictedIs = own && cleared ? 'closed' : 'open'
    expect(await statusesOf(town, made)).toEqual([own ? 'closed' : 'open', restrictedIs])
  },
)
