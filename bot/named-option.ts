import { fillers, negations } from '../domain/filler-words.ts'
import { phrases, type Token } from '../domain/words.ts'
import { isBoth } from './both-options.ts'
import { findHits, type Hit, weakWords } from './heard-option.ts'
import type { Option } from './prompt.ts'
import { isPlace, rankOf } from './ranked-option.ts'

/**
 * `rest`: words that say nothing about the option, `assents` those of them that only agree, `foreign` those that do
 * not just carry a request;
 * `said`: words of the option; `sure`: not only small or unlike ones.
 */
export interface Weight {
  rest: number
  assents: number
  foreign: number
  said: number
  sure: boolean
  /** A word just as it is known. */
  exact: boolean
  /** Other options were named as much: the first is only the likelier one. */
  guessed: boolean
}

/**
 * What the words of a message say about the options. `denied`: only refused («не сегодня»).
 */
export type Named =
  | ({ kind: 'one'; option: Option } & Weight)
  | { kind: 'several' }
  | { kind: 'denied'; option: Option }
  | undefined

/** The option a message names with the words of its label or its keywords, whatever their endings. */
export function findNamed(tokens: readonly Token[], options: readonly Option[]): Named {
  const hits = findHits(tokens, options)
  if (hits.length === 0) return undefined
  const meant = hits.filter(hit => !hit.denied)
  const telling = strongest(meant, tokens)
  if (isBoth(hits, tokens)) return { kind: 'several' }
  const winner = pick(telling)
  const option = options[winner ?? -1]
  if (option)
    return {
      kind: 'one',
      option,
      ...weigh(
        meant.filter(hit => hit.option === winner),
        tokens,
        new Set(hits.filter(hit => hit.denied).map(hit => hit.at)),
      ),
    }
  if (meant.length > 0) return afterBut(tokens, options) ?? mostly(telling, tokens, options)
  const denied = options[pick(hits) ?? -1]
  return denied && { kind: 'denied', option: denied }
}

/** Words of several options without an «и» between them: probably the one with most. */
function mostly(hits: readonly Hit[], tokens: readonly Token[], options: readonly Option[]): Named {
  const joined = tokens.some(token => joints.has(token.text))
  const leader = joined ? undefined : pick(hits, true)
  const option = joined ? undefined : options[leader ?? likeliest(hits)]
  return option
    ? {
        kind: 'one',
        option,
        rest: tokens.length,
        assents: 0,
        foreign: tokens.length,
        sure: false,
        exact: false,
        said: 0,
        guessed: leader === undefined,
      }
    : { kind: 'several' }
}

/** Of two options named alike the one with more words, or else the one named first. */
function likeliest(hits: readonly Hit[]): number {
  const scores = new Map<number, number>()
  for (const at of new Set(hits.map(hit => hit.at))) {
    const here = hits.filter(hit => hit.at === at)
    const best = Math.max(...here.map(strengthOf))
    const owners = new Set(here.filter(hit => strengthOf(hit) === best).map(hit => hit.option))
    const [owner] = owners
    if (owner === undefined || owners.size > 1) continue
    scores.set(owner, (scores.get(owner) ?? 0) + best - at / tokensMax)
  }
  const [first] = [...scores].sort(([, a], [, b]) => b - a)
  return first?.[0] ?? -1
}

function strengthOf({ likeness, phrase }: Hit): number {
  return likeness + (phrase > 1 ? 1 : 0)
}

const tokensMax = 100

/** «Бүгін емес, ертең»: what is refused is nothing foreign. */
function weigh(hits: readonly Hit[], tokens: readonly Token[], denied: ReadonlySet<number>): Weight {
  const covered = new Set(hits.map(hit => hit.at))
  const rest = [...tokens.entries()].filter(([at, { kind, sound }]) => {
    return kind !== 'sign' && !covered.has(at) && !fillers.has(sound)
  })
  const foreign = rest.filter(([at, { sound }]) => {
    const refused = denied.size > 0 && (denied.has(at) || negations.has(sound))
    return !refused && !weakWords.has(sound) && !carriers.has(sound) && !isPlace(sound)
  })
  const assents = rest.filter(([, { sound }]) => assenting.has(sound)).length
  const sure = hits.some(hit => hit.likeness > 1 && !hit.weak)
  const exact = hits.some(hit => hit.likeness === 3)
  return {
    rest: rest.length,
    assents,
    foreign: foreign.length,
    sure,
    exact,
    said: covered.size,
    guessed: false,
  }
}

