import { record } from '../db/audit.ts'
import { bindGroup, findGroup, leaveGroup, listGroupDistricts, noteGroup, unbindGroup } from '../db/groups.ts'
import { listUnposted } from '../db/requests.ts'
import { announceAgain } from '../deeds/announce.ts'
import { districts } from '../domain/districts.ts'
import { type MessageOption, part } from '../domain/message.ts'
import { findDistricts } from '../domain/places.ts'
import type { Reaction, Tap } from './dialog.ts'
import { holds } from './mine.ts'

const choicesMax = 8
/** So many at once a group can still read. */
const unpostedMax = 20

/** The bot was added to a group: a coordinator is asked to say which district the group is for. */
export const joined: Reaction = async tap => {
  const { store, me, at, chat } = tap
  await noteGroup(store, { channel: chat.channel, chat: chat.id }, { language: me.language, at })
  tap.say('group.hello')
  return undefined
}

export const left: Reaction = async tap => {
  await leaveGroup(tap.store, { channel: tap.chat.channel, chat: tap.chat.id })
  return undefined
}

/** `/bind` inside a group, by a coordinator: alone it offers districts, with a few letters it finds one. */
export const bind: Reaction = async tap => {
  if (tap.chat.kind !== 'group') {
    tap.say('group.inside')
    return undefined
  }
  if (tap.me.roles.length === 0) {
    tap.say('group.coordinatorOnly')
    return undefined
  }
  const typed = tap.words.join(' ').trim()
  const found = (typed ? findDistricts(typed) : districts).filter(district => mayBind(tap, district))
  const [only] = found
  if (only && found.length === 1) return bindTo(tap, only.id)
  if (found.length === 0 || found.length > choicesMax) {
    tap.say(found.length === 0 ? 'group.noDistrict' : 'group.typeDistrict')
    return undefined
  }
  const options = found.map(
    ({ id }, n): MessageOption => ({ id: `bindto:${id}`, label: { district: id }, number: n + 1 }),
  )
  tap.say('group.which', undefined, { options })
  return undefined
}

export const bindToPressed: Reaction = async tap => bindTo(tap, tap.words[0] ?? '')

async function bindTo(tap: Tap, districtId: string) {
  const { store, me, at, chat } = tap
  const district = districts.find(({ id }) => id === districtId)
  if (chat.kind !== 'group' || !district || !mayBind(tap, district)) return { notice: part('act.notYours') }
  const here = { channel: chat.channel, chat: chat.id }
  const group =
    (await findGroup(store, here)) ?? (await noteGroup(store, here, { language: me.language, at }))
  await bindGroup(store, group.id, { districtId, by: me.id, language: me.language })
  const fact = { actorId: me.id, subjectId: group.id, regionId: district.region, note: { districtId } }
  await record(store, { at, act: 'group.bound', ...fact })
  await sayBound(tap, group.id)
  // What was asked for before there was a group to hear it.
  const place = { regionId: district.region, districtId }
  for (const request of await listUnposted(store, place, unpostedMax))
    await announceAgain(store, request.id, at)
  return undefined
}

/** A district pressed under the list of those bound is taken away: a mistake must not need an engineer. */
export const unbind: Reaction = async tap => {
  const { store, me, at, chat } = tap
  const district = districts.find(({ id }) => id === tap.words[0])
  const group = await findGroup(store, { channel: chat.channel, chat: chat.id })
  if (!district || !group || !mayBind(tap, district)) return { notice: part('act.notYours') }
  if (!(await unbindGroup(store, group.id, district.id))) return { notice: part('group.unbound') }
  const note = { districtId: district.id }
  const fact = { actorId: me.id, subjectId: group.id, regionId: district.region, note }
  await record(store, { at, act: 'group.unbound', ...fact })
  await sayBound(tap, group.id)
  return { notice: part('group.unbound') }
}

async function sayBound(tap: Tap, groupId: string) {
  const bound = await listGroupDistricts(tap.store, groupId)
  if (bound.length === 0) return tap.say('group.free')
  const options = bound.map(id => ({ id: `unbind:${id}`, label: { district: id } }))
  tap.say('group.bound', { districts: { list: bound.map(id => ({ district: id })) } }, { options })
}

function mayBind(tap: Tap, { id, region }: { id: string; region: string }): boolean {
  return holds(tap, { regionId: region, districtId: id })
}
