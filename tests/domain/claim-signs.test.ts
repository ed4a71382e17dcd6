import { describe, expect, test } from 'vitest'
import { readClaimSign } from '../../domain/claim-signs.ts'

const claims: readonly [string, number][] = [
  ['17', 17],
  ['№17', 17],
  ['17!', 17],
  ['1️⃣7️⃣', 17],
  ['алам 17', 17],
  ['АЛАМ 17', 17],
  ['17 алам', 17],
  ['возьму 17', 17],
  ['я возьму 17', 17],
  ['возьму №17.', 17],
  ['take 17', 17],
  ['беремін 204', 204],
  ['иә 17', 17],
  ['алам 103', 103],
]
const nothing = [
  'нет 17',
  '17 рублей',
  'алмаймын ба 17',
  '17 и 18',
  'в 17 приду',
  'кто возьмёт 17?',
  'у меня 17 лет стажа',
  'привет',
  'да',
  '+',
  '',
  '87011234567',
  'спасибо 17',
  '17?',
  '👎 17',
  '❌17',
  '-17',
  '103',
  '112!',
]

describe('a group without buttons', () => {
  test.each(claims)('«%s» takes %i', (text, number) => {
    expect(readClaimSign(text, false)).toEqual({ act: 'claim', number })
  })

  test.each(nothing)('«%s» takes nothing', text => {
    expect(readClaimSign(text, false)).toBeUndefined()
  })

  test.each(['+', '1', '1 алам', 'алам', 'возьму', 'я', '👍', '✅', 'Беремін!'])(
    '«%s» under a post takes it',
    text => {
      expect(readClaimSign(text, true)).toEqual({ act: 'claim' })
    },
  )

  test.each(['нет', 'кто?', 'спасибо', '', 'я завтра не могу, а кто может?'])(
    '«%s» under a post takes nothing',
    text => {
      expect(readClaimSign(text, true)).toBeUndefined()
    },
  )

  test('who cannot come gives it back by its number', () => {
    expect(readClaimSign('17 бас тарту', false)).toEqual({ act: 'release', number: 17 })
    expect(readClaimSign('17 отказ', false)).toEqual({ act: 'release', number: 17 })
    expect(readClaimSign('не смогу', true)).toEqual({ act: 'release' })
  })
})
