import fc from 'fast-check'
import { expect, test } from 'vitest'
import { pixels } from '../../pictures/render.ts'
import { change, count, fit, textWidth } from '../../pictures/text.ts'

test.each([400, 600, 800] as const)('each Kazakh letter has a shape of its own in weight %i', weight => {
  const letters = [...'әғқңөұүһіӘҒҚҢӨҰҮҺІ', ...'агкноуухиАГКНОУУХИ'].filter(
    (l, i, all) => all.indexOf(l) === i,
  )
  const missing = '漢'
  const shapes = [...letters, missing, ' '].map(letter => shapeOf(letter, weight))
  expect(new Set(shapes).size).toBe(letters.length + 2)
})

test('the three weights are three different fonts', () => {
  expect(new Set(([400, 600, 800] as const).map(weight => shapeOf('ә', weight))).size).toBe(3)
})

test('fit never gives a line wider than asked', () => {
  const text = fc.string({ unit: 'grapheme', maxLength: 60 })
  const holds = (line: string, max: number) => {
    const fitted = fit(line, max, 40)
    return fitted.size >= 28 && textWidth(fitted.text, fitted.size) <= max
  }
  fc.assert(fc.property(text, fc.integer({ min: 60, max: 900 }), holds), { numRuns: 60, seed: 7 })
})

test('numbers are grouped by thin spaces and signed with a real minus', () => {
  expect([0, 999, 1000, 426_600, 1_234_567].map(count)).toEqual([
    '0',
    '999',
    '1\u202f000',
    '426\u202f600',
    '1\u202f234\u202f567',
  ])
  expect([3, 0, -5, -12_345].map(change)).toEqual(['+3', '±0', '−5', '−12\u202f345'])
})

function shapeOf(letter: string, weight: number): string {
  const text = `<text x="20" y="80" font-family="Onest" font-weight="${weight}" font-size="64">${letter}</text>`
  const image = pixels(`<svg xmlns="http://www.w3.org/2000/svg" width="120" height="120">${text}</svg>`)
  return Buffer.from(image.rgba).toString('base64')
}
