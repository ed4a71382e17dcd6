import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { z } from 'zod'

const kept = z.object({ number: z.string(), since: z.number() })

/**
 * Since when the bot has its number. Who wrote to another one before has not written to this, and a spare number that
 * begins with a hundred strangers is banned at once.
 */
export function openOwnNumber(path: string, wroteAt: (chat: string) => Promise<Date | undefined>) {
  let own = existsSync(path) ? read(readFileSync(path, 'utf8')) : undefined

  return {
    async hasWritten(chat: string): Promise<boolean> {
      const at = await wroteAt(chat)
      // Until a number is known nobody has written to it.
      return at !== undefined && at.getTime() >= (own?.since ?? Infinity)
    },
    is(number: string) {
      if (own?.number === number) return
      own = { number, since: Date.now() }
      mkdirSync(dirname(path), { recursive: true })
      writeFileSync(`${path}.new`, JSON.stringify(own))
      renameSync(`${path}.new`, path)
    },
  }
}

/** Undefined if it was cut off while it was written. */
function read(text: string): z.infer<typeof kept> | undefined {
  try {
    return kept.parse(JSON.parse(text))
  } catch {
    return undefined
  }
}
