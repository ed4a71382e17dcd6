import { expect, test } from 'vitest'
import { type DistrictKind, districtOf, districts } from '../../domain/districts.ts'
import { isCityRegion, regions } from '../../domain/regions.ts'

/** How many units each region has, by the statistics list of 2025–2026. */
const counts = {
  '10': 12,
  '11': 20,
  '15': 13,
  '19': 11,
  '23': 8,
  '27': 13,
  '31': 11,
  '33': 10,
  '35': 13,
  '39': 20,
  '43': 9,
  '47': 7,
  '55': 13,
  '59': 14,
  '61': 17,
  '62': 5,
  '63': 13,
  '71': 6,
  '75': 8,
  '79': 5,
}

test('every region has all its districts and cities', () => {
  const found = Object.fromEntries(
    regions.map(({ id }) => [id, districts.filter(district => district.region === id).length]),
  )
  expect(found).toEqual(counts)
  const ofKind = (kind: DistrictKind) => districts.filter(district => district.kind === kind).length
  expect([ofKind('district'), ofKind('city_admin'), ofKind('city_district')]).toEqual([170, 39, 19])
})

test('an id is unique, says its region and is plain enough for a button', () => {
  expect(new Set(districts.map(district => district.id)).size).toBe(districts.length)
  for (const { id, region, kind } of districts) {
    expect(id).toMatch(/^\d\d(?:-[a-z]+)+$/)
    expect(id.slice(0, 2)).toBe(region)
    expect(id.endsWith('-city')).toBe(kind === 'city_admin')
    expect(kind === 'city_district').toBe(isCityRegion(region))
    expect(districtOf(id)?.id).toBe(id)
  }
  expect(districtOf('10-nowhere')).toBeUndefined()
})

test('codes are four digits of the own region, unique, and missing for the eight newest units only', () => {
  const coded = districts.filter(district => district.kato !== undefined)
  expect(coded).toHaveLength(220)
  expect(new Set(coded.map(district => district.kato)).size).toBe(220)
  expect(
    coded.filter(({ kato, region }) => !/^\d{4}$/.test(kato ?? '') || !kato?.startsWith(region)),
  ).toEqual([])
})

test('names are written out and hide no letters of another alphabet', () => {
  for (const { kk, ru, en, kind } of districts) {
    expect(`${kk} ${ru}`).not.toMatch(/Г\.А\.|қ\.ә\.|[A-Za-z]/)
    expect(kk).toMatch(kind === 'city_admin' ? / қаласы$/ : /ауданы$|атындағы аудан$/)
    expect(ru).toMatch(kind === 'city_admin' ? /^г\. \S/ : /^район \S|\S район$/)
    expect(en).toMatch(kind === 'city_admin' ? /^[A-Z][A-Za-z]+ city$/ : /^[A-Z][A-Za-z -]+ District$/)
  }
})

test.each([
  ['10-semei-city', 'Семей қаласы', 'г. Семей', 'Semey city'],
  ['10-abai', 'Абай ауданы', 'Абайский район', 'Abai District'],
  ['19-alatau-city', 'Алатау қаласы', 'г. Алатау', 'Alatau city'],
  ['35-karagandy-city', 'Қарағанды қаласы', 'г. Караганда', 'Karaganda city'],
  ['39-kostanai', 'Қостанай ауданы', 'Костанайский район', 'Kostanay District'],
  [
    '59-gabit-musirepov',
    'Ғабит Мүсірепов атындағы аудан',
    'район им. Габита Мусрепова',
    'Gabit Musirepov District',
  ],
  ['63-oskemen-city', 'Өскемен қаласы', 'г. Усть-Каменогорск', 'Oskemen city'],
  ['75-almaly', 'Алмалы ауданы', 'Алмалинский район', 'Almaly District'],
])('%s reads well in three languages', (id, kk, ru, en) => {
  expect(districtOf(id)).toMatchObject({ kk, ru, en })
})
