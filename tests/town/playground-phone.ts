import type { Hono } from 'hono'
import type { PlaygroundStore } from '../../db/playground.ts'
import { type Phone, type Seen, withButton } from './phone.ts'

interface Town {
  app: Hono
  store: PlaygroundStore
  settle(): Promise<void>
}

/** A phone in the playground: it posts what the page would post, and reads what the page would show. */
export async function playgroundPhone(town: Town, person: string, chat: string): Promise<Phone> {
  let seen: (Seen & { data: Map<string, string> })[] = []
  let blocked = false

  async function look() {
    const messages = await town.store.recent(500)
    seen = messages.filter(message => message.chatId === chat && message.kind !== 'service').map(toSeen)
  }

  async function act(path: string, fields: Record<string, string | File>): Promise<Record<string, string>> {
    const body = new FormData()
    const all = { id: crypto.randomUUID(), person, chat, ...fields }
    for (const [name, value] of Object.entries(all)) body.append(name, value)
    const request = { method: 'POST', body, headers: { host: 'localhost' } }
    const response = await town.app.request(`http://localhost${path}`, request)
    const answer = (await response.json()) as Record<string, string>
    await town.settle()
    await look()
    return answer
  }
  const say = (fields: Record<string, string | File>) => act('/playground/say', fields)

  async function press(message: Seen, data: string) {
    const { notice, openPrivate } = await say({ kind: 'button', data, message: message.id })
    return { ...(notice && { notice }), ...(openPrivate && { opened: openPrivate }) }
  }

  const refresh = async () => {
    await look()
  }
  watchers.push(refresh)
  await look()
  return {
    get messages() {
      return seen
    },
    get last() {
      const last = seen.findLast(message => message.from === 'bot')
      if (!last) throw new Error('The bot has said nothing here')
      return last
    },
    async start(code) {
      // As in Telegram: who presses Start lets the bot speak again.
      if (blocked) await say({ kind: 'unblocked' })
      blocked = false
      await say({ kind: 'start', ...(code && { code }) })
    },
    async says(text) {
      await say({ kind: 'text', text })
    },
    async presses(label) {
      const message = withButton(seen, label)
      const data = seen.find(({ id }) => id === message.id)?.data.get(label) ?? ''
      if (data === 'request:contact') return say({ kind: 'contact' })
      return press(message, data)
    },
    pressesData: data =>
      press(seen.findLast(message => message.from === 'bot') ?? withButton([], data), data),
    async sends(what, caption) {
      if (what === 'location') await say({ kind: 'location', latitude: '50.4111', longitude: '80.2275' })
      else if (what === 'contact') await say({ kind: 'contact' })
      else if (what === 'sticker') await say({ kind: 'file', file: new File(['x'], 'x.webp') })
      else
        await say({
          kind: what,
          ...(caption && { caption }),
          file: new File(['xyz'], 'x', { type: what === 'voice' ? 'audio/ogg' : 'image/png' }),
        })
    },
    async edits(text) {
      const own = seen.findLast(message => message.from === 'person')
      await say({ kind: 'edit', text, message: own?.id ?? '' })
    },
    async removesBot() {
      await say({ kind: 'botRemoved' })
    },
    async addsBot() {
      await say({ kind: 'botAdded' })
    },
    async blocks() {
      blocked = true
      await say({ kind: 'blocked' })
    },
  }
}

/** Every phone looks again after anybody's act: messages come to others too. */
export const watchers: (() => Promise<void>)[] = []

type Recent = Awaited<ReturnType<PlaygroundStore['recent']>>[number]

function toSeen(message: Recent): Seen & { data: Map<string, string> } {
  const buttons = (message.details.buttons ?? []).flat()
  const requests = message.details.requests ?? []
  const data = new Map(
    buttons.map(button => [button.label, 'data' in button ? button.data : `url:${button.url}`]),
  )
  for (const { what, label } of requests) data.set(label, `request:${what}`)
  const kind = message.kind === 'text' ? undefined : contents.find(known => known === message.kind)
  return {
    id: message.id,
    from: message.authorId === null ? 'bot' : 'person',
    text: message.text,
    buttons: [...data.keys()],
    content: kind ?? (message.kind === 'text' ? undefined : 'other'),
    edited: message.editedAt !== null,
    data,
  }
}

const contents = ['photo', 'voice', 'video', 'location', 'contact'] as const
