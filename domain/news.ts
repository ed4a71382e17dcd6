import { type Language, languages } from './language.ts'
import { type Message, part, type Value } from './message.ts'
import type { Territory } from './roles.ts'

export { broadcastRef } from './message-names.ts'

/** Older people and their relatives, or approved volunteers; of either only who agreed to news. */
export const audiences = ['people', 'helpers'] as const
export type Audience = (typeof audiences)[number]

/** The same news in the languages it was written in. */
export type NewsWords = Partial<Record<Language, string>>

/** The words a reader gets: their own language, else Russian or Kazakh, which nearly everybody here reads. */
export function wordsFor(words: NewsWords, language: Language): string | undefined {
  return words[language] ?? words.ru ?? words.kk
}

/** Whose language is served by these words. */
export function servedBy(words: NewsWords): Language[] {
  return languages.filter(language => wordsFor(words, language) !== undefined)
}

/** Says who writes, and how to hear no more of it. */
export function newsMessage(words: string, territory: Territory): Message {
  return {
    parts: [part('news.text', { words, where: placeOfTerritory(territory) })],
    options: [{ id: 'news:off', label: { key: 'news.stop' } }],
  }
}

/** What has become of its messages so far. */
export interface Fate {
  sent: number
  failed: number
  /** Could go now and has not gone yet. */
  waiting: number
  /** For people who have heard from us today already: they read it tomorrow, or on their next free day. */
  later: number
}

type Status = 'going' | 'done' | 'stopped'

export function progressMessage(
  broadcast: Territory & { id: string; total: number },
  status: Status,
  { sent, failed, later }: Omit<Fate, 'waiting'>,
): Message {
  const { id, total } = broadcast
  const where = placeOfTerritory(broadcast)
  const follow = later > 0 ? [part('news.later', { later })] : []
  const left = status === 'done' ? total - sent - failed : 0
  return {
    parts: [
      part(`news.${status}`, { where, sent, total, failed }),
      ...follow,
      ...(left > 0 ? [part('news.left', { left })] : []),
    ],
    ...(status === 'going' && { options: [{ id: `newsstop:${id}`, label: { key: 'news.halt' } }] }),
  }
}

/** How a territory is named to whoever reads of it. */
export function placeOfTerritory({ regionId, districtId }: Territory): Value {
  if (districtId) return { district: districtId }
  return regionId ? { region: regionId } : { key: 'place.country' }
}
