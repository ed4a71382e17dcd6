import { isQueueFilter, listActiveByNumber, type QueueFilter } from '../db/queue.ts'
import { selectionMax } from '../domain/search-words.ts'
import type { Choice, Dialog } from './dialog.ts'
import { actOnSeveral, type Chosen, listOf, nowChosen } from './queue-bulk.ts'
import { choiceOf, type Line, readPage } from './queue-list.ts'

const pressesMax = 100

/** Several requests at once: pressed in a list, or typed as numbers; then what to do with all of them. */
export async function several(dialog: Dialog): Promise<void> {
  const { filter, numbers } = dialog.given
  const chosen = numbers
    ? await byNumbers(dialog, numbers.split(' ').map(Number))
    : isQueueFilter(filter)
      ? await byPresses(dialog, filter)
      : []
  if (chosen.length > 0) await actOnSeveral(dialog, chosen)
  const { numbers: _, ...cameFrom } = dialog.given
  return dialog.begin('queue', cameFrom)
}

/** A number that is not there, or stands for several in different regions, is said and left out. */
async function byNumbers(dialog: Dialog, numbers: readonly number[]): Promise<Chosen[]> {
  const { store, me } = dialog
  const found = await dialog.once('numbered', () => listActiveByNumber(store, me.roles, numbers))
  const chosen = found.filter(({ number }) => found.filter(other => other.number === number).length === 1)
  const left = numbers.filter(number => !chosen.some(one => one.number === number))
  if (left.length > 0) dialog.say('several.left', { nums: listOf(left) })
  return chosen
}

/** A press adds a request or takes it away; what is chosen stands above. */
async function byPresses(dialog: Dialog, filter: QueueFilter): Promise<Line[]> {
  let chosen: Line[] = []
  let page = await readPage(dialog, filter, 0, dialog.given.after)
  for (let n = 0, pages = 1; n < pressesMax; n++) {
    const above = chosen.length > 0 ? [nowChosen(chosen)] : []
    const more = page.end ? ['cat.more'] : []
    const enough = chosen.length > 0 ? ['several.enough'] : []
    const choices: Choice<string>[] = [...page.lines.map(choiceOf), ...more, ...enough, 'queue.back']
    const pressed = await dialog.choose(n === 0 ? 'several.pick' : `several.pick#${n}`, choices, { above })
    if (pressed === 'queue.back') return []
    if (pressed === 'several.enough') return chosen
    if (pressed === 'cat.more') page = await readPage(dialog, filter, pages++, page.end)
    else chosen = toggled(chosen, page.lines, pressed)
  }
  return chosen
}

function toggled(chosen: Line[], lines: readonly Line[], id: string): Line[] {
  const without = chosen.filter(line => line.id !== id)
  if (without.length < chosen.length) return without
  return [...chosen, ...lines.filter(line => line.id === id)].slice(0, selectionMax)
}
