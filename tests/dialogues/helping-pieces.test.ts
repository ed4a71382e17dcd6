import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { endAssignment, findLivingAssignment, keepAlive } from '../../db/claims.ts'
import { type OpenDatabase, transact } from '../../db/client.ts'
import { tellPerson } from '../../db/outbox.ts'
import { suspend } from '../../deeds/suspend.ts'
import { takeFromHelper } from '../../deeds/take-away.ts'
import type { Language } from '../../domain/language.ts'
import { part } from '../../domain/message.ts'
import { pieceRef } from '../../domain/message-names.ts'
import { openTestDatabase } from '../town/database.ts'
import { coordinator, helper, type Neighbour, neighbour, noon, request } from '../town/quick.ts'
import { openTown, type TestedChannel, testedChannels } from '../town/town.ts'

vi.setConfig({ testTimeout: 60_000 })
let database: OpenDatabase
beforeAll(async () => {
  database = await openTestDatabase()
})
afterAll(() => database.close())

type Visit = Awaited<ReturnType<typeof onVisit>>

const said = 'Ключ у соседки Розы'

/** Тимур holds Айгүл's request; a voice came with it, words, a photo and a place were added later. */
async function onVisit(channel: TestedChannel, language: Language = 'ru') {
  const town = await openTown(database, { channel, language })
  town.at(noon.toISOString())
  const marat = await coordinator(town, 'Марат', {}, language)
  const dina = await helper(town, 'Дина', { language })
  const timur = await helper(town, 'Тимур', { language })
  const aigul = await neighbour(town, 'Айгүл', language)
  const { id } = await request(town, aigul)
  await add(() => aigul.sends('voice'))
  await timur.says('/tasks')
  await timur.pressesData(`claim:${id}`)
  for (const deed of [
    () => aigul.says(said),
    () => aigul.sends('photo', said),
    () => aigul.sends('location'),
  ])
    await add(deed)
  return { town, t: town.t, marat, dina, timur, aigul, id }

  async function add(deed: () => Promise<void>) {
    await aigul.says('/my')
    await aigul.presses(aigul.last.buttons[0] ?? '')
    await aigul.presses(town.t('my.add'))
    await deed()
  }
}

/** What of the request is to be seen in a chat with the bot. */
function seenBy({ messages }: Neighbour, { t }: Visit): string[] {
  const own = messages.filter(({ from }) => from === 'bot')
  return own.flatMap(({ text, content, buttons }) => [
    ...(content ? [content] : []),
    ...['Абая 12', '701 123', said].filter(secret => text.includes(secret)),
    ...[t('claim.pin'), t('claim.map')].filter(label => buttons.includes(label)),
  ])
}

function ownPair({ aigul }: Visit): string {
  const told = aigul.messages.flatMap(({ text }) => /(\d\d)\D+(\d\d)\D*$/.exec(text) ?? []).at(-1)
  return told ?? ''
}

/** Every way in which a helper stops being responsible. */
const ends: Record<string, (visit: Visit) => Promise<unknown>> = {
  'the door code closes it': async visit => visit.timur.says(ownPair(visit)),
  'the asker confirms': async ({ timur, aigul, t }) => {
    await timur.presses(t('done'))
    await timur.presses(t('done.noCode'))
    await aigul.presses(t('req.yes'))
  },
  'the asker says that it was not done': async ({ timur, aigul, t }) => {
    await timur.presses(t('done'))
    await timur.presses(t('done.noCode'))
    await aigul.presses(t('req.no'))
  },
  'the asker cancels': async ({ aigul, t }) => {
    await aigul.says('/my')
    await aigul.presses(aigul.last.buttons[0] ?? '')
    await aigul.presses(t('my.cancel'))
    await aigul.presses(t('cancel.solved'))
  },
  'a coordinator closes it': async ({ marat, id, t }) => {
    await marat.says('/queue')
    await marat.pressesData(`open:${id}`)
    await marat.presses(t('queue.close'))
    await marat.presses(t('outcome.unmet'))
    await marat.says('Уехали к родственникам')
  },
  'the helper gives it back': ({ timur, t }) => timur.presses(t('release')),
  'a coordinator gives it to another': async ({ marat, dina, id, t }) => {
    await marat.says('/queue')
    await marat.pressesData(`open:${id}`)
    await marat.presses(t('queue.assign'))
    await marat.presses(marat.last.buttons.find(label => label.includes('Дина')) ?? '')
    expect(dina.messages.some(({ content }) => content === 'voice')).toBe(true)
  },
  'the helper is suspended': async ({ town, timur, marat }) => {
    await suspend(town.store, timur.personId, { by: marat.personId, at: noon })
    await town.settle()
  },
  'the asker has all data deleted': async ({ aigul, t }) => {
    await aigul.says('/delete')
    await aigul.presses(t('data.delete.yes'))
  },
  'the helper has all data deleted': async ({ timur, t }) => {
    await timur.says('/delete')
    await timur.presses(t('data.delete.yes'))
  },
}

