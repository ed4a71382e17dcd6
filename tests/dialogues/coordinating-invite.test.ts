import { describe, expect, test } from 'vitest'
import { eq } from '../../db/drizzle.ts'
import { invitations, outbox, roles, volunteers } from '../../db/schema.ts'
import type { languages } from '../../domain/language.ts'
import { testDatabase } from '../town/database.ts'
import {
  actsOf,
  coordinator,
  farDistrict,
  helper,
  neighbour,
  noon,
  otherDistrict,
  semey,
} from '../town/quick.ts'
import {
  type Citizen,
  hasButtons,
  languagesOn,
  openTown,
  type TestedChannel,
  type Town,
  testedChannels,
} from '../town/town.ts'

const database = testDatabase()

interface Wish {
  kind?: 'coordinator' | 'volunteer'
  /** Buttons that lead to the territory, after the question which kind it is. */
  where?: string[]
  uses?: number
  days?: number
  cleared?: boolean
}

/** The coordinator walks through the whole flow; the code as it stands in the message with the picture. */
async function invited(town: Town, by: Citizen, wish: Wish = {}): Promise<string> {
  const { kind = 'coordinator', where = [], uses = 1, days = 7, cleared = true } = wish
  await by.says('/invite')
  await by.presses(town.t(`invite.${kind}`))
  for (const button of where) await by.presses(button)
  if (kind === 'coordinator') await by.presses(town.t(cleared ? 'yes' : 'no'))
  await by.presses(String(uses))
  await by.presses(String(days))
  return codeIn(by)
}

function codeIn(by: Citizen): string {
  return /(i-[\w-]{20})/.exec(by.last.text)?.[1] ?? ''
}

async function open(channel: TestedChannel, language: (typeof languages)[number] = 'ru') {
  const town = await openTown(database, { channel, language })
  town.at(noon.toISOString())
  const marat = await coordinator(town, 'Марат', { regionId: '10', districtId: semey }, language)
  return { town, t: town.t, marat }
}

/** The volunteer's form, from the consent to the promise. */
async function fillForm(town: Town, guest: Citizen, district: string) {
  const { t } = town
  if (guest.last.text.includes(t('lang.ask'))) await guest.presses(t('lang.ru'))
  await guest.presses(t('consent.yes'))
  await guest.presses(t('yes'))
  await guest.says('Тимур Сейтов')
  await guest.says('+7 701 234 56 78')
  await guest.says(district)
  await guest.presses(t('vol.where.enough'))
  await guest.presses(t('vol.skills.enough'))
  await guest.presses(t('vol.promise'))
}

