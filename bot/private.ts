import { findRecentAlert } from '../db/alerts.ts'
import { nudgeNoMore } from '../db/dialogs.ts'
import { setWantsNews } from '../db/news.ts'
import { setLanguage, setReachable } from '../db/people.ts'
import { isBeingTold } from '../db/undelivered.ts'
import { noteStopped } from '../deeds/deputies.ts'
import { type Control, findControl, findLanguage } from '../domain/control-words.ts'
import { type Danger, findDanger } from '../domain/danger-words.ts'
import { isLanguage } from '../domain/language.ts'
import { part } from '../domain/message.ts'
import { type Said, wordsOf } from '../domain/said.ts'
import { tellsSomething } from '../domain/small-talk.ts'
import { alertCoordinators } from '../handlers/human.ts'
import { commands, flows, groupEvents, helpReaction, startCodes, taps } from '../handlers/index.ts'
import { menuQuestion } from '../handlers/start.ts'
import type { Content, Inbound, Receipt } from './channel.ts'
import type { Turn } from './engine.ts'
import { tellsNeed } from './need-words.ts'
import { offerAgain, readOffered } from './offered.ts'
import { answersOpenQuestion, triedPair } from './open-question.ts'
import { react } from './react.ts'
import {
  activeDialog,
  allowed,
  answer,
  answerWaiting,
  askAgain,
  begin,
  cancel,
  goBack,
  pause,
  resume,
  type Talk,
  tell,
} from './talk.ts'

/** One message of a private chat. Danger words come before everything else, in every state. */
export async function inPrivate(talk: Talk, inbound: Inbound): Promise<Receipt> {
  const { content } = inbound
  if (content.type === 'blocked' || content.type === 'unblocked') {
    const address = { channel: inbound.channel, externalId: inbound.sender.id }
    const { store, at } = talk.scene
    if (content.type === 'unblocked') await setReachable(store, address, true)
    else await noteStopped(store, address, at)
    return {}
  }
  if (content.type === 'start') return onStart(talk, content.code)
  if (content.type === 'button') return onButton(talk, content)
  if (content.type === 'reaction') {
    const pressed = await readOffered(talk, inbound)
    return pressed ? onButton(talk, pressed) : {}
  }
  const said = saidOf(content)
  if (!said) {
    await onUnreadable(talk, content)
    return {}
  }
  const danger = findDanger(wordsOf(said))
  if (danger) await warn(talk, danger, wordsOf(said))
  const pressed = talk.spoken && !danger ? await readOffered(talk, inbound) : undefined
  if (pressed) return onButton(talk, pressed)
  if (talk.spoken && (await answersUnread(talk, said))) return {}
  await onSaid(talk, said, danger !== undefined)
  return {}
}

/** One digit answers no question that is still on its way: a consent is given by who has read it. */
async function answersUnread({ scene, chat }: Talk, said: Said): Promise<boolean> {
  if (said.type !== 'text' || !/^[^\p{L}\d]*\d[^\p{L}\d]*$/u.test(said.text)) return false
  return isBeingTold(scene.store, { channel: chat.channel, chat: chat.id }, scene.at)
}

async function onStart(talk: Talk, code: string | undefined): Promise<Receipt> {
  const [, kind = '', rest = ''] = /^(\w)-(.+)$/.exec(code ?? '') ?? []
  const reaction = startCodes[kind]
  if (reaction) return react(talk, reaction, { words: [rest], spoken: true })
  await pause(talk)
  await begin(talk, 'start')
  return {}
}

async function onButton(talk: Talk, content: Extract<Content, { type: 'button' }>): Promise<Receipt> {
  const [name = '', ...words] = content.data.split(':')
  if (name === 'q') return onOption(talk, content, words)
  if (name === 'do') {
    await onControl(talk, words[0] ?? '')
    return {}
  }
  if (name === 'resume') {
    if (!(await resume(talk, words[0] ?? ''))) await begin(talk, 'start')
    return {}
  }
  const tap = taps[name]
  if (!tap || !allowed(talk.scene, tap.who)) return notice('act.notYours')
  return react(talk, tap.run, { words, messageId: content.messageId })

  function notice(key: string): Receipt {
    return { notice: key }
  }
}

/** A button of a dialog's question: it counts only while its question is the open one. */
async function onOption(
  talk: Talk,
  content: Extract<Content, { type: 'button' }>,
  [run = '', step = '', ...rest]: string[],
): Promise<Receipt> {
  const active = await activeDialog(talk)
  const option = rest.join(':')
  if (!active || active.run !== run) {
    const taken = option.startsWith('.') ? undefined : await answerWaiting(talk, { run, step, option })
    if (taken) return echo(talk, content, taken)
    if (!(await askAgain(talk, [part('err.stale')]))) await begin(talk, 'start')
    return {}
  }
  if (String(active.state.step) !== step) return { notice: 'err.answered' }
  if (option.startsWith('.')) {
    await onControl(talk, option.slice(1))
    return {}
  }
  const turn = await answer(talk, { option })
  return turn ? echo(talk, content, turn) : {}
}

/** The question keeps what was chosen in place of its buttons. */
async function echo(talk: Talk, content: Extract<Content, { type: 'button' }>, turn: Turn): Promise<Receipt> {
  if (turn.chosen === undefined || !content.messageText) return {}
  const parts = [part('echo', { text: content.messageText, chosen: turn.chosen })]
  await tell(talk, { parts }, { id: content.messageId })
  return {}
}

