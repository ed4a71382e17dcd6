import { describe, expect, test } from 'vitest'
import { addAbsence } from '../../db/absences.ts'
import { grantRole, listAllCoordinators, listCoordinatorsOf } from '../../db/coordinators.ts'
import { eq } from '../../db/drizzle.ts'
import { getPerson } from '../../db/people.ts'
import { invitations, roles } from '../../db/schema.ts'
import type { languages } from '../../domain/language.ts'
import { covers } from '../../domain/roles.ts'
import { homeZone, localDay } from '../../domain/time.ts'
import { digest } from '../../jobs/digest.ts'
import { testDatabase } from '../town/database.ts'
import { districtAtNoon } from '../town/district.ts'
import {
  actsOf,
  coordinator,
  farDistrict,
  type Neighbour,
  otherDistrict,
  otherRegion,
  request,
  semey,
} from '../town/quick.ts'
import { languagesOn, openTown, type TestedChannel, type Town, testedChannels } from '../town/town.ts'

const database = testDatabase()
const district = { regionId: '10', districtId: semey }
const day = (date: string) => ({ date })

/** Марат coordinates a district and will be away; Сәуле its region, Жанар the country, Дина another district. */
async function open(channel: TestedChannel = 'telegram', language: (typeof languages)[number] = 'ru') {
  const found = await districtAtNoon(database, { channel, language, role: district })
  const { town } = found
  const saule = await coordinator(town, 'Сәуле', { regionId: '10', cleared: false }, language)
  const zhanar = await coordinator(town, 'Жанар', {}, language)
  const dina = await coordinator(town, 'Дина', { regionId: '10', districtId: otherDistrict }, language)
  return { ...found, saule, zhanar, dina }
}

function stand(town: Town, who: Neighbour, deputy: Neighbour, fromDay: string, toDay: string) {
  const absence = { personId: who.personId, deputyId: deputy.personId, fromDay, toDay }
  return addAbsence(town.store, { ...absence, at: new Date('2026-11-23T06:00:00Z') })
}

/** Who hears of something in the district at this time, by name. */
async function hearers(town: Town, people: readonly Neighbour[], at: string, clearedOnly = false) {
  const ids = await listCoordinatorsOf(town.store, district, { at: new Date(at), clearedOnly })
  return people.filter(({ personId }) => ids.includes(personId)).map(({ key }) => key)
}

describe.each(testedChannels)('an absence on %s', channel => {
  test.each(languagesOn(channel))(
    'in %s: a deputy is named, hears all too, and is released',
    async language => {
      const { town, t, marat, saule, aigul } = await open(channel, language)
      await marat.says('/digest')
      await marat.presses(t('dg.settings'))
      await marat.presses(t('menu.absence'))
      expect(marat.last.text).toContain(t('absence.who'))
      const where = (name: string, place: object) => t('absence.deputy', { name, where: place as never })
      // The nearest first; a neighbouring district's coordinator does not answer for this one.
      expect(marat.last.buttons.slice(0, 2)).toEqual([
        where('Сәуле', { region: '10' }),
        where('Жанар', { key: 'place.country' }),
      ])
      expect(marat.last.buttons.some(label => label.includes('Дина'))).toBe(false)
      await marat.presses(where('Сәуле', { region: '10' }))
      await marat.presses(t('absence.tomorrow'))
      await marat.says('26.11')
      const span = { from: day('2026-11-24'), to: day('2026-11-26') }
      expect(marat.last.text).toContain(t('absence.check', { name: 'Сәуле', ...span }))
      await marat.presses(t('absence.yes'))
      const place = { district: semey }
      expect(marat.last.text).toBe(t('absence.kept', { name: 'Сәуле', where: place, ...span }))
      expect(saule.last.text).toBe(t('absence.you', { name: 'Марат', where: place, ...span }))
      expect((await actsOf(town)).at(-1)).toMatchObject({ act: 'absence.named', actorId: marat.personId })

      const needs = async (at: string) => {
        town.at(at)
        await request(town, aigul, { category: 'care', at: new Date(at) })
        return [marat, saule].map(({ last }) => last.text.includes(t('cat.care')))
      }
      expect(await needs('2026-11-24T06:00:00Z')).toEqual([true, true])
      await marat.presses(t('absence.back'))
      expect(saule.last.text).toBe(t('absence.returned', { name: 'Марат' }))
      expect(saule.messages.some(({ buttons }) => buttons.includes(t('absence.refuse')))).toBe(false)
      expect(await needs('2026-11-24T07:00:00Z')).toEqual([true, false])
      await marat.says('/absence')
      expect(marat.last.text).toContain(t('absence.who'))
    },
  )
})

