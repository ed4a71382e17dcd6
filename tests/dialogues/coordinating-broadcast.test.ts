import { describe, expect, test } from 'vitest'
import { textOf } from '../../bot/i18n.ts'
import { takeUnaskedDay } from '../../db/asking.ts'
import { sql } from '../../db/drizzle.ts'
import { addElder } from '../../db/elders.ts'
import { setWantsNews } from '../../db/news.ts'
import { broadcasts, outbox, roles } from '../../db/schema.ts'
import { type Language, languages } from '../../domain/language.ts'
import { broadcast } from '../../jobs/broadcast.ts'
import { testDatabase } from '../town/database.ts'
import {
  actsOf,
  coordinator,
  farDistrict,
  helper,
  type Neighbour,
  neighbour,
  noon,
  otherDistrict,
  semey,
} from '../town/quick.ts'
import { languagesOn, openTown, type TestedChannel, type Town, testedChannels } from '../town/town.ts'

const database = testDatabase()
const words = { kk: 'Сенбіде кездесу, келіңіз.', ru: 'В субботу встреча, приходите.' }
const here = { where: { district: semey } }

/** Somebody who has asked for an older person of the district, and who agreed to news. */
async function subscriber(
  town: Town,
  name: string,
  { language = 'ru' as Language, districtId = semey, wants = true } = {},
): Promise<Neighbour> {
  const person = await neighbour(town, name, language)
  const place = { regionId: districtId.slice(0, 2), districtId, home: { settlement: '', text: '' } }
  const elder = { ...place, name: 'Зейнеп', phone: '+77011234567', agreed: true, self: true }
  await addElder(town.store, { personId: person.personId, at: noon }, elder)
  await setWantsNews(town.store, person.personId, wants, noon)
  return person
}

async function open(channel: TestedChannel, language: Language = 'ru') {
  const town = await openTown(database, { channel, language })
  town.at(noon.toISOString())
  const marat = await coordinator(town, 'Марат', { regionId: '10', districtId: semey }, language)
  return { town, t: town.t, marat }
}

/** Up to the preview. `texts` are the answers to the questions for words, in their order; nothing skips one. */
async function compose(town: Town, by: Neighbour, texts: (string | undefined)[], to = 'news.people') {
  await by.says('/broadcast')
  await by.presses(town.t(to))
  for (const text of texts) await (text ? by.says(text) : by.presses(town.t('news.skip')))
}

async function tick(town: Town, at: string) {
  town.at(at)
  const done = await broadcast.run(town.store, new Date(at))
  await town.settle()
  return done
}

/** What a reader sees of it, in their own language. */
function news(text: string, language: Language = 'ru') {
  const values = { words: text, ...here }
  return textOf(language, { key: 'news.text', values })
}

function got(person: Neighbour): string[] {
  return person.messages
    .filter(({ from, text }) => from === 'bot' && /суббот|Сенбі/.test(text))
    .map(({ text }) => text)
}

