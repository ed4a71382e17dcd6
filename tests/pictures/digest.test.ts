import { describe, expect, test } from 'vitest'
import { type DigestNumbers, digestPng, digestSvg } from '../../pictures/digest.ts'
import { pixels } from '../../pictures/render.ts'
import { palette } from '../../pictures/svg.ts'
import { textWidth } from '../../pictures/text.ts'
import { shades } from '../../pictures/tiles.ts'
import { digest, kinds, languages, wording } from './digests.ts'
import { boxes, contrast, placeFaults, strayShapes, textElement } from './inspect.ts'

const everyDigest = languages.flatMap(language => kinds.map(kind => ({ language, kind })))

describe('ink', () => {
  test.each(languages)('the words of a %s picture are drawn, not only its boxes', language => {
    const svg = digestSvg(digest(language, 'busy'))
    const [whole, wordless] = [pixels(svg), pixels(svg.replace(textElement, ''))]
    let inked = 0
    for (let at = 0; at < whole.rgba.length; at += 4) if (whole.rgba[at] !== wordless.rgba[at]) inked++
    // About 400 letters of some 150 dots each: without a font this is 0.
    expect(inked).toBeGreaterThan(40_000)
  })

  test('the PNG is the picture: 1080 wide, and its dots are those of the SVG', () => {
    const numbers = digest('kk', 'country')
    const png = Buffer.from(digestPng(numbers))
    const direct = pixels(digestSvg(numbers))
    expect(png.subarray(1, 4).toString()).toBe('PNG')
    expect(png.readUInt32BE(16)).toBe(1080)
    const size = `width="1080" height="${direct.height}"`
    const inside = `<image ${size} href="data:image/png;base64,${png.toString('base64')}"/>`
    const decoded = pixels(`<svg xmlns="http://www.w3.org/2000/svg" ${size}>${inside}</svg>`)
    expect(Buffer.compare(decoded.rgba, direct.rgba)).toBe(0)
  })
})

describe('place', () => {
  test.each(everyDigest)(
    'all words of $language, $kind stay in their box and clear of each other',
    ({ language, kind }) => {
      expect(placeFaults(digestSvg(digest(language, kind)))).toEqual([])
    },
  )

  test.each(everyDigest)('no word of $language, $kind is cut short', ({ language, kind }) => {
    expect(digestSvg(digest(language, kind)).match(/>[^<]*…</g)).toBeNull()
  })

  test.each(languages)('each of the 17 kinds of help in %s is shown in full', language => {
    const numbers = digest(language, 'busy')
    const rows = wording[language].categories.map(label => ({ label, value: 128 }))
    const svg = digestSvg({ ...numbers, categories: { ...numbers.categories, rows } })
    expect(rows.filter(row => !svg.includes(`>${row.label}<`))).toEqual([])
  })

  test('labels longer than any box are cut with an ellipsis and still fit', () => {
    const long = 'Ұзындығы қорапқа сыймайтын «Халіңіз қалай?» сұрағына жауап бермегендердің тізімі'
    const svg = digestSvg(mapWords(digest('kk', 'huge'), () => long))
    expect(svg).toContain('…')
    expect(placeFaults(svg)).toEqual([])
    expect(placeFaults(digestSvg(mapWords(digest('kk', 'country'), () => long)))).toEqual([])
  })

  test('region names are never narrower than can be read', () => {
    const svg = digestSvg(digest('kk', 'country'))
    const squeezes = [...svg.matchAll(/scale\(([\d.]+) 1\)/g)].map(match => Number(match[1]))
    expect(squeezes.length).toBeGreaterThan(0)
    const tooLong = digestSvg(mapWords(digest('kk', 'country'), () => 'Солтүстікқазақстан'))
    const least = [...tooLong.matchAll(/scale\(([\d.]+) 1\)/g)].map(match => Number(match[1]))
    expect(Math.min(...squeezes, ...least)).toBeGreaterThanOrEqual(0.85)
  })

  test('the check itself sees a word that leaves its box', () => {
    const svg = digestSvg(digest('ru', 'busy')).replace('>Новые<', '>Новые просьбы за последние сутки<')
    expect(placeFaults(svg)).not.toEqual([])
  })
})

