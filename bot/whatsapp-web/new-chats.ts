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
    const known = Array.isArray(times) ? times.filter(time => typeof time === 'number') : usedUp()
    return known.filter(time => time > Date.now() - dayMs)
  }

  /** Nobody knows how many there were: none is begun for a day. */
  function usedUp(): number[] {
    const times = Array.from({ length: perDayMax }, () => Date.now())
    write(times)
    return times
  }

  function write(times: readonly number[]) {
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(`${path}.new`, JSON.stringify(times))
    renameSync(`${path}.new`, path)
  }

  return {
    /** Takes one of today's, if there is one left. */
    begin(): boolean {
      if (perDayMax === 0) return false
      const times = begun()
      if (times.length >= perDayMax) return false
      write([...times, Date.now()])
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
