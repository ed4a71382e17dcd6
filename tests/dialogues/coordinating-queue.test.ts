import { describe, expect, test } from 'vitest'
import { getRequest } from '../../db/requests.ts'
import type { Language } from '../../domain/language.ts'
import { outcomes } from '../../domain/request.ts'
import { testDatabase } from '../town/database.ts'
import { boundGroup, districtAtNoon } from '../town/district.ts'
import { actsOf, coordinator, helper, noon, otherDistrict, request, semey, zeinep } from '../town/quick.ts'
import {
  type Citizen,
  hasButtons,
  languagesOn,
  type TestedChannel,
  type Town,
  testedChannels,
} from '../town/town.ts'

const database = testDatabase()

function open(channel: TestedChannel, language?: Language) {
  return districtAtNoon(database, { channel, language, role: { regionId: '10' } })
}

describe.each(testedChannels)('the queue on %s', channel => {
  test.each(languagesOn(channel))('in %s counts, lists, opens, and leads back', async language => {
    const { town, t, marat, aigul } = await open(channel, language)
    const timur = await helper(town, 'Тимур', { language })
    await timur.says('/tasks')
    const old = new Date(noon.getTime() - 4 * 86_400_000)
    await request(town, aigul, { at: old })
    await request(town, aigul)
    const { id } = await request(town, aigul)
    await timur.pressesData(`claim:${id}`)
    await helper(town, 'Ерлан', { status: 'pending', language })
    await aigul.says('/human')
    await marat.says('/queue')
    const counted = [
      ['open', 2],
      ['claimed', 1],
      ['done', 0],
      ['overdue', 1],
      ['alerts', 1],
      ['applicants', 1],
    ]
    expect(marat.last.buttons.slice(0, 6)).toEqual(
      counted.map(([what, n]) => t(`queue.${what}`, { n: n ?? 0 })),
    )

    await marat.presses(t('queue.claimed', { n: 1 }))
    await marat.presses(marat.last.buttons[0] ?? '')
    expect(marat.messages.at(-2)?.text).toContain(t('claim.shown', { vol: 'Тимур' }))
    expect(marat.last.text).toContain(t('st.line', { num: 3, status: { key: 'st.claimed' } }))
    await marat.presses(t('queue.back'))
    expect(marat.last.text).toContain(t('queue.list'))
    await marat.presses(t('queue.back'))
    await marat.presses(t('queue.applicants', { n: 1 }))
    expect(marat.last.buttons).toEqual([t('approve.yes'), t('approve.no')])
    await marat.says('/queue')
    await marat.presses(t('queue.alerts', { n: 1 }))
    expect(marat.last.text).toContain('Айгүл')
    await marat.presses(t('alert.resolve'))
    await marat.says('/queue')
    await marat.presses(t('queue.alerts', { n: 0 }))
    expect(marat.last.text).toContain(t('queue.none'))
  })

  test('pages stay as they were shown, and one returns to the page one left', async () => {
    const { town, t, marat, aigul } = await open(channel)
    const made = []
    for (let n = 0; n < 17; n++) made.push(await request(town, aigul))
    await marat.says('/queue')
    await marat.presses(t('queue.open', { n: 17 }))
    const first = marat.last.buttons.slice(0, 7)
    await marat.presses(t('cat.more'))
    const second = marat.last.buttons.slice(0, 7)
    expect(new Set([...first, ...second]).size).toBe(14)
    // Meanwhile others take the first three: the buttons of the open page keep their meaning.
    const timur = await helper(town, 'Тимур')
    await timur.says('/tasks')
    for (const { id } of made.slice(0, 3)) await timur.pressesData(`claim:${id}`)
    await marat.presses(second[2] ?? '')
    expect(marat.last.text).toContain(second[2]?.split(' ')[0]?.slice(1) ?? '?')
    await marat.presses(t('queue.close'))
    await marat.presses(t('outcome.duplicate'))
    await marat.says('Такая уже есть')
    expect(marat.last.text).toContain(t('queue.list'))
    expect(marat.last.text).toContain('закрыта')
    expect(marat.last.buttons.some(label => label === second[2])).toBe(false)
  })

  test.each(languagesOn(channel))(
    'in %s the last one handed on: the lists are offered, nothing from nothing',
    async language => {
      const { town, t, marat, aigul } = await open(channel, language)
      await helper(town, 'Тимур', { language })
      await request(town, aigul)
      await assignFirst(marat, t, 1)
      const said = [t('queue.assigned', { num: 1 }), t('queue.none'), t('queue.ask')]
      expect(marat.last.text).toBe(said.join('\n\n'))
      await marat.presses(t('queue.open', { n: 0 }))
      expect(marat.last.text).toBe(said.slice(1).join('\n\n'))
    },
  )

  test('the last one of the second page handed on: the first page follows', async () => {
    const { town, t, marat, aigul } = await open(channel)
    await helper(town, 'Тимур')
    for (let n = 0; n < 8; n++) await request(town, aigul)
    await assignFirst(marat, t, 8, () => marat.presses(t('cat.more')))
    expect(marat.last.text).toContain(t('queue.list'))
    expect(marat.last.text).not.toContain(t('queue.none'))
    expect(marat.last.buttons.filter(label => label.startsWith('№')).length).toBe(7)
  })

  test.each(languagesOn(channel))(
    'in %s by hand: chosen by load; handed on, the former loses the address',
    async language => {
      const { town, t, marat, aigul } = await open(channel, language)
      const timur = await helper(town, 'Тимур', { language })
      const dina = await helper(town, 'Дина', { language })
      await helper(town, 'Ольга', { language, districtIds: [otherDistrict] })
      if (hasButtons(channel)) await (await helper(town, 'Сергей', { language })).blocks()
      await boundGroup({ town, marat }, [timur, dina])
      const { id } = await request(town, aigul)
      await marat.says('/queue')
      await marat.pressesData(`open:${id}`)
      await marat.presses(t('queue.assign'))
      const names = (buttons: string[]) => buttons.filter(label => /\(\d\)/.test(label))
      expect(names(marat.last.buttons)).toEqual(
        ['Дина', 'Тимур'].map(name => t('queue.volunteer', { name, n: 0 })),
      )
      await marat.presses(t('queue.volunteer', { name: 'Тимур', n: 0 }))
      expect(marat.last.text).toContain(t('queue.assigned', { num: 1 }))
      expect(timur.messages.at(-2)?.text).toBe(t('task.assigned', { num: 1 }))
      expect(timur.last.text).toContain('Абая 12')
      expect(marat.in('Көршілер').last.text).toContain('Тимур')
      const door = aigul.last.text

      await marat.pressesData(`open:${id}`)
      await marat.presses(t('queue.assign'))
      expect(names(marat.last.buttons)).toEqual([t('queue.volunteer', { name: 'Дина', n: 0 })])
      await marat.presses(t('queue.volunteer', { name: 'Дина', n: 0 }))
      expect(timur.last.text).toBe(t('task.reassigned', { num: 1 }))
      expect(timur.messages.some(({ text }) => text.includes('Абая'))).toBe(false)
      expect(dina.last.text).toContain('Абая 12')
      expect(aigul.last.text).toContain('Дина')
      expect(aigul.last.text).not.toBe(door)
      expect(marat.in('Көршілер').last.text).toContain('Дина')
      expect((await timur.pressesData(`release:${id}`)).notice).toBe(t('task.notYours'))
      const assigned = (await actsOf(town)).filter(({ act }) => act === 'request.assigned')
      expect(assigned.map(({ note }) => note)).toEqual([
        { volunteerId: timur.personId, from: null },
        { volunteerId: dina.personId, from: timur.personId },
      ])
    },
  )

  test.each(outcomes)(
    'closed as %s: the asker reads status and reason, the helper is told',
    async outcome => {
      const { town, t, marat, aigul } = await open(channel)
      const timur = await helper(town, 'Тимур')
      await boundGroup({ town, marat }, [timur])
      const { id } = await request(town, aigul)
      await timur.in('Көршілер').presses(t('claim'))
      await marat.pressesData(`open:${id}`)
      await marat.presses(t('queue.close'))
      await marat.presses(t(`outcome.${outcome}`))
      await marat.says('Созвонились')
      const status = { key: outcome === 'fulfilled' ? 'st.done' : `st.${outcome}` }
      expect(aigul.last.text).toBe(
        t('req.closed.other', { num: 1, status, reason: 'Созвонились', ...zeinep }),
      )
      const told =
        outcome === 'fulfilled' ? t('task.thanks', { num: 1 }) : t('task.closed', { num: 1, status })
      expect(timur.last.text).toBe(told)
      expect(marat.in('Көршілер').last.text).toContain(t(status.key))
      expect(await getRequest(town.store, id)).toMatchObject({ status: 'closed', outcome })
      expect((await actsOf(town)).at(-1)).toMatchObject({
        act: 'request.closed',
        actorId: marat.personId,
        note: { outcome, reason: 'coordinator' },
      })
      await marat.pressesData(`open:${id}`)
      expect(marat.last.buttons).not.toContain(t('queue.close'))
    },
  )

  test('without the older person’s yes nobody is assigned; with it the request goes to the group', async () => {
    const { town, t, marat, aigul } = await open(channel)
    const timur = await helper(town, 'Тимур')
    const group = await boundGroup({ town, marat }, [timur])
    const { id } = await request(town, aigul, { agreed: false })
    expect(group.messages.some(({ buttons }) => buttons.includes(t('claim')))).toBe(false)
    await marat.pressesData(`open:${id}`)
    expect(marat.last.buttons).not.toContain(t('queue.assign'))
    await marat.presses(t('queue.agreed'))
    expect(marat.last.text).toContain(t('queue.agreed.ok'))
    expect(group.last.buttons).toContain(t('claim'))
    expect((await actsOf(town)).at(-1)).toMatchObject({ act: 'elder.agreed', actorId: marat.personId })
  })

  test('the nearest coordinator who can be reached is told', async () => {
    const { town, t, marat, aigul } = await open(channel)
    const near = await coordinator(town, 'Сәуле', { regionId: '10', districtId: semey })
    await request(town, aigul, { category: 'care' })
    expect(near.last.text).toContain(t('cat.care'))
    expect(marat.messages.some(({ text }) => text.includes(t('cat.care')))).toBe(false)
    if (!hasButtons(channel)) return
    await near.blocks()
    await request(town, aigul, { category: 'care' })
    expect(marat.last.text).toContain(t('cat.care'))
  })
})

test.each(['Тимур', 'Дина'])('%s is chosen, but Тимур has taken it since the list was shown', async name => {
  const { town, t, marat, aigul } = await open('playground')
  const timur = await helper(town, 'Тимур')
  await helper(town, 'Дина')
  const { id } = await request(town, aigul)
  await marat.pressesData(`open:${id}`)
  await marat.presses(t('queue.assign'))
  await timur.pressesData(`claim:${id}`)
  const holds = timur.last.text
  await marat.presses(t('queue.volunteer', { name, n: 0 }))
  expect(marat.last.text).toContain(t('queue.late', { num: 1 }))
  expect(timur.last.text).toBe(holds)
  expect((await actsOf(town)).some(({ act }) => act === 'request.assigned')).toBe(false)
})

/** Opens the first of the open requests on the page that `turn` leads to, and gives it to Тимур. */
async function assignFirst(marat: Citizen, t: Town['t'], n: number, turn?: () => Promise<unknown>) {
  await marat.says('/queue')
  await marat.presses(t('queue.open', { n }))
  await turn?.()
  await marat.presses(marat.last.buttons[0] ?? '')
  await marat.presses(t('queue.assign'))
  await marat.presses(t('queue.volunteer', { name: 'Тимур', n: 0 }))
}
