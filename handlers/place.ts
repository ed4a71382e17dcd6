import { type District, districtOf, districts } from '../domain/districts.ts'
import { type Language, languages } from '../domain/language.ts'
import { part, type Value } from '../domain/message.ts'
import { findDistricts, findRegionsByName, sortByName } from '../domain/places.ts'
import { regions } from '../domain/regions.ts'
import { remembered } from '../domain/remember.ts'
import { tidyText } from '../domain/words-told.ts'
import type { Accept, Choice, Dialog } from './dialog.ts'

export interface FoundPlace {
  regionId: string
  districtId: string
}

/** How many are offered at a time; more would be a wall of buttons. */
const pageSize = 8

/**
 * Asks for region and district: a few letters of either, or a list. `prefix` keeps the keys apart when a flow asks
 * for more than one place.
 */
export async function askPlace(dialog: Dialog, question: string, nth = ''): Promise<FoundPlace> {
  const region = await askRegion(dialog, `${question}${nth}`)
  if ('districtId' in region) return region
  const district = await askDistrict(dialog, region.regionId, `place.district${nth}`)
  return district
}

async function askRegion(dialog: Dialog, key: string): Promise<FoundPlace | { regionId: string }> {
  const answer = await pick(dialog, key, {
    all: regionsByName(dialog.me.language),
    label: id => ({ id, label: { region: id } }),
    find: text => [
      ...findRegionsByName(text).map(id => ({ id, label: { region: id } })),
      ...labelled(findDistricts(text)),
    ],
  })
  const district = districtOf(answer)
  return district ? { regionId: district.region, districtId: district.id } : { regionId: answer }
}

export async function askDistrict(dialog: Dialog, regionId: string, key: string): Promise<FoundPlace> {
  const districtId = await pick(dialog, key, {
    all: districtsByName(dialog.me.language, regionId),
    label: id => ({ id, label: { district: id } }),
    find: text => findDistricts(text, regionId).map(({ id }) => ({ id, label: { district: id } })),
  })
  return { regionId, districtId }
}

/** Put in order once: a flow is played again on every message. */
const regionsByName = remembered(languages.length, language =>
  sortByName(regions, language as Language).map(({ id }) => id),
)

function districtsByName(language: Language, regionId: string): readonly string[] {
  return districtsInOrder(`${language} ${regionId}`)
}

const districtsInOrder = remembered(languages.length * regions.length, asked => {
  const [language = '', regionId] = asked.split(' ')
  const own = districts.filter(district => district.region === regionId)
  return sortByName(own, language as Language).map(({ id }) => id)
})

/** Districts of one name exist in several regions: then each is shown with its own. */
function labelled(found: readonly District[]): Choice<string>[] {
  const one = new Set(found.map(({ region }) => region)).size === 1
  return found.map(({ id, region }) => {
    const label: Value = one ? { district: id } : { list: [{ district: id }, { region }] }
    return { id, label }
  })
}

interface Pickable {
  all: readonly string[]
  label(id: string): Choice<string>
  find(text: string): Choice<string>[]
}

/** Pages through all of them, or through what the typed letters found, until one is chosen. */
async function pick(dialog: Dialog, key: string, from: Pickable): Promise<string> {
  let shown: Choice<string>[] = from.all.map(from.label)
  let page = 0
  const base = key.includes('#') ? key : `${key}#`
  for (let round = 0; ; round++) {
    const above = round > 0 && shown.length === 0 ? [part('place.none')] : []
    if (shown.length === 0) shown = from.all.map(from.label)
    const start = page * pageSize
    const more = shown.length > start + pageSize || page > 0
    const choices = [...shown.slice(start, start + pageSize), ...(more ? ['cat.more'] : [])]
    const accept = round === 0 ? lettersOf(from) : acceptLetters
    const answer = await dialog.askOrChoose(round === 0 ? key : `${base}.${round}`, accept, choices, {
      above,
    })
    if ('chosen' in answer && answer.chosen !== 'cat.more') return answer.chosen
    if ('chosen' in answer) {
      page = shown.length > start + pageSize ? page + 1 : 0
      continue
    }
    shown = from.find(answer.said).slice(0, pageSize)
    page = 0
    const [only] = shown
    if (only && shown.length === 1) return typeof only === 'string' ? only : only.id
  }
}

const acceptLetters: Accept<string> = said => {
  if (said.type !== 'text') return { retry: part('err.wantText') }
  const text = tidyText(said.text)
  return text ? { value: text } : { retry: part('err.empty') }
}

/** Of the whole list what is no place is refused, so that a piece of the need told here is kept as such. */
function lettersOf(from: Pickable): Accept<string> {
  return said => {
    const letters = acceptLetters(said)
    const unknown = letters && 'value' in letters && from.find(letters.value).length === 0
    return unknown ? { retry: part('place.none') } : letters
  }
}