async function onSaid(talk: Talk, said: Said, alarm: boolean): Promise<void> {
  const text = said.type === 'text' ? said.text.trim() : ''
  const command = /^\/([\w-]+)(?:@\w+)?(?:\s|$)/.exec(text)?.[1]?.toLowerCase()
  if (command) return onCommand(talk, command)
  if (text && (await triedPair(talk, text))) return
  if (text && (await answersOpenQuestion(talk, text))) return
  if (text && (await offerAgain(talk, text))) return
  const turn = await answer(talk, { said, alarm })
  const control = turn ? turn.control : text ? findControl(text) : undefined
  if (control) return onControl(talk, control, text)
  if (!turn) await onFresh(talk, said, text)
}

/**
 * Words out of the blue: a word of the menu, or the beginning of a request. A digit picks from no unseen menu, and
 * «здрасте» or «вы кто» from a stranger is no need.
 */
async function onFresh(talk: Talk, said: Said, text: string) {
  const { me } = talk.scene
  if (/^[^\p{L}\d]*\d{1,2}[^\p{L}\d]*$/u.test(text)) await begin(talk, 'start')
  else if (me.languageChosen) await begin(talk, 'start', {}, { open: menuQuestion(me), input: { said } })
  else if (said.type === 'contact' || (said.type === 'text' && !tells(said))) await begin(talk, 'start')
  else await begin(talk, 'start', { piece: JSON.stringify(said) })
}

const tells = (said: Said) => tellsSomething(said) || tellsNeed(said)

async function onCommand(talk: Talk, command: string): Promise<void> {
  if (command === 'back' || command === 'cancel' || command === 'help') return onControl(talk, command)
  if (command === 'bind') return void (await react(talk, groupEvents.bind))
  const flow = commands[command]
  const entry = flow ? flows[flow] : undefined
  if (!flow || !entry || !allowed(talk.scene, entry.who)) {
    if (!(await askAgain(talk, [part('err.command')]))) await tell(talk, { parts: [part('err.command')] })
    return
  }
  if (flow === 'language') return onControl(talk, 'language')
  await startFlow(talk, flow)
}

/** Words understood at every step, typed or pressed. */
async function onControl(talk: Talk, control: Control | string, text = ''): Promise<void> {
  if (control === 'back') {
    if (!(await goBack(talk))) await startFlow(talk, 'start')
    return
  }
  if (control === 'cancel') {
    await cancel(talk)
    await tell(talk, { parts: [part('cancelled')] })
    return void (await begin(talk, 'start'))
  }
  if (control === 'human') return callHuman(talk)
  if (control === 'help') {
    await react(talk, helpReaction)
    await askAgain(talk, [])
    return
  }
  const named = control === 'language' ? findLanguage(text) : undefined
  if (named && isLanguage(named)) {
    await setLanguage(talk.scene.store, talk.scene.me.id, named)
    talk.scene = await talk.reload()
    if (!(await askAgain(talk, []))) await begin(talk, 'start')
    return
  }
  if (control === 'stop') {
    await pause(talk)
    await nudgeNoMore(talk.scene.store, talk.scene.me.id, talk.scene.at)
    await setWantsNews(talk.scene.store, talk.scene.me.id, false, talk.scene.at)
    return tell(talk, { parts: [part('stopped')], options: [{ id: 'do:menu', label: { key: 'menu' } }] })
  }
  await startFlow(talk, commands[control] ?? 'start')
}

/** "Person": the coordinator is called, and the open question stays open. */
async function callHuman(talk: Talk) {
  const active = await activeDialog(talk)
  await begin(talk, 'human')
  if (active) await resume(talk, active.flow)
}

/** Begins a flow that was asked for by its word. What was open waits, and a short flow leads back to it. */
async function startFlow(talk: Talk, flow: string) {
  const active = await activeDialog(talk)
  await pause(talk)
  await begin(talk, flow, active && active.flow !== flow ? { from: active.flow } : {})
}

async function onUnreadable(talk: Talk, content: Content) {
  const key = content.type === 'text' ? 'err.edited' : 'err.unreadable'
  if (!(await askAgain(talk, [part(key)])))
    await tell(talk, { parts: [part(key)], options: [{ id: 'do:menu', label: { key: 'menu' } }] })
}

/** 103 and 112 at once, a coordinator told, the words kept; the talk then goes on. */
async function warn(talk: Talk, danger: Danger, words: string) {
  const { scene } = talk
  const options = [
    { id: 'sos:called', label: { key: 'sos.called' } },
    { id: 'sos:none', label: { key: 'sos.nodanger' } },
  ]
  const parts = danger === 'life' ? [part('sos.warn'), part('sos.notauto')] : [part('sos.hurt')]
  await tell(talk, { parts, options })
  const kind = danger === 'life' ? 'danger' : 'abuse'
  // A long worried message may come in ten pieces: one call to the coordinator an hour is enough for one person.
  const since = new Date(scene.at.getTime() - 3_600_000)
  if (await findRecentAlert(scene.store, scene.me.id, kind, { since })) return
  await alertCoordinators(scene, { kind, requestId: null, words })
}

function saidOf(content: Content): Said | undefined {
  if (content.type === 'text') return content.edited ? undefined : { type: 'text', text: content.text }
  if (content.type === 'media' || content.type === 'location' || content.type === 'contact') return content
  return undefined
}
