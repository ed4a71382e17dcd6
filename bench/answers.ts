import { readFileSync } from 'node:fs'
import { type Asked, hear } from '../bot/hear.ts'
import { understandIn } from '../bot/understand.ts'
import { categories } from '../domain/categories.ts'
import { fillers } from '../domain/filler-words.ts'
import { mentionIn } from '../domain/numerals.ts'
import { tokenize } from '../domain/words.ts'

/**
 * How many typed answers are understood: `node bench/answers.ts rows.tsv`, a row being `question<TAB>text<TAB>expected`.
 * A row expects the number of an option in `questions` below, or `back`, `person`, `text` (no answer to this
 * question) or `ask` (two options, or none of them). A second argument, a or b, takes one half of the rows; a
 * third, `all`, also lists what was not understood.
 */
interface Question {
  /** The options as the bot shows them, and those it understands without showing them. */
  shown: readonly string[]
  also?: readonly string[]
  yesNo?: boolean
  /** What each number of a row may mean here, controls with a slash. */
  meant: readonly (readonly string[])[]
}

const kinds = (list: number) =>
  categories.filter(entry => entry.list === list).map(({ code }) => `cat.${code}`)

const questions: Record<string, Question> = {
  who: { shown: ['who.me', 'who.other', 'who.vol'], meant: [['who.me'], ['who.other'], ['who.vol']] },
  category: {
    shown: [...kinds(1), 'cat.more'],
    also: kinds(2),
    meant: [
      ['cat.medical'],
      ['cat.household'],
      ['cat.transport'],
      ['cat.household'],
      ['cat.repair'],
      ['cat.benefits', 'cat.legal'],
      ['cat.digital'],
      ['cat.company'],
      ['cat.other', 'cat.heating', 'cat.household'],
    ],
  },
  when: {
    shown: ['when.today', 'when.3days', 'when.later'],
    meant: [['when.today'], ['when.3days'], ['when.3days'], ['when.3days', 'when.later'], ['when.later']],
  },
  consent: {
    shown: ['consent.yes', 'consent.no', 'consent.more'],
    yesNo: true,
    meant: [['consent.yes'], ['consent.no'], ['consent.more']],
  },
  helped: { shown: ['req.yes', 'req.part', 'req.no'], meant: [['req.yes'], ['req.no'], ['req.part']] },
  still: { shown: ['silent.yes', 'release'], yesNo: true, meant: [['silent.yes'], ['release']] },
  rating: {
    shown: ['rate.5', 'rate.4', 'rate.3', 'rate.2', 'rate.1'],
    meant: [['rate.1'], ['rate.2'], ['rate.3'], ['rate.4'], ['rate.5']],
  },
  'confirm-summary': {
    shown: ['check.yes', 'check.edit'],
    yesNo: true,
    meant: [['check.yes'], ['check.edit'], ['/cancel', 'check.edit']],
  },
}

type Outcome = 'at once' | 'asked back' | 'not understood' | 'wrong'
interface Judged {
  key: string
  text: string
  expected: string
  given: string
  outcome: Outcome
}

const [file = '', half = '', listing = ''] = process.argv.slice(2)
const judged = readFileSync(file, 'utf8')
  .split('\n')
  .filter(line => line.split('\t').length === 3 && (half.length !== 1 || halfOf(line) === half))
  .map(line => judge(line.split('\t') as [string, string, string]))

report('question', judged, ({ key }) => key)
report('script', judged, ({ text }) => scriptOf(text))
report('expected', judged, ({ expected }) => (/^\d$/.test(expected) ? 'an option' : expected))
if (listing)
  for (const row of judged.filter(({ outcome }) => outcome !== 'at once'))
    process.stdout.write(`${row.outcome}\t${row.key}\t${row.text}\t${row.expected}\t${row.given}\n`)

