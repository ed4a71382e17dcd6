import { digestWords } from '../bot/digest-words.ts'
import { textOf } from '../bot/i18n.ts'
import { categories } from '../domain/categories.ts'
import { type DigestFacts, digestLists, otherLists, trendDays } from '../domain/digest.ts'
import { digestMessage } from '../domain/digest-message.ts'
import { districts } from '../domain/districts.ts'
import { type Language, languages } from '../domain/language.ts'
import { regions } from '../domain/regions.ts'
import { digestPng, digestSvg } from '../pictures/digest.ts'
import { png } from '../pictures/render.ts'
import { heading, median, report } from './figures.ts'

/**
 * CPU of a digest when it is sent: its words, and its picture from numbers to PNG. The reference is the picture of
 * one word on the same ground: what drawing and packing that many dots costs without ours.
 */
const rounds = Number(process.argv[2] ?? 30)
const warmUps = 3

heading(`A digest's words and picture, ${rounds} rounds`)
for (const regionId of [regions[0]?.id ?? '', null]) {
  const what = regionId ? 'words and picture of a region' : 'words and picture of the country'
  const ours = await measure(language => renderDigest(factsOf(regionId), language))
  const bare = oneWord(factsOf(regionId))
  const reference = await measure(() => png(bare))
  const most = { value: 150, of: 'ours' } as const
  report({ what, ours, reference, referenceIs: 'one word on as much ground', unit: 'ms of CPU', most })
}

function renderDigest(facts: DigestFacts, language: Language): number {
  const words = digestMessage(facts).parts.map(part => textOf(language, part))
  return digestPng(digestWords(facts, language)).length + words.join('\n').length
}

function oneWord(facts: DigestFacts): string {
  const [size = ''] =
    /width="\d+" height="\d+" viewBox="[^"]+"/.exec(digestSvg(digestWords(facts, 'ru'))) ?? []
  const ground =
    '<rect width="100%" height="100%" fill="#edf2f4"/><text x="62" y="74" font-size="56">Ardaq</text>'
  return `<svg xmlns="http://www.w3.org/2000/svg" ${size} font-family="Onest">${ground}</svg>`
}

/** The median of CPU in milliseconds; between two pictures the event loop turns, as it does between two messages. */
async function measure(work: (language: Language) => unknown): Promise<number> {
  const taken: number[] = []
  for (let n = -warmUps; n < rounds; n++) {
    const language = languages[Math.abs(n) % languages.length] ?? 'ru'
    const before = process.cpuUsage()
    work(language)
    const { user, system } = process.cpuUsage(before)
    if (n >= 0) taken.push((user + system) / 1000)
    await new Promise(resolve => setTimeout(resolve, 5))
  }
  return median(taken)
}

/** A full day; the numbers differ from call to call, so that no measured width is known beforehand. */
function factsOf(regionId: string | null): DigestFacts {
  const places = regionId ? districts.filter(({ region }) => region === regionId) : regions
  const some = (most: number) => Math.floor(Math.random() * most)
  const lines = [...digestLists, ...otherLists].map(line => [line, 1 + some(9_000)] as const)
  return {
    at: '2026-11-25T03:30:00Z',
    zone: 'Asia/Almaty',
    territory: { regionId, districtId: null },
    lines: Object.fromEntries(lines) as DigestFacts['lines'],
    before: { fresh: some(9_000), fulfilled: some(9_000) },
    categories: categories.slice(0, 6).map(({ code }) => ({ code, count: some(3_000) })),
    trend: Array.from({ length: trendDays }, () => ({ came: some(900), done: some(900) })),
    places: places.map(({ id }) => ({ id, open: some(4_000), overdue: some(1_000) })),
    standsIn: [],
  }
}