describe('from the first day to the last', () => {
  const moments: [at: string, heard: string[]][] = [
    ['2026-11-24T18:59:00Z', ['Марат']],
    ['2026-11-24T19:00:00Z', ['Марат', 'Сәуле']],
    ['2026-11-27T18:59:59Z', ['Марат', 'Сәуле']],
    ['2026-11-27T19:00:00Z', ['Марат']],
  ]
  test.each(moments)('at %s: %s', async (at, heard) => {
    const { town, marat, saule, zhanar, dina } = await open()
    await stand(town, marat, saule, '2026-11-25', '2026-11-27')
    expect(await hearers(town, [marat, saule, zhanar, dina], at)).toEqual(heard)
    const { roles } = await getPerson(town.store, saule.personId, new Date(at))
    expect(roles.length).toBe(heard.length)
  })

  test('the deputy has the same rights, clearance too, and no longer than that', async () => {
    const { town, marat, saule, aigul } = await open()
    await stand(town, marat, saule, '2026-11-24', '2026-11-24')
    const secret = await request(town, aigul, { category: 'safety' })
    const far = await request(town, aigul, { category: 'safety', districtId: otherDistrict })
    const opens = async (at: string, id: string) => {
      town.at(at)
      return (await saule.pressesData(`open:${id}`)).notice === undefined
    }
    expect(await opens('2026-11-23T12:00:00Z', secret.id)).toBe(false)
    expect(await opens('2026-11-24T12:00:00Z', secret.id)).toBe(true)
    // Cleared for the absent one's district only, not for the rest of her own region.
    expect(await opens('2026-11-24T12:00:00Z', far.id)).toBe(false)
    expect(await opens('2026-11-25T12:00:00Z', secret.id)).toBe(false)
  })

  test('a card shown meanwhile does nothing afterwards', async () => {
    const { town, t, marat, saule, aigul } = await open()
    await stand(town, marat, saule, '2026-11-24', '2026-11-24')
    town.at('2026-11-24T12:00:00Z')
    const { id } = await request(town, aigul, { category: 'safety', at: new Date('2026-11-24T12:00:00Z') })
    await saule.presses(t('queue.show'))
    expect(saule.last.text).toContain(t('queue.what'))
    town.at('2026-11-25T12:00:00Z')
    await saule.presses(t('queue.close'))
    expect(saule.last.text).toContain(t('act.notYours'))
    expect((await saule.pressesData(`open:${id}`)).notice).toBe(t('act.notYours'))
  })
})

test('absences that overlap: each deputy hears on their own days', async () => {
  const { town, marat, saule, zhanar } = await open()
  await stand(town, marat, saule, '2026-11-24', '2026-11-26')
  await stand(town, marat, zhanar, '2026-11-26', '2026-11-28')
  const heard = await Promise.all(
    ['24', '26', '28', '29'].map(date => hearers(town, [marat, saule, zhanar], `2026-11-${date}T06:00:00Z`)),
  )
  expect(heard).toEqual([['Марат', 'Сәуле'], ['Марат', 'Сәуле', 'Жанар'], ['Марат', 'Жанар'], ['Марат']])
})

describe('a deputy who is away as well', () => {
  test('is stood in for in both', async () => {
    const { town, marat, saule, zhanar } = await open()
    await stand(town, marat, saule, '2026-11-24', '2026-11-30')
    await stand(town, saule, zhanar, '2026-11-25', '2026-11-26')
    const all = [marat, saule, zhanar]
    expect(await hearers(town, all, '2026-11-24T06:00:00Z')).toEqual(['Марат', 'Сәуле'])
    expect(await hearers(town, all, '2026-11-25T06:00:00Z')).toEqual(['Марат', 'Сәуле', 'Жанар'])
    expect(await hearers(town, all, '2026-11-27T06:00:00Z')).toEqual(['Марат', 'Сәуле'])
  })

  test('two who stand in for each other hold both, once each', async () => {
    const { town, marat } = await open()
    const ermek = await coordinator(town, 'Ермек', district)
    await stand(town, marat, ermek, '2026-11-24', '2026-11-24')
    await stand(town, ermek, marat, '2026-11-24', '2026-11-24')
    const at = new Date('2026-11-24T06:00:00Z')
    for (const { personId } of [marat, ermek])
      expect((await getPerson(town.store, personId, at)).roles.map(({ lent }) => lent)).toEqual([false, true])
    const all = await listAllCoordinators(town.store, at)
    expect(all.find(({ personId }) => personId === ermek.personId)?.roles.length).toBe(2)
  })
})

