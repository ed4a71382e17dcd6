import { ReplayEngine } from '@grammyjs/conversations'
import type { Message, MessageOption, Part, Value } from '../domain/message.ts'
import type { Said } from '../domain/said.ts'
import type { Accept, Choice, Dialog, Flow, QuestionMore, Scene } from '../handlers/dialog.ts'

/** All that is kept of a half-finished dialog. */
export interface Saved {
  /** What the flow was begun with. */
  given: Record<string, string>
  /** Answers and results of deeds by key. */
  answers: Record<string, unknown>
  /** The keys of `answers` in the order they came; questions stand as they are, deeds with a leading `!`. */
  order: string[]
  said: string[]
  /** The key of the question that waits. */
  open?: string
  /** Counts accepted answers, so that an old button is known as old. */
  step: number
  /** Answers in a row that were not understood. */
  misses: number
  /** The option that a misspelt answer probably meant; a plain yes takes it. */
  maybe?: string
  /** What `again` forgot: a step back brings it back instead of losing it. */
  undo?: [key: string, answer: unknown][]
}

export type Input = { option: string } | { said: Said }

/** How the words of an answer are understood against a question's options. */
export type Understand = (said: Said, options: readonly MessageOption[], more: AskedMore) => Understood

export interface AskedMore {
  yesNo: boolean
  /** True if the question also takes words of its own. */
  free: boolean
  keywords: ReadonlyMap<string, readonly string[]>
  maybe?: string
}

export type Understood =
  | { chosen: string }
  | { free: true }
  | { control: string }
  | { retry: Part; maybe?: string }

export interface Turn {
  saved: Saved
  /** One message: what the flow said, then its question. Undefined if it said nothing. */
  message?: Message
  waiting: boolean
  /** The label of the option that was just chosen by a press. */
  chosen?: Value
  begin?: { flow: string; given: Record<string, string> }
  /** A word understood at every step was said instead of an answer; nothing else has happened. */
  control?: string
}

export function newSaved(given: Record<string, string> = {}): Saved {
  return { given, answers: {}, order: [], said: [], step: 0, misses: 0 }
}

/**
 * Plays the flow from its start over the saved answers, feeding `input` to the question that waited. The flow may
 * ask to be played again with some answers forgotten; a flow that does so without end is a programmer's error.
 */
export async function playFlow(
  flow: Flow,
  saved: Saved,
  scene: Scene,
  understand: Understand,
  input?: Input,
): Promise<Turn> {
  const play = new Play(saved, scene, understand, input)
  for (let round = 0; round < 20; round++) {
    const turn = await play.round(flow)
    if (turn) return turn
  }
  throw new Error('The flow plays itself again without end')
}

/** Forgets the last answered question and all that was done after it. False at the first question. */
export function stepBack(saved: Saved): boolean {
  const { undo } = saved
  delete saved.undo
  if (undo?.some(([key]) => key === saved.open)) {
    for (const [key, answer] of undo) {
      saved.answers[key] = answer
      saved.order.push(key)
    }
    saved.step += 1
    return true
  }
  while (saved.order.length > 0) {
    const key = saved.order.pop() ?? ''
    delete saved.answers[key]
    if (!key.startsWith('!')) {
      saved.step += 1
      return true
    }
  }
  return false
}

type Next = { again: true } | { begin: { flow: string; given: Record<string, string> } }

class Play {
  private readonly saved: Saved
  private readonly scene: Scene
  private readonly understand: Understand
  private input: Input | undefined
  private parts: Part[] = []
  private asked: Message | undefined
  private pressed: Value | undefined
  private next: Next | undefined
  private control: string | undefined

  constructor(saved: Saved, scene: Scene, understand: Understand, input: Input | undefined) {
    this.saved = saved
    this.scene = scene
    this.understand = understand
    this.input = input
  }

  async round(flow: Flow): Promise<Turn | undefined> {
    this.next = undefined
    const engine = new ReplayEngine(controls =>
      flow(
        this.dialog(
          key => controls.interrupt(key) as Promise<never>,
          () => controls.cancel(),
        ),
      ),
    )
    const result = await engine.play()
    if (result.type === 'thrown') throw result.error
    const next = this.next as Next | undefined
    if (next && 'again' in next) return undefined
    const message = this.asked ?? (this.parts.length > 0 ? { parts: this.parts } : undefined)
    const turn = {
      saved: this.saved,
      waiting: this.asked !== undefined,
      ...(message && { message }),
      ...(this.pressed !== undefined && { chosen: this.pressed }),
      ...(this.control && { control: this.control }),
    }
    return next ? { ...turn, begin: next.begin } : turn
  }

