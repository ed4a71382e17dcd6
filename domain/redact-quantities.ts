import { wordSet } from './plain-words.ts'
import { isNumber, isSign, isWord, ofWord, type Page } from './redact-page.ts'

const exactUnits = wordSet(`
сынып сыныпта сыныпқа класс класса классе кг кило г гр мг мкг т л мл м см мм км м2 м3 вт квт ват в а мач гб мб шт уп упак бут бан табл таб капс амп кап фл ед раз раза день дня дней суток сутки час часа часов ч мин сек год года году годам лет годик годика мес тенге теңге тг тнг тыс тысяч тысячи тысяча млн руб рублей доллар долларов чел кв² гц градус градусов процент процентов размер размера
өлшем өлшемі өлшемді размері дана қап қаптан бөтелке рет күн күнге күннен күнде апта ай айға жыл жас жаста жасқа жасында жаспын жастамын жасым сағат сағатта сағаттан сағатқа адам кісі кісіге мың мыңдық тал орам бума шелек машина арба түйір ас қасық доза бірлік градус пайыз рет килограмм келі келi литр литрлік метр минут секунд балаға немере
kg kilo kilos g gr mg mcg ml l lb lbs liter liters litre litres pcs piece pieces pack packs box boxes bottle bottles loaf loaves bag bags can cans tablet tablets pill pills capsule capsules drop drops dose doses unit units time times day days hour hours week weeks month months year years yr yrs old am pm people person persons tenge kzt usd dollar dollars degrees degree watt watts w v volt volts cm mm km meter meters metre metres min mins minutes minute seconds percent oclock o'clock roll rolls jar jars sack sacks bucket buckets tons ton tonnes steps stairs kids children grandchildren men women eggs potatoes
kun apta jyl zhyl jas zhas jasta zhasta sagat dana ret adam myn tg kgga let goda dnei dney raza shtuk pachki pachek
`)

const unitBeginnings =
  /^(?:килограм|грамм|миллиграмм|литр|миллилитр|метр|сантиметр|тонн|пачк|пачек|пачеч|упаковк|упаковок|короб|бутыл|баноч|банк[аиу]|банок|булк|булок|булоч|буханк|буханок|батон|лепеш|мешк|мешок|мешоч|ведр|ведер|ведёр|рулон|рулончик|пар[ыа]?$|лист[аов]*$|листик|таблет|капсул|ампул|капел|капл|флакон|тюбик|тюб|пластин|доз[аыу]?$|единиц|недел|месяц|минут|секунд|человек|тенге|рубл|штук|штуч|кубометр|куб[аов]*$|градус|процент|вольт|ватт|ампер|комнат|ступен|шаг|порци|кус[ок]|головк|головок|вилк|пучк|десят[ко]|сот[оке]|пакет|сет[ко]|ящик|связ[ко]|охап|вязан|машин|прицеп|билет|мест[оа]?$|раз[аы]?$|детей|дет|ребен|внук|внуч|сутк|суток|полос|тест|шприц|памперс|подгузн|пелен|носк|ламп|батаре|розет|окн|кроват|стакан|лож[ек]|чашк|канистр|баллон|флаг|яиц|яйц|роз[аы]?$|гвозди|тюльпан|торт|пирог|пирож|картош|яблок|лимон|зуб|ног|рук[аи]?$|глаз|сыт|кошк|кошек|кот|собак|кор[оо]в|овц|овец|баран|кур[ыиц]|друг|подруг|голов|сутк|уп\b|жұмырт|жумырт|таблетк|пакет|булк|кусоч|канистр|ампула|минутта|минуттан|килолы|литрлик|дюйм|ядер|канал|этажн|комнатн)/u

const shortUnit = /^[гтлмвчка]$/u

const namesUnit = ofWord(token => exactUnits.has(token.key) || unitBeginnings.test(token.key))

/** The word at this place measures or counts the number before it. */
export function isUnit(page: Page, at: number): boolean {
  const token = page[at]
  if (isSign(token, '%₸$€°℃')) return true
  if (!isWord(token) || token.newLine) return false
  if (!namesUnit(token)) return false
  return !shortUnit.test(token.key) || !opensPhoneOrCity(page, at)
}

/** «т 8701…» is a telephone, «г Семей» a town, «в 15» a time: no tonnes, grams or volts. */
function opensPhoneOrCity(page: Page, at: number): boolean {
  const next = page[at + 1]
  const after = isSign(next, '.:') ? page[at + 2] : next
  if (/^[ва]$/u.test(page[at]?.key ?? '')) return true
  return isNumber(after) || isSign(after, '+') || (isWord(after) && after.title && !after.opens)
}

export const money = (page: Page, at: number): boolean =>
  isSign(page[at], '₸$€') ||
  /^(?:тенге|тг|тнг|тыс|мын|тысяч|руб|рубл|доллар|млн|tenge|kzt|usd|tg)/u.test(page[at]?.key ?? '')

