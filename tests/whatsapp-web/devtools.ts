import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

/** A second hand on the browser's page, beside the library's: Chromium's own protocol over its port. */
export interface Devtools {
  /** The value of an expression in the page, promises awaited. */
  run(expression: string): Promise<unknown>
  command(method: string, params: object): void
  close(): void
}

export async function openDevtools(profile: string, wire: (text: string) => void): Promise<Devtools> {
  const [port] = readFileSync(join(profile, 'DevToolsActivePort'), 'utf8').split('\n')
  const targets = (await (await fetch(`http://127.0.0.1:${port}/json/list`)).json()) as {
    type: string
    webSocketDebuggerUrl: string
  }[]
  const page = targets.find(({ type }) => type === 'page')
  if (!page) throw new Error('no page yet')
  const socket = new WebSocket(page.webSocketDebuggerUrl)
  await new Promise((opened, failed) => {
    socket.onopen = opened
    socket.onerror = () => failed(new Error('no connection to the page'))
  })
  const waiting = new Map<number, (answer: Answer) => void>()
  let last = 0

  socket.onmessage = ({ data }) => {
    const said = JSON.parse(String(data)) as Answer & { method?: string; params?: { payload?: string } }
    if (said.method === 'Runtime.bindingCalled') wire(said.params?.payload ?? '')
    waiting.get(said.id)?.(said)
  }

  const closed = { id: 0, error: { message: 'the page is gone' } }
  socket.onclose = () => {
    for (const answer of waiting.values()) answer(closed)
  }

  function command(method: string, params: object): Promise<Answer> {
    if (socket.readyState !== WebSocket.OPEN) return Promise.resolve(closed)
    last += 1
    const id = last
    socket.send(JSON.stringify({ id, method, params }))
    return new Promise(answer => waiting.set(id, answer))
  }

  async function run(expression: string) {
    const { result, error } = await command('Runtime.evaluate', {
      expression,
      awaitPromise: true,
      returnByValue: true,
    })
    const fault = error?.message ?? result?.exceptionDetails?.exception?.description
    if (fault) throw new Error(fault)
    return result?.result?.value
  }

  await command('Runtime.enable', {})
  await command('Runtime.addBinding', { name: 'wire' })
  return { run, command: (method, params) => void command(method, params), close: () => socket.close() }
}

interface Answer {
  id: number
  error?: { message: string }
  result?: {
    result?: { value?: unknown }
    exceptionDetails?: { exception?: { description?: string } }
  }
}

export async function eventually<T>(
  look: () => T | Promise<T>,
  what: string,
  ms = 90_000,
): Promise<NonNullable<T>> {
  const until = Date.now() + ms
  for (;;) {
    const found = await Promise.resolve()
      .then(look)
      .catch(() => undefined)
    if (found) return found as NonNullable<T>
    if (Date.now() > until) throw new Error(`This did not happen in time: ${what}`)
    await sleep(25)
  }
}
