import type { Language } from '../domain/language.ts'
import type { Store } from './client.ts'
import { and, eq } from './drizzle.ts'
import { newId } from './ids.ts'
import { groupDistricts, groups } from './schema.ts'

export interface GroupChat {
  channel: string
  chat: string
}

/** Remembers a group that the bot was added to. */
export async function noteGroup(
  store: Store,
  chat: GroupChat,
  group: { language: Language; at: Date },
): Promise<{ id: string; language: Language }> {
  const [row] = await store.db
    .insert(groups)
    .values({ id: newId(), ...chat, language: group.language, active: true, createdAt: group.at })
    .onConflictDoUpdate({ target: [groups.channel, groups.chat], set: { active: true } })
    .returning({ id: groups.id, language: groups.language })
  if (!row) throw new Error('The group was neither found nor made')
  return { id: row.id, language: row.language as Language }
}

export async function findGroup(store: Store, chat: GroupChat) {
  const [row] = await store.db
    .select()
    .from(groups)
    .where(and(eq(groups.channel, chat.channel), eq(groups.chat, chat.chat)))
  return row
}

/** Ties a group to one more district. */
export async function bindGroup(
  store: Store,
  groupId: string,
  bind: { districtId: string; by: string; language: Language },
) {
  await store.db.insert(groupDistricts).values({ groupId, districtId: bind.districtId }).onConflictDoNothing()
  await store.db
    .update(groups)
    .set({ boundBy: bind.by, language: bind.language, active: true })
    .where(eq(groups.id, groupId))
}

export async function unbindGroup(store: Store, groupId: string, districtId: string): Promise<boolean> {
  const rows = await store.db
    .delete(groupDistricts)
    .where(and(eq(groupDistricts.groupId, groupId), eq(groupDistricts.districtId, districtId)))
    .returning({ districtId: groupDistricts.districtId })
  return rows.length > 0
}

export async function listGroupDistricts(store: Store, groupId: string): Promise<string[]> {
  const rows = await store.db
    .select()
    .from(groupDistricts)
    .where(eq(groupDistricts.groupId, groupId))
    .orderBy(groupDistricts.districtId)
  return rows.map(row => row.districtId)
}

/** Nobody hears these groups now: their districts are served as if there were none. */
export async function leaveAllGroups(store: Store, channel: string) {
  const here = and(eq(groups.channel, channel), eq(groups.active, true))
  await store.db.update(groups).set({ active: false }).where(here)
}

/** Whoever hears a group is in it: what rested meanwhile is served again. */
export async function wakeGroup(store: Store, { channel, chat }: GroupChat) {
  const here = and(eq(groups.channel, channel), eq(groups.chat, chat), eq(groups.active, false))
  await store.db.update(groups).set({ active: true }).where(here)
}

/** The bot was thrown out, or the chat is gone: nothing is posted there any more. */
export async function leaveGroup(store: Store, chat: GroupChat) {
  await store.db
    .update(groups)
    .set({ active: false })
    .where(and(eq(groups.channel, chat.channel), eq(groups.chat, chat.chat)))
}

/**
 * A group became a supergroup: the same group under another id. If the new id was noted as a group of its own
 * first, the one that is bound to districts stays.
 */
export async function moveGroup(store: Store, from: GroupChat, to: string) {
  const moving = await findGroup(store, from)
  if (!moving) return
  const there = await findGroup(store, { channel: from.channel, chat: to })
  if (there) {
    await store.db.delete(groupDistricts).where(eq(groupDistricts.groupId, there.id))
    await store.db.delete(groups).where(eq(groups.id, there.id))
  }
  await store.db.update(groups).set({ chat: to, active: true }).where(eq(groups.id, moving.id))
}
