import { type Message, type Part, part } from './message.ts'
import type { Confirmation } from './request.ts'

/** How the helper found the older person. */
export const moods = ['good', 'so-so', 'low'] as const
export type Mood = (typeof moods)[number]

/** What the question to the helper needs to know of the help, and what they have answered already. */
export interface GivenHelp {
  requestId: string
  number: number
  confirmation: Confirmation | null
  mood: Mood | null
  /** True once they left a note for the next helper. */
  noted: boolean
}

/**
 * The thanks for a confirmed help, and what only the helper can tell: how the older person is, and what the next
 * helper should know. Neither has to be answered; what is answered stands in place of its buttons.
 */
export function afterHelp({ requestId, number: num, confirmation, mood, noted }: GivenHelp): Message {
  const { parts, options = [] } = askMood(requestId)
  const [question] = parts
  const answered: Part[] =
    question && mood ? [part('echo', { text: question, chosen: moodLabel(mood) })] : [...parts]
  return {
    parts: [
      part(confirmation === 'door' ? 'done.confirmed' : 'task.thanks', { num }),
      ...answered,
      part(noted ? 'note.kept' : 'note.ask'),
    ],
    options: [
      ...(mood ? [] : options),
      ...(noted ? [] : [{ id: `note:${requestId}`, label: { key: 'note.yes' } }]),
      { id: 'do:menu', label: { key: 'menu' } },
    ],
  }
}

export function askMood(requestId: string): Message {
  const options = moods.map(mood => ({ id: `mood:${requestId}:${mood}`, label: moodLabel(mood) }))
  return { parts: [part('mood.ask')], options }
}

function moodLabel(mood: Mood): { key: string } {
  return { key: `mood.${mood}` }
}
