import { expect, test } from 'vitest'
import { languages } from '../../domain/language.ts'
import { isCityRegion, regionOf, regions } from '../../domain/regions.ts'

test('there are 17 regions and three cities, each once', () => {
  expect(regions).toHaveLength(20)
  expect(new Set(regions.map(region => region.id)).size).toBe(20)
  expect(regions.filter(region => isCityRegion(region.id)).map(region => region.en)).toEqual([
    'Astana city',
    'Almaty city',
    'Shymkent city',
  ])
  expect(regionOf('10')?.ru).toBe('область Абай')
  expect(regionOf('99')).toBeUndefined()
})

test.each(languages)('short names in %s fit a tile and differ', language => {
  const names = regions.map(region => region.short[language])
  expect(names.filter(name => [...name].length > 10 || name === '')).toEqual([])
  expect(new Set(names).size).toBe(20)
})

test('the map has one region a tile, the north above and the west to the left', () => {
  const cells = regions.map(({ cell }) => `${cell.row}:${cell.column}`)
  expect(new Set(cells).size).toBe(20)
  const cell = (id: string) => regionOf(id)?.cell ?? { row: Number.NaN, column: Number.NaN }
  expect(cell('59').row).toBeLessThan(cell('71').row)
  expect(cell('71').row).toBeLessThan(cell('75').row)
  expect(cell('27').column).toBe(0)
  expect(cell('63')).toEqual({ row: 1, column: 6 })
  expect(cell('79')).toEqual({ row: 4, column: 3 })
})

test.each(regions.map(region => [region.en, region.zone]))('%s is at +05:00 since March 2024', (_, zone) => {
  const clock = new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit' })
  expect(clock.format(new Date('2026-11-22T00:00Z'))).toBe('05:00')
})
