import type { Hit } from './danger-match.ts'
import type { Word } from './danger-text.ts'

/** Readings no home remedy mends (sugar in mmol/l, upper pressure, °C, %, beats), and a home near frost. */
export function alarmingReadings(words: readonly Word[]): Hit[] {
  const numbers = numbersIn(words)
  if (numbers.length === 0) return []
  const named = words.filter(word => word.value === undefined)
  const readings = measures.flatMap(measure =>
    named
      .filter(word => measure.named.test(word.text))
      .flatMap(word => {
        const next = numbers.find(number => number.from >= word.at && number.from - word.at <= reachMax)
        const before = numbers.find(number => number.to < word.at && word.at - number.to <= 1)
        const reading = next ?? before
        if (!reading || shoppingUnits.test(unitAfter(words, reading.to))) return []
        return measure.alarms(reading.value, reading.text)
          ? [{ from: word.at, to: Math.max(word.at, reading.to), sentence: word.sentence }]
          : []
      }),
  )
  return [...readings, ...pressurePairs(words, numbers), ...frostAtHome(words, numbers)]
}

/** «200 на 120», «210/110»: a pressure even when the word is missing. */
function pressurePairs(words: readonly Word[], numbers: readonly Reading[]): Hit[] {
  return numbers.flatMap((upper, index) => {
    const lower = numbers[index + 1]
    if (!lower || lower.from - upper.to > 2 || upper.value < 180 || upper.value > 280) return []
    const between = words.find(word => word.at > upper.to && word.at < lower.from)
    const paired = between === undefined || ['на', 'ге', 'га', 'over', 'по'].includes(between.text)
    const plausible = lower.value >= 80 && lower.value <= 160 && lower.value < upper.value
    const sentence = words.find(word => word.at === upper.from)?.sentence ?? 0
    return paired && plausible ? [{ from: upper.from, to: lower.to, sentence }] : []
  })
}

/** «дома +4», «үйде 6 градус»; a bare number after «дом» is an address. */
function frostAtHome(words: readonly Word[], numbers: readonly Reading[]): Hit[] {
  const homes = words.filter(word => homeWords.test(word.text))
  if (homes.length === 0) return []
  return numbers.flatMap(number => {
    if (number.value > 10) return []
    const indoors = homes.find(word => Math.abs(word.at - number.from) <= reachMax)
    if (!indoors) return []
    const near = words.filter(word => Math.abs(word.at - number.from) <= reachMax)
    const degrees = /^[-+−–]/.test(number.text) || near.some(word => degreeWords.test(word.text))
    return degrees ? [{ from: number.from, to: number.to, sentence: indoors.sentence }] : []
  })
}

type Reading = { value: number; text: string; from: number; to: number }
type Measure = { named: RegExp; alarms: (value: number, text: string) => boolean }

const reachMax = 6
const shoppingUnits =
  /^(кг|кило|килограм|пач|упаков|штук|шт|мг|мл|раз|kg|pack|грамм|тенге|теңге|час|минут|дн|day|лет|жас|год)/

const degreeWords = /^(градус|degree|минус|плюс|celsius)/
const homeWords =
  /^(дома|доме|квартир|комнат|уйде|уй|уйимиз|уйдин|inside|indoors|flat|apartment|room|house|home|пате)/

const measures: Measure[] = [
  {
    named: /^(?:сахар|кант|глюкоз|sugar|glucose|kant|qant|sahar)/,
    alarms: (value, text) =>
      (value < 3.6 && value > 0.5 && /[.,]/.test(text)) || (value >= 16 && value <= 60),
  },
  {
    named: /^(?:давлени|давл|кысым|pressure|bp|kysym|qysym|davlen)/,
    alarms: value => (value >= 180 && value <= 300) || (value >= 30 && value <= 80),
  },
  {
    named: /^(?:температур|темпер|кызу|fever|temperature|temp|дене|ыстыг|жар|kyzu|qyzu)/,
    alarms: value => (value >= 39 && value <= 43) || (value >= 30 && value < 35),
  },
  {
    named: /^(?:сатурац|кислород|saturation|oxygen|spo|сатура|оттег)/,
    alarms: value => value >= 40 && value <= 90,
  },
  {
    named: /^(?:пульс|pulse|тамыр|puls)/,
    alarms: value => (value >= 130 && value <= 260) || (value >= 15 && value <= 42),
  },
]

function unitAfter(words: readonly Word[], at: number): string {
  return words.find(word => word.at > at)?.text ?? ''
}

/** Digits as they stand, and numbers spoken to a phone («двести двадцать», «екі жүз»). */
function numbersIn(words: readonly Word[]): Reading[] {
  const readings: Reading[] = []
  for (const word of words) {
    const spoken = spokenNumbers.get(word.text)
    const last = readings.at(-1)
    if (word.value !== undefined) {
      readings.push({ value: word.value, text: word.text, from: word.at, to: word.at })
    } else if (spoken !== undefined) {
      if (last && last.text === '' && last.to === word.at - 1 && joins(last.value, spoken)) {
        last.value = spoken === 100 ? last.value * 100 : last.value + spoken
        last.to = word.at
      } else readings.push({ value: spoken, text: '', from: word.at, to: word.at })
    }
  }
  return readings
}

function joins(soFar: number, next: number): boolean {
  if (next === 100) return soFar < 10
  return (soFar % 100 === 0 && next < 100) || (soFar % 10 === 0 && soFar % 100 > 10 && next < 10)
}

const spokenNumbers = new Map(
  `сто 100 двести 200 триста 300 двадцать 20 тридцать 30 сорок 40 пятьдесят 50 шестьдесят 60 семьдесят 70
  восемьдесят 80 девяносто 90 один 1 два 2 три 3 четыре 4 пять 5 шесть 6 семь 7 восемь 8 девять 9 десять 10
  жуз 100 жиырма 20 отыз 30 кырык 40 елу 50 алпыс 60 жетпис 70 сексен 80 токсан 90 он 10 бир 1 еки 2 уш 3
  торт 4 бес 5 алты 6 жети 7 сегиз 8 тогыз 9`
    .match(/\p{L}+ \d+/gu)
    ?.map(pair => [pair.replace(/ .*/, ''), Number(pair.replace(/.* /, ''))]),
)