describe.each(testedChannels)('a broadcast on %s', channel => {
  test.each(languagesOn(channel))(
    'in %s: by language, previewed, counted, sent, and told how it went',
    async language => {
      const { town, t, marat } = await open(channel, language)
      const readers = {
        kk: await subscriber(town, 'Қазыбек', { language: 'kk' }),
        ru: await subscriber(town, 'Раиса'),
        en: await subscriber(town, 'Ann', { language: 'en' }),
      }
      const others = [
        await subscriber(town, 'Молчун', { wants: false }),
        await subscriber(town, 'Сосед', { districtId: otherDistrict }),
        await subscriber(town, 'Дальний', { districtId: farDistrict }),
        await helper(town, 'Тимур'),
      ]
      await compose(town, marat, [words.kk, words.ru, undefined])
      const { text } = marat.last
      expect(text).toContain(t('news.text', { words: words.kk, ...here }))
      expect(text).toContain(t('news.text', { words: words.ru, ...here }))
      const lines = languages.map(code => `${t(`lang.${code}`)}: 1`).join('\n')
      expect(text).toContain(t('news.count', { lines, total: 3 }))
      await marat.presses(t('news.send'))
      expect(got(readers.kk)).toEqual([news(words.kk, 'kk')])
      expect(got(readers.ru)).toEqual([news(words.ru)])
      expect(got(readers.en)).toEqual([news(words.ru, 'en')])
      for (const other of others) expect(got(other)).toEqual([])
      const shown = marat.messages.findLast(({ buttons }) => buttons.includes(t('news.halt')))
      expect(shown?.text).toBe(t('news.going', { ...here, sent: 0, total: 3, failed: 0 }))
      await tick(town, '2026-11-23T06:10:00Z')
      const after = marat.messages.filter(({ text }) =>
        [shown?.text, t('news.done', { ...here, sent: 3, total: 3, failed: 0 })].includes(text),
      )
      expect(after).toMatchObject([
        { text: t('news.done', { ...here, sent: 3, total: 3, failed: 0 }), buttons: [] },
      ])
      const acts = (await actsOf(town)).map(({ act }) => act)
      expect(acts).toEqual(['broadcast.begun', 'broadcast.ended'])
    },
  )

  test('the button under it ends all news, and the menu brings them back', async () => {
    const { town, t, marat } = await open(channel)
    const raisa = await subscriber(town, 'Раиса')
    await compose(town, marat, [words.ru])
    await marat.presses(t('news.send'))
    await raisa.presses(t('news.stop'))
    expect(raisa.last.text).toContain(t('news.off'))
    town.at('2026-11-24T06:00:00Z')
    // Said at once: nobody is asked for words that nobody will read.
    await marat.says('/broadcast')
    expect(marat.last.text).toContain(t('news.nobody', here))
    await raisa.says('/menu')
    await raisa.presses(t('menu.news'))
    await raisa.presses(t('news.yes'))
    expect(raisa.last.text).toContain(t('news.on'))
    await compose(town, marat, [words.ru])
    expect(marat.last.text).toContain(t('news.count', { lines: `${t('lang.ru')}: 1`, total: 1 }))
  })
})

describe('who reads it', () => {
  test('a language without words, where Russian and Kazakh are missing too, is left out and said so', async () => {
    const { town, t, marat } = await open('telegram')
    await subscriber(town, 'Ann', { language: 'en' })
    const raisa = await subscriber(town, 'Раиса')
    await compose(town, marat, [undefined, 'A gathering, суббота.'])
    const lines = `${t('news.unread')}: 1\n${t('lang.en')}: 1`
    expect(marat.last.text).toContain(t('news.count', { lines, total: 1 }))
    await marat.presses(t('news.send'))
    expect(got(raisa)).toEqual([])
  })

  test('volunteers who agreed, by where they help', async () => {
    const { town, t, marat } = await open('playground')
    const [timur, dina, far] = [
      await helper(town, 'Тимур'),
      await helper(town, 'Дина'),
      await helper(town, 'Данияр', { districtIds: [otherDistrict] }),
    ]
    await subscriber(town, 'Раиса')
    const pending = await helper(town, 'Ерлан', { status: 'pending' })
    for (const one of [timur, far, pending]) await setWantsNews(town.store, one.personId, true, noon)
    await compose(town, marat, [words.ru], 'news.helpers')
    await marat.presses(t('news.send'))
    expect([timur, dina, far, pending].map(one => got(one).length)).toEqual([1, 0, 0, 0])
  })

  const territories: [name: string, regionId: string | null, districtId: string | null, total: number][] = [
    ['a district', '10', semey, 1],
    ['its region', '10', null, 2],
    ['the country', null, null, 3],
  ]
  test.each(territories)('%s: %s %s reaches %s', async (_, regionId, districtId, total) => {
    const { town, t } = await open('playground')
    for (const [name, place] of [
      ['Раиса', semey],
      ['Сосед', otherDistrict],
      ['Дальний', farDistrict],
    ] as const)
      await subscriber(town, name, { districtId: place })
    const saule = await coordinator(town, 'Сәуле', { regionId, districtId })
    await saule.says('/broadcast')
    await saule.presses(t('news.people'))
    const where = regionId ? { region: regionId } : { key: 'place.country' }
    if (!districtId) await saule.presses(t('dg.where', { where }))
    await saule.says(words.ru)
    expect(saule.last.text).toContain(t('news.count', { lines: `${t('lang.ru')}: ${total}`, total }))
  })
})

