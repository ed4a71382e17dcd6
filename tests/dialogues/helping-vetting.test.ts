import { describe, expect, test } from 'vitest'
import { noteAsked } from '../../db/asking.ts'
import { issueCertificate } from '../../db/certificates.ts'
import { eq } from '../../db/drizzle.ts'
import { tellPerson } from '../../db/outbox.ts'
import { getRequest } from '../../db/requests.ts'
import { volunteers } from '../../db/schema.ts'
import { findVolunteer } from '../../db/volunteers.ts'
import type { languages } from '../../domain/language.ts'
import { part } from '../../domain/message.ts'
import { askRef } from '../../domain/message-names.ts'
import { testDatabase } from '../town/database.ts'
import { districtAtNoon } from '../town/district.ts'
import {
  actsOf,
  coordinator,
  helper,
  type Neighbour,
  noon,
  otherDistrict,
  request,
  semey,
} from '../town/quick.ts'
import { hasButtons, languagesOn, type TestedChannel, testedChannels } from '../town/town.ts'

const database = testDatabase()

async function open(channel: TestedChannel, language: (typeof languages)[number] = 'ru') {
  const district = await districtAtNoon(database, { channel, language, role: { regionId: '10' } })
  const timur = await helper(district.town, 'Тимур Жұмабаев', { language })
  const { store } = district.town
  const status = async () => (await findVolunteer(store, timur.personId))?.status
  return { ...district, store, timur, status }
}

describe.each(testedChannels)('vetting on %s', channel => {
  test.each(languagesOn(channel))(
    'in %s: found with typos, suspended with a reason, brought back',
    async language => {
      const { town, t, marat, aigul, timur, status, store } = await open(channel, language)
      const { id } = await request(town, aigul)
      await timur.says('/tasks')
      await timur.pressesData(`claim:${id}`)
      await marat.says('/volunteers')
      expect(marat.last.buttons).toEqual(expect.arrayContaining([t('vols.approved', { n: 1 })]))
      await marat.says('тимур жумобаев')
      await marat.presses(t('vols.line', { name: 'Тимур Жұмабаев', status: { key: 'vols.is.approved' } }))
      const card = marat.messages.findLast(({ text }) => text.includes('+7 701 765 43 21'))
      for (const told of ['Тимур Жұмабаев', '№ 1', t('vol.anything')]) expect(card?.text).toContain(told)
      // Without a group on WhatsApp they were asked at once.
      if (hasButtons(channel)) expect(card?.text).toContain(t('vols.never'))
      await marat.presses(t('vols.suspend'))
      expect(await status()).toBe('approved')
      await marat.says('Соседи жалуются на грубость')
      expect(marat.last.text).toContain(t('vet.suspend.ok', { name: 'Тимур Жұмабаев' }))
      expect(await status()).toBe('suspended')
      expect((await getRequest(store, id)).status).toBe('open')
      expect(timur.messages.some(({ text }) => text.includes('Абая'))).toBe(false)
      const told = timur.messages.map(({ text }) => text)
      expect(told).toContain(t('vol.suspended'))
      expect(told.join('\n')).not.toContain('грубость')
      const [row] = await store.db.select().from(volunteers).where(eq(volunteers.personId, timur.personId))
      expect(Buffer.from(row?.decisionReason ?? []).toString('utf8')).not.toContain('грубость')
      // The phone goes from the coordinator's chat once it is decided.
      expect(marat.messages.some(({ text }) => text.includes('765 43 21'))).toBe(false)

      // Another coordinator of the territory reads why, and brings them back.
      const saule = await coordinator(town, 'Сәуле', { regionId: '10' }, language)
      await saule.says('/volunteers')
      await saule.presses(t('vols.suspended', { n: 1 }))
      await saule.presses(t('vols.line', { name: 'Тимур Жұмабаев', status: { key: 'vols.is.suspended' } }))
      const seen = saule.messages.map(({ text }) => text).join('\n')
      expect(seen).toContain(t('vols.reason', { reason: 'Соседи жалуются на грубость' }))
      await saule.presses(t('vols.restore'))
      await saule.presses(t('why.settled'))
      expect(await status()).toBe('approved')
      expect(timur.last.text).toBe(t('vol.restored'))
      const acts = (await actsOf(town)).map(({ act }) => act).filter(act => act.startsWith('volunteer.'))
      expect(acts).toEqual(['volunteer.suspended', 'volunteer.restored'])
    },
  )

  test('what was only offered to them goes from their chat too', async () => {
    const { town, t, marat, aigul, timur, store } = await open(channel)
    const { id } = await request(town, aigul, { home: { settlement: 'Қарауыл', text: 'үй 7' } })
    await timur.says('/tasks')
    await timur.pressesData(`more:${id}`)
    // Without a group on WhatsApp they were asked at once.
    if (hasButtons(channel)) {
      const message = { parts: [part('ask.you')] }
      await tellPerson(store, timur.personId, { message, at: noon, ref: askRef(id, timur.personId) })
      await noteAsked(store, { requestId: id, personId: timur.personId, at: noon })
    }
    await town.settle()
    const shown = () => timur.messages.map(({ text }) => text).join('\n')
    expect(shown()).toContain('Қарауыл')
    expect(shown()).toContain(t('ask.you'))
    await marat.says('/volunteers')
    await marat.says('Тимур')
    await marat.presses(t('vols.line', { name: 'Тимур Жұмабаев', status: { key: 'vols.is.approved' } }))
    await marat.presses(t('vols.suspend'))
    await marat.presses(t('why.silent'))
    expect(shown()).not.toContain('Қарауыл')
    expect(shown()).not.toContain(t('ask.you'))
  })

  test('declined first, approved later; two who decide at once', async () => {
    const { town, t, marat, store } = await open(channel)
    const dina = await helper(town, 'Дина', { status: 'pending' })
    const decide = async (one: Neighbour, from: string, act: string, why: string) => {
      await one.says('/volunteers')
      await one.presses(t(`vols.${from}`, { n: 1 }))
      await one.presses(t('vols.line', { name: 'Дина', status: { key: `vols.is.${from}` } }))
      await one.presses(t(`vols.${act}`))
      return () => one.presses(t(why))
    }
    const kept = await decide(marat, 'pending', 'decline', 'vet.keep')
    await kept()
    expect((await findVolunteer(store, dina.personId))?.status).toBe('pending')
    const decline = await decide(marat, 'pending', 'decline', 'why.place')
    await decline()
    expect(dina.last.text).toBe(t('vol.declined'))
    const saule = await coordinator(town, 'Сәуле', { regionId: '10' })
    const both = [
      await decide(marat, 'declined', 'approve', 'why.met'),
      await decide(saule, 'declined', 'approve', 'why.known'),
    ]
    await Promise.all(both.map(go => go()))
    expect(dina.messages.filter(({ text }) => text === t('vol.approved')).length).toBe(1)
    expect([marat, saule].filter(one => one.last.text.includes(t('approve.late'))).length).toBe(1)
  })
})

