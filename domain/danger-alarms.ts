import { abuseLexicon } from './danger-lexicon-abuse.ts'
import { bodyLexicon } from './danger-lexicon-body.ts'
import { contextLexicon } from './danger-lexicon-context.ts'
import { worldLexicon } from './danger-lexicon-world.ts'
import type { Concepts, Hit } from './danger-match.ts'
import { conceptFinder, gapBetween } from './danger-match.ts'
import { alarmingReadings } from './danger-numbers.ts'
import type { Rule } from './danger-rules.ts'
import { rules } from './danger-rules.ts'
import type { Word } from './danger-text.ts'

/** The rules a message breaks, after everyday, past and denied dangers are set aside. */
export function alarmsIn(words: readonly Word[], concepts: Concepts): Rule[] {
  const seen = new Map(concepts)
  const readings = alarmingReadings(words)
  if (readings.length > 0) seen.set('reading', readings)
  const begun = new Set([...seen.keys()].flatMap(name => rulesByEvent.get(name) ?? []))
  if (begun.size === 0) return []
  const everyWord = words.map(({ at, sentence }) => ({ from: at, to: at, sentence }))
  seen.set('word', everyWord)
  return [...begun].filter(rule => alarmed(rule, seen))
}

/** Few of all events are seen in a message, and only their rules need a look. */
const rulesByEvent = new Map(
  rules.flatMap(({ event }) => event.map(name => [name, rules.filter(rule => rule.event.includes(name))])),
)

export const conceptsIn = conceptFinder(contextLexicon, { ...bodyLexicon, ...worldLexicon, ...abuseLexicon })

const companyMax = 8
const harmlessMax = 5
const storyMax = 8
const routineMax = 10

function alarmed(rule: Rule, seen: Concepts): boolean {
  if (!rule.others.every(names => names.some(name => seen.has(name)))) return false
  return hitsOf(rule.event, seen).some(event => {
    const company = rule.others.map(names =>
      hitsOf(names, seen).find(
        hit => gapBetween(event, hit) <= companyMax && apart(event, hit) && !denied(hit, seen),
      ),
    )
    if (company.some(hit => hit === undefined)) return false
    return (
      !hitsOf(rule.harmless, seen).some(hit => gapBetween(event, hit) <= harmlessMax) &&
      !calmed(event, rule, seen)
    )
  })
}

/** A word may not be its own company, but words inside a long event may. */
function apart(event: Hit, hit: Hit): boolean {
  return event.from !== hit.from || event.to !== hit.to
}

function calmed(event: Hit, rule: Rule, seen: Concepts): boolean {
  const near = (name: string, reach: number) =>
    hitsOf([name], seen).some(hit => hit.sentence === event.sentence && gapBetween(event, hit) <= reach)
  if (denied(event, seen)) return true
  if (hitsOf(['fine'], seen).some(hit => hit.to >= event.to)) return true
  if (near('story', storyMax)) return true
  if (longAgo(event, seen)) return true
  return (
    !rule.sure &&
    (near('routine', routineMax) || near('device', harmlessMax) || before(event, 'conditional', seen))
  )
}

/** «Год назад инсульт, сейчас рука отнялась»: what stands nearer to the event decides. */
function longAgo(event: Hit, seen: Concepts): boolean {
  const distance = (names: string[]) =>
    Math.min(
      ...hitsOf(names, seen)
        .filter(hit => hit.sentence === event.sentence)
        .map(hit => gapBetween(event, hit)),
    )
  const past = distance(['past', 'year'])
  return past <= storyMax && past <= distance(['now'])
}

/** «не пахнет», «no fire»; «пожара не было», «иісі жоқ». But «кровь не останавливается» is no end of it. */
function denied(event: Hit, seen: Concepts): boolean {
  const follows = (name: string, reach: number) =>
    hitsOf([name], seen).some(
      hit =>
        hit.sentence === event.sentence &&
        hit.from > event.to &&
        hit.from - event.to <= reach &&
        !negated(hit, seen),
    )
  return negated(event, seen) || follows('gone', 2) || follows('absent', 1) || endsWithNone(event, seen)
}

/** «запаха газа нет.» denies, «замерзаем нет отопления» does not: there the «нет» belongs to what follows. */
function endsWithNone(event: Hit, seen: Concepts): boolean {
  const word = (at: number) => hitsOf(['word'], seen).some(hit => hit.from === at)
  return hitsOf(['none'], seen).some(
    hit => hit.from > event.to && hit.from - event.to <= 2 && !word(hit.from + 1),
  )
}

function negated(hit: Hit, seen: Concepts): boolean {
  return hitsOf(['not'], seen).some(not => not.sentence === hit.sentence && not.to === hit.from - 1)
}

function before(event: Hit, name: string, seen: Concepts): boolean {
  return hitsOf([name], seen).some(
    hit => hit.sentence === event.sentence && hit.to < event.from && event.from - hit.to <= 3,
  )
}

function hitsOf(names: readonly string[], seen: Concepts): Hit[] {
  return names.length === 1 ? (seen.get(names[0] ?? '') ?? []) : names.flatMap(name => seen.get(name) ?? [])
}
