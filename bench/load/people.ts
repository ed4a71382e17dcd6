import { textOf } from '../../bot/i18n.ts'
import type { Call, Platform } from './platform.ts'

/** How long each answer took, in ms, and what went wrong on the way. */
export interface Heard {
  ms: number[]
  /** Nobody waited for it: the same thing twice, or something unasked. */
  unasked: number
  seconds: number
}

export interface People {
  /**
   * `count` people talk for so long, all together `perSecond` messages a second, or, without that, each at once when
   * they were answered and `pauseMs` have passed since they last wrote.
   */
  talk(how: { count: number; seconds: number; perSecond?: number; pauseMs?: number }): Promise<Heard>
  hear(call: Call): void
  /** Who wait for an answer. */
  readonly waiting: () => number
}

interface Person {
  chat: number
  said: number
  since: number | undefined
  buttons: Call['buttons']
}

type Line = { typed: string } | { press: string }

const press = (key: string): Line => ({ press: textOf('ru', { key }) })

/** A request up to its summary, said as people say it, and given up there: all of it again and again. */
const story: readonly Line[] = [
  { typed: '/start' },
  press('who.other'),
  { typed: 'да, согласна' },
  { typed: 'Зейнеп Ахметова' },
  press('consent.other.yes'),
  { typed: 'нужны лекарства' },
  press('when.today'),
  { typed: 'Семей' },
  { typed: 'ул. Абая 12, кв. 5' },
  { typed: '8 701 111 22 33' },
  { typed: 'Маме нужны лекарства, рецепт у врача. Валидол 2 пачки и тонометр, лучше после 14 часов.' },
  press('text.enough'),
  { typed: 'отмена' },
]

/** Those who write to a bot as people do: a message, its answer, the next message. Anything answers, for an echo. */
export function openPeople(platform: () => Platform): People {
  const all = new Map<number, Person>()
  let heard: Heard = { ms: [], unasked: 0, seconds: 0 }
  let after: (person: Person) => void = () => {}

  function personAt(chat: number): Person {
    const person = all.get(chat) ?? { chat, said: 0, since: undefined, buttons: [] }
    all.set(chat, person)
    return person
  }

  function write(person: Person) {
    const line = person.said === 0 ? { typed: '/start' } : lineAt(person)
    person.said++
    person.since = performance.now()
    platform().deliver(updateOf(person, line))
  }

  return {
    waiting: () => [...all.values()].filter(({ since }) => since !== undefined).length,
    hear({ method, chat, buttons }) {
      if (!method.startsWith('send')) return
      const person = personAt(chat)
      person.buttons = buttons
      if (person.since === undefined) {
        heard.unasked++
        return
      }
      heard.ms.push(performance.now() - person.since)
      person.since = undefined
      after(person)
    },
    async talk({ count, seconds, perSecond, pauseMs = 0 }) {
      const people = Array.from({ length: count }, (_, n) => personAt(n + 1))
      heard = { ms: [], unasked: 0, seconds }
      const began = performance.now()
      const over = () => performance.now() - began > seconds * 1000
      if (perSecond) {
        after = () => {}
        await evenly(perSecond, over, n => {
          const person = people[n % count]
          // Who was not answered yet does not write: that is then seen in the number of messages.
          if (person && person.since === undefined) write(person)
        })
      } else {
        const writeIn = (person: Person, ms: number) =>
          setTimeout(() => {
            if (!over()) write(person)
          }, ms)
        after = person => void writeIn(person, pauseMs * (0.5 + Math.random()))
        for (const person of people) writeIn(person, Math.random() * pauseMs)
        await until(over)
      }
      after = () => {}
      const result = { ...heard, ms: [...heard.ms], seconds: (performance.now() - began) / 1000 }
      await until(() => [...all.values()].every(({ since }) => since === undefined), 10_000)
      return { ...result, unasked: heard.unasked }
    },
  }
}

/** The first time round, a language is asked for. */
function lineAt({ said }: Person): Line {
  if (said === 1) return press('lang.ru')
  return story[(said - 1) % story.length] ?? { typed: '/start' }
}

function updateOf({ chat, said, buttons }: Person, line: Line): Record<string, unknown> {
  const from = { id: chat, is_bot: false, first_name: 'Айгүл', language_code: 'ru' }
  const at = { message_id: said, date: 0, chat: { id: chat, type: 'private', first_name: 'Айгүл' } }
  if ('typed' in line) return { message: { ...at, from, text: line.typed } }
  const data = buttons.find(({ text }) => text === line.press)?.data
  // An echo has no buttons: there the words are typed.
  if (!data) return { message: { ...at, from, text: line.press } }
  return {
    callback_query: { id: String(said), from, chat_instance: '1', data, message: { ...at, text: '?' } },
  }
}

async function evenly(perSecond: number, over: () => boolean, deed: (n: number) => void) {
  const began = performance.now()
  for (let done = 0; !over(); ) {
    const due = ((performance.now() - began) / 1000) * perSecond
    while (done < due) deed(done++)
    await new Promise(wait => setTimeout(wait, 1))
  }
}

function until(done: () => boolean, mostMs = Infinity): Promise<void> {
  const began = performance.now()
  return new Promise(resolve => {
    const look = setInterval(() => {
      if (!done() && performance.now() - began < mostMs) return
      clearInterval(look)
      resolve()
    }, 5)
  })
}
