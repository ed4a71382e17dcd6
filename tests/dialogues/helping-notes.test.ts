import { describe, expect, test } from 'vitest'
import { findLivingAssignment } from '../../db/claims.ts'
import { listDisclosed } from '../../db/disclosures.ts'
import { submitRequest } from '../../db/requests.ts'
import { elderNotes, elders } from '../../db/schema.ts'
import type { languages } from '../../domain/language.ts'
import { doorCode } from '../../domain/request.ts'
import { testDatabase } from '../town/database.ts'
import { boundGroup, districtAtNoon } from '../town/district.ts'
import { actsOf, helper, neighbour, noon, request, semey } from '../town/quick.ts'
import { hasButtons, languagesOn, type TestedChannel, testedChannels } from '../town/town.ts'

const database = testDatabase()
const secret = 'Код подъезда 48К, собака злая'

/** Тимур has helped at the door and is asked for a note; the older person needs help again. */
async function helped(channel: TestedChannel, language: (typeof languages)[number] = 'ru') {
  const district = await districtAtNoon(database, { channel, language })
  const { town, t, marat, aigul } = district
  const { store } = town
  const timur = await helper(town, 'Тимур', { language })
  const dina = await helper(town, 'Дина', { language })
  await boundGroup({ town, marat }, [timur, dina])
  const first = await request(town, aigul)
  await timur.in('Көршілер').presses(t('claim'))
  const assignment = await findLivingAssignment(store, { requestId: first.id })
  await timur.presses(t('done'))
  await timur.says(doorCode(assignment?.doorCode ?? '').elderSays)
  const again = async () => {
    const { elderId, requesterId, regionId, districtId, category, route, urgency, dueAt } = first
    const need = { elderId, requesterId, regionId, districtId, category, route, urgency, dueAt }
    const words = { details: '', publicWords: '', danger: null }
    const { id } = await submitRequest(store, { ...need, ...words, year: 2026, at: noon })
    await town.settle()
    return id
  }
  return { ...district, store, timur, dina, first, again }
}

describe.each(testedChannels)('notes for the next helper on %s', channel => {
  test.each(languagesOn(channel))(
    'in %s: asked once with the thanks, shown to the next holder only',
    async language => {
      const { town, t, timur, dina, aigul, marat, first, again, store } = await helped(channel, language)
      expect(timur.last.text).toContain(t('note.ask'))
      await timur.presses(t('note.yes'))
      await timur.says(secret)
      expect(timur.last.text).toContain(t('note.kept'))
      if (hasButtons(channel))
        expect(timur.messages.some(({ buttons }) => buttons.includes(t('note.yes')))).toBe(false)
      const [row] = await store.db.select().from(elderNotes)
      expect(row).toMatchObject({ elderId: first.elderId, writtenBy: timur.personId })
      expect(Buffer.from(row?.words ?? []).toString('utf8')).not.toContain('48К')
      expect((await actsOf(town)).some(({ act }) => act === 'note.added')).toBe(true)

      const id = await again()
      await dina.says('/tasks')
      await dina.pressesData(`more:${id}`)
      expect(dina.last.text).not.toContain('48К')
      await dina.pressesData(`claim:${id}`)
      expect(dina.last.text).toContain(t('claim.notes', { notes: secret }))
      const group = dina.in('Көршілер')
      for (const other of [aigul, marat, group])
        expect(other.messages.some(({ text }) => text.includes('48К'))).toBe(false)
      expect(town.log.join('\n')).not.toContain('48К')
      // It goes with the claim.
      await dina.presses(t('release'))
      expect(dina.messages.some(({ text }) => text.includes('48К'))).toBe(false)
      expect(await listDisclosed(store, { id, elderId: first.elderId })).toEqual([dina.personId])
    },
  )

  test('left once, by who helped, and not for ever', async () => {
    const { town, t, timur, dina, first, store } = await helped(channel)
    expect((await dina.pressesData(`note:${first.id}`)).notice).toBe(t('note.late'))
    town.at('2026-12-01T06:00:00Z')
    expect((await timur.pressesData(`note:${first.id}`)).notice).toBe(t('note.late'))
    expect(await store.db.$count(elderNotes)).toBe(0)
  })

  test('the relative reads and deletes it, and it goes from the card of who holds a claim now', async () => {
    const { town, t, timur, dina, aigul, again, store } = await helped(channel)
    await timur.presses(t('note.yes'))
    await timur.says(secret)
    const id = await again()
    await dina.says('/tasks')
    await dina.pressesData(`claim:${id}`)
    const stranger = await neighbour(town, 'Чужой')
    await stranger.says('/notes')
    expect(stranger.last.text).toContain(t('notes.none'))
    // Who asks who saw the address reads what was noted there too.
    await aigul.says('/who_saw')
    expect(aigul.last.text).toContain(secret)
    await aigul.presses(t('notes.delete', { n: 1 }))
    expect(aigul.last.text).toContain(t('notes.noneLeft'))
    expect(await store.db.$count(elderNotes)).toBe(0)
    expect(dina.messages.some(({ text }) => text.includes('48К'))).toBe(false)
    expect(dina.messages.some(({ text }) => text.includes('Абая 12'))).toBe(true)
  })
})

test('a visit that was confirmed counts as a contact, with how long it took', async () => {
  const { store, first, timur, town } = await helped('telegram')
  const [elder] = await store.db.select().from(elders)
  expect(elder).toMatchObject({ id: first.elderId, districtId: semey, lastContactAt: expect.any(Date) })
  const closed = (await actsOf(town)).find(({ act }) => act === 'request.closed')
  expect(elder?.lastContactAt?.getTime()).toBe(closed?.at.getTime())
  const rows = await store.db.query.assignments.findMany()
  expect(rows).toMatchObject([{ volunteerId: timur.personId, minutes: 10 }])
})
