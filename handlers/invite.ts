import { record } from '../db/audit.ts'
import {
  createInvitation,
  findInvitation,
  type Invitation,
  type InvitationKind,
  listLivingInvitations,
  revokeInvitation,
} from '../db/invitations.ts'
import { editSent, tellPerson } from '../db/outbox.ts'
import { type Message, part } from '../domain/message.ts'
import { invitationRef } from '../domain/message-names.ts'
import { placeOfTerritory } from '../domain/news.ts'
import { zoneOf } from '../domain/places.ts'
import type { Role } from '../domain/roles.ts'
import { localDay } from '../domain/time.ts'
import type { Dialog, Reaction } from './dialog.ts'
import { holds, mayPassOn } from './mine.ts'
import { askTerritory } from './territory.ts'

export const invitationDays = 7
const listedMax = 8
const dayMs = 86_400_000
const uses: Readonly<Record<InvitationKind, readonly number[]>> = {
  coordinator: [1, 3, 10],
  volunteer: [1, 10, 50, 200],
}
const days = [1, invitationDays, 30]

/**
 * A coordinator invites others for their own territory or a part of it, or looks at the invitations that live and at
 * who has come by them.
 */
export async function invite(dialog: Dialog): Promise<void> {
  const whats = ['invite.coordinator', 'invite.volunteer', 'invite.list', 'role.all'] as const
  const what = await dialog.choose('invite.what', whats)
  if (what === 'invite.list') return showLiving(dialog)
  if (what === 'role.all') return dialog.begin('coordinators')
  const kind = what === 'invite.volunteer' ? 'volunteer' : 'coordinator'
  // What is held for somebody who is away is not passed on for good.
  const own = dialog.me.roles.filter(role => !role.lent)
  const chosen = await askTerritory(dialog, 'invite.where', own)
  const cleared = kind === 'coordinator' && chosen.cleared && (await askClearance(dialog))
  // Kept as it was chosen: whoever loses a territory meanwhile must not invite for another one instead.
  const territory = await dialog.once('for', async () => ({ ...chosen, cleared }))
  const usesMax = await askNumber(dialog, 'invite.uses', uses[kind])
  const daysMax = await askNumber(dialog, 'invite.days', days)
  await dialog.once('invited', () => makeInvitation(dialog, { kind, territory, usesMax, daysMax }))
}

interface Wanted {
  kind: InvitationKind
  territory: Role
  usesMax: number
  daysMax: number
}

/** The code goes into one sealed message, as a link and as a picture of it, and is kept nowhere. */
async function makeInvitation(dialog: Dialog, { kind, territory, usesMax, daysMax }: Wanted): Promise<null> {
  const { store, me, at } = dialog
  if (!mayPassOn(dialog, territory)) {
    await tellPerson(store, me.id, { message: { parts: [part('act.notYours')] }, at })
    return null
  }
  const { regionId } = territory
  const expiresAt = new Date(at.getTime() + daysMax * dayMs)
  const code = await createInvitation(store, { ...territory, kind, usesMax, createdBy: me.id, at, expiresAt })
  await record(store, { at, act: `${kind}.invited`, actorId: me.id, regionId, note: { usesMax, daysMax } })
  const link = dialog.startLink(`i-${code}`)
  const where = placeOfTerritory(territory)
  const title = part(`invite.${kind}.title`)
  const until = { date: localDay(expiresAt, zoneOf(regionId ?? '')) }
  const message = {
    parts: [part('invite.code', { kind: title, where, link, uses: usesMax, until })],
    options: [{ id: 'do:menu', label: { key: 'menu' } }],
    qr: { link, title, where },
  }
  await tellPerson(store, me.id, { message, at })
  return null
}

/** What is told of abuse and fraud is for few: not everybody who is invited by somebody cleared is cleared too. */
async function askClearance(dialog: Dialog): Promise<boolean> {
  return (await dialog.choose('invite.cleared', ['yes', 'no'], { yesNo: true })) === 'yes'
}

async function askNumber(dialog: Dialog, key: string, numbers: readonly number[]): Promise<number> {
  return Number(
    await dialog.choose(
      key,
      numbers.map(n => ({ id: String(n), label: n })),
    ),
  )
}

/** Each one under its own button, which takes it back. */
async function showLiving(dialog: Dialog): Promise<void> {
  const { store, me, at } = dialog
  const shown = await dialog.once('listed', async () => {
    const living = await listLivingInvitations(store, me.roles, at, listedMax)
    for (const invitation of living) await showOne(dialog, invitation)
    return living.length
  })
  dialog.say(shown > 0 ? 'invite.listed' : 'invite.none', { n: shown })
}

async function showOne({ store, me, at }: Dialog, invitation: Invitation) {
  const ref = invitationRef(invitation.id, me.id)
  // An older copy of it would keep a button and a number that is no longer true.
  const moved: Message = { parts: [part('invite.below')], uneditable: 'gone' }
  await editSent(store, ref, { message: moved, at, personId: me.id })
  const options = [{ id: `uninvite:${invitation.id}`, label: { key: 'invite.revoke' } }]
  await tellPerson(store, me.id, {
    message: { parts: [part('invite.one', factsOf(invitation))], options },
    at,
    ref,
  })
}

/** Takes an invitation back: from now on its link opens nothing. */
export const uninvite: Reaction = async tap => {
  const { store, me, at } = tap
  const invitation = await findInvitation(store, tap.words[0] ?? '')
  if (!invitation || !holds(tap, invitation)) return { notice: part('act.notYours') }
  if (!(await revokeInvitation(store, invitation.id, at))) return { notice: part('invite.over') }
  const { id: subjectId, regionId } = invitation
  await record(store, { at, act: 'invitation.revoked', actorId: me.id, subjectId, regionId })
  const parts = [part('invite.one', factsOf(invitation)), part('invite.revoked')]
  const message: Message = { parts, uneditable: 'gone' }
  await editSent(store, invitationRef(invitation.id, me.id), { message, at, personId: me.id })
  return { notice: part('invite.revoked') }
}

function factsOf(invitation: Invitation) {
  const { kind, uses: used, usesMax, expiresAt, regionId } = invitation
  return {
    kind: part(`invite.${kind}.title`),
    where: placeOfTerritory(invitation),
    used,
    uses: usesMax,
    until: { date: localDay(expiresAt, zoneOf(regionId ?? '')) },
  }
}
