import { beginsLikeMedicine, isMedicine } from './redact-medicines.ts'
import { isNumber, isSign, isWord, type Page, readPage, type Token } from './redact-page.ts'
import { isUnit } from './redact-quantities.ts'

/** «2 пачки», «3 кг», «екі қап»: an amount of something. Days and hours say when. */
export function tellsAmount(text: string): boolean {
  const page = readPage(text)
  return page.some((token, at) => (isNumber(token) || spoken.has(token.key)) && measuresGoods(page, at + 1))
}

export function namesMedicine(text: string): boolean {
  return readPage(text).some(token => isWord(token) && token.text.length > 4 && isRemedy(token))
}

/** «емеспін» ends like aspirin. */
const isRemedy = ({ key, text }: Token) =>
  /[әғқңөұүһі]/iu.test(text) ? beginsLikeMedicine(key) : isMedicine(key)

function measuresGoods(page: Page, at: number): boolean {
  const token = page[at]
  return isWord(token) && isUnit(page, at) && !times.test(token.key) && !isSign(token, '%')
}

const spoken = new Set(
  'один одну одна два две три четыре пять шесть семь восемь девять десять пару бир еки уш торт бес алты жети сегиз тогыз он one two three four five six ten'.split(
    ' ',
  ),
)

const times =
  /^(?:дн|ден|сут|час|ч$|мин|сек|год|лет|мес|недел|раз|рет|кун|апта|ай|жыл|жас|сагат|day|hour|week|month|year|min|times?$|time|oclock|am$|pm$|чел|адам|киси|people|person|градус|степ|этаж|комнат|zhyl|jyl|apta|dn)/u
