import { hideAddresses } from './redact-address.ts'
import { hideAround } from './redact-around.ts'
import { hideHousesAfterNames } from './redact-bare-streets.ts'
import { hideCodes } from './redact-codes.ts'
import { hideBirthDates } from './redact-dates.ts'
import { hideWaysIn } from './redact-entry.ts'
import { showFloors } from './redact-floors.ts'
import { hideHouses } from './redact-house.ts'
import { hideKnown, type Known, writesCapitals } from './redact-known.ts'
import { hideLandmarksTold } from './redact-landmarks.ts'
import { hideLinks } from './redact-links.ts'
import { hideNames } from './redact-names.ts'
import { hideByOpinion } from './redact-opinion.ts'
import { mask, type Page, readPage, writePage } from './redact-page.ts'
import { hideLongNumbers, hideMobiles } from './redact-phones.ts'
import { keepQuantities } from './redact-quantities.ts'

export type { Known }
export { mask }

/**
 * The words of a request as a volunteers' group may read them: no phone, address, name, code or document, but
 * what to bring, how much and when. A mask can uncover a neighbour («тётя •••»), so it reads until nothing changes.
 */
export function redact(text: string, known: Partial<Known> = {}): string {
  let masked = text
  let capitals: boolean | undefined
  for (let turn = 0; turn < turnsMax; turn++) {
    const { linkless, page } = ruled(masked, known, capitals)
    capitals ??= writesCapitals(page)
    hideByOpinion(page)
    hideAround(page)
    showFloors(page)
    const next = writePage(linkless, page)
    if (next === masked) break
    masked = next
  }
  return masked
}

/** What the rules alone think of a text; the second opinion is trained on what they leave. */
export function ruled(
  text: string,
  known: Partial<Known> = {},
  capitals?: boolean,
): { linkless: string; page: Page } {
  const linkless = hideLinks(text)
  const page = readPage(linkless)
  hideSecrets(page, known, capitals ?? writesCapitals(page))
  return { linkless, page }
}

const turnsMax = 8

/** The order matters: what is needed is marked before long numbers and addresses are judged. */
function hideSecrets(page: Page, known: Partial<Known>, capitals: boolean): void {
  hideMobiles(page)
  keepQuantities(page)
  hideCodes(page)
  hideWaysIn(page)
  hideBirthDates(page)
  hideLongNumbers(page)
  hideHouses(page)
  hideAddresses(page)
  hideKnown(page, known, capitals)
  hideNames(page)
  hideHousesAfterNames(page)
  hideLandmarksTold(page)
  hideAround(page)
  showFloors(page)
}
