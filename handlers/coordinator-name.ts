import { setName } from '../db/people.ts'
import { acceptName } from './accept.ts'
import type { Dialog } from './dialog.ts'

/** A new coordinator's name, as volunteers and askers will know them. */
export async function coordinatorName(dialog: Dialog): Promise<void> {
  const known = await dialog.once('name', async () => dialog.me.name)
  if (!known) {
    const name = await dialog.ask('name.ask', acceptName)
    await dialog.once('keep', async () => {
      await setName(dialog.store, dialog.me.id, name)
      return null
    })
  }
  return dialog.begin('start')
}
