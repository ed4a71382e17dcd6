import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createLog } from '../../bot/logger.ts'
import { runJob } from '../../bot/scheduler.ts'
import { claimRequest, markDone } from '../../db/claims.ts'
import type { OpenDatabase, Store } from '../../db/client.ts'
import { eq, sql } from '../../db/drizzle.ts'
import { getRequest } from '../../db/requests.ts'
import { askings, audit, outbox, requests } from '../../db/schema.ts'
import type { Language } from '../../domain/language.ts'
import { claimsMax } from '../../domain/volunteer.ts'
import { usualSettings } from '../../jobs/job.ts'
import { watch } from '../../jobs/watch.ts'
import { letPass } from '../town/clock.ts'
import { joinDatabase, openTestDatabase } from '../town/database.ts'
import { lifeOf, mortalStore } from '../town/mortal.ts'
import {
  coordinator,
  helper,
  type Need,
  type Neighbour,
  neighbour,
  noon,
  otherDistrict,
  request,
  semey,
} from '../town/quick.ts'
import {
  hasButtons,
  languagesOn,
  openTown,
  type TestedChannel,
  type Town,
  testedChannels,
} from '../town/town.ts'

let database: OpenDatabase
beforeAll(async () => {
  database = await openTestDatabase()
})
afterAll(() => database.close())

/** Марат's district with two helpers in its group, a helper next door, and Сәуле above them all. */
async function district(channel: TestedChannel, language: Language = 'ru') {
  const town = await openTown(database, { channel, language })
  town.at(noon.toISOString())
  const marat = await coordinator(town, 'Марат', { regionId: '10', districtId: semey }, language)
  const saule = await coordinator(town, 'Сәуле', { regionId: '10' }, language)
  const aigul = await neighbour(town, 'Айгүл', language)
  const timur = await helper(town, 'Тимур', { language })
  const dina = await helper(town, 'Дина', { language })
  const erlan = await helper(town, 'Ерлан', { language, districtIds: [otherDistrict] })
  await town.group('Көршілер', [marat, timur, dina])
  await marat.in('Көршілер').pressesData(`bindto:${semey}`)
  return { town, t: town.t, marat, saule, aigul, timur, dina, erlan, group: dina.in('Көршілер') }
}

const ask = (town: Town, aigul: Neighbour, need: Need = {}) =>
  request(town, aigul, { category: 'household', details: 'Хлеб', ...need })

const posts = (group: Neighbour['messages'], words: string) =>
  group.filter(({ text, buttons }) => text.includes(words) && buttons.length > 0)

