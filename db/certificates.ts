import { randomInt } from 'node:crypto'
import type { CertificateFacts } from '../domain/certificate.ts'
import { record } from './audit.ts'
import { rowsOf, type Store } from './client.ts'
import { sql } from './drizzle.ts'

type Issued = Pick<CertificateFacts, 'number' | 'helps' | 'hours' | 'firstDay' | 'lastDay'>

/** Puts a certificate on record: its number says the day, so that it is found again by the index of time. */
export async function issueCertificate(
  store: Store,
  issue: Omit<Issued, 'number'> & { personId: string; regionId: string; at: Date },
): Promise<string> {
  const { personId, regionId, at, helps, hours, firstDay, lastDay } = issue
  const day = at.toISOString().slice(2, 10).replaceAll('-', '')
  const number = `${day}-${randomInt(10_000, 100_000)}`
  const note = { number, helps, hours, firstDay, lastDay }
  const fact = { actorId: personId, subjectId: personId, regionId, note }
  await record(store, { at, act: 'certificate.issued', ...fact })
  return number
}

/** The certificate with this number as it was issued, and to whom. */
export async function findCertificate(
  store: Store,
  number: string,
): Promise<(Issued & { personId: string }) | undefined> {
  const day = `20${number.slice(0, 2)}-${number.slice(2, 4)}-${number.slice(4, 6)}T00:00:00Z`
  if (Number.isNaN(Date.parse(day))) return undefined
  const result = await store.db.execute(sql`
    select subject_id as "personId", note from audit
    where at >= ${day}::timestamptz and at < ${day}::timestamptz + interval '1 day'
      and act = 'certificate.issued' and note->>'number' = ${number} limit 1`)
  const [row] = rowsOf<{ personId: string; note: Issued }>(result)
  return row && { ...row.note, personId: row.personId }
}
