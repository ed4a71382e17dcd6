import { kinBefore, wordSet } from './plain-words.ts'
import { beginsLikeMedicine } from './redact-medicines.ts'
import { givenName } from './redact-name-words.ts'
import { isNumber, isSign, isWord, type Page } from './redact-page.ts'
import { isMonth, isUnit } from './redact-quantities.ts'

/** Holidays which are names of people and of streets too. */
const holidays = wordSet(
  'победа победы победе победу жеңіс независимости тәуелсіздік конституции республики республика единства наурыз наурыза наурызу наурызда наурызға nauryz nauriz jenis zhenis meiram мейрам достық женщин матери семьи знаний учителя пожилых отца ана әке күміс алтын victory independence қаңтар',
)
const spring = /^(?:наурыз|nauryz|nauriz)/u
const dayAfter = /^(?:кун|куни|мереке|мейрам|той|day$|kuni|kunine|meiram|мейрамы)/u
const dayBefore = /^(?:день|дню|дня|днем|дне|праздник|праздника|празднику|праздником|даты|happy)$/u
const dateBefore =
  /^(?:в|во|до|к|ко|с|со|по|за|после|начале|середине|конце|весь|этот|этом|прошлом|next|this|last|in|by|until|till|since|of|early|late|during|before|after|осы|келеси|откен)$/u
const dateAfter =
  /^(?:ай|айы|айда|айда|айынын|айында|айынан|айына|айга|куни|кун|месяц|месяца|выдал|жарк|холод|тепл|прош|начал|конч)/u

/** A month or a holiday rather than a person of that name: «в марте», «9 мая», «День Победы», «in June». */
export function isTime(page: Page, at: number): boolean {
  const [before, token, next] = [page[at - 1], page[at], page[at + 1]]
  if (!isWord(token)) return false
  const [left, right] = [before?.key ?? '', next?.key ?? '']
  if (holidays.has(token.key)) {
    if (isWord(next) && dayAfter.test(right)) return true
    if (isWord(before) && dayBefore.test(left) && page[at - 2]?.key !== 'имени') return true
    if (spring.test(token.key)) return !isNumber(next) && (dateBefore.test(left) || left === 'for')
  }
  if (!isMonth(page, at)) return false
  if (isWord(next) && dateAfter.test(right)) return true
  if (dateBefore.test(left)) return !token.opens
  const day = isSign(page[at - 2], '-–') && isWord(before) ? page[at - 3] : before
  if (!isNumber(day) || Number(day.key) > 31) return false
  return !/^(?:на|по|ул|улица|улице|көшесі)$/u.test(page[at - 2]?.key ?? '') && !isNumber(next)
}

/** Something bought or counted: «3 кг алма», «алма 2 келі», «роз 5 штук». */
export function isGoods(page: Page, at: number): boolean {
  const token = page[at]
  if (!isWord(token) || token.title) return false
  if (isUnit(page, at - 1) && (isNumber(page[at - 2]) || isWord(page[at - 2])) && !token.newLine) return true
  return isNumber(page[at + 1]) && isUnit(page, at + 2)
}

/** Names inside sayings and awards: «слава богу», «роза ветров», «Ерлік медалі», «Алтын алқа». */
export function isSetPhrase(page: Page, at: number): boolean {
  const [token, next] = [page[at], page[at + 1]]
  if (!isWord(token) || !isWord(next) || next.newLine) return false
  return sayings.has(`${token.key} ${next.key}`) || awards.test(next.key)
}

const awards = /^(?:медал|орден|алка|жулде|сыйлиги|белги|medal|award|badge)/u
const sayings = new Set([
  'слава богу',
  'слава аллаху',
  'слава господу',
  'роза ветров',
  'мира вам',
  'мир вам',
  'мир дому',
  'вера в',
  'надежда на',
  'надежда есть',
  'любовь к',
  'ясная погода',
  'победа за',
])

/** «хлеб "Цельнозерновой"», «часов «Слава»»: one quoted word after the name of a thing is a brand. */
export function isQuotedBrand(page: Page, at: number): boolean {
  if (!isSign(page[at - 1], '«"“„') || !isSign(page[at + 1], '»"”“')) return false
  const thing = page[at - 2]
  return (
    isWord(thing) &&
    !thing.title &&
    !thing.newLine &&
    !namesPerson.test(thing.key) &&
    !kinBefore.has(thing.key)
  )
}

const namesPerson =
  /^(?:зовут|звать|имя|имени|фамили|атим|аты|аттым|есим|кличк|прозв|деген|name|named|called|сел|пос|аул|улиц|ул$|дач|снт|мкр|микрорайон|жк$)/u

/** «Глюкофаж Лонг», «Престариум Аргинин»: the second word belongs to the medicine. */
export function afterMedicine(page: Page, at: number): boolean {
  const [before, token] = [page[at - 1], page[at]]
  if (!isWord(before) || !isWord(token) || token.newLine || !beginsLikeMedicine(before.key)) return false
  return givenName(token) !== 'sure' && !/(?:лог|лога|логу|логом|центр\p{L}*)$/u.test(before.key)
}
