import { hideAddresses } from './redact-address.ts'
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
import { mask, type Page, readPage, writePage } from './redact-page.ts'
import { hideLongNumbers, hideMobiles } from './redact-phones.ts'
import { keepQuantities } from './redact-quantities.ts'
import { hideVillagesTold } from './redact-villages-told.ts'

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
    const linkless = hideLinks(masked)
    const page = readPage(linkless)
    capitals ??= writesCapitals(page)
    hideSecrets(page, known, capitals)
    const next = writePage(linkless, page)
    if (next === masked) break
    masked = next
  }
  return masked
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
  hideVillagesTold(page)
  hideKnown(page, known, capitals)
  hideNames(page)
  hideHousesAfterNames(page)
  hideLandmarksTold(page)
  showFloors(page)
}
