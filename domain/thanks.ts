import { hoursOf } from './certificate.ts'
import { type Message, type Part, part } from './message.ts'
import type { Span } from './months.ts'
import { ratingsMin } from './volunteer.ts'

/** What a helper gave in a span of days, in numbers. */
interface Given {
  helps: number
  minutes: number
  people: number
  ratings: number
  rating: number
}

/** The month's summary, with a way to a certificate. */
export function thanksMessage(given: Given, span: Pick<Span, 'firstDay' | 'lastDay'>): Message {
  const { firstDay, lastDay } = span
  return {
    parts: [
      part('thanks.month', { from: { date: firstDay }, to: { date: lastDay } }),
      ...givenParts(given),
      part('thanks.you'),
    ],
    options: [{ id: 'do:hours', label: { key: 'thanks.certificate' } }],
  }
}

export function givenParts({ helps, minutes, people, ratings, rating }: Given): Part[] {
  const facts = part('thanks.given', { helps, hours: hoursOf(minutes), people })
  const average = Math.round(rating * 10) / 10
  return ratings >= ratingsMin
    ? [facts, part('thanks.rating', { rating: { list: [average] }, n: ratings })]
    : [facts]
}
