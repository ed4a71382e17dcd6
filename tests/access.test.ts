import { beforeAll, expect, test } from 'vitest'
import { textOf } from '../bot/i18n.ts'
import * as contents from '../handlers/index.ts'
import { attempt, type Outcome } from './access/attempt.ts'
import { branches } from './access/branches.ts'
import { commands, flows, groupEvents, type Row, startCodes, taps } from './access/rows.ts'
import { openWorld, personal, type RoleName, roleNames, type World } from './access/world.ts'
import { testDatabase } from './town/database.ts'

const database = testDatabase()
let world: World
beforeAll(async () => {
  world = await openWorld(database)
}, 120_000)

const rows = [...taps, ...commands, ...flows, ...startCodes, ...groupEvents]

/** What a person reads who may not. */
const refusals = [
  'act.notYours',
  'err.command',
  'claim.gone',
  'claim.taken',
  'claim.own',
  'claim.elsewhere',
  'vol.pending',
  'vol.suspended',
  'task.notYours',
  'done.over',
  'approve.late',
  'note.late',
  'absence.gone',
  'invite.bad',
  'role.gone',
  'role.last',
  'chats.over',
]

test('everything a person can do has a row, and every row is about something they can do', () => {
  const known = [
    ...Object.keys(contents.taps).map(name => `tap:${name}`),
    ...Object.keys(contents.commands).map(name => `command:${name}`),
    ...Object.keys(contents.flows).map(name => `flow:${name}`),
    ...Object.keys(contents.startCodes).map(name => `start:${name}`),
    'group:bind',
  ]
  expect([...new Set(rows.map(({ of }) => of))].sort()).toEqual(known.sort())
})

test.each(rows.map(row => [`${row.of}${row.what ? `, ${row.what}` : ''}`, row] as const))(
  '%s',
  async (_, row) => {
    const faults: string[] = []
    for (const role of roleNames) {
      const fault = faultOf(row, role, await attempt(world, role, row.deed(world)))
      if (fault) faults.push(`${role} ${fault}`)
    }
    expect(faults).toEqual([])
  },
)

test.each(branches.map(branch => [`${branch.of}, ${branch.what}`, branch] as const))(
  '%s: what has changed meanwhile counts',
  async (_, { by, deed, changes, reads }) => {
    const faults: string[] = []
    for (const meanwhile of ['nothing', ...changes] as const) {
      const { changed, told, answer } = await attempt(world, by, { ...deed(world), meanwhile })
      const done = reads ? answer.includes(reads(world)) : changed || told
      if (done !== (meanwhile === 'nothing'))
        faults.push(`${meanwhile}: ${done ? 'done' : 'not done'} ${answer}`)
    }
    expect(faults).toEqual([])
  },
)

/** What is wrong with a cell of the table, if something is. */
function faultOf(row: Row, role: RoleName, { changed, told, answer, keys }: Outcome): string | undefined {
  const secrets = row.secret?.(world) ?? Object.values(personal)
  const read = secrets.find(secret => answer.includes(secret))
  if (read && !row.sees?.includes(role)) return `reads ${read}`
  const refused =
    keys.find(key => refusals.includes(key)) ?? refusals.find(key => answer.includes(textOf('ru', { key })))
  if (row.allowed.includes(role))
    return refused ? `is refused: ${refused}` : changed || told || answer ? undefined : 'hears nothing'
  if (changed) return 'changes something'
  if (told) return 'has somebody else told'
  const personalWord = Object.values(personal).find(word => answer.includes(word))
  return personalWord && `reads ${personalWord}`
}
