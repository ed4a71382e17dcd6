import { record } from '../db/audit.ts'
import {
  becomeCoordinator,
  findInvitation,
  type Invitation,
  readInvitation,
  takeUse,
} from '../db/invitations.ts'
import { decide } from '../db/vetting.ts'
import type { Volunteer } from '../db/volunteers.ts'
import { placeOfTerritory } from '../domain/news.ts'
import { covers } from '../domain/roles.ts'
import type { Reaction, Scene, Tap } from './dialog.ts'
import { guessedTooOften, recordGuess } from './guessed.ts'
import { holds } from './mine.ts'

/** A start code of an invitation. Who tries codes that nobody made has to wait. */
export const accept: Reaction = async tap => {
  const { store, at } = tap
  if (await guessedTooOften(tap)) {
    tap.say('invite.tooMany')
    return undefined
  }
  const invitation = await readInvitation(store, tap.words[0] ?? '', at)
  if (invitation === 'unknown') await recordGuess(tap)
  if (invitation === 'unknown' || invitation === 'over') tap.say('invite.bad')
  else if (invitation.kind === 'volunteer') beginForm(tap, invitation)
  else await join(tap, invitation)
  return undefined
}

async function join(tap: Tap, invitation: Invitation) {
  const { store, me, at } = tap
  // Who holds it already leaves the use to somebody else.
  const held = holds(tap, invitation)
  if (!held && !(await becomeCoordinator(store, invitation, { personId: me.id, at }))) {
    tap.say('invite.bad')
    return
  }
  const fact = { actorId: me.id, subjectId: me.id, regionId: invitation.regionId }
  if (!held) await record(store, { at, act: 'coordinator.joined', ...fact })
  tap.say('invite.welcome', { where: placeOfTerritory(invitation) })
  tap.begin('coordinator-name')
}

/** The use is taken when the form is sent, so that a form left half-done costs nobody theirs. */
function beginForm(tap: Tap, invitation: Invitation) {
  if (tap.me.volunteer !== 'approved' && tap.me.volunteer !== 'suspended')
    tap.say('invite.volunteer.welcome', { where: placeOfTerritory(invitation) })
  tap.begin('volunteer', { invitation: invitation.id })
}

/**
 * Approves the form of an invited volunteer at once. False if a coordinator has to look at it: the invitation is
 * over, a district lies outside its territory, or this person was declined before.
 */
export async function approveInvited(
  { store, me, at }: Scene,
  candidate: Volunteer,
  invitationId: string,
): Promise<boolean> {
  const invitation = await findInvitation(store, invitationId)
  const { personId, regionId, districtIds } = candidate
  const by = invitation?.createdBy
  if (!invitation || !by || invitation.kind !== 'volunteer' || me.volunteer === 'declined') return false
  if (!districtIds.every(districtId => covers(invitation, { regionId, districtId }))) return false
  if (!(await takeUse(store, { id: invitation.id, personId, at }))) return false
  if (!(await decide(store, personId, { status: 'approved', by, at, from: ['pending'] }))) return false
  const note = { invited: true }
  await record(store, { at, act: 'volunteer.approved', actorId: by, subjectId: personId, regionId, note })
  return true
}
