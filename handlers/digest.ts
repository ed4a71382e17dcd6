import { countDay } from '../db/digest.ts'
import { tellPerson } from '../db/outbox.ts'
import { digestMessage } from '../domain/digest-message.ts'
import { zoneOf } from '../domain/places.ts'
import type { Dialog } from './dialog.ts'

/** The day of the coordinator's territory, at any time they ask. */
export async function digest(dialog: Dialog): Promise<void> {
  const { store, me, at } = dialog
  await dialog.once('digest', async () => {
    const [first, ...rest] = me.roles
    if (!first) return null
    const facts = await countDay(store, [first, ...rest], { at, zone: zoneOf(first.regionId ?? '') })
    await tellPerson(store, me.id, { message: digestMessage(facts), at })
    return null
  })
}
