import { isWord, type Page } from './redact-page.ts'

/** What is asked for begins here, also where no comma stands before it: «ключ под ковриком принесите суп». */
const errand =
  /^(?:принес|привез|завез|занес|купит|возьмите(?:хлеб)?$|нуж|надо$|прош|помо[гч]|покорм|почин|убер|убра|помы|вынес|наколо|отвез|передай|хочу|жду$|жде[тм]|хлеб|суп|лекарств|продукт|молок|вод[аыу]$|керек|кажет|акел|алып|апар|сатып|комек|жина|тазала|bring|buy|need|want|please|help|fetch|get$|carry|clean|take)/u
const joining = /^(?:а|но|и|да|же|жане|бирак|and|but|or|или|немесе|потом|затем|then)$/u
const clauseWordsMax = 10

export const asksSomething = (page: Page, at: number): boolean => {
  const token = page[at]
  return isWord(token) && errand.test(token.key)
}

/** Where the words about one thing end: at a sign, a line's end, a joining word or something asked for. */
export function clauseEnd(page: Page, at: number): number {
  let end = at + 1
  while (end < page.length && end < at + clauseWordsMax && !parts(page, end)) end++
  return end
}

export function clauseStart(page: Page, at: number): number {
  let start = at
  while (start > 0 && start > at - clauseWordsMax && !page[start]?.newLine && !parts(page, start - 1)) start--
  return start
}

function parts(page: Page, at: number): boolean {
  const token = page[at]
  if (token === undefined || token.kind === 'mask') return token === undefined
  if (token.kind === 'sign') return ',.!?;:()—–'.includes(token.text)
  return token.newLine || (isWord(token) && joining.test(token.key)) || asksSomething(page, at)
}