describe('unasked', () => {
  test('once a local day: who has heard from us today reads it the next morning', async () => {
    const { town, t, marat } = await open('telegram')
    const [raisa, ivan] = [await subscriber(town, 'Раиса'), await subscriber(town, 'Иван')]
    await takeUnaskedDay(town.store, ivan.personId, '2026-11-23')
    await compose(town, marat, [words.ru])
    await marat.presses(t('news.send'))
    expect([raisa, ivan].map(one => got(one).length)).toEqual([1, 0])
    await tick(town, '2026-11-23T06:10:00Z')
    const progress = (key: string, sent: number) => t(key, { ...here, sent, total: 2, failed: 0 })
    const shown = () => marat.messages.find(({ text }) => /рассылка/i.test(text))?.text
    expect(shown()).toBe(`${progress('news.going', 1)}\n\n${t('news.later', { later: 1 })}`)
    town.at('2026-11-24T02:59:00Z')
    await town.settle()
    expect(got(ivan).length).toBe(0)
    town.at('2026-11-24T03:00:01Z')
    await town.settle()
    expect(got(ivan).length).toBe(1)
    // And that was the next day's: a second broadcast on it waits for the day after.
    expect(await takeUnaskedDay(town.store, ivan.personId, '2026-11-24')).toBe(false)
    await tick(town, '2026-11-24T03:01:00Z')
    expect(shown()).toBe(progress('news.done', 2))
  })

  /** Иван has heard from us today, and his copy waits for the morning. */
  async function withOneWaiting() {
    const { town, t, marat } = await open('playground')
    const ivan = await subscriber(town, 'Иван')
    await takeUnaskedDay(town.store, ivan.personId, '2026-11-23')
    await compose(town, marat, [words.ru])
    await marat.presses(t('news.send'))
    await tick(town, '2026-11-23T06:01:00Z')
    return { town, t, marat, ivan }
  }

  test('what waits for the morning can still be stopped', async () => {
    const { town, t, marat, ivan } = await withOneWaiting()
    expect((await marat.presses(t('news.halt'))).notice).toBe(t('news.halted'))
    await tick(town, '2026-11-24T06:00:00Z')
    expect(got(ivan)).toEqual([])
  })

  test('who wants no more news does not get what waits for the morning either', async () => {
    const { town, t, marat, ivan } = await withOneWaiting()
    await ivan.pressesData('news:off')
    await tick(town, '2026-11-24T06:00:00Z')
    await tick(town, '2026-11-24T06:01:00Z')
    expect(got(ivan)).toEqual([])
    const done = t('news.done', { ...here, sent: 0, total: 1, failed: 0 })
    expect(marat.messages.map(({ text }) => text)).toContain(`${done}\n\n${t('news.left', { left: 1 })}`)
  })

  test('a copy that found nobody to send it all day waits for the morning after', async () => {
    const { town, ivan } = await withOneWaiting()
    await tick(town, '2026-11-24T18:30:00Z')
    expect(got(ivan)).toEqual([])
    await tick(town, '2026-11-25T03:00:01Z')
    expect(got(ivan).length).toBe(1)
  })

  test('the third of a day is read on the third day; who hears from us all week is left out and counted', async () => {
    const { town, t, marat } = await open('playground')
    const [raisa, ivan] = [await subscriber(town, 'Раиса'), await subscriber(town, 'Иван')]
    for (let n = 23; n < 30; n++) await takeUnaskedDay(town.store, ivan.personId, `2026-11-${n}`)
    for (let n = 0; n < 3; n++) {
      await compose(town, marat, [words.ru])
      await marat.presses(t('news.send'))
    }
    const read: number[] = []
    for (const day of [23, 24, 25]) {
      await tick(town, `2026-11-${day}T06:01:00Z`)
      read.push(got(raisa).length)
    }
    expect(read).toEqual([1, 2, 3])
    expect(got(ivan)).toEqual([])
    await tick(town, '2026-11-25T06:02:00Z')
    const done = t('news.done', { ...here, sent: 1, total: 2, failed: 0 })
    const ended = marat.messages.filter(({ text }) => text === `${done}\n\n${t('news.left', { left: 1 })}`)
    expect(ended.length).toBe(3)
  })

  test('never in quiet hours: it begins in the morning, and the coordinator is told so', async () => {
    const { town, t, marat } = await open('telegram')
    const raisa = await subscriber(town, 'Раиса')
    town.at('2026-11-23T17:00:00Z')
    await compose(town, marat, [words.ru])
    await marat.presses(t('news.send'))
    const due = { moment: '2026-11-24T03:00:00.000Z', zone: 'Asia/Almaty' }
    expect(marat.messages.some(({ text }) => text.includes(t('news.night', { due })))).toBe(true)
    await tick(town, '2026-11-24T02:59:50Z')
    expect(got(raisa)).toEqual([])
    await tick(town, '2026-11-24T03:00:00Z')
    expect(got(raisa).length).toBe(1)
  })

  test('what is still in the outbox when the quiet hours come stays there until the morning', async () => {
    const { town, t, marat } = await open('telegram')
    const crowd = []
    for (let n = 0; n < 25; n++) crowd.push(await subscriber(town, `Адам ${n}`))
    await compose(town, marat, [words.ru])
    await marat.presses(t('news.send'))
    const before = crowd.flatMap(got).length
    expect(before).toBeLessThan(25)
    await tick(town, '2026-11-23T15:59:30Z')
    expect(crowd.flatMap(got).length).toBe(before)
    for (const clock of ['03:00:00', '03:00:10', '03:00:20']) await tick(town, `2026-11-24T${clock}Z`)
    expect(crowd.flatMap(got).length).toBe(25)
  })
})