function judge([key, text, expected]: [string, string, string]): Judged {
  const question = questions[key]
  if (!question) throw new Error(`There is no question «${key}»: add it to the list in bench/answers.ts.`)
  const given = answerTo(text, question)
  const place = placeIn(text, question)
  const right = place ?? (/^\d$/.test(expected) ? (question.meant[Number(expected) - 1] ?? []) : [expected])
  return { key, text, expected, given, outcome: outcomeOf(given, right) }
}

function outcomeOf(given: string, right: readonly string[]): Outcome {
  const asked = given.startsWith('?') || given === 'two' || given === 'range'
  if (right.includes('/cancel') && given === '/stop') return 'asked back'
  if (right.includes(given)) return 'at once'
  if (right.includes('back'))
    return given === '/back' ? 'at once' : asked || given === 'text' ? 'not understood' : 'wrong'
  if (right.includes('person'))
    return given === '/human' ? 'at once' : asked || given === 'text' ? 'not understood' : 'wrong'
  if (right.includes('text'))
    return given === 'text' ? 'at once' : asked || given === '/help' ? 'asked back' : 'wrong'
  if (right.includes('ask')) return asked || given === 'text' ? 'at once' : 'wrong'
  if (given.startsWith('?')) return right.includes(given.slice(1)) ? 'asked back' : 'not understood'
  return asked || given === 'text' ? 'not understood' : 'wrong'
}

/** An option, `/` and a word understood anywhere, `?` and the option that is asked about, or why nothing was. */
function answerTo(text: string, { shown, also, yesNo }: Question): string {
  const more = { ...(also && { also }), ...(yesNo && { yesNo }) }
  const asked: Asked<never> = { choices: shown, accept: undefined, more }
  const heard = hear({ type: 'text', text }, asked, {
    understand: understandIn('ru'),
    maybe: undefined,
    aside: undefined,
  })
  if ('chosen' in heard) return heard.chosen
  if ('control' in heard) return `/${heard.control}`
  if ('said' in heard) return 'text'
  if (heard.maybe) return `?${heard.maybe}`
  return { 'err.two': 'two', 'err.range': 'range' }[heard.retry.key] ?? 'text'
}

/** Nothing but a number: it counts in the list that is shown, whatever list the row was written for. */
function placeIn(text: string, { shown }: Question): readonly string[] | undefined {
  if (shown[0] === 'rate.5' || /^no\b/i.test(text)) return undefined
  const telling = tokenize(text).filter(({ kind, sound }) => kind !== 'sign' && !fillers.has(sound))
  const numbers = new Set(telling.map(token => mentionIn(token)?.value))
  const [number] = numbers
  if (numbers.size !== 1 || number === undefined) return undefined
  return [shown[number - 1] ?? 'ask']
}

/** The same half each time, whatever the order of the rows. */
function halfOf(line: string): string {
  let hash = 0
  for (const letter of line) hash = (Math.imul(hash, 31) + (letter.codePointAt(0) ?? 0)) | 0
  return (hash >>> 7) % 2 === 0 ? 'a' : 'b'
}

function scriptOf(text: string): string {
  if (/[әғқңөұүһі]/iu.test(text)) return 'Kazakh'
  if (/\p{Script=Cyrillic}/u.test(text)) return 'Russian letters'
  return /\p{L}/u.test(text) ? 'Latin' : 'signs'
}

function report(title: string, rows: readonly Judged[], groupOf: (row: Judged) => string) {
  const groups = [...new Set(rows.map(groupOf)), 'all']
  const share = (some: readonly Judged[], outcome: Outcome) =>
    ((100 * some.filter(row => row.outcome === outcome).length) / some.length).toFixed(1).padStart(15)
  const outcomes: Outcome[] = ['at once', 'asked back', 'not understood', 'wrong']
  process.stdout.write(`\n${title.padEnd(18)}  rows${outcomes.map(name => name.padStart(15)).join('')}\n`)
  for (const group of groups) {
    const some = group === 'all' ? rows : rows.filter(row => groupOf(row) === group)
    const shares = outcomes.map(outcome => share(some, outcome)).join('')
    process.stdout.write(`${group.padEnd(18)}${`${some.length}`.padStart(6)}${shares}\n`)
  }
}
