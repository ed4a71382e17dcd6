import { hideAddresses } from './redact-address.ts'
import { hideHousesAfterNames } from './redact-bare-streets.ts'
import { hideCodes } from './redact-codes.ts'
import { hideBirthDates } from './redact-dates.ts'
import { hideHouses } from './redact-house.ts'
import { hideKnown, type Known } from './redact-known.ts'
import { hideLinks } from './redact-links.ts'
import { hideNames } from './redact-names.ts'
import { mask, readPage, writePage } from './redact-page.ts'
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
  for (let turn = 0; turn < turnsMax; turn++) {
    const next = redactOnce(masked, known)
    if (next === masked) break
    masked = next
  }
  return masked
}

const turnsMax = 8

function redactOnce(text: string, known: Partial<Known>): string {
  const linkless = hideLinks(text)
  const page = readPage(linkless)
  hideMobiles(page)
  keepQuantities(page)
  hideCodes(page)
  hideBirthDates(page)
  hideLongNumbers(page)
  hideHouses(page)
  hideAddresses(page)
  hideKnown(page, known)
  hideNames(page)
  hideHousesAfterNames(page)
  return writePage(linkless, page)
}
