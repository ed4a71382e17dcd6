import { record } from '../db/audit.ts'
import { bindGroup, findGroup, leaveGroup, listGroupDistricts, noteGroup } from '../db/groups.ts'
import { districts } from '../domain/districts.ts'
import { type MessageOption, part } from '../domain/message.ts'
import { findDistricts } from '../domain/places.ts'
import { covers } from '../domain/roles.ts'
import type { Reaction, Tap } from './dialog.ts'

const choicesMax = 8

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
  const options: MessageOption[] = found.map(({ id }) => ({ id: `bindto:${id}`, label: { district: id } }))
  tap.say('group.which', undefined, { options })
  return undefined
}

export const bindToPressed: Reaction = async tap => bindTo(tap, tap.words[0] ?? '')

async function bindTo(tap: Tap, districtId: string) {
  const { store, me, at, chat } = tap
  const district = districts.find(({ id }) => id === districtId)
  if (chat.kind !== 'group' || !district || !mayBind(tap, district)) return { notice: part('act.notYours') }
  const place = { channel: chat.channel, chat: chat.id }
  const group =
    (await findGroup(store, place)) ?? (await noteGroup(store, place, { language: me.language, at }))
  await bindGroup(store, group.id, { districtId, by: me.id, language: me.language })
  await record(store, {
    at,
    act: 'group.bound',
    actorId: me.id,
    subjectId: group.id,
    regionId: district.region,
    note: { districtId },
  })
  const bound = await listGroupDistricts(store, group.id)
  tap.say('group.bound', { districts: { list: bound.map(id => ({ district: id })) } })
  return undefined
}

function mayBind(tap: Tap, district: { id: string; region: string }): boolean {
  return tap.me.roles.some(role => covers(role, { regionId: district.region, districtId: district.id }))
}
