import { expect, test } from 'vitest'
import type { Content, Inbound } from '../../bot/channel.ts'
import { textOf } from '../../bot/i18n.ts'
import { createLog } from '../../bot/logger.ts'
import { createRouter } from '../../bot/router.ts'
import { newDataKey, openKeyring } from '../../db/cipher.ts'
import { rowsOf, type Store } from '../../db/client.ts'
import { sql } from '../../db/drizzle.ts'
import { bindGroup, noteGroup } from '../../db/groups.ts'
import { setLanguage, setName } from '../../db/people.ts'
import { recognisePerson } from '../../db/recognise.ts'
import { outbox } from '../../db/schema.ts'
import { applyAsVolunteer, decideVolunteer } from '../../db/volunteers.ts'
import { emptyDatabase, testDatabase } from '../town/database.ts'
import { request, semey } from '../town/quick.ts'
import { allChannels, operator, type TestedChannel } from '../town/town.ts'

const database = testDatabase()
const helpersEach = 34
const at = new Date('2026-11-23T06:00:00Z')

test('a hundred claims at once across three messengers: one winner, and everybody else hears it kindly', async () => {
  await emptyDatabase(database.db)
  const store: Store = { db: database.db, keys: openKeyring(newDataKey()) }
  for (const channel of allChannels) await district(store, channel)
  const asker = await person(store, 'telegram', 'asker')
  const { id, number } = await request({ store, settle: async () => {} }, { personId: asker }, { at })

  const route = createRouter({
    store,
    operator,
    log: createLog('silent'),
    startLink: (_, code) => code,
    capabilitiesOf: channel => ({ options: channel === 'whatsapp' ? 'numbers' : 'rows' }),
    wake: () => {},
  })
  const press: Content = { type: 'button', data: `claim:${id}`, messageId: '1' }
  const write: Content = { type: 'text', text: `возьму ${number}` }
  const inbounds = Array.from({ length: helpersEach }, (_, n) =>
    allChannels.map(channel => inGroup(channel, `v${n}`, channel === 'whatsapp' ? write : press)),
  ).flat()
  const receipts = await Promise.all(inbounds.map(inbound => route(inbound)))

  const taken = textOf('ru', { key: 'claim.taken' })
  const polite = receipts.filter(({ notice }) => notice === taken).length + (await countSaid(store, taken))
  expect(polite).toBe(inbounds.length - 1)
  const living = await store.db.execute(sql`select 1 from assignments where request_id = ${id}`)
  expect(rowsOf(living)).toHaveLength(1)
})

async function district(store: Store, channel: TestedChannel) {
  const group = await noteGroup(store, { channel, chat: 'g' }, { language: 'ru', at })
  const by = await person(store, channel, 'v0')
  await bindGroup(store, group.id, { districtId: semey, by, language: 'ru' })
  for (let n = 0; n < helpersEach; n++) {
    const personId = await person(store, channel, `v${n}`)
    const form = { personId, regionId: semey.slice(0, 2), districtIds: [semey], categories: [] }
    await applyAsVolunteer(store, { ...form, wantedRequestId: null, at })
    await decideVolunteer(store, personId, { status: 'approved', by, at })
  }
}

async function person(store: Store, channel: string, externalId: string): Promise<string> {
  const { id } = await recognisePerson(store, { channel, externalId, inPrivate: true, at })
  await setLanguage(store, id, 'ru')
  await setName(store, id, externalId)
  return id
}

function inGroup(channel: TestedChannel, sender: string, content: Content): Inbound {
  const chat = { id: 'g', kind: 'group' } as const
  return { channel, externalId: `${channel}-${sender}`, chat, sender: { id: sender }, at, content }
}

/** What cannot be shown on the spot is said in private. */
async function countSaid({ db, keys }: Store, text: string): Promise<number> {
  const rows = await db.select().from(outbox)
  const bodies = rows.map(row => (row.body ? keys.open(`outbox.body.${row.id}`, row.body) : ''))
  return bodies.filter(body => body.includes(`"text":${JSON.stringify(text)}`)).length
}
