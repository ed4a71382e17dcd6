import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { mask, redact } from '../../domain/redact.ts'
import { redactCases } from './redact.cases.ts'
import { redactPlaceCases } from './redact.place-cases.ts'
import { redactWayCases } from './redact.way-cases.ts'
import { redactWordCases } from './redact.word-cases.ts'

describe('every message of the table', () => {
  test.each([...redactCases, ...redactWordCases, ...redactPlaceCases, ...redactWayCases])(
    '$text',
    ({ text, known, gone, kept }) => {
      const masked = redact(text, known)
      for (const secret of gone) expect(masked).not.toContain(secret)
      for (const need of kept) expect(masked).toContain(need)
      if (gone.length > 0) expect(masked).toContain(mask)
    },
  )
})

/** Words of the table in any order: closer to people than random letters, and full of half-made phrases. */
const words = [...new Set(redactCases.flatMap(row => row.text.split(/\s+/)))]
const jumble = fc
  .array(fc.constantFrom(...words, mask, '\n', '8', '701', '12-45', '.', ','), { maxLength: 40 })
  .map(list => list.join(' '))

describe('for whatever is written', () => {
  test('it answers, and it changes nothing when asked again', () => {
    const anything = fc.oneof(fc.string({ unit: 'binary', maxLength: 200 }), jumble)
    fc.assert(
      fc.property(anything, text => {
        const masked = redact(text)
        expect(redact(masked)).toBe(masked)
      }),
      { numRuns: 400 },
    )
  })

  test('nothing is written that was not there, but the mask', () => {
    fc.assert(
      fc.property(jumble, text => {
        let from = 0
        for (const piece of redact(text).split(mask)) {
          const found = text.indexOf(piece, from)
          expect(found).toBeGreaterThanOrEqual(from)
          from = found + piece.length
        }
      }),
      { numRuns: 300 },
    )
  })

  test('no telephone survives, whatever stands between its digits', () => {
    const digits = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 9, maxLength: 9 })
    const glue = fc.constantFrom('', ' ', '-', '.', '/', ') ', ' - ', '📞', '\u200B')
    fc.assert(
      fc.property(digits, fc.array(glue, { minLength: 10, maxLength: 10 }), jumble, (tail, glues, rest) => {
        const phone = ['8', '7', ...tail].map((digit, at) => digit + (glues[at] ?? '')).join('')
        expect(redact(`${rest}\n${phone}`)).not.toContain(phone)
        expect(redact(phone)).toBe(mask)
      }),
      { numRuns: 300 },
    )
  })

  test('a number of nine digits and more never survives, whatever unit follows it', () => {
    const unit = fc.constantFrom('', ' и', ' хлеб', ' нан', ' please', '.', ',')
    fc.assert(
      fc.property(fc.integer({ min: 100_000_000, max: 999_999_999_999 }), unit, (number, after) => {
        expect(redact(`у меня ${number}${after}`)).not.toMatch(/\d{5}/u)
      }),
    )
  })

  test('known names are gone in the spelling of the card, also inside other words', () => {
    const name = fc.constantFrom('Қаламқас', 'Ұлмекен', 'Степанида', 'Бибіжамал', 'Рысалды', 'Ефросинья')
    fc.assert(
      fc.property(name, jumble, (person, rest) => {
        expect(redact(`${rest} ${person} ${rest}`, { names: [person] })).not.toContain(person)
      }),
      { numRuns: 100 },
    )
  })
})

describe('hostile texts of five thousand signs end', () => {
  const hostile = [
    '8 '.repeat(2500),
    'a'.repeat(5000),
    'ул. '.repeat(1250),
    'a.a'.repeat(1666),
    '@'.repeat(5000),
    'код '.repeat(1250),
    '1-'.repeat(2500),
    'апа Зейнеп '.repeat(450),
    '«'.repeat(5000),
    'сто двадцать '.repeat(380),
    `${'9'.repeat(4999)} кг`,
    'нининин'.repeat(714),
    `${'a'.repeat(60)}@`.repeat(80),
    'А.'.repeat(2500),
    '\u0301'.repeat(5000),
    'д.5-'.repeat(1250),
    'ab_'.repeat(1600),
    'кв 5 этаж 3 '.repeat(400),
  ]
  test.each(hostile.map(text => [text.slice(0, 12), text]))('%s…', (_, text) => {
    expect(redact(text).length).toBeGreaterThan(0)
  })
})
