import { describe, expect, test } from 'vitest'
import { listWaitingAlerts } from '../../db/alerts.ts'
import { findLivingAssignment } from '../../db/claims.ts'
import { transact } from '../../db/client.ts'
import { eraseWords } from '../../db/erase.ts'
import { assignments } from '../../db/schema.ts'
import { tellAccepted } from '../../deeds/asker.ts'
import type { languages } from '../../domain/language.ts'
import { doorCode } from '../../domain/request.ts'
import { testDatabase } from '../town/database.ts'
import { boundGroup, districtAtNoon } from '../town/district.ts'
import { actsOf, helper, type Neighbour, noon, request, zeinep } from '../town/quick.ts'
import { hasButtons, languagesOn, type TestedChannel, testedChannels } from '../town/town.ts'

const database = testDatabase()

/** Айгүл asked for Зейнеп; Тимур has helped and told the digits at the door. */
async function helped(channel: TestedChannel = 'telegram', language: (typeof languages)[number] = 'ru') {
  const district = await districtAtNoon(database, { channel, language })
  const { town, marat, aigul } = district
  const timur = await helper(town, 'Тимур', { language })
  const dina = await helper(town, 'Дина', { language })
  await boundGroup({ town, marat }, [timur, dina])
  const help = async () => {
    const { id } = await request(town, aigul)
    await transact(town.store, store => tellAccepted(store, id, noon))
    await timur.says('/menu')
    await timur.in('Көршілер').pressesData(`claim:${id}`)
    const assignment = await findLivingAssignment(town.store, { requestId: id })
    await timur.says(doorCode(assignment?.doorCode ?? '').elderSays)
    return id
  }
  const id = await help()
  const mood = async () => (await town.store.db.select().from(assignments)).map(row => row.mood)
  return { ...district, timur, dina, help, id, mood }
}

const ended = ({ messages }: Neighbour, done: string) =>
  messages.find(({ text }) => text.startsWith(done))?.text ?? ''

describe.each(testedChannels)('how the older person is, on %s', channel => {
  test.each(languagesOn(channel))(
    'in %s: one tap under the thanks, a kind line on the family’s card, nobody is alarmed',
    async language => {
      const { town, t, timur, dina, aigul, marat, id, mood } = await helped(channel, language)
      const thanks = timur.last
      expect(thanks.buttons).toEqual([
        t('mood.good'),
        t('mood.so-so'),
        t('mood.low'),
        t('note.yes'),
        t('menu'),
      ])
      const done = t('req.done.other', { num: 1, ...zeinep })
      expect(ended(aigul, done)).toBe(done)
      const before = aigul.messages.length
      expect((await timur.presses(t('mood.good'))).notice).toBe(t('mood.kept'))
      expect(await mood()).toEqual(['good'])
      if (hasButtons(channel)) {
        const answered = timur.messages.find(message => message.id === thanks.id)
        expect(answered?.text).toContain(t('echo', { text: t('mood.ask'), chosen: t('mood.good') }))
        expect(answered?.buttons).toEqual([t('note.yes'), t('menu')])
      }
      // Where it stands, without a sound.
      expect(ended(aigul, done)).toBe(`${done}\n\n${t('living.mood.good', zeinep)}`)
      expect(aigul.messages.length).toBe(before)
      expect(
        await listWaitingAlerts(town.store, [{ cleared: true, regionId: null, districtId: null }], 9),
      ).toEqual([])
      const group = dina.in('Көршілер')
      for (const other of [group, marat])
        expect(other.messages.some(({ text }) => text.includes(t('living.mood.good', zeinep)))).toBe(false)
      expect((await timur.pressesData(`mood:${id}:low`)).notice).toBe(t('confirm.late'))
      expect((await dina.pressesData(`mood:${id}:low`)).notice).toBe(t('note.late'))
      expect(await mood()).toEqual(['good'])
      // That it was said is on record, what was said is not.
      const noted = (await actsOf(town)).filter(({ act }) => act === 'mood.noted')
      expect(noted).toMatchObject([{ subjectId: id, note: null }])
    },
  )

  test('low: a coordinator hears of it in the daytime, and the family is asked to call', async () => {
    const { town, t, timur, aigul, marat, id } = await helped(channel)
    expect((await timur.presses(t('mood.low'))).notice).toBe(t('mood.low.kept'))
    const done = t('req.done.other', { num: 1, ...zeinep })
    expect(ended(aigul, done)).toContain(t('living.mood.low', zeinep))
    expect(marat.last.text).toContain(t('alert.lowMood').split('\n')[0])
    expect(marat.last.text).not.toContain('Зейнеп')
    await marat.presses(t('queue.show'))
    expect(marat.messages.some(({ text }) => text.includes('+7 701 123 45 67'))).toBe(true)
    const [alert] = await listWaitingAlerts(
      town.store,
      [{ cleared: false, regionId: null, districtId: null }],
      9,
    )
    expect(alert).toMatchObject({ kind: 'lowMood', requestId: id, personId: timur.personId, words: '' })
  })

  test('low at night wakes nobody', async () => {
    const { town, t, timur, marat } = await helped(channel)
    town.at('2026-11-23T17:00:00Z')
    const before = marat.messages.length
    await timur.presses(t('mood.low'))
    expect(marat.messages.length).toBe(before)
    town.at('2026-11-24T03:30:00Z')
    await town.settle()
    expect(marat.last.text).toContain(t('alert.lowMood').split('\n')[0])
  })

  test('the note and the mood in either order; each leaves the other its button', async () => {
    const { t, timur, mood } = await helped(channel)
    const { id } = timur.last
    const thanks = () => timur.messages.find(message => message.id === id)
    const changes = hasButtons(channel)
    await timur.presses(t('note.yes'))
    await timur.says('Собака добрая')
    if (changes)
      expect(thanks()?.buttons).toEqual([t('mood.good'), t('mood.so-so'), t('mood.low'), t('menu')])
    await timur.presses(t('mood.so-so'))
    if (changes) expect(thanks()?.buttons).toEqual([t('menu')])
    expect(await mood()).toEqual(['so-so'])
  })

  test('what the older person’s request loses, its mood loses too', async () => {
    const { town, t, timur, id, mood } = await helped(channel)
    await timur.presses(t('mood.low'))
    await transact(town.store, store => eraseWords(store, [id]))
    expect(await mood()).toEqual([null])
  })
})

test.each([
  ['грустная была', 'low'],
  ['Так себе', 'so-so'],
  ['настроение хорошее', 'good'],
  ['көңілі түсіңкі', 'low'],
  ['в хорошем настроении', 'good'],
])('typed: %s', async (said, expected) => {
  const { t, timur, mood } = await helped()
  await timur.says(said)
  expect(await mood()).toEqual([expected])
  expect(timur.last.text).toContain(t(expected === 'low' ? 'mood.low.kept' : 'mood.kept'))
})

test.each(['спасибо', 'хорошо', 'ок', 'да', 'Сегодня снег'])('typed, and no mood: %s', async said => {
  const { timur, mood } = await helped()
  await timur.says(said)
  expect(await mood()).toEqual([null])
})

test('of two helps nobody guesses which one is meant', async () => {
  const { timur, help, mood } = await helped()
  await help()
  await timur.says('грустная')
  expect(await mood()).toEqual([null, null])
})
