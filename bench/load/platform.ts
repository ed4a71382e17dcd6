import { Agent, createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** What a bot has called for: a method of the Bot API with what it was given. */
export interface Call {
  method: string
  chat: number
  text: string
  buttons: { text: string; data: string }[]
}

export interface Platform {
  readonly root: string
  /** Delivers one update, by a call to a bot or by the next answer to `getUpdates`. */
  deliver(update: Record<string, unknown>): void
  /** From now on by calls, to each address in turn. */
  callAt(addresses: readonly string[]): void
  /** Calls of a bot that failed, to be brought again. */
  readonly refused: () => number
  close(): void
}

/** As many at once as Telegram brings to one address at the most. */
const callsAtOnceMax = 100
const updatesAtOnceMax = 100
const againMs = 200

/**
 * The least of a Bot API server: it takes everything at once, says nothing of what it is for, and brings updates in
 * the order of their coming. It is fast, so that what is measured is the bot.
 */
export async function openPlatform(heard: (call: Call) => void): Promise<Platform> {
  const waiting: Record<string, unknown>[] = []
  let asking: (() => void) | undefined
  let addresses: readonly string[] = []
  let turn = 0
  let messages = 0
  let refused = 0
  let updates = 0
  // Sooner hung up by us than by the bot: else a call may be lost on its way.
  const agent = new Agent({ keepAlive: true, maxSockets: callsAtOnceMax, timeout: 4000 })

  const server = createServer((incoming, outgoing) => {
    read(incoming, text => {
      const method = incoming.url?.split('/').at(-1) ?? ''
      const payload = text ? JSON.parse(text) : {}
      if (method === 'getUpdates') return answerPoll(outgoing, payload)
      const chat = Number(payload.chat_id ?? 0)
      answer(outgoing, resultOf(method, chat))
      const keys = payload.reply_markup?.inline_keyboard ?? []
      const buttons = keys.flat().map((key: { text: string; callback_data?: string }) => ({
        text: key.text,
        data: key.callback_data ?? '',
      }))
      heard({ method, chat, text: String(payload.text ?? ''), buttons })
    })
  })
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo

  function resultOf(method: string, chat: number): unknown {
    if (method === 'getMe') return { id: 1, is_bot: true, first_name: 'Ардақ', username: 'ardaq_bench_bot' }
    if (!/^(send|edit)/.test(method)) return true
    return { message_id: ++messages, date: 0, chat: { id: chat, type: 'private' }, text: '' }
  }

  /** What was given to the last question is taken back by the next one, which names what came after it. */
  function answerPoll(outgoing: ServerResponse, { offset = 0 }: { offset?: number }) {
    while (waiting[0] && Number(waiting[0].update_id) < offset) waiting.shift()
    const give = () => {
      asking = undefined
      answer(outgoing, waiting.slice(0, updatesAtOnceMax))
    }
    if (waiting.length > 0) return give()
    asking = give
    outgoing.on('close', () => {
      if (asking === give) asking = undefined
    })
  }

  function call(update: Record<string, unknown>) {
    const address = addresses[turn++ % addresses.length] ?? ''
    const body = JSON.stringify(update)
    const again = () => {
      refused++
      setTimeout(() => call(update), againMs)
    }
    const headers = { 'content-type': 'application/json', 'X-Telegram-Bot-Api-Secret-Token': webhookSecret }
    const out = request(address, { method: 'POST', agent, headers }, response => {
      response.resume()
      if (response.statusCode !== 200) again()
    })
    out.on('error', again)
    out.end(body)
  }

  return {
    root: `http://127.0.0.1:${port}`,
    deliver(update) {
      const numbered = { update_id: ++updates, ...update }
      if (addresses.length > 0) return call(numbered)
      waiting.push(numbered)
      asking?.()
    },
    callAt(given) {
      addresses = given
    },
    refused: () => refused,
    close() {
      agent.destroy()
      server.closeAllConnections()
      server.close()
    },
  }
}

export const webhookSecret = 'a-secret-of-the-bench'
export const token = '1:bench-bench-bench-bench'

function answer(outgoing: ServerResponse, result: unknown) {
  outgoing.setHeader('content-type', 'application/json')
  outgoing.end(JSON.stringify({ ok: true, result }))
}

function read(incoming: IncomingMessage, then: (text: string) => void) {
  const chunks: Buffer[] = []
  incoming.on('data', chunk => chunks.push(chunk))
  incoming.on('end', () => then(Buffer.concat(chunks).toString()))
}
