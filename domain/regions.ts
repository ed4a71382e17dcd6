import type { Language } from './language.ts'

export interface Region {
  /** The official two digits, which are those of ISO 3166-2:KZ as well. */
  readonly id: RegionId
  readonly kk: string
  readonly ru: string
  readonly en: string
  /** At most ten characters, so that it fits one tile of the map. */
  readonly short: Readonly<Record<Language, string>>
  readonly zone: string
  readonly cell: { readonly row: number; readonly column: number }
  /** Other spellings and older names that people still type. */
  readonly others?: readonly string[]
}

// biome-ignore format: one region on one line, so that a native speaker can proof-read the table.
const table = [
  { id: '10', kk: 'Абай облысы', ru: 'область Абай', en: 'Abai Region', short: { kk: 'Абай', ru: 'Абай', en: 'Abai' }, zone: 'Asia/Almaty', cell: { row: 1, column: 5 }, others: ['Семипалатинская область'] },
  { id: '11', kk: 'Ақмола облысы', ru: 'Акмолинская область', en: 'Akmola Region', short: { kk: 'Ақмола', ru: 'Акмола', en: 'Akmola' }, zone: 'Asia/Almaty', cell: { row: 1, column: 2 }, others: ['Целиноградская область', 'Кокчетавская область'] },
  { id: '15', kk: 'Ақтөбе облысы', ru: 'Актюбинская область', en: 'Aktobe Region', short: { kk: 'Ақтөбе', ru: 'Актобе', en: 'Aktobe' }, zone: 'Asia/Aqtobe', cell: { row: 1, column: 1 }, others: ['Актюбинск'] },
  { id: '19', kk: 'Алматы облысы', ru: 'Алматинская область', en: 'Almaty Region', short: { kk: 'Алм. обл.', ru: 'Алм. обл.', en: 'Alm. Reg.' }, zone: 'Asia/Almaty', cell: { row: 3, column: 5 }, others: ['Алма-Атинская область'] },
  { id: '23', kk: 'Атырау облысы', ru: 'Атырауская область', en: 'Atyrau Region', short: { kk: 'Атырау', ru: 'Атырау', en: 'Atyrau' }, zone: 'Asia/Atyrau', cell: { row: 2, column: 0 }, others: ['Гурьевская область'] },
  { id: '27', kk: 'Батыс Қазақстан облысы', ru: 'Западно-Казахстанская область', en: 'West Kazakhstan Region', short: { kk: 'БҚО', ru: 'ЗКО', en: 'West Kaz.' }, zone: 'Asia/Oral', cell: { row: 1, column: 0 }, others: ['Западный Казахстан', 'Уральская область', 'Орал облысы'] },
  { id: '31', kk: 'Жамбыл облысы', ru: 'Жамбылская область', en: 'Zhambyl Region', short: { kk: 'Жамбыл', ru: 'Жамбыл', en: 'Zhambyl' }, zone: 'Asia/Almaty', cell: { row: 3, column: 4 }, others: ['Джамбулская область'] },
  { id: '33', kk: 'Жетісу облысы', ru: 'область Жетісу', en: 'Zhetisu Region', short: { kk: 'Жетісу', ru: 'Жетісу', en: 'Zhetisu' }, zone: 'Asia/Almaty', cell: { row: 2, column: 5 }, others: ['Жетысу', 'Жетысуская область', 'Семиречье', 'Талдыкорганская область', 'Талды-Курганская область'] },
  { id: '35', kk: 'Қарағанды облысы', ru: 'Карагандинская область', en: 'Karaganda Region', short: { kk: 'Қарағанды', ru: 'Караганда', en: 'Karaganda' }, zone: 'Asia/Almaty', cell: { row: 1, column: 4 } },
  { id: '39', kk: 'Қостанай облысы', ru: 'Костанайская область', en: 'Kostanay Region', short: { kk: 'Қостанай', ru: 'Костанай', en: 'Kostanay' }, zone: 'Asia/Qostanay', cell: { row: 0, column: 2 }, others: ['Кустанайская область'] },
  { id: '43', kk: 'Қызылорда облысы', ru: 'Кызылординская область', en: 'Kyzylorda Region', short: { kk: 'Қызылорда', ru: 'Кызылорда', en: 'Kyzylorda' }, zone: 'Asia/Qyzylorda', cell: { row: 3, column: 2 }, others: ['Кзыл-Ординская область', 'Кзыл-Орда'] },
  { id: '47', kk: 'Маңғыстау облысы', ru: 'Мангистауская область', en: 'Mangystau Region', short: { kk: 'Маңғыстау', ru: 'Мангистау', en: 'Mangystau' }, zone: 'Asia/Aqtau', cell: { row: 3, column: 0 }, others: ['Мангышлак', 'Мангышлакская область'] },
  { id: '55', kk: 'Павлодар облысы', ru: 'Павлодарская область', en: 'Pavlodar Region', short: { kk: 'Павлодар', ru: 'Павлодар', en: 'Pavlodar' }, zone: 'Asia/Almaty', cell: { row: 0, column: 4 } },
  { id: '59', kk: 'Солтүстік Қазақстан облысы', ru: 'Северо-Казахстанская область', en: 'North Kazakhstan Region', short: { kk: 'СҚО', ru: 'СКО', en: 'North Kaz.' }, zone: 'Asia/Almaty', cell: { row: 0, column: 3 }, others: ['Северный Казахстан'] },
  { id: '61', kk: 'Түркістан облысы', ru: 'Туркестанская область', en: 'Turkistan Region', short: { kk: 'Түркістан', ru: 'Туркестан', en: 'Turkistan' }, zone: 'Asia/Almaty', cell: { row: 3, column: 3 }, others: ['Turkestan', 'ЮКО', 'ОҚО', 'Южно-Казахстанская область', 'Южный Казахстан', 'Оңтүстік Қазақстан облысы', 'South Kazakhstan'] },
  { id: '62', kk: 'Ұлытау облысы', ru: 'область Ұлытау', en: 'Ulytau Region', short: { kk: 'Ұлытау', ru: 'Ұлытау', en: 'Ulytau' }, zone: 'Asia/Almaty', cell: { row: 2, column: 3 }, others: ['Улытауская область', 'Жезказганская область', 'Джезказганская область'] },
  { id: '63', kk: 'Шығыс Қазақстан облысы', ru: 'Восточно-Казахстанская область', en: 'East Kazakhstan Region', short: { kk: 'ШҚО', ru: 'ВКО', en: 'East Kaz.' }, zone: 'Asia/Almaty', cell: { row: 1, column: 6 }, others: ['Восточный Казахстан'] },
  { id: '71', kk: 'Астана қаласы', ru: 'г. Астана', en: 'Astana city', short: { kk: 'Астана', ru: 'Астана', en: 'Astana' }, zone: 'Asia/Almaty', cell: { row: 1, column: 3 }, others: ['Нур-Султан', 'Нұр-Сұлтан', 'Целиноград'] },
  { id: '75', kk: 'Алматы қаласы', ru: 'г. Алматы', en: 'Almaty city', short: { kk: 'Алматы', ru: 'Алматы', en: 'Almaty' }, zone: 'Asia/Almaty', cell: { row: 4, column: 5 }, others: ['Алма-Ата'] },
  { id: '79', kk: 'Шымкент қаласы', ru: 'г. Шымкент', en: 'Shymkent city', short: { kk: 'Шымкент', ru: 'Шымкент', en: 'Shymkent' }, zone: 'Asia/Almaty', cell: { row: 4, column: 3 }, others: ['Чимкент'] },
] as const

export type RegionId = (typeof table)[number]['id']

export const regions: readonly Region[] = table

/** Astana, Almaty and Shymkent are regions of their own: their districts are parts of a city. */
export function isCityRegion(id: RegionId): boolean {
  return cityRegions.has(id)
}

const cityRegions: ReadonlySet<RegionId> = new Set<RegionId>(['71', '75', '79'])

export function regionOf(id: string): Region | undefined {
  return byId.get(id)
}

const byId = new Map<string, Region>(regions.map(region => [region.id, region]))
