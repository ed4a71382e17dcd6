import type { Sql } from 'postgres'
import type { Keyring } from '../db/cipher.ts'
import { categories } from '../domain/categories.ts'
import { districts } from '../domain/districts.ts'
import { zoneOf } from '../domain/places.ts'
import { usualSettings } from '../jobs/job.ts'

export interface Size {
  elders: number
  requests: number
  volunteers: number
}

/** What the programmes aim at: every social card, and five years of requests. */
export const wholeCountry: Size = { elders: 426_600, requests: 2_000_000, volunteers: 50_000 }

export function partOfCountry(share: number): Size {
  const { elders, requests, volunteers } = wholeCountry
  return { elders: elders * share, requests: requests * share, volunteers: volunteers * share }
}

/** The moment that is "now" in the generated country. */
export const now = new Date('2026-11-23T06:00:00Z')
/** What was closed, or last seen, before then is erased. */
export const term = new Date(now.getTime() - usualSettings.retentionDays * 86_400_000)

/**
 * Fills an empty, migrated database with an invented country of this size, the same one each time: of its requests
 * one in a hundred is open, one in two hundred claimed, the rest closed over two years, and what was closed before
 * the term ended is erased. What is sealed stays empty, but for phones of every thousandth elder, whose index is real.
 */
export async function populate(sql: Sql, keys: Keyring, size: Size): Promise<void> {
  await sql.unsafe(`select setseed(0.42)`)
  await sql.unsafe(`create temp table place (n serial, district text, region text, zone text)`)
  for (const { id, region } of districts)
    await sql`insert into place (district, region, zone) values (${id}, ${region}, ${zoneOf(id)})`
  await sql.unsafe(`create function time_id(at timestamptz) returns uuid language sql volatile as $$
    select (lpad(to_hex((extract(epoch from at) * 1000)::bigint), 12, '0') || '7' || substr(md5(random()::text), 1, 3)
      || '8' || substr(md5(random()::text), 1, 15))::uuid $$`)
  await addElders(sql, size.elders)
  await addVolunteers(sql, size.volunteers)
  await addRequests(sql, size)
  await addHistory(sql)
  await indexPhones(sql, keys)
  await sql.unsafe(`update elders e set restricted_only = true where not exists (
    select 1 from requests r where r.elder_id = e.id and r.route <> 'restricted')
    and exists (select 1 from requests r where r.elder_id = e.id)`)
  await sql.unsafe(`update elders set name = '' where coalesce(last_contact_at, created_at) < ${sqlOf(term)}`)
  await sql.unsafe('drop function time_id(timestamptz)')
  await sql.unsafe('vacuum analyze')
}

/** The phone of the n-th elder whose index is real. */
export function phoneOf(n: number): string {
  return `+7701${String(1_000_000 + n)}`
}

async function addElders(sql: Sql, count: number) {
  const pick = (list: readonly string[]) =>
    `(array[${list.map(word => `'${word}'`).join()}])[1 + floor(random() * ${list.length})::int]`
  await sql.unsafe(`
    insert into elders (id, region_id, district_id, name, phone_index, agreed, created_by, created_at, last_contact_at)
    select time_id(e.at), p.region, p.district, ${pick(surnames)} || ' ' || ${pick(names)} || ' ' || ${pick(fathers)},
      md5(random()::text), true, time_id(e.at), e.at,
      case when random() < 0.8 then e.at + random() * (timestamptz '${now.toISOString()}' - e.at) end
    from (select g, timestamptz '${now.toISOString()}' - random() * interval '730 days' as at
      from generate_series(1, ${count}) g) e
    join place p on p.n = 1 + (e.g * 7919::bigint) % ${districts.length}`)
}

async function addVolunteers(sql: Sql, count: number) {
  const at = `timestamptz '${now.toISOString()}' - interval '300 days'`
  await sql.unsafe(`
    create temp table helper as
    select time_id(${at}) as id, p.region, p.district, g as n
    from generate_series(1, ${count}) g join place p on p.n = 1 + (g * 6133::bigint) % ${districts.length}`)
  await sql.unsafe(`insert into people (id, language, name, created_at)
    select id, 'kk', 'Көмекші ' || n, ${at} from helper`)
  await sql.unsafe(`insert into addresses (id, person_id, channel, external_id, reachable, last_inbound_at)
    select time_id(${at}), id, 'telegram', 'h' || n, true, ${at} from helper`)
  await sql.unsafe(`insert into volunteers (person_id, region_id, status, promised_at, asked_at)
    select id, region, case when n % 50 = 0 then 'pending' else 'approved' end, ${at},
      case when random() < 0.9 then ${at} + random() * interval '300 days' end from helper`)
  await sql.unsafe(`insert into volunteer_districts (person_id, district_id) select id, district from helper`)
}

