import { record } from '../db/audit.ts'
import { type Addressed, countAudience, createBroadcast, findBroadcast } from '../db/broadcasts.ts'
import { tellPerson } from '../db/outbox.ts'
import { afterQuietHours } from '../deeds/announce.ts'
import { feed, stopBroadcast } from '../deeds/broadcast.ts'
import { type Language, languages } from '../domain/language.ts'
import { type Part, part, type Value } from '../domain/message.ts'
import {
  type Audience,
  broadcastRef,
  type NewsWords,
  newsMessage,
  placeOfTerritory,
  progressMessage,
  wordsFor,
} from '../domain/news.ts'
import { zoneOf } from '../domain/places.ts'
import { tidyText } from '../domain/words-told.ts'
import type { Accept, Dialog, Reaction } from './dialog.ts'
import { askTerritory, holds } from './territory.ts'

/** What one reads in a chat without scrolling, and what surely fits into one message. */
const newsCharsMax = 1000

type Counts = Partial<Record<Language, number>>

/** A coordinator writes to those of a territory who agreed to news, by language; nothing goes unseen. */
export async function broadcast(dialog: Dialog): Promise<void> {
  const reached = await dialog.once('reached', () => audiencesOf(dialog))
  if (reached.length === 0) {
    const own = dialog.me.roles.map(placeOfTerritory)
    dialog.say('news.nobody', { where: { list: own } })
    return
  }
  const to = await dialog.choose(
    'news.audience',
    reached.map(audience => `news.${audience}` as const),
  )
  const audience: Audience = to === 'news.helpers' ? 'helpers' : 'people'
  const { regionId, districtId } = await askTerritory(dialog, 'news.where')
  // Kept as it was chosen: whoever loses a territory meanwhile must not write to another one instead.
  const addressed = await dialog.once('to', async () => ({ audience, regionId, districtId }))
  const counts = await dialog.once('counts', () => countAudience(dialog.store, addressed))
  const read = languages.filter(language => counts[language])
  if (read.length === 0) {
    dialog.say('news.nobody', { where: placeOfTerritory(addressed) })
    return
  }
  const words = await askWords(dialog, read)
  const above = preview(addressed, counts, words)
  if ((await dialog.choose('news.check', ['news.send', 'news.drop'], { above })) === 'news.drop') {
    dialog.say('news.dropped')
    return
  }
  await dialog.once('sent', () => begin(dialog, addressed, { words, total: served(counts, words) }))
}

/** Whom this coordinator can reach at all: nobody writes words that nobody will read. */
async function audiencesOf({ store, me }: Dialog): Promise<Audience[]> {
  const reached: Audience[] = []
  for (const audience of ['people', 'helpers'] as const) {
    const counts = await Promise.all(me.roles.map(role => countAudience(store, { ...role, audience })))
    if (counts.some(count => Object.values(count).some(n => n > 0))) reached.push(audience)
  }
  return reached
}

/** In each language somebody there reads; one may be left out while another is given. */
async function askWords(dialog: Dialog, read: readonly Language[]): Promise<NewsWords> {
  const words: NewsWords = {}
  for (const [n, language] of read.entries()) {
    const needed = n === read.length - 1 && Object.keys(words).length === 0
    const skip = needed ? [] : ['news.skip']
    const answer = await dialog.askOrChoose(`news.words.${language}`, acceptNews, skip)
    if ('said' in answer) words[language] = answer.said
  }
  return words
}

const acceptNews: Accept<string> = said => {
  if (said.type !== 'text') return { retry: part('err.wantText') }
  const text = tidyText(said.text)
  if (!text) return { retry: part('err.empty') }
  return text.length > newsCharsMax ? { retry: part('err.shorter', { n: newsCharsMax }) } : { value: text }
}

/** Each text as it will be read, then how many read which. */
function preview(addressed: Addressed, counts: Counts, words: NewsWords): Part[] {
  const texts = Object.values(words).flatMap(text => newsMessage(text, addressed).parts)
  const lines = languages.flatMap((language): Value[] => {
    const n = counts[language]
    if (!n) return []
    const label = { key: wordsFor(words, language) === undefined ? 'news.unread' : `lang.${language}` }
    return [{ key: 'dg.line', values: { label, n } }]
  })
  const table = part('news.count', { lines: { list: lines, separator: '\n' }, total: served(counts, words) })
  return [...texts, table]
}

function served(counts: Counts, words: NewsWords): number {
  return languages
    .filter(language => wordsFor(words, language) !== undefined)
    .reduce((sum, language) => sum + (counts[language] ?? 0), 0)
}

/** The first portion is written at once, the clock does the rest. */
async function begin(
  { store, me, at, ...scene }: Dialog,
  addressed: Addressed,
  { words, total }: { words: NewsWords; total: number },
): Promise<null> {
  if (!holds({ store, me, at, ...scene }, addressed)) {
    await tellPerson(store, me.id, { message: { parts: [part('act.notYours')] }, at })
    return null
  }
  const going = await createBroadcast(store, { ...addressed, words, total, createdBy: me.id, at })
  const { id: subjectId, regionId } = going
  const note = { audience: addressed.audience, total }
  await record(store, { at, act: 'broadcast.begun', actorId: me.id, subjectId, regionId, note })
  await feed(store, going.id, at)
  const shown = progressMessage(going, 'going', { sent: 0, failed: 0, later: 0 })
  const from = afterQuietHours(new Date(at.getTime() + 60_000), regionId)
  const night =
    from.getTime() - at.getTime() > 60_000
      ? [part('news.night', { due: { moment: from.toISOString(), zone: zoneOf(regionId ?? '') } })]
      : []
  const message = { ...shown, parts: [...shown.parts, ...night] }
  await tellPerson(store, me.id, { message, at, ref: broadcastRef(going.id) })
  return null
}

/** The button under the progress. Any coordinator of the whole territory may stop it. */
export const stopNews: Reaction = async tap => {
  const going = await findBroadcast(tap.store, tap.words[0] ?? '')
  if (!going || !holds(tap, going)) return { notice: part('act.notYours') }
  const stopped = await stopBroadcast(tap.store, going, { by: tap.me.id, at: tap.at })
  return { notice: part(stopped ? 'news.halted' : 'news.over') }
}
