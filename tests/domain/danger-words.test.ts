import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { abuseLexicon } from '../../domain/danger-lexicon-abuse.ts'
import { bodyLexicon } from '../../domain/danger-lexicon-body.ts'
import { contextLexicon } from '../../domain/danger-lexicon-context.ts'
import { worldLexicon } from '../../domain/danger-lexicon-world.ts'
import { rules } from '../../domain/danger-rules.ts'
import { dangers, findDanger } from '../../domain/danger-words.ts'
import { dangerCases } from './danger-words.cases.ts'

describe('a message about danger, and one that only sounds like it', () => {
  it.each(dangerCases)('$danger: $text', ({ text, danger }) => {
    expect(findDanger(text)).toBe(danger)
  })

  it('is judged the same in capitals and with a polite beginning', () => {
    for (const { text, danger } of dangerCases
      .filter(row => row.danger === 'life' && row.text.length > 6)
      .slice(0, 60)) {
      expect(findDanger(text.toUpperCase()), text).toBe(danger)
      expect(findDanger(`Здравствуйте. ${text}`), text).toBeDefined()
    }
  })
})

describe('the table itself', () => {
  it('holds both kinds of danger, and nearly as many harmless messages', () => {
    const harmless = dangerCases.filter(row => row.danger === undefined).length
    expect(dangerCases.length).toBeGreaterThanOrEqual(180)
    expect(harmless / dangerCases.length).toBeGreaterThan(0.4)
    expect(new Set(dangerCases.map(row => row.text)).size).toBe(dangerCases.length)
  })
})

describe('the rules', () => {
  const lexicons = [contextLexicon, bodyLexicon, worldLexicon, abuseLexicon]
  const concepts = lexicons.flatMap(lexicon => Object.keys(lexicon))

  it('name only concepts that exist, each in one lexicon', () => {
    const named = rules.flatMap(rule => [...rule.event, ...rule.others.flat(), ...rule.harmless])
    expect(named.filter(name => name !== 'reading' && !concepts.includes(name))).toEqual([])
    expect(new Set(concepts).size).toBe(concepts.length)
  })

  it('stand on phrases without a stray mark', () => {
    for (const text of lexicons.flatMap(lexicon => Object.values(lexicon))) {
      for (const phrase of text.split(',')) {
        expect(phrase.trim(), text.slice(0, 60)).not.toBe('')
        expect(phrase).not.toMatch(/^\s*[&|]|[&_]\s*$|__|\|\||[.;:]/)
      }
    }
  })
})

describe('a hint', () => {
  it('is nothing for an empty or a bare call for help', () => {
    for (const text of ['', '   ', '?', 'помогите', 'көмектесіңізші', 'help me please', '1', '0']) {
      expect(findDanger(text), text).toBeUndefined()
    }
  })

  it('takes the number of a service for the call itself', () => {
    expect(['103', ' 112!', '101', '104'].map(findDanger)).toEqual(['life', 'life', 'life', 'life'])
    expect(['102', '111'].map(findDanger)).toEqual(['abuse', 'abuse'])
  })

  it('never throws, whatever the letters', () => {
    const words = fc.constantFrom(
      'constructor',
      '__proto__',
      'не',
      'нет',
      'газ',
      'қан',
      '2,1',
      '-5',
      '103',
      ',',
      '.',
    )
    const anything = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 300 }),
      fc
        .array(fc.oneof(words, fc.string({ unit: 'grapheme' })), { maxLength: 60 })
        .map(parts => parts.join(' ')),
    )
    fc.assert(
      fc.property(anything, text => {
        const danger = findDanger(text)
        expect(danger === undefined || dangers.includes(danger)).toBe(true)
      }),
      { numRuns: 300 },
    )
  })

  it('is found at the end of a long voice message, in a moment', () => {
    const chatter = 'сегодня хорошая погода мы с дочерью смотрели телевизор потом пришла соседка '
    const long = `${chatter.repeat(66).slice(0, 4960)}. мама упала и не дышит`
    const start = performance.now()
    expect(findDanger(long)).toBe('life')
    expect(performance.now() - start).toBeLessThan(1000)
  })

  it('stays quick on hostile repetition', () => {
    for (const piece of ['не ', 'а', 'упала ', 'кровь не ', '1', '- ', '.,', 'bleed and ', 'қан ']) {
      const start = performance.now()
      findDanger(piece.repeat(5000))
      expect(performance.now() - start, piece).toBeLessThan(1500)
    }
  })
})
