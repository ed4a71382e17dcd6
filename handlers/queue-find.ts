import { type Found, searchQueue } from '../db/search.ts'
import { categoryLabel } from '../domain/cards.ts'
import { part } from '../domain/message.ts'
import { readNumbers, readSearch } from '../domain/search-words.ts'
import type { Accept, Choice, Dialog } from './dialog.ts'

/** A number, several numbers, a phone, a name. */
export const acceptTyped: Accept<string> = said => {
  const text = said.type === 'text' ? said.text.trim() : ''
  return readNumbers(text) || readSearch(text) ? { value: text } : { retry: part('queue.find.want') }
}

/** Several numbers are a selection; anything else is looked for. */
export function followTyped(dialog: Dialog, text: string): Promise<never> {
  const numbers = readNumbers(text)
  if (numbers) return dialog.begin('queue-several', { ...dialog.given, numbers: numbers.join(' ') })
  return dialog.begin('queue', { search: text })
}

/** What was found, to open one. A number or a phone that leads to one request opens it; a name may be another's. */
export async function findRequests(dialog: Dialog, text: string): Promise<void> {
  const { store, me, at } = dialog
  const sought = readSearch(text)
  const found = await dialog.once('found', async () => {
    const all = sought ? await searchQueue(store, me.roles, sought, at) : []
    return all.map(entry => ({ ...entry, name: shortName(entry.name) }))
  })
  const [only] = found
  if (!only || !sought) {
    dialog.say('queue.find.none')
    return dialog.begin('queue')
  }
  if (found.length === 1 && !('name' in sought)) return dialog.begin('request', { request: only.id })
  const key = 'name' in sought ? 'queue.named' : 'queue.numbered'
  const choices = [...found.map(entry => choiceOf(key, entry)), 'queue.back']
  const answer = await dialog.askOrChoose('queue.found', acceptTyped, choices)
  if ('said' in answer) return followTyped(dialog, answer.said)
  if (answer.chosen === 'queue.back') return dialog.begin('queue')
  return dialog.begin('request', { request: answer.chosen, search: text })
}

function choiceOf(key: string, { id, number, year, category, districtId, name }: Found): Choice<string> {
  const cat = categoryLabel(category)
  const values = { num: number, year: String(year), cat, district: { district: districtId }, name }
  return { id, label: { key, values } }
}

/** Enough to tell people apart, and what stays in a chat names nobody in full: «Зейнеп А.» */
export function shortName(name: string): string {
  const [first = '', ...rest] = name.trim().split(/\s+/)
  return [first, ...rest.slice(0, 1).map(word => `${[...word][0]}.`)].join(' ')
}