describe.each(testedChannels)('a request that nobody takes, on %s', channel => {
  test.each(languagesOn(channel))(
    'in %s: climbs from the group to the region, each step once',
    async language => {
      const { town, t, marat, saule, aigul, timur, dina, erlan, group } = await district(channel, language)
      const { id } = await ask(town, aigul)
      const heard = (person: Neighbour, key: string) =>
        person.messages.filter(({ text }) => text.includes(t(key, { num: 1 }).split('\n')[0] ?? '')).length
      const before = group.messages.length
      const steps = await letPass(town, watch, { from: noon, hours: 8 })
      expect(steps).toEqual([
        '23 11:30 post',
        '23 11:45 ask',
        '23 12:00 ask',
        '23 12:15 ask',
        '23 12:30 ask',
        '23 12:45 ask',
        '23 13:00 neighbours',
        '23 14:00 district',
        '23 16:00 region',
      ])
      // The fresh post stands below, and the old one has gone.
      expect(posts(group.messages, 'Хлеб')).toHaveLength(1)
      expect(group.messages).toHaveLength(before)
      expect(group.last.buttons).toContain(t('claim'))
      for (const person of [timur, dina, erlan]) expect(heard(person, 'ask.you')).toBe(1)
      const values = { num: 1, cat: t('cat.household'), district: { district: semey }, when: t('when.today') }
      expect(marat.last.text).toBe(t('coord.stuck', values))
      expect(saule.last.text).toBe(t('coord.stuck.region', values))
      expect(marat.messages.some(({ text }) => text.includes(t('coord.stuck.region', values)))).toBe(false)
      await marat.presses(t('queue.show'))
      expect(marat.messages.some(({ text }) => text.includes('Абая 12'))).toBe(true)

      // Somebody of the neighbouring district takes it: everybody else may rest.
      expect((await erlan.presses(t('claim'))).notice).toBe(t('claim.yours', { num: 1 }))
      expect((await getRequest(town.store, id)).status).toBe('claimed')
      expect(erlan.last.text).toContain('Абая 12')
      for (const person of [timur, dina, erlan]) {
        expect(person.messages.some(({ buttons }) => buttons.includes(t('claim')))).toBe(false)
        const thanks = person.messages.filter(({ text }) => text === t('ask.taken', { num: 1 }))
        expect(thanks).toHaveLength(hasButtons(channel) ? 1 : 0)
      }
      expect(await town.store.db.$count(askings)).toBe(0)
    },
  )

  test('closed by its asker: who was asked need not answer', async () => {
    const { town, t, aigul, timur, dina } = await district(channel)
    const { id } = await ask(town, aigul)
    await letPass(town, watch, { from: noon, hours: 1 })
    const asked = [timur, dina].filter(({ last }) => last.buttons.includes(t('claim')))
    expect(asked).toHaveLength(2)
    await aigul.says('/my')
    await aigul.says('1')
    await aigul.presses(t('my.cancel'))
    await aigul.presses(t('cancel.solved'))
    expect((await getRequest(town.store, id)).status).toBe('closed')
    for (const { messages, last } of asked) {
      expect(messages.some(({ buttons }) => buttons.includes(t('claim')))).toBe(false)
      if (hasButtons(channel)) expect(last.text).toBe(t('ask.closed', { num: 1 }))
    }
    expect(await letPass(town, watch, { from: '2026-11-23T08:00:00Z', hours: 24, everyMinutes: 30 })).toEqual(
      [],
    )
  })
})

