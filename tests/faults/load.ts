import { setTimeout as sleep } from 'node:timers/promises'
import type { StoredMessage } from '../fake-telegram/world.ts'
import type { Chance } from './chance.ts'
import type { City, Neighbourhood, Person } from './neighbourhood.ts'
import type { Stage } from './stage.ts'

/** Nobody but the helper may read it. */
export const address = 'ул. Абая 12, кв. 5'

/** The questions of a whole request for oneself, each with its answer; needed today, so that no night holds it back. */
const story = [
  ['lang.ask', 'Русский'],
  ['who.ask', 'Мне'],
  ['consent.ask', 'Даю согласие'],
  ['name.ask', 'Қалима Серікова'],
  ['cat.ask', 'Продукты, дела по дому'],
  ['when.ask', 'Сегодня'],
  ['place.region', ''],
  ['place.address', address],
  ['phone.ask', '8 705 111 22 33'],
  ['text.ask', 'Нужны хлеб и молоко'],
  ['text.more', 'Это всё'],
  ['check.ask', 'Всё верно'],
] as const

export const questions = story.map(([question]) => question)

/** The city is named where it is asked for. */
export function storyIn(city: string): readonly string[] {
  return story.map(([, line]) => line || city)
}

/** The number of the request whose address this message tells. */
export function cardOf(text: unknown): string | undefined {
  return /^Просьба (\d+) Ваша\./.exec(String(text))?.[1]
}

export interface Asker {
  readonly person: Person
  readonly city: string
  /** How many lines of the story they have said by now; all if not said. */
  said?: number
}

export interface Load {
  /** Who asks or has asked, in the order of coming. */
  readonly askers: readonly Asker[]
  /** Resolves when some volunteer has got an address. */
  claimed(): Promise<void>
  /** Everybody stops where they are; resolves when nobody does anything more. */
  finish(): Promise<void>
}

/** Slower than a chat's pace: nobody shall wait for more than the fault. */
const typeMs = { min: 300, max: 1_100 }
const lookMs = { min: 60, max: 500 }
/** Telegram keeps more; but what waits too long tells nothing new. */
const waitingMax = 150
/** Helpers who were told "full" or nothing at all press again. */
const pressAgainMs = 8_000

/**
 * People who go on whether the bot lives or not: askers type without waiting for a question, one request each and
 * the next asker after it; volunteers of a city all press the same posts, set out, and type the pair from the door.
 */
export function startLoad(
  stage: Stage,
  { cities }: Neighbourhood,
  {
    chance,
    askersAtOnce = 12,
    askersMax = Infinity,
    early = false,
  }: {
    chance: Chance
    askersAtOnce?: number
    askersMax?: number
    /** The first have said all before the bot is there. */
    early?: boolean
  },
): Load {
  const { telegram } = stage
  const askers: Asker[] = []
  const over = new AbortController()
  const pause = (ms: { min: number; max: number }) => sleep(chance.between(ms.min, ms.max))

  async function asking() {
    while (!over.signal.aborted && askers.length < askersMax) {
      const { name: city } = chance.of(cities)
      const person = telegram.user({ firstName: `Адам ${askers.length + 1}`, languageCode: 'ru' })
      const asker: Asker = { person, city, said: 0 }
      const hurries = early && askers.length < askersAtOnce
      askers.push(asker)
      await tellAll(asker, async () => {
        if (hurries) return true
        await pause(typeMs)
        while (telegram.updates.length > waitingMax) await pause(lookMs)
        return !over.signal.aborted
      })
    }
  }

  async function helping(city: City, helper: Person) {
    const act = actsOf(stage, { city, helper, askers })
    while (!over.signal.aborted) {
      await pause(lookMs)
      await act()
    }
  }

  const all = [
    ...Array.from({ length: askersAtOnce }, asking),
    ...cities.flatMap(city => city.volunteers.map(helper => helping(city, helper))),
  ]
  const isCard = ({ payload }: { payload: { text?: unknown } }) => cardOf(payload.text) !== undefined
  return {
    askers,
    claimed: () => telegram.until(() => telegram.calls.some(isCard), 240_000),
    async finish() {
      over.abort()
      await Promise.all(all)
    },
  }
}

/** Tells it line after line, whatever the bot says or does not say, while `goesOn` allows it. */
export async function tellAll(
  asker: Asker,
  goesOn: () => Promise<boolean> = async () => true,
): Promise<void> {
  await asker.person.start()
  asker.said = 0
  for (const line of storyIn(asker.city)) {
    if (!(await goesOn())) return
    await asker.person.send(line)
    asker.said++
  }
}

/** What a volunteer does next, seeing what is on their screen. */
function actsOf(
  { telegram }: Stage,
  { city, helper, askers }: { city: City; helper: Person; askers: readonly Asker[] },
): () => Promise<void> {
  const pressedAt = new Map<string, number>()
  const told = new Set<string>()
  const messagesOf = (chat: number) => telegram.world.chats.get(chat)?.messages ?? []

  const pressNew = async (chat: number, label: string, pressAgain: boolean) => {
    const shown = messagesOf(chat).flatMap(message => buttonOf(message, label) ?? [])
    const due = shown.find(({ data }) => {
      const at = pressedAt.get(data)
      return at === undefined || (pressAgain && Date.now() - at > pressAgainMs)
    })
    if (!due) return false
    pressedAt.set(due.data, Date.now())
    const speaker = chat === helper.id ? helper : helper.in(city.group)
    await speaker.press(due.id, due.data)
    return true
  }

  return async () => {
    if (await pressNew(city.group.id, 'Я помогу', true)) return
    if (await pressNew(helper.id, 'Я в пути', false)) return
    const held = messagesOf(helper.id).flatMap(
      ({ text, deleted }) => (deleted ? undefined : cardOf(text)) ?? [],
    )
    const next = held.find(number => !told.has(number))
    const pair = next && pairOf(next)
    if (!pair) return
    told.add(next)
    await helper.send(pair)
  }

  /** The pair that the older person tells at the door. */
  function pairOf(number: string): string | undefined {
    for (const { person } of askers.filter(asker => asker.city === city.name)) {
      const texts = messagesOf(person.id).map(({ text }) => text ?? '')
      if (!texts.some(text => new RegExp(`номер: ${number}\\.|Просьба ${number}\\b`).test(text))) continue
      return texts.flatMap(text => /скажите ему: (\d\d)/.exec(text)?.[1] ?? []).at(-1)
    }
    return undefined
  }
}

function buttonOf({ id, inline, deleted }: StoredMessage, label: string) {
  const button = inline?.flat().find(({ text }) => text === label)
  return !deleted && button?.callback_data ? { id, data: button.callback_data } : undefined
}
