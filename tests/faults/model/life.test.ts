import fc from 'fast-check'
import { expect, test } from 'vitest'
import { inbox, outbox } from '../../../db/schema.ts'
import { testDatabase } from '../../town/database.ts'
import { tell } from '../report.ts'
import { type Act, after, begun, type Life, outsiders, volunteers } from './life.ts'
import { ask, leaveDialogs, lifeOf, openStage, people, play, readersOf, type Stage } from './stage.ts'

const database = testDatabase()
/** A few hundred acts here; thousands of lives with `MODEL_RUNS=2000`. */
const runs = Number(process.env.MODEL_RUNS ?? 20)
const actsMax = 12

const anybody = fc.constantFrom(...volunteers, ...volunteers, ...outsiders, 'Айгүл' as const)
const act: fc.Arbitrary<Act> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ what: fc.constant('claim' as const), who: anybody }) },
  {
    weight: 8,
    arbitrary: fc.record({
      what: fc.constantFrom('onway', 'release', 'done', 'pair', 'wrongPair', 'wrongPair'),
      who: anybody,
    }),
  },
  { weight: 3, arbitrary: fc.record({ what: fc.constantFrom('yes', 'no'), who: anybody }) },
  {
    weight: 1,
    arbitrary: fc.record({ what: fc.constant('assign' as const), whom: fc.constantFrom(...volunteers) }),
  },
  { weight: 1, arbitrary: fc.record({ what: fc.constantFrom('cancel', 'close') }) },
)

test('whatever people do in whatever order: state, holder and messages are what the rules say', {
  timeout: 3_600_000,
}, async () => {
  const stage = await openStage(database)
  await people(stage)
  const reached = new Map<string, number>()
  let n = 0
  await fc.assert(
    fc.asyncProperty(fc.array(act, { minLength: 4, maxLength: actsMax }), async acts => {
      const asked = await ask(stage, ++n)
      let life: Life = begun
      for (const each of acts) {
        const silent = await silence(stage, () => play(stage, asked, each))
        expect(silent, `${each.what} is answered`).toBe(false)
        await leaveDialogs(stage)
        life = after(life, each)
        expect(seen(await lifeOf(stage, asked.request.id)), JSON.stringify(each)).toEqual(seen(life))
      }
      await stage.sender.drain()
      expect(readersOf(stage)).toEqual(life.holder ? [life.holder] : [])
      reached.set(life.status, (reached.get(life.status) ?? 0) + 1)
      // The next request finds nobody busy.
      await play(stage, asked, { what: 'close' })
      await leaveDialogs(stage)
      await stage.sender.drain()
    }),
    { numRuns: runs, endOnFailure: runs > 100 },
  )
  expect((await stage.store.db.select().from(inbox)).filter(({ parkedFor }) => parkedFor)).toEqual([])
  const ends = [...reached].map(([status, times]) => `${times} ${status}`).join(', ')
  tell(
    `A request’s life, ${n} random ones of up to ${actsMax} acts: all agree with the model; they ended ${ends}`,
  )
})

/** Tries tell nothing where nobody holds it. */
function seen({ triesLeft, ...life }: Life) {
  return life.holder ? { ...life, triesLeft } : life
}

/** True if nothing was shown and nothing was said: a person who is refused must be told so. */
async function silence({ store }: Stage, work: () => ReturnType<typeof play>): Promise<boolean> {
  const before = await store.db.$count(outbox)
  const receipts = await work()
  return receipts.every(({ notice }) => !notice) && (await store.db.$count(outbox)) === before
}
