import { describe, expect, it } from 'vitest'
import { alarmsIn, conceptsIn } from '../../domain/danger-alarms.ts'
import { letterOf, stepsMax, weigh } from '../../domain/danger-opinion.ts'
import { boxes, signsOf } from '../../domain/danger-signs.ts'
import { wordsOf } from '../../domain/danger-text.ts'
import { alarming, hurtful } from '../../domain/danger-weights.ts'
import { findDanger } from '../../domain/danger-words.ts'
import { dangerExamples } from './danger-words.examples.ts'

const ruled = (text: string) => {
  const words = wordsOf(text)
  return alarmsIn(words, conceptsIn(words)).length > 0
}

describe('the second opinion', () => {
  it('was learnt from these very lexicons: after a change of one, bench/danger-train.ts must run again', () => {
    const dangerous = dangerExamples.filter(row => row.danger)
    const harmless = dangerExamples.filter(row => !row.danger && !ruled(row.text))
    const found = dangerous.filter(row => findDanger(row.text))
    const rightly = found.filter(row => findDanger(row.text) === row.danger)
    expect(found.length / dangerous.length).toBeGreaterThan(0.98)
    expect(rightly.length / found.length).toBeGreaterThan(0.97)
    expect(harmless.filter(row => findDanger(row.text)).length / harmless.length).toBeLessThan(0.02)
  })

  // None of these stands among the rows the weights were learnt from, and the rules pass over each of them.
  it.each([
    ['мама с утра ничего не соображает, рот на бок и ложка падает', 'life'],
    ['атам бір орында отырып қалды, шақырсам жауап қатпайды, аузынан сілекейі ағып тұр', 'life'],
    ['grandpa just stares and drools, half of his face looks wrong', 'life'],
    ['племяш держит бабку на замке, карточку её себе взял', 'abuse'],
    ['банк қызметкерімін деп телефонға келген сандарды сұрап тұр', 'abuse'],
    ['my nephew keeps my card and gives me nothing for food', 'abuse'],
  ])('hears what no rule names: %s', (text, danger) => {
    expect(findDanger(text)).toBe(danger)
  })

  it.each([
    'Ахметова Гүлсім Сәкенқызы, 1941 жылғы',
    'Абая 15, квартира 8, третий этаж, домофон 45',
    'завтра после обеда, часа в три',
    'бабушка Нина просит хлеб, молоко и полкило масла',
    'әжеме дәріханадан тамшы мен жақпа май керек',
    'grandma would like someone to read to her on Sundays',
  ])('keeps silent on everyday answers: %s', text => {
    expect(findDanger(text)).toBeUndefined()
  })

  it('leaves a single word and bare numbers to the rules', () => {
    for (const text of ['Данилов', 'мама', '87011234567', '12 45', 'Айшагүл', 'urgent']) {
      expect(findDanger(text), text).toBeUndefined()
    }
  })

  it('judges a long message piece by piece, so that one sentence in it does not drown', () => {
    const alarm = 'атам бір орында отырып қалды, шақырсам жауап қатпайды, аузынан сілекейі ағып тұр'
    const chatter = 'бүгін күн жылы болды, немерелер келіп шай ішіп отырдық, әңгіме айттық. '
    expect(findDanger(chatter.repeat(20))).toBeUndefined()
    expect(findDanger(`${chatter.repeat(20)}${alarm}. ${chatter.repeat(20)}`)).toBe('life')
  })
})

describe('the weights', () => {
  it('give every box a weight that can be read back', () => {
    for (const { letters } of [alarming, hurtful]) expect(letters.length).toBe(boxes)
    const read = (steps: number) =>
      weigh({ spelling: [0], meaning: [] }, { letters: letterOf(steps), step: 1, bias: 0 })
    for (let steps = -stepsMax; steps <= stepsMax; steps += 1) expect(read(steps)).toBe(steps)
  })

  it('see a message as boxes within the table, the same ones each time', () => {
    const words = wordsOf('мама упала, әжем құлады 2,1 she fell')
    const [signs] = signsOf(words, conceptsIn(words))
    const seen = [...(signs?.spelling ?? []), ...(signs?.meaning ?? [])]
    expect(seen.every(box => box >= 0 && box < boxes)).toBe(true)
    expect(signsOf(words, conceptsIn(words))[0]).toEqual(signs)
  })
})
