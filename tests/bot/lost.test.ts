import { expect, test } from 'vitest'
import { claimRequest } from '../../db/claims.ts'
import { newId } from '../../db/ids.ts'
import { alerts } from '../../db/schema.ts'
import { cardRef } from '../../domain/message-names.ts'
import { testDatabase } from '../town/database.ts'
import { openOffice } from '../town/office.ts'
import { request } from '../town/quick.ts'

const database = testDatabase()

test('that a card may be lost is written with its task for the coordinator, or not at all', async () => {
  const office = await openOffice(database)
  const { store } = office
  const [timur] = await office.crowd(1)
  const { id } = await request({ store, settle: office.drain }, { personId: newId() })
  const claim = { requestId: id, volunteerId: newId(), via: 'claim', at: office.now() } as const
  const assignment = await claimRequest(store, claim)
  await office.tell('card', { to: timur, resend: false, ref: cardRef(assignment?.id ?? '') })
  office.telegram.faults.next('sendMessage', { kind: 'html' })
  await store.db.execute('alter table alerts rename to away')
  await office.drain()
  await store.db.execute('alter table away rename to alerts')
  expect(await office.fates()).toEqual(['sending'])
  expect(office.log.join('')).toContain('could not be written down')
  expect(await store.db.$count(alerts)).toBe(0)

  office.wait(61)
  await office.drain()
  expect(await office.fates()).toEqual(['unknown'])
  expect(await store.db.$count(alerts)).toBe(1)
})
