import { record } from '../db/audit.ts'
import { createInvitation, useInvitation } from '../db/coordinators.ts'
import { districts } from '../domain/districts.ts'
import type { Value } from '../domain/message.ts'
import { sortByName } from '../domain/places.ts'
import type { Role } from '../domain/roles.ts'
import type { Choice, Dialog, Reaction } from './dialog.ts'
import { askPlace } from './place.ts'

export const invitationDays = 7

/** A coordinator invites another for their own territory or a part of it, by a code that works once. */
export async function invite(dialog: Dialog): Promise<void> {
  const territory = await askTerritory(dialog)
  const code = await dialog.once('code', async () => {
    const { store, me, at } = dialog
    const expiresAt = new Date(at.getTime() + invitationDays * 86_400_000)
    await record(store, { at, act: 'coordinator.invited', actorId: me.id, regionId: territory.regionId })
    return createInvitation(store, { ...territory, createdBy: me.id, at, expiresAt })
  })
  dialog.say('invite.code', {
    where: whereOf(territory),
    link: dialog.startLink(`i-${code}`),
    n: invitationDays,
  })
}

/** A start code of an invitation: the role is given once. */
export const accept: Reaction = async tap => {
  const { store, me, at } = tap
  const role = await useInvitation(store, { code: tap.words[0] ?? '', personId: me.id, at })
  if (!role) {
    tap.say('invite.bad')
    return undefined
  }
  await record(store, {
    at,
    act: 'coordinator.joined',
    actorId: me.id,
    subjectId: me.id,
    regionId: role.regionId,
  })
  tap.say('invite.welcome', { where: whereOf(role) })
  tap.begin('coordinator-name')
  return undefined
}

async function askTerritory(dialog: Dialog): Promise<Role> {
  const own = await askOwn(dialog)
  if (own.districtId) return own
  const wide: Choice<string> = { id: 'whole', label: whereOf(own) }
  const scope = await dialog.choose('invite.where', [wide, 'invite.part'])
  if (scope === 'whole') return own
  if (own.regionId) return { ...own, districtId: await askDistrict(dialog, own.regionId) }
  const place = await askPlace(dialog, 'place.region')
  const part = await dialog.choose('invite.part.which', [
    { id: 'region', label: { region: place.regionId } },
    { id: 'district', label: { district: place.districtId } },
  ])
  return { ...own, regionId: place.regionId, districtId: part === 'region' ? null : place.districtId }
}

/** Who holds several territories says for which one. */
async function askOwn(dialog: Dialog): Promise<Role> {
  const { roles } = dialog.me
  const [first] = roles
  if (!first) throw new Error('Only coordinators invite')
  if (roles.length === 1) return first
  const named = new Map(roles.map(role => [role.districtId ?? role.regionId ?? 'country', role]))
  const choices = [...named].map(([id, role]) => ({ id, label: whereOf(role) }))
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

function whereOf(role: Role): Value {
  if (role.districtId) return { district: role.districtId }
  return role.regionId ? { region: role.regionId } : { key: 'place.country' }
}
