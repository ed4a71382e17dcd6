import { countForgotten, type Idle, listForgotten, listIdle } from '../db/forgotten.ts'
import { join } from '../deeds/join.ts'
import { part } from '../domain/message.ts'
import { zoneOf } from '../domain/places.ts'
import { localDay } from '../domain/time.ts'
import { forgottenAfterDays } from '../domain/volunteer.ts'
import type { Dialog } from './dialog.ts'

const helpersMax = 3
const stepsMax = 200

/**
 * Nobody forgotten, nobody idle: one after another, an older person whom nobody has seen for long, beside helpers in
 * reach who never had a task or not for longest. One press asks that helper; see deeds/join.ts.
 */
export async function fairness(dialog: Dialog): Promise<void> {
  const { store, me, at } = dialog
  // Who was joined leaves the list, who was passed over stays in it.
  let passed = 0
  for (let n = 0; n < stepsMax; n++) {
    const offset = passed
    const shown = await dialog.once(`pair.${n}`, () => findPair(dialog, offset))
    if (!shown) return dialog.say(n === 0 ? 'fair.none' : 'fair.end')
    const { elder, idle, count } = shown
    const values = { name: elder.name, district: { district: elder.districtId }, days: elder.days }
    const above = [
      part('fair.count', { n: count, days: forgottenAfterDays }),
      part('fair.elder', values),
      ...(idle.length > 0 ? idle.map(lineOf) : [part('fair.nobody')]),
    ]
    const helpers = idle.map(({ personId, name }) => ({
      id: personId,
      label: { key: 'fair.join', values: { name } },
    }))
    const key = n === 0 ? 'fair.ask' : `fair.ask#${n}`
    const chosen = await dialog.choose(key, [...helpers, 'fair.next', 'fair.stop'], { above })
    if (chosen === 'fair.stop') return dialog.begin('start')
    if (chosen === 'fair.next') {
      passed += 1
      continue
    }
    const pair = { elderId: elder.elderId, volunteerId: chosen }
    const joined = await dialog.once(`join.${n}`, () => join(store, pair, { by: me, at }))
    if (joined === 'busy') passed += 1
    dialog.say(`fair.${joined}#${n}`, { name: elder.name })
  }
}

async function findPair({ store, me, at }: Dialog, offset: number) {
  const [elder] = await listForgotten(store, me.roles, { at, limit: 1, offset })
  if (!elder) return null
  const { elderId, regionId, districtId } = elder
  const near = { elderId, regionId, districtId, day: localDay(at, zoneOf(districtId)), at }
  const idle = await listIdle(store, near, helpersMax)
  return { elder, idle, count: await countForgotten(store, me.roles, at) }
}

function lineOf({ name, lastTaskAt }: Idle) {
  if (!lastTaskAt) return part('fair.never', { name })
  return part('fair.last', { name, day: { day: lastTaskAt, zone: zoneOf('') } })
}
