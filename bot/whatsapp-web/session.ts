import { setTimeout as sleep } from 'node:timers/promises'
import { Client, Session } from './client.ts'
import { faultOf } from './faults.ts'
import { type Inbox, openInbox } from './inbox.ts'
import * as inPage from './page.ts'
import type { FromWorker, StartOptions } from './wire.ts'

const unpaired = /^(UNPAIRED|UNPAIRED_IDLE)$/
/** States that no waiting ends. */
const hopeless = /^(TOS_BLOCK|SMB_TOS_BLOCK|PROXYBLOCK|CONFLICT|DEPRECATED_VERSION)$/
const lookEveryMs = 1_000

/** One client in one browser, from its start to its end. What happens is told; who listens decides what follows. */
export function openSession(
  options: StartOptions,
  tell: (event: FromWorker) => void,
): { client: Client; inbox: Inbox } {
  const { directory: dataPath, clientId, authTimeoutMs, page } = options
  const client = new Client({
    authStrategy: new Session({ clientId, dataPath }, watchBrowser),
    authTimeoutMs,
    userAgent: false,
    ...(page && { webVersion: page.version }),
    webVersionCache: page ? { type: 'local', path: page.path, strict: true } : { type: 'none' },
    puppeteer: browserOptions(options),
  })
  const inbox = openInbox(client, options.catchUpMs, tell)
  let ready = false
  let over = false
  /** The state it was last seen in. */
  let socket = ''

  function end(reason: string) {
    if (over) return
    over = true
    tell({ type: 'ended', reason })
  }

  async function watchBrowser() {
    const { pupBrowser: browser, pupPage } = client
    // Neither the library nor puppeteer says so when the browser or its page dies.
    browser?.on('disconnected', () => end('browser gone'))
    pupPage?.on('error', () => end('page crashed'))
    pupPage?.on('close', () => end('page closed'))
    // A browser without a window calls itself by another name, and WhatsApp asks for a known one.
    if (browser) await pupPage?.setUserAgent((await browser.userAgent()).replace('HeadlessChrome', 'Chrome'))
  }

  /** Before `ready` the library tells little of the socket, and nothing of a block. */
  async function watchSocket() {
    while (!ready && !over) {
      await sleep(lookEveryMs)
      const state = (client.pupPage && (await client.getState().catch(() => null))) ?? socket
      if (hopeless.test(state)) end(state)
      if (unpaired.test(socket) && !unpaired.test(state)) tell({ type: 'syncing' })
      socket = state
    }
  }

  async function begin() {
    ready = true
    const own = await client
      .page()
      .evaluate(inPage.ownIds)
      .catch(() => [])
    const number = own.flatMap(id => /^\d+(?=@c\.us$)/.exec(id)?.[0] ?? [])[0]
    tell({ type: 'ready', ...(number && { number }) })
    await inbox.catchUp()
  }

  client.on('qr', (text: string) => {
    socket = 'UNPAIRED'
    tell({ type: 'qr', text })
  })
  client.on('authenticated', () => tell({ type: 'syncing' }))
  client.on('auth_failure', () => end('auth_failure'))
  client.on('disconnected', (reason: unknown) => end(String(reason)))
  client.on('ready', () => void begin().catch(error => tell({ type: 'trouble', reason: faultOf(error) })))
  client.initialize().catch(error => end(faultOf(error)))
  void watchSocket()
  return { client, inbox }
}

function browserOptions({ chromium, args }: StartOptions) {
  return {
    executablePath: chromium,
    headless: true,
    args,
    // The browser goes with the worker, however that ends.
    pipe: true,
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
    protocolTimeout: 30_000,
  }
}
