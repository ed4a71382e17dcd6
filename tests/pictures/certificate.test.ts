import { describe, expect, test } from 'vitest'
import { certificateWords } from '../../bot/certificate-words.ts'
import { languages } from '../../domain/language.ts'
import { certificatePng, certificateSvg } from '../../pictures/certificate.ts'
import { placeFaults } from './inspect.ts'

const facts = {
  name: 'Тимур Серікұлы Жұмабаев',
  operator: 'Қоғамдық қор «Ардақ»',
  number: '261201-48213',
  helps: 12,
  hours: 21,
  people: 7,
  firstDay: '2026-11-01',
  lastDay: '2026-11-30',
}
const wordy = {
  ...facts,
  name: 'Айгүлжамал Құдайбергенқызы Нұрмағамбетова-Сәрсенбайқызы',
  operator: 'Қоғамдық қор «Алматы облысы аға буынға көмек көрсету орталығы»',
  hours: 12_345,
}
const cases = languages.flatMap(language => [facts, wordy].map(about => ({ language, about })))

describe('the certificate', () => {
  test.each(cases)('in $language, $about.name: all in its place, the whole name', ({ language, about }) => {
    const svg = certificateSvg(certificateWords(about, language))
    expect(placeFaults(svg)).toEqual([])
    for (const word of about.name.split(' ')) expect(svg).toContain(word)
    expect(svg).toContain('261201-48213')
    expect(svg).not.toMatch(/\{|cert\./)
  })

  test('is a PNG, 1080 wide', () => {
    const png = Buffer.from(certificatePng(certificateWords(facts, 'kk')))
    expect(png.subarray(1, 4).toString()).toBe('PNG')
    expect(png.readUInt32BE(16)).toBe(1080)
  })
})
