import { readFileSync } from 'node:fs'
import { mask, redact } from '../domain/redact.ts'

/**
 * How much of what is marked ⟦secret⟧ disappears and how much of what is marked ⟪needed⟫ stays:
 * `node bench/secrets.ts <file>… [misses]`, one message a line. Nothing is known of the person but the text.
 */
export type Mark = { readonly secret: boolean; readonly from: number; readonly to: number }
export type Marked = { readonly text: string; readonly marks: readonly Mark[] }
type Judged = { marked: Marked; mark: Mark; right: boolean; masked: string }

const rounds = 20

export function readMarked(file: string): Marked[] {
  return readFileSync(file, 'utf8').split('\n').filter(Boolean).map(unmarked)
}

/** The message without its marks, and where they were. */
export function unmarked(line: string): Marked {
  const marks: Mark[] = []
  let text = ''
  let from = 0
  for (const piece of line.split(/([⟦⟧⟪⟫])/u)) {
    if (piece === '⟦' || piece === '⟪') from = text.length
    else if (piece === '⟧' || piece === '⟫') marks.push({ secret: piece === '⟧', from, to: text.length })
    else text += piece
  }
  return { text, marks }
}

/** Which signs of the text a mask replaced. */
export function maskedSigns(text: string, masked: string): boolean[] {
  const plain = masked.split(mask).map(piece => piece.replace(/[.*+?^${}()|[\]\\]/gu, '\\$&'))
  const found = new RegExp(`^${plain.join('([^]+?)')}$`, 'du').exec(text)
  const gone = new Array<boolean>(text.length).fill(false)
  for (const span of found?.indices?.slice(1) ?? []) if (span) gone.fill(true, span[0], span[1])
  return gone
}

function judge(marked: Marked): Judged[] {
  const masked = redact(marked.text)
  const gone = maskedSigns(marked.text, masked)
  return marked.marks.map(mark => {
    const right = mark.secret
      ? isRemoved(marked.text, gone, mark)
      : !gone.slice(mark.from, mark.to).includes(true)
    return { marked, mark, right, masked }
  })
}

/** An ending left behind a mask («•••ға», «••• -де») tells nothing. */
export function isRemoved(text: string, gone: readonly boolean[], { from, to }: Mark): boolean {
  const left = [...text.slice(from, to)].map((sign, at) => (gone[from + at] ? '•' : sign)).join('')
  return !/[\p{L}\p{N}]/u.test(left.replace(/•['’-]?\p{L}{1,4}(?!\p{L})/gu, ''))
}

function kindOf({ marked: { text }, mark: { from, to } }: Judged): string {
  const words = text.slice(from, to)
  const digits = words.replace(/\D/gu, '').length
  if (/[@/]\w|\.kz|\.com/u.test(words)) return 'link'
  if (digits >= 7) return 'long number'
  if (digits > 0) return /\p{L}{3}/u.test(words) ? 'address' : 'short number'
  if (/\p{Lu}/u.test(words)) return 'name or place'
  return 'words'
}

const scriptOf = (text: string) =>
  /[әғқңөұүһі]/iu.test(text)
    ? 'Kazakh letters'
    : /[а-я]{2}/iu.test(text)
      ? 'Russian letters'
      : 'Latin letters'

function report(args: readonly string[]) {
  const marked = args.filter(arg => arg !== 'misses').flatMap(readMarked)
  const judged = marked.flatMap(judge)
  line('all', judged)
  for (const [name, group] of Map.groupBy(judged, one => scriptOf(one.marked.text))) line(name, group)
  const secrets = judged.filter(one => one.mark.secret)
  for (const [name, group] of Map.groupBy(secrets, kindOf)) line(`  ${name}`, group)
  say(`${microsecondsEach(marked).toFixed(0)} µs a message`)
  if (!args.includes('misses')) return
  for (const { marked, mark, masked } of judged.filter(one => !one.right))
    say(
      `${mark.secret ? 'LEFT' : 'LOST'} ${marked.text.slice(mark.from, mark.to)}\n     ${marked.text}\n     ${masked}`,
    )
}

function line(name: string, judged: readonly Judged[]) {
  const share = (secret: boolean) => {
    const own = judged.filter(one => one.mark.secret === secret)
    const right = own.filter(one => one.right).length
    return own.length === 0 ? '–' : `${((100 * right) / own.length).toFixed(1)} % of ${own.length}`
  }
  say(`${name}: secrets removed ${share(true)}, needed kept ${share(false)}`)
}

function microsecondsEach(marked: readonly Marked[]): number {
  const start = performance.now()
  for (let round = 0; round < rounds; round++) for (const { text } of marked) redact(text)
  return ((performance.now() - start) * 1000) / rounds / marked.length
}

function say(text: string) {
  process.stdout.write(`${text}\n`)
}

if (import.meta.main) report(process.argv.slice(2))
