import { rowsOf, type Store } from '../../db/client.ts'

export interface OutboxRow {
  id: string
  chat: string
  ref: string | null
  isEdit: boolean
  resend: boolean
  status: 'queued' | 'sending' | 'sent' | 'failed' | 'unknown'
  failure: string | null
  /** False if it waits for the morning. */
  isDue: boolean
}

export async function outboxOf({ db }: Store): Promise<OutboxRow[]> {
  return rowsOf(
    await db.execute(`select id, chat, ref, edit_id is not null or edit_ref is not null as "isEdit", resend, status,
      failure, not_before <= now() as "isDue" from outbox order by id`),
  )
}

export async function inboxOf({ db }: Store): Promise<{ id: string; parkedFor: string | null }[]> {
  return rowsOf(await db.execute('select external_id as id, parked_for as "parkedFor" from inbox'))
}

/** Deeds on record more often than they can be done, where nobody gives a request back. */
export async function deedsDoneTwice({ db }: Store): Promise<string[]> {
  const rows = rowsOf<{ what: string }>(
    await db.execute(`
      select act || ' of ' || subject_id || ', times ' || count(*) as what from audit
        where act in ('request.submitted', 'request.claimed', 'request.onWay', 'request.closed', 'visit.confirmed')
        group by act, subject_id having count(*) > 1
      union all select 'requests of ' || requester_id || ', times ' || count(*) from requests
        group by requester_id having count(*) > 1
      union all select 'claims of ' || request_id || ', times ' || count(*) from assignments
        group by request_id having count(*) > 1
      union all select 'number ' || number || ' in ' || region_id || ', times ' || count(*) from requests
        group by region_id, number having count(*) > 1`),
  )
  return rows.map(({ what }) => what)
}

export interface Asked {
  id: string
  number: string
  status: string
  /** Who has claimed it, by the claim's id and the holder's chat. */
  claims: { id: string; chat: string }[]
}

export async function requestsOf({ db }: Store): Promise<Asked[]> {
  return rowsOf(
    await db.execute(`
      select r.id, r.number::text as number, r.status,
        coalesce(json_agg(json_build_object('id', c.id, 'chat', a.external_id)) filter (where c.id is not null), '[]')
          as claims
      from requests r left join assignments c on c.request_id = r.id left join addresses a on a.person_id = c.volunteer_id
      group by r.id order by r.number`),
  )
}

/** What can be edited later: the platform must have each of these. */
export async function namedMessages({ db }: Store): Promise<{ ref: string; chat: string; id: string }[]> {
  return rowsOf(await db.execute('select ref, chat, external_id as id from sent_messages'))
}

/** Requests of which a coordinator was told that a message about them may be lost. */
export async function requestsWithLoss({ db }: Store): Promise<Set<string>> {
  const rows = rowsOf<{ id: string }>(
    await db.execute(`select request_id as id from alerts where kind like 'lost%'`),
  )
  return new Set(rows.map(({ id }) => id))
}

/** A minute passes: what the dead had taken for sending is free again. Only while no process lives. */
export async function endLeases({ db }: Store): Promise<void> {
  await db.execute(`update outbox set locked_until = now() where status = 'sending'`)
}
