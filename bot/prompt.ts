/** One answer a person may choose. The label is in the reader's language already. */
export interface Option {
  id: string
  label: string
  /** Chosen by this number instead of by its place. */
  number?: number
  /** Other words for it, in any language. */
  keywords?: readonly string[]
  /** All that people have said for it, whole sentences too; the same list each time. */
  sayings?: readonly string[]
}

/**
 * `yesNo`: the first option means yes, the second no. `strict`: nothing is chosen while a word remains that says
 * something else; of a yes or no only the yes (a consent) is so strict.
 */
export interface Question {
  options: readonly Option[]
  yesNo?: boolean
  strict?: boolean
  /** Words of one's own are an answer too. */
  free?: boolean
}

const shortLabelCharsMax = 14
const signsInRowMax = 5

/** How many buttons stand side by side on a phone: rows of positions in `options`. */
export function layout(options: readonly Option[]): number[][] {
  const rows: number[][] = []
  let open = 0
  for (const [index, option] of options.entries()) {
    const room = roomFor(option.label)
    const row = rows.at(-1)
    if (row !== undefined && room === open && row.length < room) row.push(index)
    else rows.push([index])
    open = room
  }
  return rows
}

/**
 * The options as lines for a channel without buttons; a digit in bold is found at once. `below` are the lines that
 * every question ends with.
 */
export function numberedLines(options: readonly Option[], below: readonly string[]): string {
  const numbers = numbersOf(options)
  const lines = options.map(({ label }, index) => {
    const number = numbers[index]
    return ownNumber(label) === number ? `*${number}*${labelWords(label)}` : `*${number}* — ${label}`
  })
  return [...lines, ...(lines.length > 0 && below.length > 0 ? [''] : []), ...below].join('\n')
}

/** The number that chooses each option: the one its label begins with when all do («5 — …»), else its place. */
export function numbersOf(options: readonly Option[]): number[] {
  const own = options.map(option => ownNumber(option.label))
  const fit = own.every(number => number !== undefined && number > 0) && new Set(own).size === own.length
  return options.map(({ number }, index) => number ?? (fit ? (own[index] ?? 0) : index + 1))
}

/** A label without the number it begins with. */
export function labelWords(label: string): string {
  return ownNumber(label) === undefined ? label : label.replace(leadingNumber, '')
}

const leadingNumber = /^\s*(\d{1,2})(?=\s*$|\s*[—–.):-]|\uFE0F?\u20E3)/

function ownNumber(label: string): number | undefined {
  const match = leadingNumber.exec(label)
  return match ? Number(match[1]) : undefined
}

function roomFor(label: string): number {
  // A sign beyond the first 65,536 is written in two.
  const length = label.length - (label.match(/[\uD800-\uDBFF]/g)?.length ?? 0)
  if (length === 1) return signsInRowMax
  return length <= shortLabelCharsMax ? 2 : 1
}
