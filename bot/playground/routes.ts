import { type Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { z } from 'zod'
import { groupChatId } from '../../db/playground.ts'
import type { Deed } from '../../db/playground-updates.ts'
import en from '../../locales/page.en.json' with { type: 'json' }
import kk from '../../locales/page.kk.json' with { type: 'json' }
import ru from '../../locales/page.ru.json' with { type: 'json' }
import type { PlaygroundOptions } from './channel.ts'
import type { Courier } from './courier.ts'
import { streamEvents } from './events.ts'
import { answerFile, readPage } from './files.ts'
import { guard } from './guard.ts'
import { readDeed } from './say.ts'

type Parts = PlaygroundOptions & { courier: Courier; closing: AbortSignal }

/** More than any messenger's bot may fetch, so that the bot itself can refuse a large file kindly. */
const bodyBytesMax = 65 * 1024 * 1024
const messagesPerChat = 100
const peopleMax = 200
const defaultCommands = ['start', 'menu', 'back', 'person', 'help', 'language', 'delete']

const name = z.string().trim().min(1).max(60)
const newPerson = z.object({ id: z.uuid(), name, language: z.enum(['kk', 'ru', 'en']) })
const newGroup = z.object({ id: z.uuid(), person: z.string(), title: name })
const joining = z.object({ person: z.string(), chat: z.string() })

export function createRoutes(parts: Parts): Hono {
  const app = new Hono()
  app.use('/', guard(parts.host))
  app.use('/playground/*', guard(parts.host))
  app.use(
    '/playground/*',
    bodyLimit({ maxSize: bodyBytesMax, onError: c => c.json({ problem: 'tooLarge' }, 413) }),
  )
  addPage(app)
  addReading(app, parts)
  addDeeds(app, parts)
  return app
}

function addPage(app: Hono): void {
  const files = readPage()
  const answer = (c: Context, name: string) => {
    const file = files.get(name)
    return file ? c.body(file.body, 200, { 'Content-Type': file.mime }) : c.notFound()
  }
  app.get('/', c => answer(c, 'index.html'))
  app.get('/playground/page/:name', c => answer(c, c.req.param('name')))
  app.get('/playground/words', c => c.json({ kk, ru, en }))
}

function addReading(app: Hono, { store, closing, commands, phones }: Parts): void {
  app.get('/playground/state', async c => {
    const messages = await store.recent(messagesPerChat)
    const revision = messages.reduce((last, message) => Math.max(last, message.revision), 0)
    const directory = await store.directory()
    return c.json({ ...directory, messages, revision, phones, commands: commands ?? defaultCommands })
  })
  app.get('/playground/chats/:chat/messages', async c => {
    const before = z.coerce.number().int().positive().safeParse(c.req.query('before'))
    if (!before.success) return c.json({ problem: 'notUnderstood' }, 400)
    return c.json(await store.before(c.req.param('chat'), before.data, messagesPerChat))
  })
  app.get('/playground/events', c => streamEvents(c, store, closing))
  app.get('/playground/files/:id', c => answerFile(c, store, c.req.param('id')))
}

function addDeeds(app: Hono, parts: Parts): void {
  const { store } = parts
  app.post('/playground/say', async c => {
    const { people } = await store.directory()
    const deed = await readDeed(await c.req.parseBody(), people)
    return deed ? perform(c, parts, deed) : c.json({ problem: 'notUnderstood' }, 400)
  })
  app.post('/playground/groups', async c => {
    const { data } = newGroup.safeParse(await c.req.parseBody())
    if (!data) return c.json({ problem: 'notUnderstood' }, 400)
    const { people } = await store.directory()
    if (!people.some(({ id }) => id === data.person)) return c.json({ problem: 'unknown' }, 404)
    await store.addGroup({ id: data.id, title: data.title, members: [data.person] })
    return perform(c, parts, {
      id: data.id,
      chatId: groupChatId(data.id),
      personId: data.person,
      content: { type: 'botAdded' },
      message: { kind: 'service', text: 'created', details: {} },
    })
  })
  app.post('/playground/people', async c => {
    const { data } = newPerson.safeParse(await c.req.parseBody())
    if (!data) return c.json({ problem: 'notUnderstood' }, 400)
    const { people } = await store.directory()
    if (people.length >= peopleMax) return c.json({ problem: 'tooMany' }, 409)
    await store.addPerson({ ...data, started: false })
    return c.json({ person: data.id })
  })
  app.post('/playground/members', async c => {
    const { data } = joining.safeParse(await c.req.parseBody())
    if (!data) return c.json({ problem: 'notUnderstood' }, 400)
    const outcome = await store.join(data.chat, data.person)
    return outcome === 'joined' ? c.json({}) : c.json({ problem: 'unknown' }, 404)
  })
}

async function perform(c: Context, { store, courier }: Parts, deed: Deed): Promise<Response> {
  const accepted = await store.accept(deed)
  if (accepted.status === 'refused') {
    return c.json({ problem: accepted.reason }, accepted.reason === 'blocked' ? 409 : 404)
  }
  if (!accepted.forBot) return c.json({})
  const receipt = await courier.deliver(accepted.update)
  // 202: kept, and brought to the bot again until it takes it.
  return receipt ? c.json(receipt) : c.json({ problem: 'waiting' }, 202)
}