const months =
  /^(?:январ|феврал|март|апрел|ма[йя]$|июн|июл|август|сентябр|октябр|ноябр|декабр|кантар|акпан|наурыз|сауир|мамыр|маусым|шилде|тамыз|кыркуйек|казан|караша|желтоксан|jan|feb|mar|apr|may|june?$|july?$|aug|sep|oct|nov|dec)/u
export const isMonth = (page: Page, at: number): boolean => {
  const token = page[at]
  return isWord(token) && namesMonth(token)
}
const namesMonth = ofWord(token => months.test(token.key))

/** Marks what a volunteer needs: amounts, doses, hours, blood pressure and the day of the need. */
export function keepQuantities(page: Page): void {
  for (let at = 0; at < page.length; at++) {
    if (!isNumber(page[at])) continue
    keepAmount(page, at)
    keepClock(page, at)
    keepPressure(page, at)
    keepDate(page, at)
  }
}

function keepAmount(page: Page, at: number): void {
  const next = isSign(page[at + 1], '-–') && page[at + 1]?.joined && !isNumber(page[at + 2]) ? at + 2 : at + 1
  if (!isUnit(page, next)) return
  keep(page, at)
  let first = at
  while (thousands(page, first)) keep(page, --first)
  if (
    isSign(page[first - 1], '-–—.,/') &&
    isNumber(page[first - 2]) &&
    !isSign(page[first - 3], '-–.') &&
    short(page, first - 2)
  ) {
    keep(page, first - 2)
    for (let low = first - 2; thousands(page, low); ) keep(page, --low)
  }
}

const short = (page: Page, at: number) => (page[at]?.key.length ?? 9) <= 6

function thousands(page: Page, at: number): boolean {
  const [before, token] = [page[at - 1], page[at]]
  return (
    isNumber(before) &&
    isNumber(token) &&
    token.key.length === 3 &&
    before.key.length <= 3 &&
    !token.newLine &&
    !/^[0]/u.test(before.key) &&
    !isSign(page[at - 2], '+-()')
  )
}

function keepClock(page: Page, at: number): void {
  const [hour, sign, minute] = [page[at], page[at + 1], page[at + 2]]
  if (!isNumber(hour) || !isNumber(minute) || !isSign(sign, ':') || !minute.joined) return
  if (Number(hour.key) <= 24 && hour.key.length <= 2 && /^[0-5]\d$/u.test(minute.key)) keep(page, at, at + 3)
}

/** Signs that go on inside a telephone number, where «12.03» is no day and «120/80» no blood pressure. */
const inPhone = '.-–/()+*·'

function keepPressure(page: Page, at: number): void {
  const [high, sign, low] = [page[at], page[at + 1], page[at + 2]]
  if (!isNumber(high) || !isNumber(low) || !isSign(sign, '/\\')) return
  if (isNumber(page[at - 1]) || isSign(page[at + 3], '/') || isSign(page[at - 1], inPhone)) return
  if (isNumber(page[at + 3]) && (isNumber(page[at + 4]) || isSign(page[at + 4], inPhone))) return
  const [upper, lower] = [Number(high.key), Number(low.key)]
  if (upper >= 70 && upper <= 270 && lower >= 35 && lower <= 160 && upper > lower) keep(page, at, at + 3)
}

function keepDate(page: Page, at: number): void {
  const day = page[at]
  if (!isNumber(day) || day.key.length > 2 || Number(day.key) > 31 || isSign(page[at - 1], '.-/')) return
  if (isMonth(page, at + 1)) {
    keepYear(page, at, at + 2)
    return
  }
  const [sign, month] = [page[at + 1], page[at + 2]]
  if (!isSign(sign, './') || !isNumber(month) || !month.joined || month.key.length !== 2) return
  if (Number(month.key) > 12 || Number(month.key) === 0) return
  if (isNumber(page[at - 1]) || isSign(page[at - 1], inPhone)) return
  if (isNumber(page[at + 3]) && !isSign(page[at + 4], ':')) return
  if (isSign(page[at + 3], './-') && isNumber(page[at + 4])) {
    if (
      page[at + 3]?.text === sign?.text &&
      /^(?:20)?(?:2[5-9]|3[0-5])$/u.test(page[at + 4]?.key ?? '') &&
      page[at + 4]?.joined &&
      !(isSign(page[at + 5], './-') && page[at + 5]?.joined && isNumber(page[at + 6]))
    )
      keep(page, at, at + 5)
    return
  }
  keep(page, at, at + 3)
}

function keepYear(page: Page, from: number, year: number): void {
  keep(page, from, from + 1)
  if (/^20[2-9]\d$/u.test(page[year]?.key ?? '')) keep(page, year)
}

function keep(page: Page, from: number, to = from + 1): void {
  for (let at = from; at < to; at++) {
    const token = page[at]
    if (token !== undefined) token.kept = true
  }
}
