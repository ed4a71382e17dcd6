import { type Elder, getElder, listEldersOf } from '../db/elders.ts'
import { setPhone } from '../db/people.ts'
import { urgencyLabel } from '../domain/cards.ts'
import { type Category, categories, urgencies } from '../domain/categories.ts'
import { part } from '../domain/message.ts'
import { acceptPhone, acceptScrap, type Piece } from './accept.ts'
import { consented } from './consent.ts'
import type { Dialog } from './dialog.ts'
import { alertCoordinators } from './human.ts'
import { checkDraft } from './intake-check.ts'
import { askHome, askPhone, type Home } from './intake-home.ts'
import { askName } from './intake-name.ts'
import { joinsTwin } from './intake-same.ts'
import { submitDraft } from './intake-submit.ts'
import { tellWords } from './intake-words.ts'
import { livesInMine } from './mine.ts'

/** A request as it grows in the conversation. */
export interface Draft {
  self: boolean
  elder: Elder | undefined
  name: string
  agreed: boolean
  category: Category
  urgency: (typeof urgencies)[number]
  home: Home
  phone: string
  pieces: Piece[]
  /** The coordinator who writes it down for somebody on the phone. */
  enteredBy: string | null
}

/** Somebody asks for help, for themselves or for another. */
export async function intake(dialog: Dialog): Promise<void> {
  dialog.asides(acceptScrap)
  const who = dialog.given.who ?? (await dialog.choose('who.ask', ['who.me', 'who.other']))
  const self = who === 'who.me'
  if (!(await consented(dialog, self ? 'asks' : 'asksForOther'))) return
  await askRequest(dialog, self, null)
}

/** All that is asked once the consent is given; says the number if a request was sent. */
export async function askRequest(
  dialog: Dialog,
  self: boolean,
  enteredBy: string | null,
): Promise<number | undefined> {
  const asides = dialog.asides(acceptScrap)
  const elder = await whoseNeed(dialog, self, enteredBy)
  const known = (field: string) => (dialog.noted(field) ? undefined : elder)
  const name = known('name')?.name ?? (await askName(dialog, self))
  const agreed = self || elder?.agreed || (await askAgreement(dialog))
  const category = await askCategory(dialog)
  if (category === 'safety') dialog.say('sos.safety.hint')
  if (category === 'safety' && !(await safeHere(dialog, self))) {
    await callInstead(dialog)
    return undefined
  }
  const urgency = await askUrgency(dialog, category)
  const home = await askHome(dialog, known('place'), known('address'))
  const phone = known('phone')?.phone ?? (await askPhone(dialog, self))
  const pieces = await tellWords(dialog, asides, elder !== undefined && !dialog.noted('words'))
  const draft: Draft = { self, elder, name, agreed, category, urgency, home, phone, pieces, enteredBy }
  const checked = await checkDraft(dialog, draft)
  if (await joinsTwin(dialog, checked)) return undefined
  return submitDraft(dialog, checked)
}

/**
 * The older person the request is for, if we know them already. A coordinator who writes for a caller sees only whom
 * they may see.
 */
async function whoseNeed(
  dialog: Dialog,
  self: boolean,
  enteredBy: string | null,
): Promise<Elder | undefined> {
  const { me, store } = dialog
  const mayBeSeen = (elder: Elder) => !enteredBy || livesInMine(dialog, elder)
  // Asked at each message: whoever loses the territory meanwhile reads on no address.
  const look = async (id: string) => [await getElder(store, id)].find(mayBeSeen)
  const known = await dialog.once('elders', async () => {
    const all = await listEldersOf(store, me.id)
    const elders = all.filter(mayBeSeen)
    return elders.filter(elder => (elder.personId === me.id) === self).map(({ id, name }) => ({ id, name }))
  })
  if (known.length === 0) return undefined
  if (self) return known[0] && look(known[0].id)
  const choices = known.slice(0, 7).map(({ id, name }) => ({ id, label: name }))
  const chosen = await dialog.choose('elder.which', [...choices, 'elder.new'])
  return chosen === 'elder.new' ? undefined : look(chosen)
}

/** A relative's consent is not the elder's: without it a coordinator calls first and nothing is posted. */
async function askAgreement(dialog: Dialog): Promise<boolean> {
  const answer = await dialog.choose('consent.other', ['consent.other.yes', 'consent.other.no'], {
    yesNo: true,
  })
  if (answer === 'consent.other.no') dialog.say('consent.other.wait')
  return answer === 'consent.other.yes'
}

const keysOfList = (n: 1 | 2) => categories.filter(({ list }) => list === n).map(({ code }) => `cat.${code}`)
const firstList = keysOfList(1)
const secondList = keysOfList(2)

async function askCategory(dialog: Dialog): Promise<Category> {
  for (let round = 0; ; round++) {
    const [page, also] = round % 2 === 0 ? [firstList, secondList] : [secondList, firstList]
    const key = round === 0 ? 'cat.ask' : `cat.ask#${round}`
    const chosen = await dialog.choose(key, [...page, 'cat.more'], { also })
    const category = categories.find(entry => chosen === `cat.${entry.code}`)
    if (category) return category.code
  }
}

/** Danger first: 103 and 112 are shown before any question about urgency. */
async function askUrgency(dialog: Dialog, category: Category): Promise<Draft['urgency']> {
  if (category === 'safety') return 'today'
  const choices = urgencies.map(id => ({ id, label: urgencyLabel[id] }))
  return dialog.choose('when.ask', choices, { above: [part('sos.warn')] })
}

/** Where somebody is hurt: 102 and 111, and whether the one who hurts may read along. */
async function safeHere(dialog: Dialog, self: boolean): Promise<boolean> {
  const key = self ? 'sos.safety' : 'sos.safety.other'
  const answer = await dialog.choose(key, ['sos.answer.yes', 'sos.answer.no'], { yesNo: true })
  return answer === 'sos.answer.yes'
}

/** Nothing more is asked where it is not safe to write: one number, and a person calls. */
async function callInstead(dialog: Dialog): Promise<void> {
  const phone = await dialog.ask('phone.safe', acceptPhone, { requests: ['contact'] })
  await dialog.once('called', async () => {
    await setPhone(dialog.store, dialog.me.id, phone)
    return alertCoordinators(dialog, { kind: 'abuse', requestId: null, words: '' })
  })
  dialog.say('sos.call')
}
