import { districts } from '../domain/districts.ts'
import { placeOfTerritory } from '../domain/news.ts'
import { sortByName } from '../domain/places.ts'
import type { Role } from '../domain/roles.ts'
import type { Choice, Dialog } from './dialog.ts'
import { askPlace } from './place.ts'

export { holds } from './mine.ts'

/** Asks for a territory inside the coordinator's own: the whole of it or a part. `question` is for which deed. */
export async function askTerritory(
  dialog: Dialog,
  question: string,
  roles: readonly Role[] = dialog.me.roles,
): Promise<Role> {
  const { regionId, districtId, cleared } = await askOwn(dialog, roles)
  const own = { regionId, districtId, cleared }
  if (districtId) return own
  const wide: Choice<string> = { id: 'whole', label: placeOfTerritory(own) }
  const scope = await dialog.choose(question, [wide, 'invite.part'])
  if (scope === 'whole') return own
  if (regionId) return { ...own, districtId: await askDistrict(dialog, regionId) }
  const place = await askPlace(dialog, 'place.region')
  const part = await dialog.choose('invite.part.which', [
    { id: 'region', label: { region: place.regionId } },
    { id: 'district', label: { district: place.districtId } },
  ])
  return { ...own, regionId: place.regionId, districtId: part === 'region' ? null : place.districtId }
}

/** Who holds several territories says for which one. */
async function askOwn(dialog: Dialog, roles: readonly Role[]): Promise<Role> {
  const [first] = roles
  if (!first) throw new Error('Only coordinators have a territory')
  if (roles.length === 1) return first
  const named = new Map(roles.map(role => [role.districtId ?? role.regionId ?? 'country', role]))
  const choices = [...named].map(([id, role]) => ({ id, label: placeOfTerritory(role) }))
  return named.get(await dialog.choose('invite.own', choices)) ?? first
}

async function askDistrict(dialog: Dialog, regionId: string): Promise<string> {
  const own = sortByName(
    districts.filter(({ region }) => region === regionId),
    dialog.me.language,
  )
  return dialog.choose(
    'place.district',
    own.map(({ id }) => ({ id, label: { district: id } })),
  )
}