describe('who is asked, and of what', () => {
  test('one after the other, who was asked least recently first; nobody twice a day', async () => {
    const { town, t, aigul, timur, dina } = await district('playground')
    await ask(town, aigul)
    await letPass(town, watch, { from: noon, hours: 0.8 })
    const first = [timur, dina].filter(({ last }) => last.buttons.includes(t('claim')))
    expect(first).toHaveLength(1)
    const second = first[0] === timur ? dina : timur
    await letPass(town, watch, { from: '2026-11-23T06:50:00Z', hours: 0.2 })
    expect(second.last.buttons).toContain(t('claim'))
    // Another need on the same day finds nobody left to ask; on the next day the first comes first again.
    await ask(town, aigul, { at: new Date('2026-11-23T08:00:00Z'), urgency: 'soon' })
    const soFar = [timur, dina].map(({ messages }) => messages.length)
    await letPass(town, watch, { from: '2026-11-23T08:00:00Z', hours: 12, everyMinutes: 30 })
    expect([timur, dina].map(({ messages }) => messages.length)).toEqual(soFar)
    await letPass(town, watch, { from: '2026-11-24T03:00:00Z', hours: 3.2 })
    expect([first[0]?.messages.length, second.messages.length]).toEqual([(soFar[0] ?? 0) + 1, soFar[1]])
  })

  test('not who is busy, off duty, out of reach, for other help, or asks themselves', async () => {
    const { town, aigul, timur, dina, erlan } = await district('playground')
    const { db } = town.store
    await db.execute(sql`update volunteers set on_duty = false where person_id = ${timur.personId}`)
    await db.execute(sql`insert into volunteer_categories values (${dina.personId}, 'repair')`)
    await erlan.blocks()
    await helper(town, 'Жанар', { status: 'pending' })
    await ask(town, aigul)
    await letPass(town, watch, { from: noon, hours: 3 })
    expect(await db.$count(askings)).toBe(0)
    await db.execute(
      sql`update volunteers set off_until = ${noon.toISOString()} where person_id = ${timur.personId}`,
    )
    await ask(town, timur)
    await ask(town, aigul)
    await letPass(town, watch, { from: noon, hours: 1 })
    const rows = await db.select().from(askings)
    expect(rows.map(({ personId }) => personId)).toEqual([timur.personId])
  })

  test('what waits only for the asker’s word makes nobody busy', async () => {
    const { town, aigul, timur, dina } = await district('playground')
    const { store } = town
    for (const [helper, isDone] of [
      [timur, true],
      [dina, false],
    ] as const) {
      for (let n = 0; n < claimsMax; n++) {
        const { id: requestId } = await ask(town, aigul)
        await claimRequest(store, { requestId, volunteerId: helper.personId, via: 'claim', at: noon })
        if (isDone) await markDone(store, requestId, noon)
      }
    }
    const { id } = await ask(town, aigul)
    await letPass(town, watch, { from: noon, hours: 1.5 })
    const rows = await store.db.select().from(askings).where(eq(askings.requestId, id))
    expect(rows.map(({ personId }) => personId)).toEqual([timur.personId])
  })

  test('not who gave it back; whoever takes it next, the others are asked anew when it comes back', async () => {
    const { town, t, aigul, timur, dina } = await district('playground')
    await ask(town, aigul)
    await letPass(town, watch, { from: noon, hours: 1 })
    await timur.presses(t('claim'))
    expect(dina.last.text).toBe(t('ask.taken', { num: 1 }))
    await timur.presses(t('release'))
    await letPass(town, watch, { from: '2026-11-24T06:00:00Z', hours: 4 })
    expect(dina.last.buttons).toContain(t('claim'))
    expect(timur.last.buttons).not.toContain(t('claim'))
  })

  test('what is for specialists, or without the yes of the older person, only coordinators hear of', async () => {
    for (const need of [{ category: 'legal' }, { agreed: false }] as const) {
      const { town, t, marat, aigul, group, timur } = await district('playground')
      await ask(town, aigul, need)
      const before = [group.messages.length, timur.messages.length]
      expect(await letPass(town, watch, { from: noon, hours: 8 })).toEqual([
        '23 11:30 district',
        '23 16:00 region',
      ])
      expect([group.messages.length, timur.messages.length]).toEqual(before)
      const values = { num: 1, cat: t(`cat.${need.category ?? 'household'}`), district: { district: semey } }
      expect(marat.last.text).toBe(t('coord.waits', { ...values, when: t('when.today') }))
    }
  })

  test('when the older person agrees later, it climbs from the beginning, however long it has waited', async () => {
    const { town, t, marat, aigul, group } = await district('playground')
    const { id } = await ask(town, aigul, { agreed: false })
    await letPass(town, watch, { from: noon, hours: 8 })
    town.at('2026-11-24T06:00:00Z')
    await marat.pressesData(`open:${id}`)
    await marat.presses(t('queue.agreed'))
    expect(posts(group.messages, 'Хлеб')).toHaveLength(1)
    const steps = await letPass(town, watch, { from: '2026-11-24T06:05:00Z', hours: 1 })
    expect(steps).toEqual(['24 11:35 post', '24 11:50 ask', '24 12:05 ask'])
    expect(posts(group.messages, 'Хлеб')).toHaveLength(1)
  })
})

