import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Answer, understand } from '../../bot/answer.ts'
import { layout, numberedLines, numbersOf, type Option } from '../../bot/prompt.ts'
import { plainNumber } from '../../domain/numerals.ts'
import { tokenize } from '../../domain/words.ts'
import { groups } from './answer.cases.ts'
import { optionKeys, questionOn, type Screen, type Tongue } from './answer.questions.ts'
import { sayings } from './answer.sayings.ts'

describe('what people write', () => {
  for (const { screen, rows } of groups) {
    test.each(rows.map(([input, meaning]) => ({ input, meaning })))(`${screen}: $input → $meaning`, row => {
      expect(meaningOf(understand(row.input, questionOn(screen)))).toBe(row.meaning)
    })
  }

  test('the table is large enough to mean something', () => {
    expect(groups.flatMap(group => group.rows).length).toBeGreaterThan(200)
  })
})

describe('every question', () => {
  const screens: Screen[] = [
    'help',
    'help2',
    'when',
    'who',
    'consent',
    'received',
    'rate',
    'check',
    'language',
  ]
  const tongues: Tongue[] = ['kk', 'ru', 'en']

  test.each(screens)(
    '%s: labels of all three languages and numbers are understood in each language',
    screen => {
      for (const tongue of tongues) {
        const question = questionOn(screen, tongue)
        const numbers = numbersOf(question.options)
        for (const [index, option] of question.options.entries()) {
          // «3» may also mean «three days»: it is asked about.
          const kind = option.id === 'when.later' ? 'confirm' : 'choice'
          expect(understand(`${numbers[index]}`, question)).toEqual({ kind, id: option.id })
          for (const label of labelsOf(screen, index, tongues)) {
            expect(meaningOf(understand(label, question)), `${tongue}: ${label}`).toBe(option.id)
          }
        }
      }
    },
  )

  test('each keyword leads to its option', () => {
    for (const screen of screens) {
      const question = questionOn(screen)
      for (const option of question.options) {
        const lost = (option.keywords ?? []).filter(
          word => meaningOf(understand(word, question)) !== option.id,
        )
        expect(lost, `${screen}: ${option.id}`).toEqual([])
      }
    }
    expect(optionKeys.length).toBeGreaterThan(40)
  })
})

describe('hundreds of answers as older people type them', () => {
  const judged = Object.entries(sayings).flatMap(([screen, block]) => {
    const question = questionOn(screen as Screen)
    return block.split('\n').flatMap(line => {
      const [input, meanings] = line.split(' | ')
      const answer = input && meanings ? understand(input, question) : undefined
      if (answer === undefined) return []
      const right = meanings?.split('~').includes(meaningOf(answer).replace(/\?$/, ''))
      return {
        line: `${screen}: ${line} → ${meaningOf(answer)}`,
        screen,
        right,
        acted: answer.kind === 'choice',
      }
    })
  })
  const wrong = judged.filter(({ right }) => !right)

  test('at least 98 of 100 are understood, at once or with one question back', () => {
    expect(judged.length).toBeGreaterThan(700)
    expect(wrong.length / judged.length, wrong.map(({ line }) => line).join('\n')).toBeLessThan(0.02)
  })

  test('a wrong option is hardly ever taken, and never a consent', () => {
    const taken = wrong.filter(({ acted }) => acted)
    expect(taken.length / judged.length, taken.map(({ line }) => line).join('\n')).toBeLessThan(0.005)
    expect(taken.filter(({ screen }) => screen === 'consent')).toEqual([])
  })
})

describe('a consent', () => {
  test.each([
    ...[
      'можно потом',
      'келісім кейін',
      'иә ма',
      '1?',
      'хорошо, подумаю',
      'да ну вас',
      'даю отказ',
      'i do not accept',
    ],
    ...['пока не согласна', 'да, но адрес не дам', 'разве я согласна?', 'ок, а зачем', 'можно не давать'],
    ...[
      'келісе алмаймын',
      'келісуге болмайды',
      'рұқсат сұраймын',
      'yes if my son agrees',
      'принимаю лекарства',
    ],
    ...['lady', 'go', 'дп', 'lf', 'за', 'i am', 'пожалуй да', 'что за согласие такое', 'сагласна я'],
    ...['доверяю не вам', 'разрешаю только телефон', 'согласна с соседкой', 'берите кого другого'],
  ])('is never read into: %s', text => {
    for (const screen of ['consent', 'consent3', 'consentOther'] as const) {
      const question = questionOn(screen)
      expect(understand(text, question)).not.toEqual({ kind: 'choice', id: question.options[0]?.id })
    }
  })
})