describe.each(testedChannels)('what was passed on to the helper on %s', channel => {
  test.each(Object.entries(ends))('goes from their chat when %s', async (_, end) => {
    const visit = await onVisit(channel)
    const { timur, t } = visit
    const everything = ['voice', 'photo', 'Абая 12', '701 123', said, t('claim.pin'), t('claim.map')]
    expect(new Set(seenBy(timur, visit))).toEqual(new Set(everything))
    await end(visit)
    expect(seenBy(timur, visit)).toEqual([])
  })

  test('goes when it was said to be done and the helper was suspended before the answer', async () => {
    const visit = await onVisit(channel)
    const { town, timur, marat, aigul, t } = visit
    await timur.presses(t('done'))
    await timur.presses(t('done.noCode'))
    await suspend(town.store, timur.personId, { by: marat.personId, at: noon })
    await town.settle()
    expect(seenBy(timur, visit)).toEqual([])
    await aigul.presses(t('req.yes'))
    expect(seenBy(timur, visit)).toEqual([])
  })

  test('a coordinator has one copy of a voice, and none after the closing', async () => {
    const visit = await onVisit(channel)
    const { marat, id, aigul, t } = visit
    const held = () => marat.messages.flatMap(({ content }) => content ?? [])
    await marat.says('/queue')
    await marat.pressesData(`open:${id}`)
    expect(held()).toEqual(['voice', 'photo'])
    await marat.pressesData(`open:${id}`)
    expect(held()).toEqual(['voice', 'photo'])
    await visit.timur.says(ownPair(visit))
    expect(seenBy(marat, visit)).toEqual([])
    // Looked at once more after that, it is there until the data are deleted.
    await marat.pressesData(`open:${id}`)
    expect(held()).toEqual(['voice', 'photo'])
    await aigul.says('/delete')
    await aigul.presses(t('data.delete.yes'))
    expect(seenBy(marat, visit)).toEqual([])
  })

  test('another request of the same helper keeps what belongs to it', async () => {
    const visit = await onVisit(channel)
    const { town, timur, aigul, t } = visit
    const other = await request(town, aigul)
    await timur.pressesData(`claim:${other.id}`)
    await aigul.says('/my')
    await aigul.presses(t('my.line', { num: 2, status: { key: 'st.claimed' } }))
    await aigul.presses(t('my.add'))
    await aigul.sends('voice')
    const voices = () => timur.messages.filter(({ content }) => content === 'voice').length
    expect(voices()).toBe(2)
    await timur.presses(t('release'))
    expect(voices()).toBe(1)
  })
})

test('what is passed on while the request is given back does not stay behind', async () => {
  const visit = await onVisit('telegram')
  const { town, timur, id } = visit
  const { store } = town
  const held = await findLivingAssignment(store, { requestId: id })
  if (!held) throw new Error('Nobody holds the request')
  const message = { parts: [part('task.added', { num: 1, words: said })] }
  const releasing = await transact(store, async adding => {
    expect(await keepAlive(adding, held.id)).toBe(true)
    const released = transact(store, async inner => {
      await endAssignment(inner, { assignmentId: held.id, reason: 'released', at: noon, reopen: true })
      await takeFromHelper(inner, held, { request: { id, number: 1 }, reason: 'released', at: noon })
    })
    // On a server the release runs beside this; in the embedded database it can only follow.
    await sleep(200)
    await tellPerson(adding, timur.personId, { message, at: noon, ref: pieceRef(held.id, 'late') })
    return { released }
  })
  await releasing.released
  await town.settle()
  expect(seenBy(timur, visit)).toEqual([])
  expect(await keepAlive(store, held.id)).toBe(false)
})

test('the card says what became of it in the language of its reader', async () => {
  const { timur, t } = await onVisit('telegram', 'kk')
  await timur.presses(t('release'))
  expect(timur.messages.some(({ text }) => text === t('card.released', { num: 1 }))).toBe(true)
})
