import { describe, expect, test } from 'vitest'
import { getDigestSettings } from '../../db/digest-runs.ts'
import { digest } from '../../jobs/digest.ts'
import { testDatabase } from '../town/database.ts'
import { districtAtNoon } from '../town/district.ts'
import { semey } from '../town/quick.ts'
import { languagesOn, testedChannels } from '../town/town.ts'

const database = testDatabase()
const role = { regionId: '10', districtId: semey }

describe.each(testedChannels)('the settings of the digest on %s', channel => {
  test.each(languagesOn(channel))('in %s: another hour by a press, a pause, and again', async language => {
    const { town, t, marat } = await districtAtNoon(database, { channel, language, role })
    const sentAt = (clock: string) => digest.run(town.store, new Date(`2026-11-24T${clock}:00Z`))
    await marat.says('/digest')
    await marat.presses(t('dg.settings'))
    expect(marat.last.text).toContain(t('dg.settings.daily', { clock: '08:30' }))
    await marat.presses(t('dg.settings.hour'))
    await marat.presses('18:00')
    expect(marat.last.text).toContain(t('dg.settings.going', { clock: '18:00' }))
    expect(await sentAt('12:59')).toMatchObject({ sent: 0 })
    await marat.says('/settings')
    expect(marat.last.text).toContain(t('dg.settings.daily', { clock: '18:00' }))
    await marat.presses(t('dg.settings.pause'))
    expect(marat.last.text).toContain(t('dg.settings.stopped'))
    expect(await sentAt('13:00')).toMatchObject({ sent: 0 })
    // Paused, it is still there for the asking.
    await marat.says('/digest')
    await marat.presses(t('dg.settings'))
    expect(marat.last.text).toContain(t('dg.settings.paused'))
    await marat.presses(t('dg.settings.go'))
    expect(marat.last.text).toContain(t('dg.settings.going', { clock: '18:00' }))
    expect(await sentAt('13:01')).toMatchObject({ sent: 1 })
  })
})

const typed: [said: string, minutes: number | undefined, answer?: string][] = [
  ['9:15', 9 * 60 + 15],
  ['в 9', 9 * 60],
  ['сағат 10.05', 10 * 60 + 5],
  ['8:00', 8 * 60],
  ['20:59', 20 * 60 + 59],
  ['7:59', undefined, 'dg.settings.night'],
  ['21:00', undefined, 'dg.settings.night'],
  ['25:00', undefined, 'dg.settings.clock'],
  ['утром', undefined, 'dg.settings.clock'],
]

test.each(typed)('the hour typed: «%s»', async (said, minutes, answer) => {
  const { town, t, marat } = await districtAtNoon(database, { channel: 'telegram', role })
  await marat.says('/settings')
  await marat.presses(t('dg.settings.hour'))
  await marat.says(said)
  if (answer) expect(marat.last.text).toContain(t(answer))
  const { atMinutes } = await getDigestSettings(town.store, marat.personId)
  expect(atMinutes).toBe(minutes ?? 8 * 60 + 30)
})

test('an hour moved back after the digest of the day brings no second one', async () => {
  const { town, t, marat } = await districtAtNoon(database, { channel: 'telegram', role })
  expect(await digest.run(town.store, new Date('2026-11-24T03:30:00Z'))).toMatchObject({ sent: 1 })
  await marat.says('/settings')
  await marat.presses(t('dg.settings.hour'))
  await marat.presses('10:00')
  expect(await digest.run(town.store, new Date('2026-11-24T05:00:00Z'))).toMatchObject({ sent: 0 })
  expect(await digest.run(town.store, new Date('2026-11-25T04:59:00Z'))).toMatchObject({ sent: 0 })
  expect(await digest.run(town.store, new Date('2026-11-25T05:00:00Z'))).toMatchObject({ sent: 1 })
})

test('a helper and a stranger find neither the settings nor the lists', async () => {
  const { t, marat, aigul } = await districtAtNoon(database, { channel: 'telegram', role })
  await marat.says('/digest')
  for (const command of ['/settings', '/absence', '/digest']) {
    await aigul.says(command)
    expect(aigul.last.text).toContain(t('err.command'))
  }
  expect((await aigul.pressesData('list:urgent@29000000')).notice).toBe(t('act.notYours'))
  expect((await marat.pressesData('list:urgent')).notice).toBe(t('act.notYours'))
  expect((await marat.pressesData('list:secret@29000000')).notice).toBe(t('act.notYours'))
})

test('the week is told at any time to whoever coordinates more than a district', async () => {
  const wide = { regionId: '10', districtId: null }
  const { t, marat } = await districtAtNoon(database, { channel: 'telegram', role: wide })
  const days = { from: { date: '2026-11-16' }, to: { date: '2026-11-22' }, where: { region: '10' } }
  await marat.says('/settings')
  await marat.presses(t('dg.week.heading'))
  expect(marat.last.text).toBe(t('dg.week.quiet', days))
  const { marat: near } = await districtAtNoon(database, { channel: 'telegram', role })
  await near.says('/settings')
  expect(near.last.buttons).not.toContain(t('dg.week.heading'))
  await near.says('/week')
  expect(near.last.text).toContain(t('dg.week.none'))
})
