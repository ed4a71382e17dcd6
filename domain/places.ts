import { type District, districtOf, districts } from './districts.ts'
import type { Language } from './language.ts'
import { aliases } from './place-aliases.ts'
import { bestGrade, grades, type Place, type PlaceName, rank } from './place-match.ts'
import { nameWords, type PlaceKind, type PlaceQuery, readPlace } from './place-query.ts'
import { isCityRegion, type Region, type RegionId, regionOf, regions } from './regions.ts'
import { remembered } from './remember.ts'
import { homeZone } from './time.ts'

const placesShownMax = 9

/** Regions called by their own name; none where a town or district of that name was rather meant. */
export function findRegionsByName(text: string): RegionId[] {
  return [...regionsByName(text)]
}

/** Most people type one of a few hundred names, and a dialog is played again on every message. */
const placesRemembered = 1000

const regionsByName = remembered<readonly RegionId[]>(placesRemembered, text => {
  const query = readPlace(text)
  const split = splitRegion(query)?.regions ?? []
  if (split.length > 0) return split.slice(0, placesShownMax)
  const own = rank(regionPlaces, query)
  const within = rank(districtPlaces, query)
  const called = query.kind === undefined || own[0]?.fits === true
  const better = called ? bestGrade(own) <= bestGrade(within) : bestGrade(own) < bestGrade(within)
  return better ? own.map(match => match.id).slice(0, placesShownMax) : []
})

/** Districts and cities that were meant, the likeliest first; within one region if it is known already. */
export function findDistricts(text: string, region = ''): District[] {
  return [...districtsIn(region)(text)]
}

const districtsIn = remembered(regions.length + 1, region =>
  remembered(placesRemembered, text => searchDistricts(text, region)),
)

function searchDistricts(text: string, region: string): District[] {
  const query = readPlace(text)
  const split = splitRegion(query)
  const nearby = districtPlaces.filter(
    place =>
      (region || place.id.region) === place.id.region && (split?.regions.includes(place.id.region) ?? true),
  )
  return rank(nearby, split?.rest ?? query)
    .slice(0, placesShownMax)
    .map(match => match.id)
}

/** The name of a district or a region. An id of ours that is gone shows as itself, so that a list stays readable. */
export function nameOf(id: string, language: Language): string {
  return (districtOf(id) ?? regionOf(id))?.[language] ?? id
}

/** The region's name by its own id or by the id of a district in it: «Абайский район» exists in three regions. */
export function regionNameOf(id: string, language: Language): string {
  return nameOf(districtOf(id)?.region ?? id, language)
}

/** The time zone of a region, by its own id or by the id of a district in it. */
export function zoneOf(id: string): string {
  return regionOf(districtOf(id)?.region ?? id)?.zone ?? homeZone
}

/** By the name proper, so that «район Самар» stands under С and not under Р. */
export function sortByName<Named extends Readonly<Record<Language, string>>>(
  list: readonly Named[],
  language: Language,
): Named[] {
  const { compare } = collatorOf(language)
  return list
    .map(place => ({
      place,
      proper: place[language].replace(/^(?:г\.|область|район(?: им\.)?) /u, ''),
    }))
    .sort((one, other) => compare(one.proper, other.proper))
    .map(({ place }) => place)
}

const collatorOf = remembered(10, language => new Intl.Collator(language))

/** «Абай облысы, Семей»: the words beside «облысы» that name a region, and what is left of the query. */
function splitRegion(query: PlaceQuery): { regions: RegionId[]; rest: PlaceQuery } | undefined {
  const at = query.regionAfter
  if (at === undefined) return undefined
  const spans: [number, number][] = [
    [at - 2, at],
    [at - 1, at],
    [at, at + 2],
    [at, at + 1],
  ]
  for (const [from, to] of spans) {
    if (from < 0 || to > query.words.length) continue
    const found = rank(oblastPlaces, { words: query.words.slice(from, to), kind: 'region' })
    if (bestGrade(found) >= grades.among) continue
    const words = query.words.toSpliced(from, to - from)
    const kind = query.kind === 'region' ? undefined : query.kind
    return { regions: found.map(match => match.id), rest: { words, kind } }
  }
  return undefined
}

function named(names: readonly string[], kind: PlaceKind | undefined, weight: number): PlaceName[] {
  return names.map(name => ({ words: nameWords(name), kind, weight }))
}

// «Алматы» alone is the city, so a city weighs less than the region around it; former names weigh more.
function regionNames(region: Region): PlaceName[] {
  const city = isCityRegion(region.id)
  const kind = city ? 'city' : 'region'
  const { kk, ru, en, short, others = [] } = region
  return [...named([kk, ru, en, short.kk, short.ru], kind, city ? 0 : 1), ...named(others, kind, 2)]
}

const regionPlaces: readonly Place<RegionId>[] = regions.map(region => ({
  id: region.id,
  names: regionNames(region),
  around: [],
}))

const oblastPlaces = regionPlaces.filter(place => !isCityRegion(place.id))

const districtPlaces: readonly Place<District>[] = districts.map(district => {
  const kind = district.kind === 'city_admin' ? 'city' : 'district'
  const { towns = [], names = [] } = aliases[district.id] ?? {}
  const region = regionOf(district.region)
  const around = region === undefined ? [] : regionNames(region)
  return {
    id: district,
    names: [
      ...named([district.kk, district.ru, district.en], kind, 1),
      ...named(names, kind, 2),
      ...named(towns, 'city', 2),
      // Whoever answers «Алматы» where a district is asked is shown the districts of Almaty.
      ...(district.kind === 'city_district' ? around : []),
    ],
    around: around.map(name => name.words),
  }
})
