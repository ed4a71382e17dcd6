import { houseWords, streetAfter, streetBefore, villageAfter, villageBefore } from './address-words.ts'
import { wordSet } from './plain-words.ts'
import { isPublicPlace } from './redact-everyday.ts'
import { hide, isNumber, isSign, isWord, type Page, type Token } from './redact-page.ts'

const areaAfter = wordSet(
  'облысы облысында қаласы қаласында ауданы ауданында аулы аулында ауылында кенті қыстауы округі мөлтекауданында қыстағы область район району района village',
)
const areaBefore = wordSet('г город городе ст с п а пос мкр посёлок зимовка зимовке қыстау ауыл аул')

/** «село •••», «••• аулы», «Семей, •••»: what stands around a hidden place tells half of it. */
export function hideAround(page: Page): void {
  for (let at = 0; at < page.length; at++) {
    if (!isSecret(page[at])) continue
    if (isSecret(page[at - 1])) continue
    let end = at
    while (
      end < page.length &&
      (isSecret(page[end]) || (isSign(page[end], ',./-–') && isSecret(page[end + 1])))
    )
      end++
    const next = page[end]
    if (isWord(next) && !next.newLine && isMarkerAfter(next)) hide(page, end)
    hideBefore(page, at, isAddress(page, at, end))
  }
}

const isSecret = (token: Token | undefined) => token !== undefined && (token.hidden || token.kind === 'mask')

const isMarkerAfter = ({ key }: Token) => villageAfter.has(key) || streetAfter.has(key) || areaAfter.has(key)

const isAddress = (page: Page, from: number, to: number) =>
  page
    .slice(from, to)
    .some(
      token =>
        isNumber(token) ||
        streetAfter.has(token.key) ||
        streetBefore.has(token.key) ||
        villageAfter.has(token.key) ||
        houseWords.has(token.key),
    )

function hideBefore(page: Page, from: number, address: boolean): void {
  let first = from
  for (;;) {
    const at = partBefore(page, first)
    if (at === first || page[first]?.newLine) break
    const token = page[at]
    if (!isWord(token) || token.hidden) break
    const dotted = isSign(page[at + 1], '.') || token.text.length > 2
    const marks =
      (villageBefore.has(token.key) || streetBefore.has(token.key) || areaBefore.has(token.key)) &&
      dotted &&
      !isSign(page[at + 1], ',')
    const city =
      address &&
      ((token.title && isPublicPlace(token)) || (areaAfter.has(token.key) && page[at - 1]?.title === true))
    const named = address && areaAfter.has(page[at + 1]?.key ?? '') && token.title
    if (!marks && !city && !named) break
    first = at
  }
  if (first < from) hide(page, first, from)
}

/** The word before, over one comma or one full stop of an abbreviation. */
function partBefore(page: Page, from: number): number {
  if (isWord(page[from - 1])) return from - 1
  return isSign(page[from - 1], ',.') && isWord(page[from - 2]) && !page[from - 1]?.newLine ? from - 2 : from
}