describe('where no coordinator can hear of it', () => {
  const helpLine = { phone: '+7 700 000 00 99', hours: '09:00–18:00' }
  const settings = { ...usualSettings, helpLine }
  const steps = async (town: Town) => {
    const rows = await town.store.db.select().from(audit).orderBy(audit.id)
    const found = rows.filter(({ act }) => ['request.escalated', 'request.unheard'].includes(act))
    return found.map(({ act, note }) => `${act} ${note?.to}`)
  }
  const nobody = ['request.unheard district', 'request.unheard region']

  test('the asker is told whom to phone, once, and nothing is said to have climbed', async () => {
    const town = await openTown(database, { channel: 'telegram', language: 'ru' })
    const { t } = town
    town.at(noon.toISOString())
    const olga = await coordinator(town, 'Ольга', { regionId: '75' })
    const aigul = await neighbour(town, 'Айгүл')
    const before = olga.messages.length
    await ask(town, aigul)
    const done = await letPass(town, watch, { from: noon, hours: 8, settings })
    expect(done.slice(-2)).toEqual(['23 14:00 unheard', '23 16:00 unheard'])
    const line = t('st.line', { num: 1, status: { key: 'st.new' } })
    const told = aigul.messages.filter(({ text }) => text === `${line}\n\n${t('human.phone', helpLine)}`)
    expect(told).toHaveLength(1)
    expect(await steps(town)).toEqual(nobody)
    expect(olga.messages.length).toBe(before)
  })

  test('of a restricted one only who is cleared counts, and who has stopped the bot does not', async () => {
    const { town, marat, saule, aigul } = await district('telegram')
    for (const { personId } of [marat, saule])
      await town.store.db.execute(sql`update roles set cleared = false where person_id = ${personId}`)
    const director = await coordinator(town, 'Жанар')
    await director.blocks()
    await ask(town, aigul, { category: 'safety' })
    await letPass(town, watch, { from: noon, hours: 8, everyMinutes: 30, settings })
    expect(await steps(town)).toEqual(nobody)
  })

  test('above the district: its coordinator has heard, and the asker learns whom to phone', async () => {
    const town = await openTown(database, { channel: 'telegram', language: 'ru' })
    town.at(noon.toISOString())
    const marat = await coordinator(town, 'Марат', { regionId: '10', districtId: semey })
    const aigul = await neighbour(town, 'Айгүл')
    await ask(town, aigul)
    await letPass(town, watch, { from: noon, hours: 8, everyMinutes: 30, settings })
    expect(await steps(town)).toEqual(['request.escalated district', 'request.unheard region'])
    expect(aigul.last.text).toContain(helpLine.phone)
    // Nobody could be asked: the words do not say that somebody was.
    const values = { num: 1, cat: town.t('cat.household'), district: { district: semey } }
    const words = town.t('coord.stuck.unasked', { ...values, when: town.t('when.today') })
    expect(marat.messages.filter(({ text }) => text === words)).toHaveLength(1)
  })

  test('the operator’s chat hears of each', async () => {
    const town = await openTown(database, { channel: 'telegram', language: 'ru' })
    town.at(noon.toISOString())
    const aigul = await neighbour(town, 'Айгүл')
    for (let n = 0; n < 2; n++) await ask(town, aigul, { category: 'safety' })
    await watch.run(town.store, noon)
    const heard: string[] = []
    const now = () => new Date(noon.getTime() + 3_600_000)
    const parts = { store: town.store, log: createLog('silent'), now, wake: () => {}, settings }
    await runJob({ ...parts, witness: ({ what }) => heard.push(what) }, watch)
    expect(heard).toEqual(['unheard', 'unheard', 'job'])
  })
})

describe('quiet hours', () => {
  test('at night only what is for today climbs; the rest goes on in the morning, not all at once', async () => {
    const { town, aigul } = await district('playground')
    const late = new Date('2026-11-23T13:30:00Z')
    await ask(town, aigul, { urgency: 'soon', category: 'medical', at: late })
    const steps = await letPass(town, watch, { from: late, hours: 24, everyMinutes: 15 })
    expect(steps.map(step => step.slice(0, 8))).not.toContain('23 2')
    expect(steps.slice(0, 3)).toEqual(['24 08:00 post', '24 11:00 ask', '24 12:30 ask'])
    const urgent = await district('playground')
    await ask(urgent.town, urgent.aigul, { at: new Date('2026-11-23T17:00:00Z') })
    const night = await letPass(urgent.town, watch, { from: '2026-11-23T17:00:00Z', hours: 2 })
    expect(night.slice(0, 2)).toEqual(['23 22:30 post', '23 22:45 ask'])
  })

  test('a clock that stood still over the evening does not catch up at night', async () => {
    const { town, aigul } = await district('playground')
    await ask(town, aigul, { urgency: 'soon' })
    await letPass(town, watch, { from: noon, hours: 1 })
    expect(await letPass(town, watch, { from: '2026-11-24T17:00:00Z', hours: 9, everyMinutes: 15 })).toEqual(
      [],
    )
    const morning = await letPass(town, watch, { from: '2026-11-25T03:00:00Z', hours: 7, everyMinutes: 15 })
    expect(morning).toEqual(['25 08:00 post', '25 11:00 ask', '25 14:00 ask'])
  })

  test('what waited when the clock first came wakes nobody, and climbs from then on', async () => {
    const { town, aigul } = await district('playground')
    await ask(town, aigul, { at: new Date('2026-11-20T06:00:00Z') })
    await ask(town, aigul, { at: new Date('2026-11-22T06:00:00Z'), urgency: 'planned' })
    // As the migration leaves them.
    const deployed = new Date('2026-11-23T18:00:00Z')
    await town.store.db.update(requests).set({ watchSince: deployed, watchAt: deployed, watchStep: 0 })
    expect(await letPass(town, watch, { from: deployed, hours: 8.9, everyMinutes: 15 })).toEqual([])
    const first = await letPass(town, watch, { from: '2026-11-24T03:00:00Z', hours: 1, everyMinutes: 5 })
    expect(first[0]).toBe('24 08:00 post')
    expect(first.length).toBeLessThan(6)
  })
})