test('nobody sees, finds or decides about volunteers of another territory', async () => {
  const { town, t, timur, status, store } = await open('telegram')
  const far = await coordinator(town, 'Жанар', { regionId: '75' })
  const near = await coordinator(town, 'Ерлан', { regionId: '10', districtId: otherDistrict })
  const issued = { helps: 3, hours: 4, firstDay: '2026-11-01', lastDay: '2026-11-30' }
  const number = await issueCertificate(store, {
    ...issued,
    personId: timur.personId,
    regionId: '10',
    at: noon,
  })
  const { personId } = timur
  for (const one of [far, near]) {
    await one.says('/volunteers')
    expect(one.last.buttons).toContain(t('vols.approved', { n: 0 }))
    await one.says('Тимур')
    expect(one.messages.some(({ text }) => text.includes(t('vols.none')))).toBe(true)
    await one.says(number)
    expect(one.messages.some(({ text }) => text.includes(t('cert.unknown', { number })))).toBe(true)
    for (const what of ['approve', 'decline'])
      expect((await one.pressesData(`${what}:${personId}`)).notice).toBe(t('act.notYours'))
  }
  expect(await status()).toBe('approved')
  // A role that was taken away between the question and the answer counts for nothing.
  const saule = await coordinator(town, 'Сәуле', { regionId: '10' })
  await saule.says('/volunteers')
  await saule.says(number)
  const valid = saule.messages.map(({ text }) => text).join('\n')
  expect(valid).toContain(number)
  expect(valid).toContain('Тимур Жұмабаев')
  await saule.says('Тимур')
  await saule.presses(t('vols.line', { name: 'Тимур Жұмабаев', status: { key: 'vols.is.approved' } }))
  await saule.presses(t('vols.suspend'))
  await store.db.update(volunteers).set({ regionId: '75' }).where(eq(volunteers.personId, personId))
  await saule.presses(t('why.wish'))
  expect(await status()).toBe('approved')
})

test('whoever has opened a form from the queue keeps no phone and no buttons once it is decided', async () => {
  const { town, t, marat, store } = await open('telegram')
  const dina = await helper(town, 'Дина', { status: 'pending' })
  const near = await coordinator(town, 'Ермек', { regionId: '10', districtId: semey })
  for (const one of [marat, near]) {
    await one.says('/queue')
    await one.presses(t('queue.applicants', { n: 1 }))
    expect(one.messages.some(({ text }) => text.includes('765 43 21'))).toBe(true)
  }
  await near.presses(t('approve.yes'))
  expect((await findVolunteer(store, dina.personId))?.status).toBe('approved')
  expect(marat.messages.some(({ text }) => text.includes('765 43 21'))).toBe(false)
  expect(marat.messages.some(({ buttons }) => buttons.includes(t('approve.yes')))).toBe(false)
})