describe('numbers', () => {
  test('bars are as long as their values', () => {
    const rows = [128, 64, 32].map(value => ({ label: 'Көлік', value }))
    const numbers = digest('kk', 'country')
    const svg = digestSvg({ ...numbers, categories: { ...numbers.categories, rows } })
    const [full = 0, half = 0, quarter = 0] = boxes(svg)
      .filter(box => box.fill === palette.bar)
      .map(box => box.width)
    expect(full / half).toBeCloseTo(2, 2)
    expect(half / quarter).toBeCloseTo(2, 2)
  })

  test('the trend draws each day at its height', () => {
    const numbers = digest('en', 'country')
    const days = [0, 10, 20, 40].map(came => ({ came, done: 0 }))
    const svg = digestSvg({ ...numbers, trend: { ...numbers.trend, days } })
    const path = /d="M([^"]+)" fill="none" stroke="#0369a1"/.exec(svg)?.[1] ?? ''
    const heights = path.split('L').map(point => Number(point.split(',')[1]))
    const steps = heights.slice(1).map((y, day) => Math.round(((heights[day] ?? 0) - y) * 10) / 10)
    expect(steps).toEqual([40, 40, 80])
  })

  test('a goal is filled by its share and marked where it should be today', () => {
    const numbers = digest('en', 'busy')
    const goals = {
      title: 'Goals',
      legend: 'plan',
      rows: [{ label: 'People', value: 150, goal: 600, plan: 300 }],
    }
    const svg = digestSvg({ ...numbers, goals })
    const track = boxes(svg).find(box => box.fill === palette.track)
    const filled = boxes(svg).find(box => box.y === track?.y && box.fill !== palette.track)
    const marker = /d="M([\d.]+) [\d.]+v34"/.exec(svg)?.[1]
    expect((filled?.width ?? 0) / (track?.width ?? 1)).toBeCloseTo(0.25, 2)
    expect((Number(marker) - (track?.x ?? 0)) / (track?.width ?? 1)).toBeCloseTo(0.5, 2)
    expect(svg).toContain('>/ 600 · 25%<')
  })

  test.each([
    ['one value', [7]],
    ['all equal', [5, 5, 5, 5, 5, 5]],
    ['all zero', [0, 0, 0]],
    ['no day at all', []],
    ['endless and not a number', [Number.POSITIVE_INFINITY, Number.NaN, -3, 1e21]],
  ])('%s: nothing breaks', (_, values) => {
    const svg = digestSvg(withValues(values))
    expect(svg).not.toMatch(/NaN|Infinity|undefined|e\+/)
    expect(placeFaults(svg)).toEqual([])
    expect(strayShapes(svg)).toEqual([])
    expect(pixels(svg).width).toBe(1080)
  })

  test('the same numbers give the same picture, whatever was measured between', () => {
    const first = digestPng(digest('kk', 'country'))
    for (let number = 0; number < 4100; number++) textWidth(`№ ${number}`, 30)
    expect(Buffer.compare(digestPng(digest('kk', 'country')), first)).toBe(0)
  })
})