describe.each(testedChannels)('an invitation on %s', channel => {
  test.each(languagesOn(channel))('in %s: a link and its picture, used once, on record', async language => {
    const { town, t, marat } = await open(channel, language)
    const code = await invited(town, marat)
    expect(code).not.toBe('')
    expect(marat.last.content).toBe('photo')
    expect(marat.last.text).toContain(t('invite.coordinator.title'))

    const guest = await town.person('Гость')
    await guest.start(code)
    const welcome = t('invite.welcome', { where: { district: semey } })
    // Of a stranger's language WhatsApp says nothing.
    if (hasButtons(channel)) expect(guest.messages.some(({ text }) => text.includes(welcome))).toBe(true)
    await guest.says('Сәуле')
    await guest.presses(t(`lang.${language}`))
    expect(guest.last.buttons).toContain(t('menu.queue'))
    const thief = await town.person('Чужой')
    await thief.start(code)
    if (hasButtons(channel))
      expect(thief.messages.some(({ text }) => text.includes(t('invite.bad')))).toBe(true)
    const granted = await town.store.db.select().from(roles)
    expect(granted.length).toBe(2)
    expect(granted[1]).toMatchObject({ regionId: '10', districtId: semey, grantedBy: marat.personId })
    const acts = (await actsOf(town)).map(({ act }) => act)
    expect(acts).toEqual(['coordinator.invited', 'coordinator.joined'])
  })

  test('too old, unknown, or used by two at once', async () => {
    const town = await openTown(database, { channel, language: 'ru' })
    const { t } = town
    town.at('2026-11-23T06:00:00Z')
    const old = await town.invitation()
    const fresh = await town.invitation()
    const people = [await neighbour(town, 'Арман'), await neighbour(town, 'Бота')]
    const [arman, bota] = people
    await Promise.all(people.map(one => one.start(`i-${fresh}`)))
    expect(await town.store.db.$count(roles)).toBe(1)
    const refused = people.filter(one => one.last.text.includes(t('invite.bad')))
    expect(refused.length).toBe(1)
    town.at('2026-11-25T06:00:00Z')
    await arman?.start(`i-${old}`)
    expect(arman?.last.text).toContain(t('invite.bad'))
    await bota?.start('i-nothing-of-the-kind')
    expect(bota?.last.text).toContain(t('invite.bad'))
    expect(await town.store.db.$count(roles)).toBe(1)
  })

  test.each(languagesOn(channel))(
    'in %s: the living ones are listed, and one is taken back by a button',
    async language => {
      const { town, t, marat } = await open(channel, language)
      const code = await invited(town, marat, { uses: 3 })
      const guest = await town.person('Гость')
      await guest.start(code)
      await marat.says('/invite')
      await marat.presses(t('invite.list'))
      const card = marat.messages.findLast(({ buttons }) => buttons.includes(t('invite.revoke')))
      const until = { date: '2026-11-30' }
      const where = { district: semey }
      const kind = t('invite.coordinator.title')
      expect(card?.text).toBe(t('invite.one', { kind, where, used: 1, uses: 3, until }))
      await marat.presses(t('invite.revoke'))
      expect(marat.messages.map(({ text }) => text)).not.toContain(card?.text)
      expect(marat.messages.some(({ text }) => text.includes(t('invite.revoked')))).toBe(true)
      const late = await town.person('Поздний')
      await late.start(code)
      if (hasButtons(channel)) expect(late.last.text).toContain(t('invite.bad'))
      await marat.says('/invite')
      await marat.presses(t('invite.list'))
      expect(marat.last.text).toContain(t('invite.none'))
      expect((await actsOf(town)).map(({ act }) => act)).toContain('invitation.revoked')
    },
  )

  test('a volunteer who was invited is approved at once after the form, within the territory only', async () => {
    const { town, t, marat } = await open(channel)
    const code = await invited(town, marat, { kind: 'volunteer', uses: 10 })
    const timur = await town.person('Тимур')
    await timur.start(code)
    expect(
      timur.messages.some(({ text }) =>
        text.includes(t('invite.volunteer.welcome', { where: { district: semey } })),
      ),
    ).toBe(true)
    await fillForm(town, timur, 'Семей')
    expect(timur.last.text).toContain(t('vol.approved'))
    const dina = await town.person('Дина')
    await dina.start(code)
    await fillForm(town, dina, 'Жарма')
    expect(dina.last.text).toContain(t('vol.pending'))
    const rows = await town.store.db.select().from(volunteers).orderBy(volunteers.promisedAt)
    expect(rows.map(({ status, decidedBy }) => [status, decidedBy])).toEqual([
      ['approved', marat.personId],
      ['pending', null],
    ])
    const [row] = await town.store.db.select().from(invitations)
    expect(row).toMatchObject({ uses: 1, usesMax: 10 })
  })

  test('who guesses has to wait an hour, even with the right code', async () => {
    const { town, t, marat } = await open(channel)
    const code = await invited(town, marat)
    const guest = await town.person('Гость')
    for (let n = 0; n < 5; n++) {
      await guest.start(`i-${'x'.repeat(19)}${n}`)
      expect(guest.last.text).toContain(t('invite.bad'))
    }
    await guest.start(code)
    expect(guest.last.text).toContain(t('invite.tooMany'))
    const other = await town.person('Другой')
    town.at('2026-11-23T07:30:00Z')
    await guest.start(code)
    expect(
      guest.messages.some(({ text }) => text.includes(t('invite.welcome', { where: { district: semey } }))),
    ).toBe(true)
    await other.start(code)
    expect(other.last.text).toContain(t('invite.bad'))
  })
})

