import postgres from 'postgres'
import { newDataKey, openKeyring } from '../db/cipher.ts'
import { openServerDatabase, rowsOf, type Store } from '../db/client.ts'
import { grantRole } from '../db/coordinators.ts'
import { countDay } from '../db/digest.ts'
import { type SQL, sql } from '../db/drizzle.ts'
import { newId } from '../db/ids.ts'
import { listQueue } from '../db/queue.ts'
import { searchQueue } from '../db/search.ts'
import type { Role } from '../domain/roles.ts'
import { digest } from '../jobs/digest.ts'
import type { Job } from '../jobs/job.ts'
import { nudges } from '../jobs/nudges.ts'
import { retention } from '../jobs/retention.ts'
import { watch } from '../jobs/watch.ts'
import { now, partOfCountry, phoneOf, populate, term, wholeCountry } from './country.ts'
import { heading, median, print, report, round } from './figures.ts'
import { createTemporaryDatabase } from './server.ts'

/**
 * What coordinators ask and what the clock does, at a tenth and at the whole of the size the programmes aim at. Each
 * time is that of the whole verb, from the call to its answer, but where it says that it is the database's own; the
 * reference is the smallest statement there is.
 * `node bench/scale.ts 0.01` tries it on a small country.
 */
const whole = Number(process.argv[2] ?? 1)
const rounds = 15
const dueAtOnce = 20
const keys = openKeyring(newDataKey())
const district: [Role] = [{ regionId: '10', districtId: '10-semei-city', cleared: false }]
const region: [Role] = [{ regionId: '10', districtId: null, cleared: false }]
const country: [Role] = [{ regionId: null, districtId: null, cleared: true }]
const uncleared: [Role] = [{ ...country[0], cleared: false }]
const zone = 'Asia/Almaty'

/** Milliseconds, as promised. */
const promises = {
  "a district's digest, in the database": 5,
  "the country's digest, in the database": 500,
  "the country's digest without the restricted, in the database": 500,
  'a page of the queue of a region': 20,
  'a name with two slips in a region': 20,
  'a phone in a region': 20,
}
const misspelt = ['Ахмедова Зейнап', 'Сейтова Бибигул', 'Жумабаева Раушен', 'Искакава Кулаш', 'Омарова Жибик']

const small = await measure(whole / 10)
const large = await measure(whole)

heading(
  `What is asked, ${Math.round(wholeCountry.requests * whole).toLocaleString('en')} requests, PostgreSQL`,
)
for (const [what, ms] of Object.entries(large.questions)) {
  const promised: number | undefined = promises[what as keyof typeof promises]
  report({
    what,
    ours: ms,
    reference: large.bare,
    referenceIs: 'select 1',
    unit: 'ms',
    ...(promised && { most: { value: promised, of: 'ours' } }),
  })
}
heading('What the clock does: the same due, a tenth and the whole stored')
for (const [what, ms] of Object.entries(large.sweeps)) {
  const before = small.sweeps[what as keyof typeof small.sweeps]
  report({ what, ours: ms, reference: before, referenceIs: 'at a tenth of the size', unit: 'ms' })
}

async function measure(share: number) {
  const temporary = await createTemporaryDatabase()
  const database = await openServerDatabase(temporary.url)
  const client = postgres(temporary.url, { max: 1, onnotice: () => {} })
  const begun = performance.now()
  await populate(client, keys, partOfCountry(share))
  await client.end()
  print(`  (a country of ${share} made in ${round((performance.now() - begun) / 1000)} s)`)
  const store: Store = { db: database.db, keys }
  const measured = { bare: await bare(store), questions: await askAll(store), sweeps: await sweepAll(store) }
  await database.close()
  await temporary.drop()
  return measured
}

async function askAll(store: Store): Promise<Record<string, number>> {
  const page = { filter: 'open', narrowed: {}, at: now, limit: 8, after: undefined } as const
  return {
    "a district's digest, in the database": await databaseTime(store, district),
    "the country's digest, in the database": await databaseTime(store, country),
    "the country's digest without the restricted, in the database": await databaseTime(store, uncleared),
    "a district's digest": await time(() => countDay(store, district, { at: now, zone })),
    "the country's digest": await time(() => countDay(store, country, { at: now, zone })),
    'a page of the queue of a region': await time(() => listQueue(store, region, page)),
    'a name with two slips in a region': await time(n =>
      searchQueue(store, region, { name: misspelt[n % misspelt.length] ?? '' }, now),
    ),
    'a phone in a region': await time(n => searchQueue(store, region, { phone: phoneOf(n) }, now)),
  }
}

/** What PostgreSQL itself says of planning and answering the digest's statements. */
async function databaseTime(store: Store, roles: [Role]): Promise<number> {
  const asked: SQL[] = []
  const execute = (query: SQL) => {
    asked.push(query)
    return store.db.execute(query)
  }
  const listening = { ...store, db: Object.assign(Object.create(store.db), { execute }) as Store['db'] }
  await countDay(listening, roles, { at: now, zone })
  const taken: number[] = []
  for (let n = 0; n < rounds; n++) {
    let ms = 0
    for (const query of asked) {
      const result = await store.db.execute(
        sql`explain (analyze, timing off, summary on, format json) ${query}`,
      )
      const [row] = rowsOf<{ 'QUERY PLAN': { 'Planning Time': number; 'Execution Time': number }[] }>(result)
      for (const plan of row?.['QUERY PLAN'] ?? []) ms += plan['Planning Time'] + plan['Execution Time']
    }
    taken.push(ms)
  }
  return median(taken)
}

/** Each sweep with as much to do at either size. */
async function sweepAll(store: Store) {
  const by = newId()
  await grantRole(store, { ...(district[0] as Role), personId: by, at: now })
  const sweeps = {
    watch: [] as number[],
    digest: [] as number[],
    nudges: [] as number[],
    retention: [] as number[],
  }
  for (let n = 0; n < rounds; n++) {
    await makeDue(store)
    sweeps.watch.push(await once(watch, store))
    await store.db.execute(sql`delete from digest_runs`)
    sweeps.digest.push(await once(digest, store))
    sweeps.nudges.push(await once(nudges, store))
    sweeps.retention.push(await once(retention, store))
  }
  return {
    '20 requests that waited': median(sweeps.watch),
    "one coordinator's digest": median(sweeps.digest),
    'no half-done dialog': median(sweeps.nudges),
    'one closed request after the term': median(sweeps.retention),
  }
}

async function makeDue(store: Store) {
  const at = now.toISOString()
  await store.db.execute(sql`update requests set watch_at = null where watch_at <= ${at}`)
  await store.db.execute(sql`
    update requests set watch_at = ${at}, watch_step = 0, watch_since = ${at}
    where id in (select id from requests where region_id = '10' and status = 'open' order by id limit ${dueAtOnce})`)
  // All that is older than the term is erased, but for one.
  await store.db.execute(sql`
    update requests set erased_at = null where id = (select id from requests
      where region_id = '10' and status = 'closed' and closed_at < ${term.toISOString()} limit 1)`)
}

async function once(job: Job, store: Store): Promise<number> {
  const began = performance.now()
  await job.run(store, now)
  return performance.now() - began
}

function bare(store: Store): Promise<number> {
  return time(() => store.db.execute(sql`select 1`))
}

/** The median in milliseconds, after the first calls have filled the caches. */
async function time(work: (n: number) => Promise<unknown>): Promise<number> {
  const taken: number[] = []
  for (let n = -3; n < rounds; n++) {
    const began = performance.now()
    await work(Math.abs(n))
    if (n >= 0) taken.push(performance.now() - began)
  }
  return median(taken)
}