describe('meaning without colour', () => {
  const alarm = 'M22 6L40 37H4z'

  test('a bad number carries a warning sign, and only a bad one', () => {
    const alarms = (numbers: DigestNumbers) =>
      digestSvg({ ...numbers, districts: { ...numbers.districts, rows: [] } }).split(alarm).length - 1
    expect(alarms(digest('ru', 'busy'))).toBe(1)
    expect(alarms(digest('ru', 'empty'))).toBe(0)
  })

  test('each overdue district carries the sign beside its number', () => {
    const numbers = digest('ru', 'empty')
    const rows = [2, 0, 1].map(overdue => ({ label: 'Медеуский', open: 3, overdue }))
    const svg = digestSvg({ ...numbers, districts: { ...numbers.districts, rows } })
    expect(svg.split(alarm).length - 1).toBe(2)
  })

  test('what was done is dashed, what came is not', () => {
    const svg = digestSvg(digest('ru', 'busy'))
    expect(svg).toMatch(/stroke="#0f766e"[^>]*stroke-dasharray/)
    expect(svg).not.toMatch(/stroke="#0369a1"[^>]*stroke-dasharray/)
  })

  test('an empty day says so in words', () => {
    expect(digestSvg(digest('kk', 'empty'))).toContain('>Соңғы 30 күнде өтініш болған жоқ<')
  })

  test('every pair of ground and ink is readable', () => {
    const pairs: (readonly [string, string])[] = [
      ...shades.map(({ ground, ink }) => [ground, ink] as const),
      ...[palette.ink, palette.soft, palette.blue, palette.amber, palette.green].map(
        ink => [palette.panel, ink] as const,
      ),
      [palette.alarm, palette.red],
      [palette.alarm, palette.soft],
      [palette.header, palette.headerSoft],
    ]
    expect(pairs.filter(([ground, ink]) => contrast(ground, ink) < 4.5)).toEqual([])
  })

  test('the map takes the place of the districts', () => {
    const svg = digestSvg(digest('ru', 'country'))
    expect(svg).toContain('>Туркестан<')
    expect(svg).not.toContain('По районам')
  })
})

describe('words from outside', () => {
  const hostile = `<a&"'b>`

  test('are escaped everywhere and drawn as they were written', () => {
    for (const kind of kinds) {
      const elements = (svg: string) => svg.match(/<[a-z]+/g)?.length
      const svg = digestSvg(mapWords(digest('en', kind), () => hostile))
      expect(svg).not.toContain('<a')
      expect(svg).not.toContain(hostile)
      expect(svg).toContain('>&#60;a&#38;&#34;&#39;b&#62;<')
      expect(elements(svg)).toBe(elements(digestSvg(mapWords(digest('en', kind), () => 'abcdefg'))))
      expect(pixels(svg).width).toBe(1080)
    }
  })

  test('signs that XML or the font cannot carry are left out', () => {
    const odd = 'a\u0000\ud800\u202e\uffff\n👵🏽🇰🇿❤\ufe0f b'
    const svg = digestSvg(mapWords(digest('en', 'busy'), () => odd))
    expect(svg).toContain('>a b<')
    expect(pixels(svg).width).toBe(1080)
  })
})

function mapWords(numbers: DigestNumbers, to: (word: string) => string): DigestNumbers {
  const kept = new Set(['tone', 'unit'])
  return JSON.parse(JSON.stringify(numbers), (key, value) =>
    typeof value === 'string' && !kept.has(key) ? to(value) : value,
  )
}

function withValues(values: readonly number[]): DigestNumbers {
  const numbers = digest('ru', 'country')
  const at = (index: number) => values[index % Math.max(1, values.length)] ?? 0
  return {
    ...numbers,
    cards: numbers.cards.map((card, index) => ({ ...card, value: at(index), change: at(index) })),
    categories: { ...numbers.categories, rows: values.map(value => ({ label: 'Психолог', value })) },
    trend: { ...numbers.trend, days: values.map(value => ({ came: value, done: value })) },
    districts: {
      ...numbers.districts,
      rows: values.map(value => ({ label: 'Медеуский', open: value, overdue: value })),
    },
    ...(values.length % 2 ? {} : { map: undefined }),
    goals: {
      title: 'Цели',
      legend: 'план',
      rows: values.map(value => ({ label: 'Люди', value, goal: value, plan: value })),
    },
  } as DigestNumbers
}
