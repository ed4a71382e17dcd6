import { describe, expect, test } from 'vitest'
import { roles } from '../../db/schema.ts'
import { languages } from '../../domain/language.ts'
import { testDatabase } from '../town/database.ts'
import { actsOf, coordinator, neighbour, noon, otherDistrict, semey } from '../town/quick.ts'
import { openTown, testedChannels } from '../town/town.ts'

const database = testDatabase()

describe.each(testedChannels)('an invitation on %s', channel => {
  test.each(languages)('in %s: made, used once, on record', async language => {
    const town = await openTown(database, { channel, language })
    const { t } = town
    town.at(noon.toISOString())
    const marat = await coordinator(town, 'Марат', { regionId: '10', districtId: semey }, language)
    await marat.says('/invite')
    const [, code = ''] = /(i-[\w-]{20})/.exec(marat.last.text) ?? []
    expect(code).not.toBe('')

    const guest = await town.person('Гость')
    await guest.start(code)
    expect(
      guest.messages.some(({ text }) => text.includes(t('invite.welcome', { where: { district: semey } }))),
    ).toBe(true)
    await guest.says('Сәуле')
    await guest.presses(t(`lang.${language}`))
    expect(guest.last.buttons).toContain(t('menu.queue'))
    const thief = await town.person('Чужой')
    await thief.start(code)
    expect(thief.last.text).toContain('')
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

  test('who holds two territories says for which one; a region is invited for as a whole or in part', async () => {
    const town = await openTown(database, { channel, language: 'ru' })
    const { t } = town
    town.at(noon.toISOString())
    const marat = await coordinator(town, 'Марат', { regionId: '10', districtId: semey })
    await marat.start(`i-${await town.invitation({ regionId: '75' })}`)
    await marat.says('/invite')
    expect(marat.last.text).toContain(t('invite.own'))
    await marat.presses(t('dg.where', { where: { region: '75' } }))
    await marat.presses(t('dg.where', { where: { region: '75' } }))
    expect(marat.last.text).toContain('i-')
    await marat.says('/invite')
    await marat.presses(t('dg.where', { where: { district: semey } }))
    expect(marat.last.text).toContain(t('dg.where', { where: { district: semey } }))
    expect(marat.last.text).not.toContain(otherDistrict)
  })
})
