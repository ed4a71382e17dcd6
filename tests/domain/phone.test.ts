import { describe, expect, test } from 'vitest'
import { looksLikeIin, parsePhone, showPhone } from '../../domain/phone.ts'

// All numbers and IINs here are invented.
const mobile = '+77010001234'

describe('one and the same mobile number, however it is typed', () => {
  test.each(
    [
      '+77010001234',
      '87010001234',
      '77010001234',
      '7010001234',
      '8 701 000 12 34',
      '8-701-000-12-34',
      '8(701)0001234',
      '8 (701) 000-12-34',
      '+7 (701) 000 12 34',
      '+7(701) 000.12.34',
      '8.701.000.12.34',
      '8701 000 1234',
      '8 701 0001234',
      '701 000 12 34',
      '(701) 000 12 34',
      '7 701 000 12 34',
      '7701 000 123 4',
      '8  701   000  12  34',
      '8 701 000 12 34.',
      '8 701 000‑12‑34',
      '8 701 000 – 12 – 34',
      '８７０１０００１２３４',
      '＋７ ７０１ ０００ １２ ３４',
      '8️⃣7️⃣0️⃣1️⃣0️⃣0️⃣0️⃣1️⃣2️⃣3️⃣4️⃣',
      '\u202A+7\u00A0701\u00A0000\u00A012\u00A034\u202C',
      '8 7O1 OOO 12 34',
      '8 7о1 ооо 12 34',
      '87О1ООО1234',
      '+8 701 000 12 34',
      '+7 8 701 000 12 34',
      '007 701 000 12 34',
      'мой номер 8 701 000 12 34',
      'тел. 87010001234',
      'тел.:+77010001234, Зейнеп',
      'нөмірім 8 701 000 12 34, күндіз қоңырау шалыңыз',
      'Позвоните дочери, Айгуль 8 701 000 12 34 после 18:00',
      'кв. 12, 8 701 000 12 34',
      'квартира 45 тел 87010001234',
      '8 701 000 12 34 кв 5',
      '87010001234 2 подъезд',
      '+7 701 000 12 34 (WhatsApp)',
      'с 9:00, 87010001234',
    ].map(typed => [typed]),
  )('«%s»', typed => {
    expect(parsePhone(typed)).toEqual({ e164: mobile })
  })
})

describe('other numbers that can be dialled', () => {
  test.each([
    // A telephone at home.
    ['8 727 300 01 23', '+77273000123'],
    ['8 (727) 300-01-23', '+77273000123'],
    ['727 300 01 23', '+77273000123'],
    ['8 7172 30 01 23', '+77172300123'],
    ['7172 30 01 23', '+77172300123'],
    ['8(7222)300123', '+77222300123'],
    ['+7 7222 30 01 23', '+77222300123'],
    ['домашний 8-7222-30-01-23', '+77222300123'],
    ['8 71648 2 01 23', '+77164820123'],
    // Codes where ten and eleven digits could both be read.
    ['777 000 12 34 5', '+77770001234'],
    ['7770001234 5', '+77770001234'],
    ['8 777 000 12 34', '+77770001234'],
    ['8 747 000 12 34', '+77470001234'],
    // Relatives abroad.
    ['+49 1512 3456789', '+4915123456789'],
    ['+49 (0) 1512 3456789', '+4915123456789'],
    ['0049 1512 3456789', '+4915123456789'],
    ['8 10 49 1512 3456789', '+4915123456789'],
    ['+90 532 123 45 67', '+905321234567'],
    ['+1 (212) 555-01-23', '+12125550123'],
    ['+7 916 123-45-67', '+79161234567'],
    ['8 916 123 45 67', '+79161234567'],
    ['+998 90 123 45 67', '+998901234567'],
    ['+996 700 123 456', '+996700123456'],
    ['+84 912 345 678', '+84912345678'],
    ['+82 10 1234 5678', '+821012345678'],
    ['дочь в Германии: +49 1512 3456789, звонить вечером', '+4915123456789'],
    // The first of two.
    ['8 701 000 12 34, 8 702 000 56 78', mobile],
    ['87010001234/87020005678', mobile],
    ['87010001234 87020005678', mobile],
    ['8 701 000 12 34 8 702 000 56 78', mobile],
    ['7010001234 7020005678', mobile],
    ['8 701 000 12 34\n8 702 000 56 78', mobile],
    ['+7 701 000 12 34 +49 1512 3456789', mobile],
    ['30-01-23 или 8 701 000 12 34', mobile],
    ['ИИН 930405300127, тел 8 701 000 12 34', mobile],
    ['930405300127 87010001234', mobile],
  ])('«%s»', (typed, e164) => {
    expect(parsePhone(typed)).toEqual({ e164 })
  })
})

