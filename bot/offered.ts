import { findOffer, type Offer } from '../db/offers.ts'
import { findByNumberOfHelper } from '../db/posts.ts'
import { isBeingTold } from '../db/undelivered.ts'
import { readClaimSign } from '../domain/claim-signs.ts'
import { type MessageOption, part } from '../domain/message.ts'
import type { Content, Inbound } from './channel.ts'
import { valueText } from './i18n.ts'
import { numbersOf } from './prompt.ts'
import { activeDialog, type Talk, tell } from './talk.ts'
import { understandIn } from './understand.ts'

type Press = Extract<Content, { type: 'button' }>

/** So long a question just asked is what a digit answers, even if a card has come in between. */
const questionFreshMs = 10 * 60_000
const cardFreshMs = 20 * 3_600_000
const clockSlackMs = 5_000

/**
 * Where options are lines of text, a typed number, a label or a thumb presses the option of the latest card of the
 * chat, or of the one that is quoted. Words are read against the open question of a dialog anyway; a digit under it is
 * its line's number, whatever else «3» might mean there.
 */
export async function readOffered(talk: Talk, inbound: Inbound): Promise<Press | undefined> {
  const said = wordsIn(inbound)
  return said && ((await pressedBy(talk, said)) ?? (await claimedBy(talk, said)))
}

async function pressedBy(talk: Talk, said: Typed): Promise<Press | undefined> {
  const { channel, id: chat } = talk.chat
  const { store, at } = talk.scene
  // Clocks need not agree to the second.
  const which = said.about ? { messageId: said.about } : { seenBy: new Date(at.getTime() + clockSlackMs) }
  const offer = await findOffer(store, { channel, chat, ...which })
  const digit = isDigit(said.text)
  // A newer card may be under their eyes already.
  if (digit && !said.about && (await isBeingTold(store, { channel, chat }, at, { tried: true })))
    return undefined
  if (!offer) return undefined
  const ageMs = at.getTime() - offer.at.getTime()
  // Nobody means the card of last week; a question that is still open waits for ever.
  if (!said.about && !offer.question && ageMs > cardFreshMs) return undefined
  // «Приду в 2» tells an hour.
  if (/\d/.test(said.text) && !digit) return undefined
  if (!said.about && !(await isMeant(talk, offer, digit))) return undefined
  if (digit) {
    const option = optionAt(talk, offer, Number(/\d+/.exec(said.text)))
    return option && pressOf(offer, option.id)
  }
  // As where words of one's own are welcome: «не могу найти дом» must not give the request back.
  const plainly = { yesNo: false, free: true, keywords: new Map<string, readonly string[]>() }
  const read = understandIn(talk.scene.me.language)
  const understood = read({ type: 'text', text: said.text }, offer.options, plainly)
  if (!('chosen' in understood)) return undefined
  const { chosen } = understood
  return chosen.startsWith('release:') && !isLabel(talk, offer, said.text)
    ? undefined
    : pressOf(offer, chosen)
}

/** «Возьму 17» of a helper who is at no question means what it means in the group. A line's digit takes nothing. */
async function claimedBy(talk: Talk, { text, about }: Typed): Promise<Press | undefined> {
  const { me, store } = talk.scene
  const { act, number = 0 } = readClaimSign(text, false) ?? {}
  if (me.volunteer !== 'approved' || about || act !== 'claim' || (number < 10 && !/\p{L}/u.test(text)))
    return undefined
  const active = await activeDialog(talk)
  if (active && active.flow !== 'start' && !looks.has(active.flow)) return undefined
  const requestId = await findByNumberOfHelper(store, me.id, number)
  return requestId ? { type: 'button', data: `claim:${requestId}`, messageId: '' } : undefined
}

/** A number that the latest card does not have, and nothing else asks for: the card comes again. */
export async function offerAgain(talk: Talk, text: string): Promise<boolean> {
  if (!talk.spoken || !isDigit(text)) return false
  const { channel, id: chat } = talk.chat
  const offer = await findOffer(talk.scene.store, { channel, chat })
  if (!offer || offer.question || (await justAsked(talk, offer))) return false
  await tell(talk, { parts: [part('err.range')], options: offer.options })
  return true
}

function isDigit(text: string): boolean {
  return /^[^\p{L}\d]*\d{1,2}[^\p{L}\d]*$/u.test(text)
}

function optionAt({ scene }: Talk, { options }: Offer, number: number): MessageOption | undefined {
  const shown = options.map(({ id, label }) => ({ id, label: valueText(scene.me.language, label) }))
  return options[numbersOf(shown).indexOf(number)]
}

/** «Не отказываюсь» names giving back and means the contrary: only the option's own words do that. */
function isLabel({ scene }: Talk, { options }: Offer, text: string): boolean {
  const said = text.trim().toLowerCase()
  return options.some(({ label }) => valueText(scene.me.language, label).toLowerCase() === said)
}

interface Typed {
  text: string
  about?: string | undefined
}

function wordsIn({ content, quotes }: Inbound): Typed | undefined {
  if (content.type === 'reaction') return { text: content.emoji, about: content.messageId }
  return content.type === 'text' && !content.edited ? { text: content.text, about: quotes } : undefined
}

/** Whether what is typed, and quotes nothing, is an answer to the latest offer. */
async function isMeant(talk: Talk, offer: Offer, digit: boolean): Promise<boolean> {
  if (!offer.question) return !digit || !(await justAsked(talk, offer))
  const active = await activeDialog(talk)
  return digit && active?.run === offer.question.run && active.state.step === offer.question.step
}

/** Who looks at a list is at no question: it stands open, like the main menu, until a card comes. */
async function justAsked({ scene, ...talk }: Talk, offer: Offer): Promise<boolean> {
  const active = await activeDialog({ scene, ...talk })
  if (!active || active.flow === 'start') return false
  const fresh = scene.at.getTime() - active.updatedAt.getTime() < questionFreshMs
  return fresh && (!looks.has(active.flow) || active.updatedAt > offer.at)
}

const looks: ReadonlySet<string> = new Set(['my-requests', 'tasks', 'meant'])

function pressOf({ messageId, question }: Offer, id: string): Press {
  const data = question ? `q:${question.run}:${question.step}:${id}` : id
  return { type: 'button', data, messageId }
}
