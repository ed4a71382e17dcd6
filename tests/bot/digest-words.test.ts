import { describe, expect, test } from 'vitest'
import { digestWords } from '../../bot/digest-words.ts'
import { textOf } from '../../bot/i18n.ts'
import { categories } from '../../domain/categories.ts'
import { type DigestFacts, digestLists, otherLists, type WeekFacts } from '../../domain/digest.ts'
import { digestMessage, weekMessage } from '../../domain/digest-message.ts'
import { districts } from '../../domain/districts.ts'
import { languages } from '../../domain/language.ts'
import { regions } from '../../domain/regions.ts'
import { digestSvg } from '../../pictures/digest.ts'
import { placeFaults } from '../pictures/inspect.ts'

/** Telegram's limit for the words under a picture. */
const captionCharsMax = 1024

const territories = [null, ...regions.map(({ id }) => id)]

describe.each(languages)('in %s', language => {
  test.each(territories)('a full day and week of %s fit picture and caption', regionId => {
    const [day, week] = [fullDay(regionId), fullWeek(regionId)]
    for (const facts of [day, week]) {
      const svg = digestSvg(digestWords(facts, language))
      expect(placeFaults(svg)).toEqual([])
      expect(svg.match(/>[^<]*…</g)).toBeNull()
    }
    for (const message of [digestMessage(day), weekMessage(week)]) {
      const caption = message.parts.map(part => textOf(language, part)).join('\n\n')
      expect(caption.length).toBeLessThanOrEqual(captionCharsMax)
    }
  })
})

/** More of everything than a day will bring. */
function fullDay(regionId: string | null): DigestFacts {
  const lines = [...digestLists, ...otherLists].map((line, n) => [line, 9_000 + n] as const)
  return {
    ...common(regionId),
    at: '2026-11-25T03:30:00Z',
    lines: Object.fromEntries(lines) as DigestFacts['lines'],
    before: { fresh: 0, fulfilled: 20_000 },
    places: placesOf(regionId).map(id => ({ id, open: 4_000, overdue: 1_000 })),
    standsIn: [{ name: 'Гүлбахрам Нұрмұхаммедқызы', toDay: '2026-12-31' }],
  }
}

function fullWeek(regionId: string | null): WeekFacts {
  const figures = { came: 9_000, done: 8_000, unconfirmed: 700, unmet: 60, low: 50 }
  return {
    ...common(regionId),
    kind: 'week',
    at: '2026-11-23T03:30:00Z',
    fromDay: '2026-11-16',
    toDay: '2026-11-22',
    week: figures,
    before: figures,
    places: placesOf(regionId).map(id => ({ id, week: figures, before: figures })),
  }
}

function common(regionId: string | null) {
  return {
    zone: 'Asia/Almaty',
    territory: { regionId, districtId: null },
    categories: categories.slice(0, 6).map(({ code }) => ({ code, count: 3_000 })),
    trend: Array.from({ length: 30 }, () => ({ came: 900, done: 800 })),
  }
}

function placesOf(regionId: string | null): string[] {
  const own = regionId ? districts.filter(({ region }) => region === regionId) : regions
  return own.map(({ id }) => id).toSorted((one, other) => other.length - one.length)
}
