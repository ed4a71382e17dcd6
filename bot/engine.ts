import { ReplayEngine } from '@grammyjs/conversations'
import { findDialog } from '../db/dialogs.ts'
import type { Message, Part, Value } from '../domain/message.ts'
import type { Accept, Begun, Dialog, Flow, Scene } from '../handlers/dialog.ts'
import { type Answer, type Asked, hear, optionsOf, stillOffered, type Understand } from './hear.ts'
import { forgetPast, hasAnswers, type Input, keepAnswer, reopen, type Saved } from './saved.ts'

export interface Turn {
  saved: Saved
  /** One message: what the flow said, then its question. Undefined if it said nothing. */
  message?: Message
  waiting: boolean
  /** The label of the option that was just chosen by a press. */
  chosen?: Value | undefined
  begin?: Begun
  /** A word understood at every step was said instead of an answer; nothing else has happened. */
  control?: string
}

/** After so many answers that were not understood a person is offered; with the next one they are called. */
const hintAt = 2

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

type Next = { again: true } | { begin: Begun }

class Play {
  private readonly saved: Saved
  private readonly scene: Scene
  private readonly understand: Understand
  private input: Input | undefined
  private readonly opened: string | undefined
  private parts: Part[] = []
  private asked: Message | undefined
  private pressed: Value | undefined
  private next: Next | undefined
  private control: string | undefined
  /** True once this message has answered its question: what stood behind it may come back. */
  private answered = false
  private aside: Accept<unknown> | undefined

  constructor(saved: Saved, scene: Scene, understand: Understand, input: Input | undefined) {
    this.saved = saved
    this.scene = scene
    this.understand = understand
    this.input = input
    this.opened = saved.open
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
    this.keepLate()
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

  /** An answer that no question took, because a new version of the flow asks something else first. */
  private keepLate() {
    const { input, opened, saved } = this
    if (input && opened && this.asked && opened !== saved.open) saved.late = { key: opened, input }
  }

  private dialog(wait: (key: string) => Promise<never>, stop: () => Promise<never>): Dialog {
    const { saved, scene } = this
    return {
      ...scene,
      given: saved.given,
      say: (key, values) => this.say(key, values),
      choose: async (key, choices, more = {}) => {
        const asked = { choices, accept: undefined, more }
        const answer = this.kept(key, asked) ?? (await this.question(key, asked, wait))
        return ('chosen' in answer ? answer.chosen : '') as never
      },
      ask: async (key, accept, more = {}) => {
        const asked = { choices: [], accept, more }
        const answer = this.kept(key, asked) ?? (await this.question(key, asked, wait))
        return 'said' in answer ? answer.said : stop()
      },
      askOrChoose: async (key, accept, choices, more = {}) => {
        const asked = { choices, accept, more }
        return (this.kept(key, asked) ?? (await this.question(key, asked, wait))) as never
      },
      once: (key, deed) => this.once(key, deed),
      note: name => {
        saved.answers[`!note.${name}`] ??= true
      },
      noted: name => `!note.${name}` in saved.answers,
      asides: accept => {
        this.aside = accept
        return (saved.asides ?? []) as never
      },
      keysOf: key => Object.keys(saved.answers).filter(kept => kept === key || kept.startsWith(`${key}#`)),
      again: (through, changed) => {
        reopen(saved, through, changed)
        this.next = { again: true }
        return stop()
      },
      waiting: flow => this.waiting(flow),
      begin: (flow, given = {}) => {
        this.next = { begin: { flow, given } }
        return stop()
      },
      resume: (flow, ...asides) => {
        this.next = { begin: { flow, given: {}, resume: true, asides } }
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
    keepAnswer(this.saved, name, result ?? null)
    return result
  }

  private async waiting(flow: string) {
    const { store, me } = this.scene
    const row = await findDialog<Saved>(store, me.id, flow)
    if (!row || row.state.step === 0) return undefined
    return { given: row.state.given, answered: hasAnswers(row.state) }
  }

  /** What is answered already is not waited for: a long flow asks a dozen such questions on every message. */
  private kept<T>(key: string, asked: Asked<T>): Answer<T> | undefined {
    const kept = this.saved.answers[key] as Answer<T> | undefined
    return kept && stillOffered(kept, asked) ? kept : undefined
  }

  private async question<T>(
    key: string,
    asked: Asked<T>,
    wait: (key: string) => Promise<never>,
  ): Promise<Answer<T>> {
    const answer = this.answerTo(key, asked)
    if (answer && 'retry' in answer) {
      // What was kept for later was no wrong answer.
      if (answer.retry.key !== 'aside.kept') this.saved.misses += 1
      return this.wait(key, asked, wait, answer.retry)
    }
    if (!answer || !stillOffered(answer, asked)) return this.wait(key, asked, wait)
    this.saved.misses = 0
    this.saved.step += 1
    this.answered = true
    keepAnswer(this.saved, key, answer)
    forgetPast(this.saved, key, 'chosen' in answer)
    return answer
  }

  /** What was just said to this question, or before: stepped back over, or when it had to wait for another. */
  private answerTo<T>(key: string, asked: Asked<T>): Answer<T> | { retry: Part } | undefined {
    const { saved, input } = this
    if (saved.open === key && !this.answered) {
      this.input = undefined
      return input && this.answer(input, asked)
    }
    if (!this.answered) return undefined
    const { late } = saved
    if (late?.key === key) {
      delete saved.late
      const answer = this.answer(late.input, asked)
      this.control = undefined
      return answer
    }
    return saved.past?.[key] as Answer<T> | undefined
  }

  private answer<T>(input: Input, asked: Asked<T>): Answer<T> | { retry: Part } | undefined {
    if ('option' in input) {
      this.pressed = optionsOf(asked.choices).find(option => option.id === input.option)?.label
      return { chosen: input.option }
    }
    const { saved, understand, aside } = this
    const heard = hear(input.said, asked, {
      // In a cry for help only a plain choice counts: «упала и не дышит» is no wish for medicines.
      understand: (said, options, more) =>
        understand(said, options, input.alarm ? { ...more, free: true } : more),
      aside: input.alarm ? undefined : aside,
      maybe: saved.maybe,
    })
    delete saved.maybe
    if ('control' in heard) {
      this.control = heard.control
      return undefined
    }
    const { aside: told, ...answer } = heard
    if (told !== undefined) saved.asides = [...(saved.asides ?? []), told]
    if (!('retry' in answer)) return answer
    // Nobody who has just called for help is told that they said the wrong thing.
    if (input.alarm) return undefined
    if (answer.maybe) saved.maybe = answer.maybe
    return { retry: answer.retry }
  }

  private wait<T>(
    key: string,
    { choices, more }: Asked<T>,
    wait: (key: string) => Promise<never>,
    retry?: Part,
  ): Promise<never> {
    this.saved.open = key
    const above = retry ? [retry, ...(this.saved.misses === hintAt ? [{ key: 'err.person' }] : [])] : []
    this.asked = {
      parts: [...this.parts, ...above, ...(more.above ?? []), partOf(key, more.values)],
      options: optionsOf(choices),
      ...(more.requests && { requests: more.requests }),
    }
    return wait(key)
  }
}

function partOf(key: string, values?: Part['values']): Part {
  const [localeKey = key] = key.split('#')
  return values ? { key: localeKey, values } : { key: localeKey }
}
