import type { DigestFacts } from '../domain/digest.ts'
import { whereOf } from '../domain/digest-message.ts'
import type { Language } from '../domain/language.ts'
import { nameOf } from '../domain/places.ts'
import { regionOf } from '../domain/regions.ts'
import type { DigestNumbers } from '../pictures/digest.ts'
import { textOf, valueText } from './i18n.ts'

const placesShownMax = 8

/** The numbers of a digest with all words ready, as the picture wants them. */
export function digestWords(facts: DigestFacts, language: Language): DigestNumbers {
  const word = (key: string) => textOf(language, { key })
  const country = facts.territory.regionId === null
  const rows = facts.places.slice(0, placesShownMax)
  return {
    title: textOf(language, { key: 'dg.heading' }),
    subtitle: valueText(language, whereOf(facts)),
    date: valueText(language, { day: facts.at, zone: facts.zone }),
    cards: [
      {
        label: word('dg.card.new'),
        value: facts.fresh,
        change: facts.fresh - facts.before.fresh,
        tone: 'new',
      },
      { label: word('dg.card.working'), value: facts.working, tone: 'work' },
      {
        label: word('dg.card.done'),
        value: facts.done,
        change: facts.done - facts.before.done,
        tone: 'good',
      },
      { label: word('dg.card.overdue'), value: facts.overdue, tone: 'bad' },
    ],
    categories: {
      title: word('dg.categories'),
      rows: facts.categories.map(({ code, count }) => ({ label: word(`cat.${code}`), value: count })),
      empty: word('dg.empty'),
    },
    trend: {
      title: word('dg.trend'),
      labels: { came: word('dg.came'), done: word('dg.ready') },
      days: facts.trend,
    },
    districts: {
      title: word('dg.places'),
      rows: rows.map(({ id, open, overdue }) => ({ label: nameOf(id, language), open, overdue })),
      labels: { open: word('dg.open'), overdue: word('dg.late') },
    },
    ...(country && { map: mapOf(facts, language, word('dg.map')) }),
  }
}

function mapOf(facts: DigestFacts, language: Language, title: string) {
  const tiles = facts.places.flatMap(({ id, open }) => {
    const region = regionOf(id)
    return region ? [{ ...region.cell, label: region.short[language], value: open }] : []
  })
  return { title, tiles }
}
