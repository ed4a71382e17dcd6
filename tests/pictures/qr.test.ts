import { decodeQR } from 'qr/decode.js'
import { describe, expect, test } from 'vitest'
import { qrPng, qrSvg } from '../../pictures/qr.ts'
import { pixels } from '../../pictures/render.ts'

const code = 'i-AbCdEfGhIjKlMnOpQrSt'
const links: [where: string, link: string][] = [
  ['Telegram', `https://t.me/ardaq_bot?start=${code}`],
  ['the playground', `playground:start?${code}`],
  ['a bot with the longest name', `https://t.me/${'a'.repeat(29)}bot?start=${code}`],
]
const words = { title: 'Приглашение волонтёра', where: 'Семей' }

describe('an invitation as a picture', () => {
  test.each(links)('of %s is read back by a decoder', (_, link) => {
    const { width, height, rgba } = pixels(qrSvg(link, words))
    expect(decodeQR({ width, height, data: rgba })).toBe(link)
  })

  test('is read at the size of a thumbnail too, under the longest name of a place', () => {
    const where = 'Алматы облысы, Ескелді ауданы, '.repeat(4)
    const { width, height, rgba } = pixels(qrSvg(links[0]?.[1] ?? '', { ...words, where }), 320)
    expect(decodeQR({ width, height, data: rgba })).toBe(links[0]?.[1])
  })

  test('is a small PNG, and escapes what its words hold', () => {
    const png = qrPng(links[0]?.[1] ?? '', { title: '<b>&', where: '' })
    expect([...png.subarray(1, 4)]).toEqual([...Buffer.from('PNG')])
    expect(png.length).toBeLessThan(200_000)
  })
})
