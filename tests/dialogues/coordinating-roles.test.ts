import { describe, expect, test } from 'vitest'
import { addAbsence } from '../../db/absences.ts'
import { createBroadcast, listGoing } from '../../db/broadcasts.ts'
import { anyCoordinator, grantRole } from '../../db/coordinators.ts'
import { and, eq, isNull } from '../../db/drizzle.ts'
import { createInvitation, readInvitation } from '../../db/invitations.ts'
import { getPerson } from '../../db/people.ts'
import { outbox } from '../../db/schema.ts'
import type { languages } from '../../domain/language.ts'
import { testDatabase } from '../town/database.ts'
import { districtAtNoon } from '../town/district.ts'
import {
  actsOf,
  coordinator,
  helper,
  type Neighbour,
  noon,
  otherDistrict,
  otherRegion,
  request,
  semey,
} from '../town/quick.ts'
import { languagesOn, type TestedChannel, type Town, testedChannels } from '../town/town.ts'

const database = testDatabase()
const district = { regionId: '10', districtId: semey }

/** Марат coordinates a district, Сәуле its region, Жанар the country. */
async function open(channel: TestedChannel = 'telegram', language: (typeof languages)[number] = 'ru') {
  const found = await districtAtNoon(database, { channel, language, role: district })
  const { town } = found
  const saule = await coordinator(town, 'Сәуле', { regionId: '10', cleared: false }, language)
  const zhanar = await coordinator(town, 'Жанар', {}, language)
  return { ...found, saule, zhanar }
}

function roleOf({ t }: Pick<Town, 't'>, name: string, where: object) {
  return t('absence.deputy', { name, where: where as never })
}

async function takesAway(town: Town, who: Neighbour, label: string) {
  await who.says('/coordinators')
  await who.presses(label)
  await who.presses(town.t('role.end'))
}

async function holding(town: Town, { personId }: Neighbour) {
  return (await getPerson(town.store, personId)).roles.length
}

describe.each(testedChannels)('a role taken away on %s', channel => {
  test.each(languagesOn(channel))('in %s: a question first, then both are told', async language => {
    const { town, t, marat, saule } = await open(channel, language)
    await saule.says('/invite')
    await saule.presses(t('role.all'))
    const values = { name: 'Марат', where: { district: semey } }
    await saule.presses(roleOf(town, 'Марат', { district: semey }))
    expect(saule.last.text).toContain(t('role.ask', values))
    await saule.presses(t('vet.keep'))
    expect(await holding(town, marat)).toBe(1)
    await takesAway(town, saule, roleOf(town, 'Марат', { district: semey }))
    expect(saule.last.text).toContain(t('role.ended', values))
    expect(marat.last.text).toBe(t('role.over', { where: { district: semey } }))
    expect(await holding(town, marat)).toBe(0)
    expect((await actsOf(town)).at(-1)).toMatchObject({
      act: 'role.ended',
      actorId: saule.personId,
      subjectId: marat.personId,
      regionId: '10',
      note: { districtId: semey, cleared: true },
    })
    await marat.says('/queue')
    expect(marat.last.text).toContain(t('err.command'))
    await saule.says('/coordinators')
    expect(saule.last.text).toContain(t('role.none'))
  })
})

describe('whom one answers for', () => {
  test('only what lies below: not oneself, not those beside, not another region', async () => {
    const { town, t, marat, saule, zhanar } = await open()
    await coordinator(town, 'Ермек', district)
    await coordinator(town, 'Оразбек', { regionId: '10' })
    await coordinator(town, 'Ольга', { regionId: otherRegion })
    const seen = async (who: Neighbour) => {
      await who.says('/coordinators')
      return who.last.buttons.filter(label => label.includes(', ')).sort()
    }
    const [here, there] = [t('dg.where', { where: { district: semey } }), { region: '10' }]
    expect(await seen(marat)).toEqual([])
    expect(await seen(saule)).toEqual([`Ермек, ${here}`, `Марат, ${here}`])
    expect(await seen(zhanar)).toEqual(
      [
        `Ермек, ${here}`,
        `Марат, ${here}`,
        roleOf(town, 'Ольга', { region: otherRegion }),
        roleOf(town, 'Оразбек', there),
        roleOf(town, 'Сәуле', there),
      ].sort(),
    )
  })

  test('a name finds one, with a slip in it too', async () => {
    const { town, t, saule } = await open()
    for (let n = 0; n < 8; n++)
      await coordinator(town, `Аян ${n}`, { regionId: '10', districtId: otherDistrict })
    await saule.says('/coordinators')
    expect(saule.last.buttons.some(label => label.includes('Марат'))).toBe(false)
    await saule.says('Марад')
    await saule.presses(roleOf(town, 'Марат', { district: semey }))
    expect(saule.last.text).toContain(t('role.ask', { name: 'Марат', where: { district: semey } }))
  })

  test('a territory that was given twice is shown once, and gone at once', async () => {
    const { town, marat, saule } = await open()
    const again = { ...district, cleared: false, personId: marat.personId, at: noon }
    await grantRole(town.store, again)
    await saule.says('/coordinators')
    expect(saule.last.buttons.filter(label => label.includes('Марат')).length).toBe(1)
    await takesAway(town, saule, roleOf(town, 'Марат', { district: semey }))
    expect(await holding(town, marat)).toBe(0)
  })

  test('what is lent ends nobody’s role', async () => {
    const { town, t, saule } = await open()
    const olga = await coordinator(town, 'Ольга', { regionId: otherRegion })
    const day = '2026-11-23'
    const absence = { personId: saule.personId, deputyId: olga.personId, fromDay: day, toDay: day }
    await addAbsence(town.store, { ...absence, at: noon })
    await olga.says('/coordinators')
    expect(olga.last.text).toContain(t('role.none'))
  })
})

