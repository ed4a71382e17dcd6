import { issueCertificate } from '../db/certificates.ts'
import { countGiven } from '../db/hours.ts'
import { tellPerson } from '../db/outbox.ts'
import { findVolunteer } from '../db/volunteers.ts'
import { type CertificateFacts, hoursOf } from '../domain/certificate.ts'
import { part } from '../domain/message.ts'
import { lastMonth, type Span, thisYear } from '../domain/months.ts'
import { zoneOf } from '../domain/places.ts'
import { givenParts } from '../domain/thanks.ts'
import type { Dialog } from './dialog.ts'

/** What a helper has given this year, and a certificate of it as a picture. */
export async function hours(dialog: Dialog): Promise<void> {
  const { store, me, at } = dialog
  const zone = zoneOf('')
  const year = thisYear(at, zone)
  const given = await countGiven(store, me.id, year)
  const dates = { from: { date: year.firstDay }, to: { date: year.lastDay } }
  const above = [part('thanks.month', dates), ...givenParts(given)]
  const answer = await dialog.choose('hours.ask', ['hours.month', 'hours.year', 'hours.enough'], { above })
  if (answer === 'hours.enough') return dialog.begin('start')
  const span = answer === 'hours.month' ? lastMonth(at, zone) : year
  const issued = await dialog.once('certificate', () => issue(dialog, span))
  if (!issued) dialog.say('hours.nothing')
}

async function issue(dialog: Dialog, span: Span): Promise<boolean> {
  const { store, me, at, operator } = dialog
  const { helps, minutes, people } = await countGiven(store, me.id, span)
  if (helps === 0) return false
  const { firstDay, lastDay } = span
  const count = { helps, hours: hoursOf(minutes), firstDay, lastDay }
  const regionId = (await findVolunteer(store, me.id))?.regionId ?? ''
  const number = await issueCertificate(store, { ...count, personId: me.id, regionId, at })
  const certificate: CertificateFacts = {
    ...count,
    people,
    number,
    name: me.name ?? '',
    operator: operator.name,
  }
  const dates = { from: { date: firstDay }, to: { date: lastDay } }
  const words = part('cert.words', { ...dates, ...count, number })
  await tellPerson(store, me.id, { message: { parts: [words], certificate }, at })
  return true
}
