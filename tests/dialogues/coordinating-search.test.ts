import { describe, expect, test } from 'vitest'
import { transact } from '../../db/client.ts'
import { eq } from '../../db/drizzle.ts'
import { elders } from '../../db/schema.ts'
import { searchQueue } from '../../db/search.ts'
import { languages } from '../../domain/language.ts'
import { nameOf } from '../../domain/places.ts'
import type { Role } from '../../domain/roles.ts'
import { readNumbers, readSearch, type Sought } from '../../domain/search-words.ts'
import { testDatabase } from '../town/database.ts'
import { districtAtNoon } from '../town/district.ts'
import {
  actsOf,
  farDistrict,
  type Need,
  type Neighbour,
  neighbour,
  noon,
  otherDistrict,
  otherRegion,
  request,
  semey,
} from '../town/quick.ts'
import { openTown, type Town } from '../town/town.ts'

const database = testDatabase()

/** A request for an older person of this name and phone. */
async function requestFor(
  town: Town,
  asker: Neighbour,
  { name, phone, ...need }: Need & { name: string; phone?: string },
) {
  const made = await request(town, asker, need)
  const phoneIndex = phone && { phoneIndex: town.store.keys.blindIndex(phone) }
  await town.store.db
    .update(elders)
    .set({ name, ...phoneIndex })
    .where(eq(elders.id, made.elderId))
  return made
}

describe('what is typed into the queue', () => {
  test.each<[string, Sought | undefined]>([
    ['17', { number: 17 }],
    ['просьба № 1 017', { number: 1017 }],
    ['8 701 123 45 67', { phone: '+77011234567' }],
    ['+7 (701) 123-45-67', { phone: '+77011234567' }],
    ['Зейнеп Ахметова', { name: 'Зейнеп Ахметова' }],
    ['?!', undefined],
  ])('«%s» is read as %j', (text, sought) => {
    expect(readSearch(text)).toEqual(sought)
  })

  test.each([
    ['17 18 20-25', [17, 18, 20, 21, 22, 23, 24, 25]],
    ['№17, №18 и 20', [17, 18, 20]],
    ['1 017', undefined],
    ['№17, №18; 20–21', [17, 18, 20, 21]],
    ['17', undefined],
    ['17 17', undefined],
    ['Зейнеп 17 18', undefined],
    ['1-500', Array.from({ length: 30 }, (_, n) => n + 1)],
  ])('«%s» selects %j', (text, numbers) => {
    expect(readNumbers(text)).toEqual(numbers)
  })
})

describe('the search', () => {
  test.each(languages)(
    'in %s by name with slips, by number and by phone; one press opens',
    async language => {
      const { town, t, marat, aigul } = await districtAtNoon(database, {
        channel: 'telegram',
        language,
        role: { regionId: '10' },
      })
      await requestFor(town, aigul, { name: 'Айгүл Сәрсенбаева', phone: '+77022223344' })
      await requestFor(town, aigul, { name: 'Нина Петровна Кузнецова', details: 'Нужен хлеб' })
      for (const typed of ['Айгуль Сарсенбаева', 'айгул сарсенбева', 'Aigul Sarsenbaeva', 'САРСЕНБАИВА']) {
        await marat.says('/queue')
        await marat.says(typed)
        const label = t('queue.named', { num: 1, name: 'Айгүл С.', cat: { key: 'cat.medical' } })
        expect(marat.last.text).toContain(t('queue.found'))
        expect(marat.last.buttons[0]).toBe(label)
        expect(marat.last.buttons.some(button => button.includes('Нина'))).toBe(false)
        await marat.presses(label)
        expect(marat.last.text).toContain(t('st.line', { num: 1, status: { key: 'st.new' } }))
        await marat.presses(t('queue.back'))
        expect(marat.last.buttons[0]).toBe(label)
      }
      // Two slips and a name without its Kazakh letters; from a list as well.
      await marat.says('/queue')
      await marat.presses(t('queue.open', { n: 2 }))
      await marat.says('кузницова нена')
      expect(marat.last.buttons[0]).toContain('Нина П.')
      await marat.says('+7 702 222 33 44')
      expect(marat.last.text).toContain(t('st.line', { num: 1, status: { key: 'st.new' } }))
      await marat.says('/queue')
      await marat.presses(t('queue.find'))
      expect(marat.last.text).toContain(t('queue.find.ask'))
      await marat.says('?!')
      expect(marat.last.text).toContain(t('queue.find.want'))
      await marat.says('Болат')
      expect(marat.last.text).toContain(t('queue.find.none', { words: 'Болат' }))
      const opened = (await actsOf(town)).filter(({ act }) => act === 'request.opened')
      expect(opened.length).toBe(5)
    },
  )

  test('finds the asker’s phone too, and at most eight', async () => {
    const { town, t, marat, aigul } = await districtAtNoon(database, { channel: 'playground' })
    for (let n = 0; n < 11; n++) await request(town, aigul, { details: `Просьба ${n}` })
    await marat.says('/queue')
    // Айгүл's own phone: she asks for another.
    await marat.says('8 701 765 43 21')
    expect(marat.last.buttons.filter(label => label.startsWith('№')).length).toBe(8)
    expect(marat.last.buttons).toContain(t('queue.back'))
  })
})

