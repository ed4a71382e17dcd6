import {
  type DigestFacts,
  type DigestLine,
  type DigestList,
  datedList,
  otherLists,
  type WeekFacts,
  type WeekFigures,
} from './digest.ts'
import { type Message, type MessageOption, type Part, part, type Value } from './message.ts'
import { placeOfTerritory } from './news.ts'

/** As many as leave room for the rest below a picture. */
const placesToldMax = 6

/** The digest's lines in the order of what needs somebody first, each with its words and its button's. */
const lines: readonly { line: DigestLine; words: string; button: string }[] = [
  { line: 'urgent', words: 'dg.urgent', button: 'dg.list.urgent' },
  { line: 'fresh', words: 'dg.new', button: 'dg.list.fresh' },
  { line: 'unclaimed', words: 'dg.nohelper', button: 'dg.list.unclaimed' },
  { line: 'overdue', words: 'dg.overdue', button: 'queue.overdue' },
  { line: 'silent', words: 'dg.silent', button: 'dg.list.silent' },
  { line: 'working', words: 'dg.working', button: 'queue.claimed' },
  { line: 'fulfilled', words: 'dg.done', button: 'dg.list.fulfilled' },
  { line: 'unconfirmed', words: 'dg.unconfirmed', button: 'dg.list.unconfirmed' },
  { line: 'low', words: 'dg.low', button: 'dg.list.low' },
  { line: 'alerts', words: 'dg.alerts', button: 'queue.alerts' },
  { line: 'applicants', words: 'dg.applicants', button: 'queue.applicants' },
  { line: 'forgotten', words: 'dg.forgotten', button: 'dg.list.forgotten' },
]

/** The digest's words: what the picture shows, for those who cannot see it, and what needs somebody today. */
export function digestMessage(facts: DigestFacts): Message {
  const told = lines.filter(({ line }) => facts.lines[line] > 0)
  const day = { day: facts.at, zone: facts.zone }
  const substitutes = facts.standsIn.map(({ name, toDay }) =>
    part('dg.standsIn', { name, date: { date: toDay } }),
  )
  if (told.length === 0) {
    const quiet = part('dg.quiet', { date: day, where: whereOf(facts) })
    return { parts: [quiet, ...substitutes], options: settingButtons }
  }
  const counted = told.map(({ line, words }) => lineOf(words, facts.lines[line]))
  return {
    parts: [
      part('dg.title', { date: day }),
      part('dg.where', { where: whereOf(facts) }),
      part('dg.lines', { lines: { list: counted, separator: '\n' } }),
      ...placesOf(facts),
      ...substitutes,
    ],
    options: [
      ...told.map(({ line, button }) => ({
        id: `list:${listOf(line, facts)}`,
        label: { key: button, values: { n: facts.lines[line] } },
      })),
      ...settingButtons,
    ],
    digest: facts,
  }
}

/** A week's words: each figure with the one of the week before. */
export function weekMessage(facts: WeekFacts): Message {
  const { week, before, fromDay, toDay } = facts
  const days = { from: { date: fromDay }, to: { date: toDay } }
  if (facts.places.length === 0)
    return { parts: [part('dg.week.quiet', { ...days, where: whereOf(facts) })], options: settingButtons }
  const figures: [key: string, figure: keyof WeekFigures][] = [
    ['dg.week.came', 'came'],
    ['dg.week.done', 'done'],
    ['dg.unconfirmed', 'unconfirmed'],
    ['dg.week.unmet', 'unmet'],
    ['dg.low', 'low'],
  ]
  const counted: Value[] = figures
    .filter(([, figure]) => week[figure] + before[figure] > 0)
    .map(([key, figure]) => ({
      key: 'dg.week.line',
      values: { label: { key }, n: week[figure], before: before[figure] },
    }))
  const places: Value[] = facts.places.slice(0, placesToldMax).map(place => ({
    key: 'dg.week.place',
    values: {
      place: nameOf(facts, place.id),
      came: place.week.came,
      cameBefore: place.before.came,
      done: place.week.done,
      doneBefore: place.before.done,
    },
  }))
  return {
    parts: [
      part('dg.week.title', days),
      part('dg.where', { where: whereOf(facts) }),
      part('dg.lines', { lines: { list: counted, separator: '\n' } }),
      part('dg.lines', { lines: { list: [{ key: 'dg.week.brackets' }, ...places], separator: '\n' } }),
    ],
    options: settingButtons,
    digest: facts,
  }
}

export function whereOf({ territory, others = [] }: Pick<DigestFacts, 'territory' | 'others'>): Value {
  const first = placeOfTerritory(territory)
  return others.length > 0 ? { list: [first, ...others.map(placeOfTerritory)] } : first
}

const settingButtons: readonly MessageOption[] = [
  { id: 'do:queue', label: { key: 'menu.queue' } },
  { id: 'do:settings', label: { key: 'dg.settings' } },
]

/** Only where there is more than one. */
function placesOf(facts: DigestFacts): Part[] {
  if (facts.places.length < 2) return []
  const list: Value[] = facts.places.slice(0, placesToldMax).map(({ id, open, overdue }) => ({
    key: 'dg.place',
    values: { place: nameOf(facts, id), open, late: overdue },
  }))
  return [part('dg.lines', { lines: { list, separator: '\n' } })]
}

function nameOf({ territory }: Pick<DigestFacts, 'territory'>, id: string): Value {
  return territory.regionId ? { district: id } : { region: id }
}

function lineOf(key: string, n: number): Value {
  return { key: 'dg.line', values: { label: { key }, n } }
}

function listOf(line: DigestLine, facts: DigestFacts): string {
  const other = otherLists.find(name => name === line)
  return other ?? datedList(line as DigestList, new Date(facts.at))
}