describe('under way', () => {
  /** Twelve hundred readers, of whom nobody has a phone: what the clock and the outbox do with them. */
  async function crowd(town: Town, size: number) {
    await town.store.db.execute(sql`
      with born as (
        insert into people (id, language, wants_news, created_at)
        select ('00000000-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid, 'ru', true, now()
        from generate_series(1, ${size}::int) n returning id),
      reached as (
        insert into addresses (id, person_id, channel, external_id, reachable, last_inbound_at)
        select id, id, 'nowhere', id::text, true, now() from born),
      cards as (
        insert into elders (id, region_id, district_id, person_id, name, agreed, created_by, created_at)
        select id, '10', ${semey}, id, '', true, id, now() from born)
      insert into relatives (elder_id, person_id, since) select id, id, now() from born`)
  }

  const waiting = (town: Town) => town.store.db.$count(outbox, sql`status = 'queued' and priority = 1`)
  const send = (town: Town, at: string, n: number) =>
    town.store.db.execute(sql`
      update outbox set status = 'sent', sent_at = ${at} where id in (
        select id from outbox where status = 'queued' and priority = 1 order by id limit ${n})`)

  test('it is written in portions, and one message of the coordinator shows every tenth', async () => {
    const { town, t, marat } = await open('telegram')
    await crowd(town, 1300)
    await compose(town, marat, [words.ru])
    await marat.presses(t('news.send'))
    expect(await waiting(town)).toBe(600)
    const seen: string[] = []
    const shown = () => marat.messages.find(({ text }) => text.includes(t('news.going').slice(0, 12)))
    const id = shown()?.id
    for (let second = 10; second <= 60; second += 10) {
      const at = `2026-11-23T06:01:${String(second).padStart(2, '0')}Z`.replace(':60Z', ':59Z')
      await send(town, at, 290)
      await tick(town, at)
      expect(await waiting(town)).toBeLessThanOrEqual(600)
      seen.push(marat.messages.find(message => message.id === id)?.text.split('\n')[1] ?? '')
    }
    const sent = [290, 580, 870, 870, 1300, 1300]
    expect(seen).toEqual(
      sent.map(n => t('news.going', { ...here, sent: n, total: 1300, failed: 0 }).split('\n')[1]),
    )
    const end = marat.messages.find(message => message.id === id)
    expect(end?.text).toBe(t('news.done', { ...here, sent: 1300, total: 1300, failed: 0 }))
    expect(await town.store.db.$count(outbox, sql`priority = 1`)).toBe(1300)
  })

  test('three processes at once write nobody twice', async () => {
    const { town, t, marat } = await open('telegram')
    await crowd(town, 900)
    await compose(town, marat, [words.ru])
    await marat.presses(t('news.send'))
    await send(town, '2026-11-23T06:01:00Z', 600)
    const at = new Date('2026-11-23T06:01:10Z')
    await Promise.all([1, 2, 3].map(() => broadcast.run(town.store, at)))
    expect(await town.store.db.$count(outbox, sql`priority = 1`)).toBe(900)
  })

  test('the stop button stops it: what has not gone does not go', async () => {
    const { town, t, marat } = await open('telegram')
    await crowd(town, 900)
    await compose(town, marat, [words.ru])
    await marat.presses(t('news.send'))
    await send(town, '2026-11-23T06:01:00Z', 100)
    const { notice } = await marat.presses(t('news.halt'))
    expect(notice).toBe(t('news.halted'))
    expect(await waiting(town)).toBe(0)
    const text = t('news.stopped', { ...here, sent: 100, total: 900, failed: 0 })
    expect(marat.messages.some(message => message.text === text && message.buttons.length === 0)).toBe(true)
    expect(await tick(town, '2026-11-23T06:05:00Z')).toEqual({ written: 0 })
    const [row] = await town.store.db.select().from(broadcasts)
    expect(await marat.pressesData(`newsstop:${row?.id}`)).toEqual({ notice: t('news.over') })
  })

  const stoppers: [holder: string, regionId: string | null, districtId: string | null, may: boolean][] = [
    ['the district', '10', semey, true],
    ['the region', '10', null, true],
    ['the country', null, null, true],
    ['another district', '10', otherDistrict, false],
    ['another region', farDistrict.slice(0, 2), null, false],
  ]
  test.each(stoppers)('stopped by who holds %s: %s %s %s', async (_, regionId, districtId, may) => {
    const { town, t, marat } = await open('playground')
    await crowd(town, 3)
    await compose(town, marat, [words.ru])
    await marat.presses(t('news.send'))
    const [row] = await town.store.db.select().from(broadcasts)
    const saule = await coordinator(town, 'Сәуле', { regionId, districtId })
    const { notice } = await saule.pressesData(`newsstop:${row?.id}`)
    expect(notice).toBe(t(may ? 'news.halted' : 'act.notYours'))
  })

  test('who has lost the territory before the last press sends nothing', async () => {
    const { town, t, marat } = await open('telegram')
    await marat.start(`i-${await town.invitation({ regionId: farDistrict.slice(0, 2) })}`)
    const raisa = await subscriber(town, 'Раиса')
    await marat.says('/broadcast')
    await marat.presses(t('news.people'))
    await marat.presses(t('dg.where', here))
    await marat.says(words.ru)
    await town.store.db.update(roles).set({ revokedAt: noon }).where(sql`district_id = ${semey}`)
    await marat.presses(t('news.send'))
    expect(await town.store.db.$count(broadcasts)).toBe(0)
    expect(got(raisa)).toEqual([])
  })

  test('the words stand sealed, and a volunteer cannot begin one', async () => {
    const { town, t, marat } = await open('playground')
    await subscriber(town, 'Раиса')
    await compose(town, marat, [words.ru])
    await marat.presses(t('news.send'))
    const [row] = await town.store.db.select().from(broadcasts)
    expect(Buffer.from(row?.words ?? []).toString('utf8')).not.toContain('субботу')
    expect(town.log.join('')).not.toContain('субботу')
    const timur = await helper(town, 'Тимур')
    await timur.says('/broadcast')
    expect(timur.last.text).toContain(t('err.command'))
  })
})