  private dialog(wait: (key: string) => Promise<never>, stop: () => Promise<never>): Dialog {
    const { saved, scene } = this
    const question = <T>(
      key: string,
      choices: readonly Choice<string>[],
      accept: Accept<T> | undefined,
      more: QuestionMore = {},
    ) => this.question(key, choices, accept, more, wait)
    return {
      ...scene,
      given: saved.given,
      say: (key, values) => this.say(key, values),
      choose: async (key, choices, more) => {
        const answer = await question(key, choices, undefined, more)
        return ('chosen' in answer ? answer.chosen : '') as never
      },
      ask: async (key, accept, more) => {
        const answer = await question(key, [], accept, more)
        return 'said' in answer ? answer.said : stop()
      },
      askOrChoose: async (key, accept, choices, more) =>
        (await question(key, choices, accept, more)) as never,
      once: (key, deed) => this.once(key, deed),
      note: name => this.keep(`!note.${name}`, true),
      noted: name => `!note.${name}` in saved.answers,
      keysOf: key => saved.order.filter(kept => kept === key || kept.startsWith(`${key}#`)),
      again: (through, changed) => {
        saved.undo = changed.flatMap(key => (key in saved.answers ? [[key, saved.answers[key]]] : []))
        for (const key of [...through, ...changed]) this.forget(key)
        this.next = { again: true }
        return stop()
      },
      begin: (flow, given = {}) => {
        this.next = { begin: { flow, given } }
        return stop()
      },
    }
  }

  private say(key: string, values?: Part['values']) {
    if (this.saved.said.includes(key)) return
    this.saved.said.push(key)
    this.parts.push(partOf(key, values))
  }

  private async once<T>(key: string, deed: () => Promise<T>): Promise<T> {
    const name = `!${key}`
    if (name in this.saved.answers) return this.saved.answers[name] as T
    const result = await deed()
    this.keep(name, result ?? null)
    return result
  }

  private async question<T>(
    key: string,
    choices: readonly Choice<string>[],
    accept: Accept<T> | undefined,
    more: QuestionMore,
    wait: (key: string) => Promise<never>,
  ): Promise<{ chosen: string } | { said: T }> {
    const kept = this.saved.answers[key] as { chosen: string } | { said: T } | undefined
    if (kept && stillOffered(kept, choices, accept)) return kept
    const answer = this.saved.open === key ? this.answer(choices, accept, more) : undefined
    if (answer && 'retry' in answer) {
      this.saved.misses += 1
      return this.wait(key, choices, more, wait, answer.retry)
    }
    if (!answer) return this.wait(key, choices, more, wait)
    this.saved.misses = 0
    this.saved.step += 1
    this.keep(key, answer)
    return answer
  }

  private answer<T>(
    choices: readonly Choice<string>[],
    accept: Accept<T> | undefined,
    more: QuestionMore,
  ): { chosen: string } | { said: T } | { retry: Part } | undefined {
    const input = this.input
    this.input = undefined
    if (!input) return undefined
    if ('option' in input) {
      return optionsOf(choices).some(option => option.id === input.option)
        ? { chosen: input.option }
        : undefined
    }
    const { maybe } = this.saved
    delete this.saved.maybe
    const asked = { yesNo: more.yesNo ?? false, free: accept !== undefined, keywords: keywordsOf(choices) }
    const understood = this.understand(input.said, optionsOf(choices), { ...asked, ...(maybe && { maybe }) })
    if ('control' in understood) {
      this.control = understood.control
      return undefined
    }
    if ('retry' in understood && understood.maybe) this.saved.maybe = understood.maybe
    if (!('free' in understood)) return understood
    const taken = accept?.(input.said)
    if (!taken) return { retry: { key: accept ? 'err.kind' : 'err.unknown' } }
    return 'value' in taken ? { said: taken.value } : taken
  }

  private wait(
    key: string,
    choices: readonly Choice<string>[],
    more: QuestionMore,
    wait: (key: string) => Promise<never>,
    retry?: Part,
  ): Promise<never> {
    this.saved.open = key
    const above = retry ? [retry, ...(this.saved.misses > 1 ? [{ key: 'err.person' }] : [])] : []
    this.asked = {
      parts: [...this.parts, ...above, ...(more.above ?? []), partOf(key, more.values)],
      options: optionsOf(choices),
      ...(more.requests && { requests: more.requests }),
    }
    return wait(key)
  }

  private keep(key: string, answer: unknown) {
    this.forget(key)
    this.saved.answers[key] = answer
    this.saved.order.push(key)
  }

  private forget(key: string) {
    delete this.saved.answers[key]
    this.saved.order = this.saved.order.filter(kept => kept !== key)
  }
}

function partOf(key: string, values?: Part['values']): Part {
  const [localeKey = key] = key.split('#')
  return values ? { key: localeKey, values } : { key: localeKey }
}

export function optionsOf(choices: readonly Choice<string>[]): MessageOption[] {
  return choices.map(choice =>
    typeof choice === 'string'
      ? { id: choice, label: { key: choice } }
      : { id: choice.id, label: choice.label },
  )
}

function keywordsOf(choices: readonly Choice<string>[]): Map<string, readonly string[]> {
  return new Map(
    choices.map(choice => (typeof choice === 'string' ? [choice, []] : [choice.id, choice.keywords ?? []])),
  )
}

/** An answer whose option a deploy has taken away counts as not given. */
function stillOffered(
  answer: { chosen: string } | { said: unknown },
  choices: readonly Choice<string>[],
  accept: unknown,
): boolean {
  if ('said' in answer) return accept !== undefined
  return optionsOf(choices).some(option => option.id === answer.chosen)
}
