import type { StaffRole } from '../db/staff.ts'
import { endRole, type RoleEnd } from '../deeds/end-role.ts'
import { part } from '../domain/message.ts'
import { placeOfTerritory } from '../domain/news.ts'
import { tidyText } from '../domain/words-told.ts'
import type { Accept, Dialog } from './dialog.ts'
import { holdMyStaff, listMyStaff } from './mine.ts'

const pageSize = 7
const pagesMax = 200

/** The coordinators for whom one answers, by page or by name, and the end of a role after a question. */
export async function coordinators(dialog: Dialog): Promise<void> {
  const { name = '' } = dialog.given
  for (let n = 0; n < pagesMax; n++) {
    const found = await dialog.once(`page.${n}`, () => page(dialog, name, n))
    if (found.length === 0) {
      dialog.say(name ? 'vols.none' : 'role.none')
      return name ? dialog.begin('coordinators') : undefined
    }
    const more = found.length > pageSize ? ['cat.more'] : []
    const shown = found.slice(0, pageSize).map(choiceOf)
    const key = n === 0 ? 'role.list' : `role.list#${n}`
    const answer = await dialog.askOrChoose<string, string>(key, acceptQuery, [...shown, ...more])
    if ('said' in answer) return dialog.begin('coordinators', { name: answer.said })
    const role = found.find(({ id }) => id === answer.chosen)
    if (role) return askToEnd(dialog, role)
  }
}

async function page(dialog: Dialog, name: string, n: number): Promise<StaffRole[]> {
  const staff = await listMyStaff(dialog, name)
  return staff.slice(n * pageSize, (n + 1) * pageSize + 1)
}

async function askToEnd(dialog: Dialog, role: StaffRole): Promise<void> {
  const values = valuesOf(role)
  const answer = await dialog.choose('role.ask', ['role.end', 'vet.keep'], { values, yesNo: true })
  if (answer === 'vet.keep') return dialog.begin('coordinators')
  dialog.say(`role.${await dialog.once('ended', () => end(dialog, role.id))}`, values)
}

/** Whose territory it is, and whether one's own is still there, may have changed since the question. */
async function end(dialog: Dialog, roleId: string): Promise<RoleEnd | 'gone'> {
  const role = await holdMyStaff(dialog, roleId)
  return role ? endRole(dialog.store, role, { by: dialog.me.id, at: dialog.at }) : 'gone'
}

function choiceOf(role: StaffRole) {
  return { id: role.id, label: { key: 'absence.deputy', values: valuesOf(role) } }
}

function valuesOf(role: StaffRole) {
  return { name: role.name || { key: 'vols.unknown' }, where: placeOfTerritory(role) }
}

const acceptQuery: Accept<string> = said => {
  const name = said.type === 'text' ? tidyText(said.text).slice(0, 60) : ''
  return name ? { value: name } : { retry: part('err.wantText') }
}