/** Whose search reaches where; `care` is not for groups, `safety` is for those cleared only. */
const places = { own: semey, sameRegion: otherDistrict, far: farDistrict } as const
const roles: { role: string; given: Partial<Role>; sees: string[] }[] = [
  { role: 'country', given: {}, sees: ['own', 'sameRegion', 'far'] },
  { role: 'region', given: { regionId: '10' }, sees: ['own', 'sameRegion'] },
  { role: 'other region', given: { regionId: otherRegion }, sees: ['far'] },
  { role: 'district', given: { regionId: '10', districtId: semey }, sees: ['own'] },
]

test.each(roles.flatMap(role => [true, false].map(cleared => ({ ...role, cleared }))))(
  'a search of $role, cleared: $cleared, stays in $sees',
  async ({ given, cleared, sees }) => {
    const town = await openTown(database, { channel: 'playground', language: 'ru' })
    town.at(noon.toISOString())
    const aigul = await neighbour(town, 'Айгүл')
    const made = new Map<string, string>()
    for (const [place, districtId] of Object.entries(places)) {
      const need = { districtId, name: 'Зейнеп Ахметова', phone: '+77022223344' }
      made.set((await requestFor(town, aigul, need)).id, place)
      made.set((await requestFor(town, aigul, { ...need, category: 'safety' })).id, `${place} restricted`)
    }
    const expected = sees.flatMap(place => (cleared ? [place, `${place} restricted`] : [place])).sort()
    const own: Role[] = [{ regionId: null, districtId: null, ...given, cleared }]
    const all = async (sought: Sought) =>
      (await transact(town.store, store => searchQueue(store, own, sought, noon)))
        .map(({ id }) => made.get(id) ?? '?')
        .sort()
    expect(await all({ name: 'Зейнп Ахметва' })).toEqual(expected)
    expect(await all({ phone: '+77022223344' })).toEqual(expected)
    const byNumber = [...(await all({ number: 1 })), ...(await all({ number: 2 }))]
    const numbered = expected.filter(place => !place.startsWith('sameRegion'))
    expect(byNumber.sort()).toEqual(numbered)
  },
)

describe('lists', () => {
  test.each(languages)(
    'in %s are narrowed to a kind, a district, an urgency, and widened again',
    async language => {
      const { town, t, marat, aigul } = await districtAtNoon(database, {
        channel: 'playground',
        language,
        role: { regionId: '10' },
      })
      await request(town, aigul, { category: 'medical' })
      await request(town, aigul, { category: 'household', urgency: 'planned' })
      await request(town, aigul, { category: 'household', districtId: otherDistrict })
      const narrowTo = async (by: string, to: string) => {
        await marat.presses(t('queue.narrow'))
        await marat.presses(t(by))
        await marat.presses(to)
      }
      await marat.says('/queue')
      await narrowTo('narrow.category', t('cat.household'))
      expect(marat.last.text).toContain(t('queue.narrowed', { to: t('cat.household') }))
      await marat.presses(t('queue.open', { n: 2 }))
      expect(
        marat.last.buttons.filter(label => label.startsWith(t('queue.line', numbered(1))[0] ?? '')).length,
      ).toBe(2)
      await marat.presses(t('queue.back'))
      await narrowTo('narrow.district', nameOf(otherDistrict, language))
      expect(marat.last.buttons).toContain(t('queue.open', { n: 1 }))
      await narrowTo('narrow.urgency', t('when.later'))
      expect(marat.last.buttons).toContain(t('queue.open', { n: 0 }))
      await marat.presses(t('queue.narrow'))
      await marat.presses(t('narrow.none'))
      expect(marat.last.buttons).toContain(t('queue.open', { n: 3 }))
    },
  )
})

function numbered(num: number) {
  return { num, cat: '', district: '' }
}