describe('an invitation', () => {
  test('who holds two territories says for which one; a region is invited for as a whole or in part', async () => {
    const { town, t, marat } = await open('telegram')
    await marat.start(`i-${await town.invitation({ regionId: '75' })}`)
    const whole = t('dg.where', { where: { region: '75' } })
    expect(await invited(town, marat, { where: [whole, whole] })).not.toBe('')
    const mine = t('dg.where', { where: { district: semey } })
    expect(await invited(town, marat, { where: [mine] })).not.toBe('')
    expect(marat.last.text).toContain(mine)
    expect(marat.last.text).not.toContain(otherDistrict)
  })

  test('passes on clearance only if it is said', async () => {
    const { town, t, marat } = await open('telegram')
    await invited(town, marat, { cleared: false })
    await invited(town, marat, { cleared: true })
    const rows = await town.store.db.select().from(invitations).orderBy(invitations.id)
    expect(rows.map(({ cleared }) => cleared)).toEqual([false, true])
    // Who is not cleared is not even asked.
    const nurlan = await coordinator(town, 'Нұрлан', { regionId: '10', districtId: semey, cleared: false })
    await nurlan.says('/invite')
    await nurlan.presses(t('invite.coordinator'))
    expect(nurlan.last.text).toContain(t('invite.uses'))
  })

  test('stands nowhere in plain: neither the code in the table nor the link in the outbox', async () => {
    const { town, marat } = await open('playground')
    const code = (await invited(town, marat)).slice('i-'.length)
    const everything = JSON.stringify(await town.store.db.select().from(invitations))
    const sent = (await town.store.db.select().from(outbox)).map(({ body, ...row }) => [
      row,
      body && Buffer.from(body).toString('latin1'),
    ])
    expect(everything + JSON.stringify(sent) + town.log.join('')).not.toContain(code)
  })

  test('one person takes one of its uses, and a coordinator of the place none', async () => {
    const { town, marat } = await open('telegram')
    const code = await invited(town, marat, { uses: 3 })
    await marat.start(code)
    const guest = await town.person('Гость')
    await guest.start(code)
    await guest.start(code)
    const [row] = await town.store.db.select().from(invitations)
    expect(row?.uses).toBe(1)
    expect(await town.store.db.$count(roles)).toBe(2)
  })

  test('of somebody who is no coordinator any more opens nothing', async () => {
    const { town, t, marat } = await open('telegram')
    const code = await invited(town, marat)
    await town.store.db.update(roles).set({ revokedAt: noon }).where(eq(roles.personId, marat.personId))
    const guest = await town.person('Гость')
    await guest.start(code)
    expect(guest.last.text).toContain(t('invite.bad'))
  })

  test('does not undo a refusal or a suspension', async () => {
    const { town, t, marat } = await open('telegram')
    const code = await invited(town, marat, { kind: 'volunteer', uses: 10 })
    const timur = await helper(town, 'Тимур')
    const set = (status: string) =>
      town.store.db.update(volunteers).set({ status }).where(eq(volunteers.personId, timur.personId))
    await set('suspended')
    await timur.start(code)
    expect(timur.last.text).toContain(t('vol.suspended'))
    await set('declined')
    await timur.start(code)
    await fillForm(town, timur, 'Семей')
    expect(timur.last.text).toContain(t('vol.pending'))
  })

  const reaches: [holder: string, regionId: string | null, districtId: string | null, may: boolean][] = [
    ['the district itself', '10', semey, true],
    ['its region', '10', null, true],
    ['the country', null, null, true],
    ['another district of the region', '10', otherDistrict, false],
    ['another region', farDistrict.slice(0, 2), null, false],
  ]
  test.each(reaches)(
    'for a district is seen and taken back by who holds %s: %s %s %s',
    async (_, regionId, districtId, may) => {
      const { town, t, marat } = await open('playground')
      const code = await invited(town, marat)
      const saule = await coordinator(town, 'Сәуле', { regionId, districtId })
      await saule.says('/invite')
      await saule.presses(t('invite.list'))
      expect(saule.messages.some(({ buttons }) => buttons.includes(t('invite.revoke')))).toBe(may)
      const [row] = await town.store.db.select().from(invitations)
      const { notice } = await saule.pressesData(`uninvite:${row?.id}`)
      expect(notice).toBe(t(may ? 'invite.revoked' : 'act.notYours'))
      const guest = await town.person('Гость')
      await guest.start(code)
      expect(await town.store.db.$count(roles)).toBe(may ? 2 : 3)
    },
  )
})
