import { conceptsIn } from './danger-alarms.ts'
import { rules } from './danger-rules.ts'
import { charsReadMax, wordsOf } from './danger-text.ts'
import { fold } from './fold.ts'

const events = new Set(rules.flatMap(rule => [...rule.event, ...rule.others.flat()]))
/** Everybody is somebody's neighbour: such words alarm in no errand. */
const everybody = new Set([
  'elder',
  'self',
  'person',
  'victim',
  'aggressor',
  'home',
  'now',
  'money',
  'asks',
  'gave',
])
const clauses = /(?<=[,.!?;\n])/u
const errand =
  /(?<!\p{L})(?:нуж|надо|привез|принес|купи|заказ|керек|кажет|акел|акеп|алып кел|алып бер|апарып бер|сатып ал|need|bring|buy|kerek|nuzhn|privez|prines|kupit)/u

/** What is brought to somebody who has long been ill: it tells that nothing has just happened. */
const aid =
  /(?<!\p{L})(?:арба|коляск|балдак|таяк|ходунк|трост|костыл|памперс|жоргек|wheelchair|crutch|walker)/u

/**
 * The rest of a message beside its errands: «муж бьёт, нужны продукты» tells both, and the shopping must not make
 * the blow an everyday matter. Empty where nothing is left out.
 */
export function withoutErrands(text: string): string {
  const read = text.slice(0, charsReadMax)
  if (!errand.test(fold(read))) return ''
  const told = read.split(clauses)
  const rest = told.filter(clause => !isErrand(clause))
  return rest.length < told.length ? rest.join('') : ''
}

function isErrand(clause: string): boolean {
  const folded = fold(clause)
  if (!errand.test(folded) || aid.test(folded)) return false
  // «Күтім керек» speaks of an old illness, which is no errand.
  const names = [...conceptsIn(wordsOf(clause)).keys()]
  return names.every(name => name !== 'chronic' && (!events.has(name) || everybody.has(name)))
}
