import { beforeAll, describe, expect, test } from 'vitest'
import { createLog } from '../../bot/logger.ts'
import { createRouter } from '../../bot/router.ts'
import { eq } from '../../db/drizzle.ts'
import { wrongCode } from '../../db/invitations.ts'
import { createChatCode } from '../../db/same-person.ts'
import { audit, invitations, personMerges } from '../../db/schema.ts'
import { joinDatabase, testDatabase } from '../town/database.ts'
import { type Neighbour, neighbour, noon } from '../town/quick.ts'
import { openTown, operator, type Town } from '../town/town.ts'

const database = testDatabase()
let town: Town
let owner: Neighbour
beforeAll(async () => {
  town = await openTown(database, { channel: 'telegram', language: 'ru' })
  town.at(noon.toISOString())
  owner = await neighbour(town, 'Айгүл')
})

const guess = (n: number) => 'x'.repeat(19) + n
const chatCode = () => {
  const expiresAt = new Date(noon.getTime() + 1_800_000)
  return createChatCode(town.store, { personId: owner.personId, at: noon, expiresAt })
}
const guesses = (personId?: string) =>
  town.store.db
    .select()
    .from(audit)
    .where(eq(audit.act, wrongCode))
    .then(rows => rows.filter(row => !personId || row.subjectId === personId))

describe('who guesses the code that leads to another chat', () => {
  test.each(['a link', 'an invented button'])('by %s: five times, then not even the right one', async how => {
    const guest = await neighbour(town, `Гость, ${how}`)
    const code = await chatCode()
    const tried = async (given: string) => {
      if (how === 'a link') await guest.start(`s-${given}`)
      const { notice = '' } = how === 'a link' ? {} : await guest.pressesData(`same:${given}`)
      return `${notice}${guest.last.text}`
    }
    for (let n = 0; n < 5; n++) expect(await tried(guess(n))).toContain(town.t('chats.over'))
    expect(await tried(code)).toContain(town.t('invite.tooMany'))
    // Neither an invitation nor the other way in is open to them now.
    await guest.start(`i-${await town.invitation()}`)
    expect(guest.last.text).toContain(town.t('invite.tooMany'))
    expect(await town.store.db.$count(personMerges)).toBe(0)
    const noted = await guesses(guest.personId)
    expect(noted).toHaveLength(5)
    expect(JSON.stringify(noted)).not.toContain('xxx')
  })

  test('of several processes at once: the database counts', async () => {
    const other = await joinDatabase(database)
    const stores = [town.store, { ...town.store, db: other.db }]
    const log = createLog('silent')
    const routes = stores.map(store =>
      createRouter({ store, operator, log, startLink: (_, code) => code, wake: () => {} }),
    )
    const before = (await guesses()).length
    await Promise.all(
      Array.from({ length: 12 }, (_, n) =>
        routes[n % 2]?.({
          channel: 'telegram',
          externalId: `guess-${n}`,
          chat: { id: '4242', kind: 'private' },
          sender: { id: '4242', language: 'ru' },
          at: noon,
          content: { type: 'start', code: `${n % 3 ? 's' : 'i'}-${guess(n)}` },
        }),
      ),
    )
    expect((await guesses()).length - before).toBe(5)
    await other.close()
  })

  test('of a stolen table: it holds hashes of codes with 120 random bits', async () => {
    const code = await chatCode()
    expect(Buffer.from(code, 'base64url')).toHaveLength(15)
    const rows = await town.store.db.select().from(invitations)
    expect(rows.length).toBeGreaterThan(0)
    for (const { codeHash } of rows) expect(Buffer.from(codeHash, 'base64url')).toHaveLength(32)
    expect(JSON.stringify(rows)).not.toContain(code)
  })
})