describe('no number that can be dialled', () => {
  test.each(
    [
      '',
      'нет телефона',
      'телефоным жоқ',
      '103',
      '112',
      '30-01-23',
      '300123',
      '2 30 01 23',
      '8 701',
      '8 701 000 12',
    ]
      .concat([
        '8 701 000 12 3',
        '870100012345',
        '+7 701 000 12',
        '930405300127',
        '930405 300127',
        '750101 3001 23',
      ])
      .concat(['7501 0130 0123', '4400 4301 2345 6789', '22.11.2026 15:00', '2026-11-22', '8.07.2026 10 000'])
      .concat([
        '+999 123 456 789',
        '+999 7010001234',
        // Abroad with a digit too many, or with a code that nobody has there.
        '+998 90 123 45 67 8',
        '+375 123 456 789',
        '+86 1234 567 890',
        '+7',
        '+',
        '1234567890',
        '9161234567',
        'семь ноль один',
      ])
      .map(typed => [typed]),
  )('«%s»', typed => {
    expect(parsePhone(typed)).toBeUndefined()
  })
})

test('a long text of digits is read in no time', () => {
  const before = performance.now()
  for (const long of ['1 '.repeat(2000), '7 '.repeat(2000), 'о'.repeat(4000), `+${'9 '.repeat(2000)}`])
    parsePhone(long)
  expect(performance.now() - before).toBeLessThan(1000)
})

test.each([
  ['+77010001234', '+7 701 000 12 34'],
  ['+77172300123', '+7 717 230 01 23'],
  ['+79161234567', '+7 916 123 45 67'],
  ['+12125550123', '+1 212 555 0123'],
  ['+905321234567', '+90 532 123 45 67'],
  ['no number', 'no number'],
])('%s is shown as %s and read back', (e164, shown) => {
  expect(showPhone(e164)).toBe(shown)
  expect(parsePhone(shown)?.e164 ?? shown).toBe(e164)
})

/** An independent reading of the rule: finds the last digit by trying all ten. */
function withCheck(eleven: string): string {
  const weigh = (weights: number[]) =>
    weights.reduce((sum, weight, index) => sum + weight * Number(eleven.charAt(index)), 0) % 11
  const first = weigh([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11])
  return `${eleven}${first < 10 ? first : weigh([3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2])}`
}

describe('an IIN is noticed by its check digit', () => {
  test.each(['93040530012', '55123140001', '01010150000', '48020235010', '99999999999'])('%s…', eleven => {
    const iin = withCheck(eleven)
    const wrong = `${eleven}${(Number(iin.at(-1)) + 1) % 10}`
    if (iin.length === 12) expect(looksLikeIin(iin)).toBe(true)
    expect(looksLikeIin(wrong)).toBe(false)
  })

  test('for every number of a series exactly one last digit passes, or none', () => {
    let second = 0
    for (let serial = 0; serial < 300; serial++) {
      const eleven = `4802023${String(serial).padStart(4, '0')}`
      const passing = Array.from({ length: 10 }, (_, digit) => `${eleven}${digit}`).filter(looksLikeIin)
      const expected = withCheck(eleven)
      expect(passing).toEqual(expected.length === 12 ? [expected] : [])
      if (expected.length !== 12) second++
    }
    expect(second).toBeGreaterThan(0)
  })

  test('among words and written apart, but not in a phone number', () => {
    const iin = withCheck('93040530012')
    expect(looksLikeIin(`мой ИИН ${iin}, тел 8 701 000 12 34`)).toBe(true)
    expect(looksLikeIin(`${iin} 87010001234`)).toBe(true)
    expect(looksLikeIin(`${iin.slice(0, 6)} ${iin.slice(6)}`)).toBe(true)
    expect(looksLikeIin(`${iin}1`)).toBe(false)
    expect(looksLikeIin(`+${iin}`)).toBe(false)
    expect(looksLikeIin('8 701 000 12 34')).toBe(false)
    expect(looksLikeIin('')).toBe(false)
  })
})