/** «Помогли, но не до конца»: what stands behind the «но» is the answer. */
function afterBut(tokens: readonly Token[], options: readonly Option[]): Named {
  const turn = tokens.findLastIndex(token => turns.has(token.text))
  const named = turn > 0 ? findNamed(tokens.slice(turn + 1), options) : undefined
  return named?.kind === 'one' ? named : undefined
}

/** Whole phrases and keywords if there are any, else single words of labels, else words that often say nothing. */
function strongest(hits: readonly Hit[], tokens: readonly Token[]): readonly Hit[] {
  const firm = hits.filter(hit => !hit.weak)
  const ranks = new Map(firm.map(hit => [hit, rankOf(tokens[hit.at]?.sound ?? '')]))
  const alike = firm.filter(hit => hit.likeness > 1)
  const highest = Math.max(...(alike.length > 0 ? alike : firm).map(hit => ranks.get(hit) ?? 0))
  const things = firm.filter(hit => ranks.get(hit) === highest)
  const whole = things.filter(hit => hit.phrase > 0 && hit.likeness > 1)
  return [whole, things, firm, hits].find(some => some.length > 0) ?? hits
}

/**
 * Each word speaks for the options it fits best; the one with the most wins if no other has a word of its own.
 * `most`: one that merely has twice as many words as each other, worth asking about.
 */
function pick(hits: readonly Hit[], most = false): number | undefined {
  const own = new Map<number, number>()
  const shared = new Map<number, number>()
  for (const at of new Set(hits.map(hit => hit.at))) {
    const here = hits.filter(hit => hit.at === at)
    const strength = (hit: Hit) => hit.likeness * 10 + hit.phrase
    const top = Math.max(...here.map(strength))
    const winners = new Set(here.filter(hit => strength(hit) === top).map(hit => hit.option))
    const tally = winners.size === 1 ? own : shared
    for (const option of winners) tally.set(option, (tally.get(option) ?? 0) + 1)
  }
  if (own.size > 1) return most ? leaderOf(own) : undefined
  if (own.size > 0) return [...own.keys()][0]
  const highest = Math.max(...shared.values())
  const leaders = [...shared].flatMap(([option, count]) => (count === highest ? [option] : []))
  // «Correct» stands for itself before it stands for «correct it».
  const bare = leaders.filter(option => hits.some(hit => hit.option === option && hit.bare && hit.phrase > 0))
  return [leaders, bare].find(some => some.length === 1)?.[0]
}

function leaderOf(counts: ReadonlyMap<number, number>): number | undefined {
  const [first, second] = [...counts].sort(([, a], [, b]) => b - a)
  return first && second && first[1] >= 2 * second[1] ? first[0] : undefined
}

/** Folded, not as sounds: «но» sounds like the English no. */
const turns = new Set(['но', 'однако', 'только', 'бирак', 'тек', 'but', 'only', 'лучше', 'rather', 'better'])
const joints = new Set([
  ',',
  '+',
  '/',
  'и',
  'или',
  'да',
  'жане',
  'мен',
  'пен',
  'бен',
  'немесе',
  'and',
  'or',
  'также',
  'тоже',
])
const assenting = new Set(
  phrases('да, ага, угу, иә, ия, ок, хорошо, жақсы, жарайды, конечно, әрине, yes, ok, okay, sure'),
)

/** Verbs of bringing, going and giving: they carry any request. */
const carriers = new Set(
  phrases(
    'принесите, принести, привезите, привезти, купить, купите, взять, возьмите, сделать, сделайте, дать, дайте, есть, ' +
      'некому, хочется, сходить, сходите, прийти, придите, поставить, найти, ищу, скажите, могу, могли, может, ' +
      'алып, алу, алайын, әкеліп, әкелу, келу, келіп, келе, келеді, келсе, келсін, келіңіз, келіңізші, келсеңіз, ' +
      'бару, барып, баруға, барғым, барса, барсам, беру, беріп, берсе, берсеңіз, берсеңіздер, беретін, салу, салып, ' +
      'тұр, тұрмын, отыр, отырмын, жүр, жүрмін, жатыр, жатқан, кетті, қалды, кетсе, жасау, жасап, бар, ед, ем, дейін, ' +
      'едім, деймін, екен, bring, buy, go, come, get, give, do, find, please, someone, somebody',
  ),
)