test('what is held for somebody never reaches beyond what that one holds', async () => {
  const { town, marat, saule, zhanar, dina } = await open()
  const dates = ['2026-11-24', '2026-11-25', '2026-11-26'] as const
  await stand(town, dina, saule, dates[0], dates[1])
  await stand(town, marat, saule, dates[1], dates[2])
  await stand(town, saule, zhanar, dates[0], dates[2])
  const own = await listAllCoordinators(town.store, new Date('2026-11-23T06:00:00Z'))
  for (const date of dates) {
    const at = new Date(`${date}T06:00:00Z`)
    expect(localDay(at, homeZone)).toBe(date)
    for (const { personId, roles } of await listAllCoordinators(town.store, at)) {
      const seen = (await getPerson(town.store, personId, at)).roles
      expect(seen).toEqual(
        roles.map(({ regionId, districtId, cleared, lent }) => ({ regionId, districtId, cleared, lent })),
      )
      for (const lent of roles.filter(role => role.lent)) {
        const from = own.filter(other => other.personId !== personId).flatMap(other => other.roles)
        expect(from.some(role => covers(role, lent) && (role.cleared || !lent.cleared))).toBe(true)
        expect(covers(lent, { regionId: otherRegion, districtId: farDistrict })).toBe(false)
      }
    }
  }
})

test('who is no coordinator any more stands in for nobody, and whose role is gone is stood in for no more', async () => {
  const { town, marat, saule, zhanar } = await open()
  await stand(town, marat, saule, '2026-11-24', '2026-11-24')
  const revoke = ({ personId }: Neighbour) =>
    town.store.db.update(roles).set({ revokedAt: new Date() }).where(eq(roles.personId, personId))
  await revoke(saule)
  expect((await getPerson(town.store, saule.personId, new Date('2026-11-24T06:00:00Z'))).roles).toEqual([])
  await stand(town, marat, zhanar, '2026-11-24', '2026-11-24')
  await revoke(marat)
  expect(await hearers(town, [marat, saule, zhanar], '2026-11-24T06:00:00Z')).toEqual(['Жанар'])
  const held = (await getPerson(town.store, zhanar.personId, new Date('2026-11-24T06:00:00Z'))).roles
  expect(held.map(({ lent }) => lent)).toEqual([false])
})

test('whose own bot is stopped is heard for by the deputy', async () => {
  const { town, marat, saule, zhanar } = await open()
  await stand(town, marat, zhanar, '2026-11-24', '2026-11-24')
  await marat.blocks()
  const all = [marat, saule, zhanar]
  expect(await hearers(town, all, '2026-11-23T06:00:00Z')).toEqual(['Сәуле'])
  expect(await hearers(town, all, '2026-11-24T06:00:00Z')).toEqual(['Жанар'])
})

test('the digest says for whom one stands in, and counts what is theirs', async () => {
  const { town, t, marat, saule, aigul } = await open()
  await request(town, aigul, { category: 'safety' })
  await stand(town, marat, saule, '2026-11-24', '2026-11-25')
  const reads = async (at: string) => {
    town.at(at)
    await digest.run(town.store, new Date(at))
    await town.settle()
    const { text } = saule.messages.findLast(({ buttons }) => buttons.includes(t('dg.settings'))) ?? {
      text: '',
    }
    return [
      text.includes(t('dg.standsIn', { name: 'Марат', date: day('2026-11-25') })),
      text.includes(t('dg.overdue')),
    ]
  }
  expect(await reads('2026-11-25T03:30:00Z')).toEqual([true, true])
  expect(await reads('2026-11-26T03:30:00Z')).toEqual([false, false])
})

test('a deputy who cannot says so, and the other is asked to name another', async () => {
  const { town, t, marat, saule } = await open()
  const { id } = await stand(town, marat, saule, '2026-11-24', '2026-11-25')
  const stranger = await coordinator(town, 'Бөтен', { regionId: '11' })
  expect((await stranger.pressesData(`unabsent:${id}`)).notice).toBe(t('absence.gone'))
  expect((await saule.pressesData(`unabsent:${id}`)).notice).toBe(t('absence.over'))
  expect(marat.last.text).toBe(t('absence.refused', { name: 'Сәуле' }))
  expect((await saule.pressesData(`unabsent:${id}`)).notice).toBe(t('absence.gone'))
  expect(await hearers(town, [marat, saule], '2026-11-24T06:00:00Z')).toEqual(['Марат'])
})

