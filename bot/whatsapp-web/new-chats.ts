import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

const dayMs = 86_400_000

/**
 * How many chats the bot may still begin with people who never wrote: WhatsApp restricts numbers that do so. Only the
 * times are kept, no names.
 */
export function openNewChats(path: string, perDayMax: number) {
  function begun(): number[] {
    const times = existsSync(path) ? read(readFileSync(path, 'utf8')) : []
    if (times === undefined) return Array(perDayMax).fill(Date.now())
    const known = Array.isArray(times) ? times.filter(time => typeof time === 'number') : []
    return known.filter(time => time > Date.now() - dayMs)
  }

  return {
    /** Takes one of today's, if there is one left. */
    begin(): boolean {
      if (perDayMax === 0) return false
      const times = begun()
      if (times.length >= perDayMax) return false
      mkdirSync(dirname(path), { recursive: true })
      writeFileSync(`${path}.new`, JSON.stringify([...times, Date.now()]))
      renameSync(`${path}.new`, path)
      return true
    },
  }
}

/** Undefined if it was cut off while it was written. */
function read(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
