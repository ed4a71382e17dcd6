import { beforeEach, expect, test } from 'vitest'
import { newDataKey, openKeyring } from '../../db/cipher.ts'
import type { Store } from '../../db/client.ts'
import { setReachable } from '../../db/people.ts'
import { recognisePerson } from '../../db/recognise.ts'
import { noteOtherId } from '../../db/same-person.ts'
import { findLastInbound } from '../../db/undelivered.ts'
import { emptyDatabase, testDatabase } from '../town/database.ts'
import { noon } from '../town/quick.ts'

/** Who may be written to first: an answer that no restart forgets. */
const database = testDatabase()
const channel = 'whatsapp'
let store: Store

beforeEach(async () => {
  await emptyDatabase(database.db)
  store = { db: database.db, keys: openKeyring(newDataKey()) }
})

const acts = (externalId: string, inPrivate: boolean) =>
  recognisePerson(store, { channel, externalId, inPrivate, at: noon })
const wroteAt = (chat: string) => findLastInbound(store, { channel, chat })

test('who wrote in private has, by whichever id of the account', async () => {
  const { id: personId } = await acts('77010000001', true)
  await noteOtherId(store, { channel, externalId: 'KZ.1', personId, at: noon })
  expect([await wroteAt('77010000001'), await wroteAt('KZ.1')]).toEqual([noon, noon])
  expect(await findLastInbound(store, { channel: 'telegram', chat: '77010000001' })).toBeUndefined()
})

test('who only spoke in a group, has stopped the bot or never wrote has not', async () => {
  await acts('77010000002', false)
  await acts('77010000003', true)
  await setReachable(store, { channel, externalId: '77010000003' }, false)
  const chats = ['77010000002', '77010000003', '77010000004']
  expect(await Promise.all(chats.map(wroteAt))).toEqual([undefined, undefined, undefined])
})
