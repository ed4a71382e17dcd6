import type { Context } from 'hono'
import { streamSSE } from 'hono/streaming'
import type { PlaygroundStore } from '../../db/playground.ts'

const heartbeatMs = 20_000

/** Streams changes to one page. What it reads is the database, so a page gets what it missed. */
export function streamEvents(c: Context, store: PlaygroundStore, closing: AbortSignal): Response {
  const bell = createBell()
  return streamSSE(c, async stream => {
    const forget = store.onChange(bell.ring)
    stream.onAbort(bell.ring)
    closing.addEventListener('abort', bell.ring)
    const isOpen = () => !stream.aborted && !closing.aborted
    let seen = startingPoint(c)
    let shown = ''
    while (isOpen()) {
      const directory = JSON.stringify(await store.directory())
      if (directory !== shown) await stream.writeSSE({ event: 'directory', data: directory })
      shown = directory
      for (const message of await store.after(seen)) {
        seen = message.revision
        await stream.writeSSE({ event: 'message', id: String(seen), data: JSON.stringify(message) })
      }
      if (isOpen() && (await bell.rung(heartbeatMs)) === 'silence') await stream.write(':\n\n')
    }
    forget()
    closing.removeEventListener('abort', bell.ring)
  })
}

/** The browser's own memory of the last event wins over what the page asked for when it opened. */
function startingPoint(c: Context): number {
  const asked = Number(c.req.header('last-event-id') ?? c.req.query('after'))
  return Number.isSafeInteger(asked) && asked > 0 ? asked : 0
}

/** Remembers a ring that nobody was waiting for, so that no change falls between two looks. */
function createBell() {
  let waiting: (() => void) | undefined
  let rang = false
  return {
    ring(): void {
      rang = true
      waiting?.()
    },
    async rung(forMs: number): Promise<'ring' | 'silence'> {
      let timer: NodeJS.Timeout | undefined
      if (!rang) {
        await new Promise<void>(resolve => {
          waiting = resolve
          timer = setTimeout(resolve, forMs)
        })
      }
      clearTimeout(timer)
      const heard = rang
      rang = false
      return heard ? 'ring' : 'silence'
    },
  }
}