describe('several processes', () => {
  test('three at once do each step once, over a week and many requests', async () => {
    const { town, t, aigul, timur, dina, erlan, marat } = await district('playground')
    const others = [await joinDatabase(database), await joinDatabase(database)]
    const stores: Store[] = [town.store, ...others.map(({ db }) => ({ ...town.store, db }))]
    const need: Need[] = [
      { urgency: 'soon' },
      { urgency: 'planned' },
      {},
      { category: 'legal', urgency: 'soon' },
    ]
    for (const each of need) await ask(town, aigul, each)
    const steps = await letPass(town, watch, { from: noon, hours: 7 * 24, everyMinutes: 30, stores })
    const count = (step: string) => steps.filter(done => done.endsWith(` ${step}`)).length
    expect([count('post'), count('ask'), count('neighbours')]).toEqual([3, 15, 3])
    expect([count('district'), count('region')]).toEqual([4, 4])
    const told = await town.store.db.select().from(audit).where(eq(audit.act, 'request.escalated'))
    expect(new Set(told.map(({ subjectId, note }) => `${subjectId} ${note?.to}`)).size).toBe(8)
    expect(told).toHaveLength(8)
    expect(marat.messages.filter(({ text }) => text.includes(t('coord.stuck', {}).slice(-20)))).toHaveLength(
      3,
    )
    // One unasked message a day each, however many needs there were.
    const days = await town.store.db.execute(sql`
      select chat, count(*) as n from outbox where ref like 'ask:%' group by chat, created_at::date having count(*) > 1`)
    expect(Array.isArray(days) ? [...days] : (days as { rows: unknown[] }).rows).toEqual([])
    for (const person of [timur, dina, erlan]) expect(person.messages.length).toBeGreaterThan(1)
    for (const other of others) await other.close()
  })

  test('one that dies between any two steps leaves nothing or all of it', async () => {
    const { town, aigul, marat, t } = await district('playground')
    const { id } = await ask(town, aigul)
    const { db } = town.store
    const traces = async () => ({
      watch: await db.select({ step: requests.watchStep, at: requests.watchAt }).from(requests),
      ...{
        outbox: await db.$count(outbox),
        audit: await db.$count(audit),
        askings: await db.$count(askings),
      },
    })
    // The first look plans; then a step each half-hour. Each process dies one statement later than the one before.
    let deaths = 0
    for (let minutes = 0; minutes <= 360; minutes += 30) {
      const at = new Date(noon.getTime() + minutes * 60_000)
      town.at(at.toISOString())
      for (let steps = 0; ; steps++) {
        const life = lifeOf(steps)
        const before = await traces()
        const outcome = await watch.run(mortalStore(town.store, life), at).then(
          () => 'lived',
          () => 'died',
        )
        const after = await traces()
        if (outcome === 'lived') break
        deaths += 1
        if (JSON.stringify(after.watch) === JSON.stringify(before.watch)) expect(after).toEqual(before)
      }
    }
    await town.settle()
    expect(deaths).toBeGreaterThan(50)
    const acts = await db.select().from(audit).where(eq(audit.subjectId, id))
    expect(acts.map(({ act, note }) => `${act} ${note?.where ?? note?.to}`).sort()).toEqual([
      'request.escalated district',
      'request.escalated region',
      'volunteers.asked district',
      'volunteers.asked district',
      'volunteers.asked region',
    ])
    expect(marat.messages.filter(({ text }) => text.includes(t('coord.stuck', {}).slice(-20)))).toHaveLength(
      1,
    )
  })
})
