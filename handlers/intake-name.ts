import { isDoubtfulName, nameTold } from '../domain/told-name.ts'
import { acceptName } from './accept.ts'
import type { Accept, Dialog } from './dialog.ts'

/** The older person's name. What looks like anything else is asked about once; people are called many things. */
export async function askName(dialog: Dialog, self: boolean): Promise<string> {
  const key = self ? 'name.ask' : 'name.other'
  const name = await dialog.ask(key, acceptTold)
  if (!isDoubtfulName(name)) return name
  const answer = await dialog.askOrChoose('name.sure', acceptTold, ['name.keep', 'name.anew'], {
    values: { name },
    yesNo: true,
  })
  if ('said' in answer) return answer.said
  return answer.chosen === 'name.keep' ? name : dialog.ask(`${key}#1`, acceptTold)
}

/** The keys that `askName` has asked, for asking anew. */
export function nameKeys(dialog: Dialog): string[] {
  return [...dialog.keysOf('name.ask'), ...dialog.keysOf('name.other'), 'name.sure']
}

const acceptTold: Accept<string> = said => {
  const taken = acceptName(said)
  return taken && 'value' in taken ? { value: nameTold(taken.value) } : taken
}
