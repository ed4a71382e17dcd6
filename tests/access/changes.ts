import type { Database } from '../../db/client.ts'
import { sql } from '../../db/drizzle.ts'
import { farDistrict, otherDistrict } from '../town/quick.ts'
import type { RoleName, World } from './world.ts'

type Change = (world: World, role: RoleName) => ReturnType<typeof sql>[]

/** What may happen to somebody, or to what they are at, between the beginning of a deed and its last step. */
export const changes = {
  /** Only the last step is looked at. */
  nothing: () => [],
  'their role is revoked': (world, role) => [
    sql`update roles set revoked_at = now() where ${their(world, role)}`,
  ],
  'they coordinate another district': (world, role) => [
    sql`update roles set region_id = '10', district_id = ${otherDistrict} where ${their(world, role)}`,
  ],
  'they are cleared no more': (world, role) => [
    sql`update roles set cleared = false where ${their(world, role)}`,
  ],
  'the colleague coordinates elsewhere': world => [
    sql`update roles set region_id = '75', district_id = ${farDistrict} where ${their(world, 'district')}`,
  ],
  'the colleague’s role is over': world => [
    sql`update roles set revoked_at = now() where ${their(world, 'district')}`,
  ],
  'the absence is over': () => [sql`update absences set ended_at = now()`],
  'it belongs to another region': () => [
    sql`update requests set region_id = '75', district_id = ${farDistrict}`,
    sql`update alerts set region_id = '75', district_id = ${farDistrict}`,
    sql`update elders set region_id = '75', district_id = ${farDistrict}`,
    sql`update volunteers set region_id = '75'`,
    sql`update volunteer_districts set district_id = ${farDistrict}`,
  ],
  'it becomes restricted': () => [sql`update requests set route = 'restricted'`],
  'it is closed': () => [
    sql`update requests set status = 'closed', outcome = 'unmet', closed_at = now() where status <> 'closed'`,
  ],
  'they are suspended': (world, role) => [
    sql`update volunteers set status = 'suspended' where person_id = ${world.people[role].personId}`,
  ],
  'another holds it': world => [
    sql`update assignments set volunteer_id = ${world.people.approved.personId} where ended_at is null`,
  ],
  'the helper is suspended': world => [
    sql`update volunteers set status = 'suspended' where person_id = ${world.people.approved.personId}`,
  ],
  'the helper moves away': world => [
    sql`update volunteer_districts set district_id = ${otherDistrict} where person_id = ${world.people.approved.personId}`,
  ],
  'she has not agreed': () => [sql`update elders set agreed = false`],
  'they are family no more': () => [sql`delete from relatives`, sql`update elders set person_id = null`],
} as const satisfies Record<string, Change>
export type ChangeName = keyof typeof changes

export async function happen(db: Database, name: ChangeName, world: World, role: RoleName) {
  const change: Change = changes[name]
  for (const statement of change(world, role)) await db.execute(statement)
}

function their(world: World, role: RoleName) {
  return sql`person_id = ${world.people[role].personId}`
}
