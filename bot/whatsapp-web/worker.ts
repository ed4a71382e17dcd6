import type { Client } from './client.ts'
import * as deeds from './deeds.ts'
import { faultOf } from './faults.ts'
import type { Inbox } from './inbox.ts'
import { openSession } from './session.ts'
import {
  type Answer,
  type CallName,
  type FromWorker,
  type StartOptions,
  type ToWorker,
  toWorker,
} from './wire.ts'

/**
 * A process of its own for WhatsApp Web: it has no database and no secrets, it holds the browser, and it may die at
 * any moment without harm. It lives for one session; the bot process starts the next.
 */
const goodbyeMs = 8_000

let session: { client: Client; inbox: Inbox; options: StartOptions } | undefined

function tell(event: FromWorker) {
  if (process.connected) process.send?.(event)
}

/** The library awaits nothing when a page reloads under it: what fails there arrives here. */
for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
  process.on(event, error => tell({ type: 'ended', reason: faultOf(error) }))
}
process.on('message', message => void hear(toWorker.parse(message)))
// The bot process is gone, and with it the reason to be here.
process.on('disconnect', () => void leave())
// A keyboard's interrupt reaches the whole group; the bot process says when it is time.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {})

async function hear(message: ToWorker) {
  if (message.type === 'start') {
    session = { ...openSession(message.options, tell), options: message.options }
  } else if (message.type === 'stop') {
    await leave()
  } else if (message.type === 'received') {
    session?.inbox.received(message.externalId)
  } else {
    await answer(message)
  }
}

async function answer(asked: Extract<ToWorker, { call: number }>) {
  try {
    if (!session) throw new Error('not started')
    tell({ type: 'answer', call: asked.call, answer: await answerTo(session.client, session.options, asked) })
  } catch (error) {
    tell({ type: 'fault', call: asked.call, reason: faultOf(error) })
  }
}

function answerTo(
  client: Client,
  { typing, sendMs }: StartOptions,
  asked: Extract<ToWorker, { call: number }>,
): Promise<Answer<CallName>> {
  switch (asked.type) {
    case 'probe':
      return client.getState().then(state => state === 'CONNECTED')
    case 'send':
      return deeds.send(client, asked.message, { mayBegin: asked.mayBegin, typing, sendMs })
    case 'find':
      return deeds.find(client, asked.message, asked.since)
    case 'remove':
      return deeds.remove(client, asked.messages, asked.instead)
    case 'download':
      return deeds.download(client, asked.id)
    case 'phone':
      return deeds.phoneBehind(client, asked.id, asked.mayAsk)
  }
}

async function leave() {
  setTimeout(() => process.exit(1), goodbyeMs).unref()
  await session?.client.destroy().catch(() => {})
  process.exit(0)
}