describe('any question at all', () => {
  const label = fc
    .stringMatching(/^[а-яёәғқңөұүһі]{4,10}( [а-яёәғқңөұүһі]{3,8})?$/)
    // «Три дня» as the first option makes «3» doubtful, which is meant so: «ёқі» at random sounds like «екі».
    .filter(text => tokenize(text).every(token => plainNumber(token) === undefined))
  const options = fc
    .uniqueArray(label, { minLength: 1, maxLength: 9 })
    .map(labels => labels.map((text, index): Option => ({ id: `o${index}`, label: text })))

  test('a number reaches every option', () => {
    fc.assert(
      fc.property(options, fc.nat(), fc.boolean(), (list, at, yesNo) => {
        const index = at % list.length
        const answer = understand(`${index + 1}`, { options: list, yesNo })
        expect(answer).toEqual({ kind: 'choice', id: `o${index}` })
      }),
    )
  })

  test('an exact label is always a choice, whatever the case', () => {
    fc.assert(
      fc.property(options, fc.nat(), (list, at) => {
        const option = list[at % list.length]
        const answers = [option?.label ?? '', option?.label.toUpperCase() ?? ''].map(text =>
          understand(text, { options: list }),
        )
        expect(answers).toEqual([
          { kind: 'choice', id: option?.id },
          { kind: 'choice', id: option?.id },
        ])
      }),
    )
  })

  test('nothing a person can type breaks it', () => {
    const anything = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }))
    fc.assert(
      fc.property(anything, fc.constantFrom(...groups.map(group => group.screen)), (text, screen) => {
        const answer = understand(text, questionOn(screen))
        const known = questionOn(screen).options.map(option => option.id)
        if (answer.kind === 'choice' || answer.kind === 'confirm') expect(known).toContain(answer.id)
      }),
      { numRuns: 300 },
    )
  })
})

describe('how a question looks', () => {
  const named = (...labels: string[]): Option[] => labels.map(label => ({ id: label, label }))

  test('long labels stand alone, short ones in pairs, ratings in one row', () => {
    expect(layout(named('Мне', 'Другому', 'Хочу помогать очень'))).toEqual([[0, 1], [2]])
    expect(layout(named('Врач и лекарства', 'Уход', 'Другое', 'Ещё'))).toEqual([[0], [1, 2], [3]])
    expect(layout(named('1', '2', '3', '4', '5'))).toEqual([[0, 1, 2, 3, 4]])
    expect(layout(named('1', '2', '3', '4', '5', '6'))).toEqual([[0, 1, 2, 3, 4], [5]])
    expect(layout([])).toEqual([])
  })

  test('without buttons the options are numbered lines and the hint comes last', () => {
    expect(numberedLines(named('Сегодня', 'Не срочно'), ['Напишите цифру.'])).toBe(
      '*1* — Сегодня\n*2* — Не срочно\n\nНапишите цифру.',
    )
  })

  test('a label that carries its own number keeps it', () => {
    const options = questionOn('rate').options
    expect(numbersOf(options)).toEqual([5, 4, 3, 2, 1])
    expect(numberedLines(options, [])).toContain('*5* — очень хорошо\n*4* — хорошо\n')
    expect(numbersOf(questionOn('when', 'kk').options)).toEqual([1, 2, 3])
  })
})

function labelsOf(screen: Screen, index: number, tongues: readonly Tongue[]): string[] {
  return tongues.map(tongue => questionOn(screen, tongue).options[index]?.label ?? '')
}

function meaningOf(answer: Answer): string {
  if (answer.kind === 'choice') return answer.id
  if (answer.kind === 'confirm') return `${answer.id}?`
  return answer.kind === 'control' ? `/${answer.control}` : answer.kind
}