test('an absence that is known is shown and can be ended in the dialog', async () => {
  const { town, t, marat, saule } = await open()
  await stand(town, marat, saule, '2026-11-24', '2026-11-25')
  const span = { from: day('2026-11-24'), to: day('2026-11-25') }
  await saule.says('/absence')
  expect(saule.last.text).toContain(t('absence.theirs', { name: 'Марат', ...span }))
  await marat.says('/absence')
  expect(marat.last.text).toContain(t('absence.mine', { name: 'Сәуле', ...span }))
  await marat.presses(t('absence.end', { name: 'Сәуле' }))
  expect(marat.last.text).toContain(t('absence.over'))
  expect(saule.last.text).toBe(t('absence.returned', { name: 'Марат' }))
})

test('alone in the country nobody can stand in', async () => {
  const town = await openTown(database, { channel: 'telegram', language: 'ru' })
  town.at('2026-11-23T06:00:00Z')
  const zhanar = await coordinator(town, 'Жанар')
  await coordinator(town, 'Сәуле', { regionId: '10' })
  await zhanar.says('/absence')
  expect(zhanar.last.text).toContain(town.t('absence.nobody'))
})

const days: [said: string, answer: string][] = [
  ['22.11.2026', 'absence.past'],
  ['31.02.2027', 'absence.wantDate'],
  ['завтра утром', 'absence.wantDate'],
  ['25.11.2028', 'absence.far'],
]
test.each(days)('a first day that cannot be: «%s»', async (said, answer) => {
  const { t, marat } = await open()
  await marat.says('/absence')
  await marat.presses(marat.last.buttons[0] ?? '')
  await marat.says(said)
  expect(marat.last.text).toContain(t(answer))
  await marat.says('30.11.2026')
  await marat.says('29.11.2026')
  expect(marat.last.text).toContain(t('absence.past'))
  await marat.says('02.03.2027')
  expect(marat.last.text).toContain(t('absence.long', { n: 92 }))
  await marat.says('01.03.2027')
  await marat.presses(t('absence.yes'))
  const values = { name: 'Сәуле', where: { district: semey }, from: day('2026-11-30'), to: day('2027-03-01') }
  expect(marat.last.text).toBe(t('absence.kept', values))
})

test('an alert settled after the absence has ended loses phone and buttons in the deputy’s chat too', async () => {
  const { town, t, marat, saule, aigul } = await open()
  await stand(town, marat, saule, '2026-11-23', '2026-11-23')
  await request(town, aigul)
  await aigul.says('/human')
  expect(saule.last.text).toContain('Айгүл')
  town.at('2026-11-24T06:00:00Z')
  await marat.says('/queue')
  await marat.presses(t('queue.alerts', { n: 1 }))
  await marat.presses(t('alert.resolve'))
  const shown = saule.messages.filter(({ text }) => text.includes('701'))
  expect(shown).toEqual([])
  expect(saule.messages.some(({ buttons }) => buttons.includes(t('alert.resolve')))).toBe(false)
})

test('what is held for somebody is not passed on by an invitation', async () => {
  const { town, t, marat, saule } = await open()
  await stand(town, marat, saule, '2026-11-23', '2026-11-23')
  await saule.says('/invite')
  await saule.presses(t('invite.coordinator'))
  // With the deputy's own territory only there is nothing to choose from, and no clearance to hand on.
  expect(saule.last.text).toContain(t('invite.where'))
  await saule.presses(saule.last.buttons[0] ?? '')
  while (!(await town.store.db.$count(invitations))) await saule.presses(saule.last.buttons[0] ?? '')
  const made = await town.store.db.select().from(invitations)
  expect(made).toMatchObject([{ regionId: '10', districtId: null, cleared: false }])
})

test('what somebody is given after they named a deputy was not theirs to lend', async () => {
  const { town, marat, saule, zhanar } = await open()
  await stand(town, marat, saule, '2026-11-24', '2026-11-24')
  await stand(town, saule, zhanar, '2026-11-24', '2026-11-24')
  const later = new Date('2026-11-23T09:00:00Z')
  const far = { regionId: otherRegion, districtId: null, cleared: true }
  await grantRole(town.store, { ...far, personId: marat.personId, at: later })
  const at = new Date('2026-11-24T06:00:00Z')
  const all = await listAllCoordinators(town.store, at)
  for (const { personId } of [saule, zhanar]) {
    const seen = (await getPerson(town.store, personId, at)).roles
    const listed = all.find(one => one.personId === personId)?.roles ?? []
    for (const held of [seen, listed]) {
      const lent = held.filter(role => role.lent)
      expect(lent.map(({ districtId }) => districtId)).toContain(semey)
      expect(lent.some(({ regionId }) => regionId === otherRegion)).toBe(false)
    }
  }
})
