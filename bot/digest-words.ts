import type { DigestFacts, WeekFacts } from '../domain/digest.ts'
import { whereOf } from '../domain/digest-message.ts'
import type { Language } from '../domain/language.ts'
import { nameOf } from '../domain/places.ts'
import { regionOf } from '../domain/regions.ts'
import type { Districts } from '../pictures/bars.ts'
import type { DigestNumbers } from '../pictures/digest.ts'
import { textOf, valueText } from './i18n.ts'

const placesShownMax = 8

/** The numbers of a day's or a week's digest with all words ready, as the picture wants them. */
export function digestWords(facts: DigestFacts | WeekFacts, language: Language): DigestNumbers {
  return 'kind' in facts ? weekWords(facts, language) : dayWords(facts, language)
}

function dayWords(facts: DigestFacts, language: Language): DigestNumbers {
  const word = wordIn(language)
  const country = facts.territory.regionId === null
  const { fresh, working, fulfilled, overdue } = facts.lines
  return {
    title: word('dg.heading'),
    subtitle: valueText(language, whereOf(facts)),
    date: valueText(language, { day: facts.at, zone: facts.zone }),
    cards: [
      { label: word('dg.card.new'), value: fresh, change: fresh - facts.before.fresh, tone: 'new' },
      { label: word('dg.card.working'), value: working, tone: 'work' },
      {
        label: word('dg.card.done'),
        value: fulfilled,
        change: fulfilled - facts.before.fulfilled,
        tone: 'good',
      },
      { label: word('dg.card.overdue'), value: overdue, tone: 'bad' },
    ],
    categories: categoriesOf(facts, 'dg.categories', language),
    trend: trendOf(facts, 'dg.trend', language),
    districts: {
      title: word('dg.places'),
      labels: { open: word('dg.open'), overdue: word('dg.late') },
      ...rowsOf(facts.places, language),
    },
    ...(country && { map: mapOf(facts, language, word('dg.map')) }),
  }
}

/** This week as bars, the week before as numbers beside them. */
function weekWords(facts: WeekFacts, language: Language): DigestNumbers {
  const word = wordIn(language)
  const { week, before, fromDay, toDay } = facts
  const days = { from: { date: fromDay }, to: { date: toDay } }
  const places = facts.places.map(place => ({
    id: place.id,
    open: place.week.came,
    overdue: place.before.came,
  }))
  return {
    title: word('dg.week.heading'),
    subtitle: valueText(language, whereOf(facts)),
    date: textOf(language, { key: 'dg.week.days', values: days }),
    cards: [
      { label: word('dg.week.came'), value: week.came, change: week.came - before.came, tone: 'new' },
      {
        label: word('dg.card.unconfirmed'),
        value: week.unconfirmed,
        change: week.unconfirmed - before.unconfirmed,
        tone: 'work',
      },
      { label: word('dg.week.done'), value: week.done, change: week.done - before.done, tone: 'good' },
      { label: word('dg.card.unmet'), value: week.unmet, change: week.unmet - before.unmet, tone: 'bad' },
    ],
    categories: categoriesOf(facts, 'dg.week.kinds', language),
    trend: trendOf(facts, 'dg.week.trend', language),
    districts: {
      title: word('dg.week.places'),
      labels: { open: word('dg.week.this'), overdue: word('dg.week.last') },
      calm: true,
      ...rowsOf(places, language),
    },
  }
}

type Facts = Pick<DigestFacts, 'categories' | 'trend'>

function categoriesOf(facts: Facts, title: string, language: Language): DigestNumbers['categories'] {
  const word = wordIn(language)
  return {
    title: word(title),
    rows: facts.categories.map(({ code, count }) => ({ label: word(`cat.${code}`), value: count })),
    empty: word('dg.empty'),
  }
}

function trendOf(facts: Facts, title: string, language: Language): DigestNumbers['trend'] {
  const word = wordIn(language)
  return { title: word(title), labels: { came: word('dg.came'), done: word('dg.ready') }, days: facts.trend }
}

function rowsOf(
  places: readonly { id: string; open: number; overdue: number }[],
  language: Language,
): Pick<Districts, 'rows' | 'more'> {
  const rows = places
    .slice(0, placesShownMax)
    .map(({ id, ...row }) => ({ label: nameOf(id, language), ...row }))
  const more = places.length - rows.length
  return { rows, ...(more > 0 && { more: textOf(language, { key: 'dg.more', values: { n: more } }) }) }
}

function mapOf(facts: DigestFacts, language: Language, title: string) {
  const tiles = facts.places.flatMap(({ id, open }) => {
    const region = regionOf(id)
    return region ? [{ ...region.cell, label: region.short[language], value: open }] : []
  })
  return { title, tiles }
}

function wordIn(language: Language): (key: string) => string {
  return key => textOf(language, { key })
}