async function addRequests(sql: Sql, size: Size) {
  const codes = categories.map(({ code, route }) => `('${code}', '${route}')`).join()
  const moment = sqlOf(now)
  await sql.unsafe(`create temp table kind as
    select row_number() over () as n, code, route from (values ${codes}) v (code, route)`)
  await sql.unsafe(`create temp table card as
    select row_number() over () as n, id, region_id, district_id, created_by from elders`)
  await sql.unsafe(`create unique index on card (n)`)
  // Status by the running number: of a thousand the last ten are open, the five before them claimed.
  await sql.unsafe(`
    insert into requests (id, region_id, district_id, year, number, elder_id, requester_id, category, route, urgency,
      status, outcome, confirmation, created_at, due_at, posted_at, claimed_at, done_at, closed_at, rating, rated_at,
      watch_since, watch_at, watch_step, erased_at)
    select time_id(r.at), c.region_id, c.district_id, 2026, r.g, c.id, c.created_by, k.code, k.route,
      (array['today', 'soon', 'planned'])[1 + r.g % 3],
      r.status, case when r.status = 'closed' then (array['fulfilled', 'fulfilled', 'fulfilled', 'cancelled', 'unmet'])[1 + r.g % 5] end,
      case when r.status = 'closed' and r.g % 5 < 3 then (array['door', 'requester', 'none'])[1 + r.g % 3] end,
      r.at, r.at + interval '3 days', r.at, r.at + interval '5 hours', null,
      case when r.status = 'closed' then r.at + interval '30 hours' end,
      case when r.status = 'closed' and r.g % 4 = 0 then 1 + r.g % 5 end,
      case when r.status = 'closed' and r.g % 4 = 0 then r.at + interval '31 hours' end,
      r.at, case when r.status <> 'closed' then ${moment} + (1 + r.g % 1000) * interval '1 minute' end, 1,
      case when r.status = 'closed' and r.at + interval '30 hours' < ${sqlOf(term)} then ${moment} end
    from (select g, case when g % 1000 >= 990 then 'open' when g % 1000 >= 985 then 'claimed' else 'closed' end as status,
        case when g % 1000 >= 985 then ${moment} - random() * interval '6 days'
          else ${moment} - interval '32 hours' - random() * interval '730 days' end as at
      from generate_series(1, ${size.requests}) g) r
    join card c on c.n = 1 + (r.g * 104729::bigint) % ${size.elders}
    join kind k on k.n = 1 + (r.g / 3) % ${categories.length}`)
}

/** What is stored beside: who asked, who helped and saw the address, calls that were settled. */
async function addHistory(sql: Sql) {
  await sql.unsafe(
    `insert into people (id, language, created_at) select created_by, 'kk', created_at from elders`,
  )
  await sql.unsafe(
    `insert into relatives (elder_id, person_id, since) select id, created_by, created_at from elders`,
  )
  await sql.unsafe(`
    insert into assignments (id, request_id, region_id, volunteer_id, via, door_code, wrong_tries, started_at,
      ended_at, end_reason, minutes, mood)
    select time_id(r.claimed_at), r.id, r.region_id, h.id, 'claim', '', 0, r.claimed_at, r.closed_at,
      case when r.closed_at is not null then 'closed' end, 45,
      case when r.number % 4 = 0 and r.erased_at is null then 'good' end
    from requests r join helper h on h.n = 1 + r.number % (select count(*) from helper)
    where r.outcome = 'fulfilled' or r.status = 'claimed'`)
  await sql.unsafe(`insert into disclosures (id, elder_id, request_id, person_id, at)
    select time_id(a.started_at), r.elder_id, r.id, a.volunteer_id, a.started_at
    from assignments a join requests r on r.id = a.request_id`)
  await sql.unsafe(`
    insert into alerts (id, region_id, district_id, kind, person_id, request_id, created_at, due_at, resolved_at)
    select time_id(created_at), region_id, district_id, 'human', requester_id, id, created_at, due_at, closed_at
    from requests where status = 'closed' and number % 100 = 0`)
}

async function indexPhones(sql: Sql, keys: Keyring) {
  const rows = await sql<{ id: string }[]>`select id from elders order by id limit 400`
  for (const [n, { id }] of rows.entries())
    await sql`update elders set phone_index = ${keys.blindIndex(phoneOf(n))} where id = ${id}`
}

function sqlOf(at: Date): string {
  return `timestamptz '${at.toISOString()}'`
}

const surnames = [
  'Ахметова', 'Омарова', 'Сейітова', 'Жұмабаева', 'Қасымова', 'Нұрланова', 'Бекова', 'Төлеуова', 'Иванова', 'Петрова',
  'Смагулова', 'Абдрахманова', 'Ыбраева', 'Ким', 'Шмидт', 'Рахимов', 'Сулейменов', 'Байжанов', 'Ковалёв', 'Досов',
  'Тұрсынов', 'Әбенов', 'Есімова', 'Мұратова', 'Искакова', 'Кузнецова', 'Мусина', 'Серікова', 'Оразова', 'Юсупова',
] // biome-ignore format: lists of names read best as a block

const names = [
  'Зейнеп', 'Бибігүл', 'Раушан', 'Күләш', 'Мария', 'Галина', 'Роза', 'Сәуле', 'Айша', 'Гүлнар', 'Нина', 'Фатима',
  'Серік', 'Болат', 'Қайрат', 'Владимир', 'Николай', 'Ермек', 'Тоқтар', 'Анна', 'Жібек', 'Қымбат', 'Рәбиға', 'Лидия',
] // biome-ignore format: lists of names read best as a block

const fathers = [
  'Сейітқызы', 'Ахметқызы', 'Иванович', 'Петровна', 'Омарович', 'Нұрланқызы', 'Бекұлы', 'Николаевна', 'Ғалымқызы',
  'Владимировна', 'Жұмабекұлы', 'Қасымқызы', 'Сергеевна', 'Тілеуқызы', 'Андреевич', 'Маратқызы', 'Серікұлы', 'Ильинична',
] // biome-ignore format: lists of names read best as a block