describe('the country', () => {
  test('keeps its last coordinator who is cleared', async () => {
    const { town, t, zhanar } = await open()
    const aset = await coordinator(town, 'Асет', { cleared: false })
    const where = { key: 'place.country' }
    await takesAway(town, aset, roleOf(town, 'Жанар', where))
    expect(aset.last.text).toContain(t('role.last'))
    expect(await holding(town, zhanar)).toBe(1)
    await takesAway(town, zhanar, roleOf(town, 'Асет', where))
    expect(await holding(town, aset)).toBe(0)
  })

  test('keeps one of two who take each other’s role away at once', async () => {
    const { town, t, zhanar } = await open()
    const aset = await coordinator(town, 'Асет')
    const where = { key: 'place.country' }
    for (const [who, whose] of [
      [zhanar, 'Асет'],
      [aset, 'Жанар'],
    ] as const) {
      await who.says('/coordinators')
      await who.presses(roleOf(town, whose, where))
    }
    await Promise.all([zhanar.presses(t('role.end')), aset.presses(t('role.end'))])
    expect((await holding(town, zhanar)) + (await holding(town, aset))).toBe(1)
    expect(await anyCoordinator(town.store)).toBe(true)
  })
})

describe('what depended on it', () => {
  test('people’s data leave the chat, and a call that waits is heard by whoever is the nearest now', async () => {
    const { town, t, marat, saule, aigul } = await open()
    const { id } = await request(town, aigul)
    await helper(town, 'Дина', { status: 'pending' })
    await aigul.says('/human')
    await marat.pressesData(`open:${id}`)
    expect(marat.messages.filter(({ text }) => /701|Абая/.test(text)).length).toBeGreaterThan(1)
    expect(saule.messages.some(({ text }) => text.includes('Айгүл'))).toBe(false)
    await takesAway(town, saule, roleOf(town, 'Марат', { district: semey }))
    expect(marat.messages.filter(({ text }) => /701|Абая|Дина|Айгүл/.test(text))).toEqual([])
    const heard = saule.messages.filter(({ buttons }) => buttons.includes(t('alert.resolve')))
    expect(heard.map(({ text }) => text.includes('Айгүл'))).toEqual([true])
  })

  test('a call stays with who still answers for it', async () => {
    const { town, t, marat, zhanar, aigul } = await open()
    const far = { regionId: otherRegion, districtId: null, cleared: false }
    await grantRole(town.store, { ...far, personId: marat.personId, at: noon })
    await request(town, aigul)
    await aigul.says('/human')
    await takesAway(town, zhanar, roleOf(town, 'Марат', { region: otherRegion }))
    expect(await holding(town, marat)).toBe(1)
    expect(marat.messages.some(({ buttons }) => buttons.includes(t('alert.resolve')))).toBe(true)
  })

  test('a broadcast under way stops, and an invitation opens nothing', async () => {
    const { town, marat, saule } = await open()
    const { store } = town
    const createdBy = marat.personId
    const expiresAt = new Date(noon.getTime() + 86_400_000)
    await createBroadcast(store, {
      ...district,
      audience: 'people',
      words: { ru: 'Концерт' },
      total: 9,
      createdBy,
      at: noon,
    })
    const made = { ...district, cleared: false, createdBy, at: noon, expiresAt }
    const code = await createInvitation(store, made)
    await takesAway(town, saule, roleOf(town, 'Марат', { district: semey }))
    expect(await listGoing(store)).toEqual([])
    expect(await readInvitation(store, code, noon)).toBe('over')
  })

  test('who stood in for them is told that it is over', async () => {
    const { town, t, marat, saule, zhanar } = await open()
    const days = { fromDay: '2026-11-23', toDay: '2026-11-25' }
    const absence = { personId: marat.personId, deputyId: zhanar.personId, ...days }
    await addAbsence(town.store, { ...absence, at: noon })
    await takesAway(town, saule, roleOf(town, 'Марат', { district: semey }))
    const span = { from: { date: days.fromDay }, to: { date: days.toDay } }
    expect(zhanar.last.text).toBe(t('absence.unneeded', span))
    await zhanar.says('/absence')
    expect(zhanar.last.text).not.toContain('Марат')
  })

  test('at night the person sleeps on', async () => {
    const { town, marat, saule } = await open()
    town.at('2026-11-23T18:00:00Z')
    await takesAway(town, saule, roleOf(town, 'Марат', { district: semey }))
    expect(await holding(town, marat)).toBe(0)
    const theirs = and(eq(outbox.personId, marat.personId), isNull(outbox.sentAt))
    const waiting = await town.store.db.select().from(outbox).where(theirs)
    expect(waiting.map(({ notBefore }) => notBefore.toISOString())).toEqual(['2026-11-24T03:00:00.000Z'])
  })
})

test('a coordinator who deletes their data leaves no one else’s behind', async () => {
  const { town, t, marat, saule, aigul } = await open()
  await request(town, aigul)
  await aigul.says('/human')
  expect(marat.messages.some(({ text }) => text.includes('Айгүл'))).toBe(true)
  await marat.says('/delete')
  await marat.presses(t('data.delete.yes'))
  expect(marat.messages.filter(({ text }) => text.includes('Айгүл'))).toEqual([])
  expect(saule.messages.some(({ text }) => text.includes('Айгүл'))).toBe(true)
})
