import type { AddressInfo } from 'node:net'
import { createAdaptorServer } from '@hono/node-server'
import { afterAll } from 'vitest'
import type { Inbound, Receipt } from '../../bot/channel.ts'
import { createPlayground, type PlaygroundOptions } from '../../bot/playground/channel.ts'
import { createPlaygroundStore } from '../../db/playground.ts'
import { emptyDatabase, openTestDatabase } from '../town/database.ts'

export type Answer = (inbound: Inbound) => Promise<Receipt | undefined> | Receipt | undefined
export type Town = Awaited<ReturnType<typeof openTown>>

let database: ReturnType<typeof openTestDatabase> | undefined

/** For the top of a file: its towns are on one database, closed after its last test. */
export function townsOfThisFile() {
  afterAll(async () => {
    await (await database)?.close()
    database = undefined
  })
}

/** A playground with the cast in it, on a real and empty database; the bot is whatever the test says. */
export async function openTown(answer: Answer = () => ({}), options: Partial<PlaygroundOptions> = {}) {
  database ??= openTestDatabase()
  const { db } = await database
  await emptyDatabase(db)
  const store = createPlaygroundStore(db)
  await store.addPerson({ id: 'aigul', name: 'Айгүл', language: 'kk' })
  await store.addPerson({ id: 'timur', name: 'Тимур', language: 'ru' })
  await store.addPerson({ id: 'marat', name: 'Марат', language: 'ru' })
  const group = await store.addGroup({ id: 'volunteers', title: 'Көмекшілер', members: ['timur'] })
  const heard: Inbound[] = []
  const playground = createPlayground({ store, ...options })
  await playground.start(async inbound => {
    heard.push(inbound)
    return (await answer(inbound)) ?? {}
  })
  const app = playground.routes()
  return { store, playground, app, heard, group }
}

/** The page's server on a free port of this machine. */
export async function serve(town: Town) {
  const server = createAdaptorServer({ fetch: town.app.fetch })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const close = async () => {
    await town.playground.stop()
    server.close()
  }
  return { url: `http://127.0.0.1:${port}`, close }
}

/** What a phone posts, as the page posts it. */
export async function post(town: Town, path: string, fields: Record<string, string | File>) {
  const body = new FormData()
  for (const [name, value] of Object.entries(fields)) body.append(name, value)
  const answer = await town.app.request(`http://localhost${path}`, {
    method: 'POST',
    body,
    headers: { host: 'localhost' },
  })
  const said = (await answer.json()) as Record<string, string>
  return { status: answer.status, body: said }
}

export function say(town: Town, person: string, chat: string, fields: Record<string, string | File>) {
  return post(town, '/playground/say', { id: crypto.randomUUID(), person, chat, ...fields })
}
