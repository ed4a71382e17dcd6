import { record } from '../db/audit.ts'
import { countWellRated, setWantsNews, wantsNews } from '../db/news.ts'
import { tellPerson } from '../db/outbox.ts'
import { part } from '../domain/message.ts'
import type { Dialog, Reaction, Scene } from './dialog.ts'

/** From which rating on a request has closed well. */
const wellRated = 4

/** News and gatherings: whether they come now, and one press to change it. */
export async function news(dialog: Dialog): Promise<void> {
  const wants = await dialog.once('wants', () => wantsNews(dialog.store, dialog.me.id))
  const question = wants ? 'news.isOn' : 'news.isOff'
  const answer = await dialog.choose(question, [wants ? 'news.stop' : 'news.yes', 'news.keep'])
  if (answer === 'news.keep') {
    const { from } = dialog.given
    return from && from !== 'start' ? dialog.resume(from) : dialog.begin('start')
  }
  await dialog.once('set', () => setNews(dialog, !wants))
  dialog.say(wants ? 'news.off' : 'news.on')
}

/** The button under every news, and under the offer. */
export const newsSwitch: Reaction = async tap => {
  const on = tap.words[0] === 'on'
  await setNews(tap, on)
  tap.say(on ? 'news.on' : 'news.off', {}, { options: [{ id: 'do:menu', label: { key: 'menu' } }] })
  return undefined
}

/** Asked once, under the thanks for the first help they were content with. True if it was. */
export async function offerNews({ store, me, at }: Scene, rating: number): Promise<boolean> {
  if (rating < wellRated || (await countWellRated(store, me.id, wellRated)) !== 1) return false
  if (await wantsNews(store, me.id)) return false
  const options = [
    { id: 'news:on', label: { key: 'news.yes' } },
    { id: 'do:menu', label: { key: 'menu' } },
  ]
  const message = { parts: [part('rate.done'), part('news.offer')], options }
  return tellPerson(store, me.id, { message, at })
}

async function setNews({ store, me, at }: Scene, on: boolean): Promise<null> {
  await setWantsNews(store, me.id, on, at)
  await record(store, { at, act: on ? 'news.joined' : 'news.left', actorId: me.id, subjectId: me.id })
  return null
}
