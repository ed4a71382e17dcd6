import { record } from '../db/audit.ts'
import { getElder } from '../db/elders.ts'
import { getPerson } from '../db/people.ts'
import { getRequest, holdRequest, type Request, setPublicWords } from '../db/requests.ts'
import { showWords } from '../deeds/show-words.ts'
import { part } from '../domain/message.ts'
import { publicWords } from '../domain/public-words.ts'
import type { Mine } from '../domain/roles.ts'
import { tidyText } from '../domain/words-told.ts'
import type { Accept, Dialog } from './dialog.ts'

const publicCharsMax = 700

/** Only what groups read has public words, and only while somebody is looked for. */
export function mayEditWords(request: Request): boolean {
  return request.route === 'group' && request.status === 'open'
}

/** New public words for a post: hidden in them is what must never reach a group, whoever wrote it. */
export async function editWords(dialog: Dialog, request: Mine<Request>): Promise<void> {
  const now = request.publicWords || { key: 'check.nothing' }
  for (let n = 0; ; n++) {
    const key = n === 0 ? 'words.ask' : `words.ask#${n}`
    const said = await dialog.ask(key, acceptWords, {
      above: n === 0 ? [part('words.now', { words: now })] : [],
    })
    const words = await dialog.once(`words.${n}`, () => hideSecrets(dialog, request, said))
    const above = [part('check.public', { words: words || { key: 'check.nothing' } })]
    const answer = await dialog.choose(`words.check#${n}`, ['words.yes', 'words.anew', 'words.leave'], {
      above,
    })
    if (answer === 'words.leave') return
    if (answer === 'words.anew') continue
    const done = await dialog.once('words', () => change(dialog, request, words))
    return dialog.say(done ? 'words.ok' : 'queue.late', { num: request.number })
  }
}

async function hideSecrets({ store }: Dialog, request: Mine<Request>, said: string): Promise<string> {
  const elder = await getElder(store, request.elderId)
  const asker = await getPerson(store, request.requesterId)
  const places = [elder.home.settlement, elder.home.text].filter(Boolean)
  const names = [elder.name, asker.name ?? ''].filter(Boolean)
  return publicWords([said], { names, places })
}

async function change(dialog: Dialog, { id: requestId }: Mine<Request>, words: string): Promise<boolean> {
  const { store, me, at } = dialog
  const held = await holdRequest(store, requestId)
  if (!held || !mayEditWords(held)) return false
  await setPublicWords(store, requestId, words)
  const fact = { actorId: me.id, subjectId: requestId, regionId: held.regionId }
  await record(store, { at, act: 'request.reworded', ...fact })
  await showWords(store, await getRequest(store, requestId), at)
  return true
}

const acceptWords: Accept<string> = said => {
  const text = said.type === 'text' ? tidyText(said.text) : ''
  if (!text) return { retry: part('err.wantText') }
  return text.length > publicCharsMax ? { retry: part('err.long', { n: publicCharsMax }) } : { value: text }
}
