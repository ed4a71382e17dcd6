import type { DigestFacts } from './digest.ts'
import { type Message, part, type Value } from './message.ts'

/** The digest's words: what the picture shows, for those who cannot see it, and what needs somebody today. */
export function digestMessage(facts: DigestFacts): Message {
  const day = { day: facts.at, zone: facts.zone }
  const counts: [key: string, n: number][] = [
    ['dg.urgent', facts.urgent],
    ['dg.new', facts.fresh],
    ['dg.nohelper', facts.unclaimed],
    ['dg.overdue', facts.overdue],
    ['dg.working', facts.working],
    ['dg.done', facts.done],
    ['dg.low', facts.low],
    ['dg.alerts', facts.alerts],
    ['dg.applicants', facts.applicants],
  ]
  const told = counts.filter(([, n]) => n > 0)
  const lines: Value[] = told.map(([key, n]) => ({ key: 'dg.line', values: { label: { key }, n } }))
  const body =
    lines.length > 0 ? part('dg.lines', { lines: { list: lines, separator: '\n' } }) : part('dg.quiet')
  return {
    parts: [part('dg.title', { date: day }), part('dg.where', { where: whereOf(facts) }), body],
    options: [{ id: 'do:queue', label: { key: 'menu.queue' } }],
    digest: facts,
  }
}

export function whereOf({ territory }: Pick<DigestFacts, 'territory'>): Value {
  if (territory.districtId) return { district: territory.districtId }
  return territory.regionId ? { region: territory.regionId } : { key: 'place.country' }
}
