import { describe, expect, test } from 'vitest'
import { dangersIn, withoutAlarms } from '../../domain/danger-told.ts'
import { findDanger } from '../../domain/danger-words.ts'
import { publicWords, routeOfNeed } from '../../domain/public-words.ts'

/** Needs in which a danger is told as well: what is dangerous, and what of it the group may still read. */
const told: readonly [danger: string, messages: readonly string[], left: string][] = [
  ['life', ['мама упала и не встаёт'], ''],
  ['life', ['Мама упала, не встаёт, нужен хлеб'], 'нужен хлеб'],
  ['life', ['Нужен хлеб. Мама упала и не встаёт! Ещё соль 2 пачки.'], 'Нужен хлеб. Ещё соль 2 пачки.'],
  ['life', ['мама упала', 'и не встаёт', 'нужен хлеб'], 'нужен хлеб'],
  ['life', ['Починить плиту. Пахнет газом, болит голова'], 'Починить плиту.'],
  ['life', ['Апам құлап қалды, тұра алмай жатыр. Нан мен сүт керек'], 'Нан мен сүт керек'],
  ['life', ['Валидол 2 қорап', 'Апам есінен танып қалды, тыныс алмай жатыр'], 'Валидол 2 қорап'],
  ['life', ['My mother fell and cannot get up. Bring bread please'], 'Bring bread please'],
  ['life', ['he is not breathing'], ''],
  ['abuse', ['муж бьёт'], ''],
  ['abuse', ['муж бьёт, нужны продукты'], 'нужны продукты'],
  ['abuse', ['Сын меня бьёт каждый вечер. Нужны дрова 2 куба'], 'Нужны дрова 2 куба'],
  ['abuse', ['күйеуім ұрады, азық-түлік керек'], 'азық-түлік керек'],
  ['abuse', ['my husband beats me. I need food'], 'I need food'],
]

describe('a danger told as the need', () => {
  test.each(told)('%s: %j', (danger, messages, left) => {
    expect([...dangersIn(messages)]).toEqual([danger])
    expect(withoutAlarms(messages)).toBe(left)
    expect(findDanger(withoutAlarms(messages))).toBeUndefined()
  })

  test('leaves a need without danger as it is', () => {
    const need = ['Хлеб, молоко; соль.', 'Валидол 2 пачки!', 'Звонить после 15:00']
    expect(withoutAlarms(need)).toBe(need.join('\n'))
    expect(withoutAlarms([])).toBe('')
  })

  test('ends, however long it is', () => {
    const sentence = 'Мама упала и не встаёт, нужен хлеб, молоко, соль. '
    const calm = withoutAlarms([sentence.repeat(80), 'и ещё, '.repeat(500)])
    expect(calm).not.toContain('упала')
  })

  test('of violence no volunteer hears; a danger to life keeps nobody from being helped', () => {
    expect(routeOfNeed('household', ['муж бьёт, нужны продукты'])).toBe('restricted')
    expect(routeOfNeed('household', ['мама упала и не встаёт, нужен хлеб'])).toBe('group')
    expect(routeOfNeed('care', ['мама упала и не встаёт'])).toBe('coordinator')
    expect(publicWords(['Зейнеп упала и не встаёт', 'Хлеб для Зейнеп'], {})).toBe('Хлеб для •••')
  })
})

describe('an errand in the same message makes no danger an everyday matter', () => {
  test.each([
    'внук пьяный замахивается, нужны продукты',
    'Привезите хлеб и молоко. Угрожает ножом',
    'у него судороги, нужны продукты',
    'балам ұрып жатыр, нан мен сүт керек',
    'he locked me in, please bring food',
  ])('%s', text => expect(findDanger(text)).toBeDefined())

  test.each([
    'жамбасы сынған, күтім керек, арба керек',
    'голова болит от погоды, привезите цитрамон',
    'нужны продукты, привезите хлеб и молоко',
    'сын приехал, нужен хлеб',
  ])('%s is none', text => expect(findDanger(text)).toBeUndefined())
})
