import { expect, test } from 'vitest'
import { getRequest } from '../../db/requests.ts'
import type { Urgency } from '../../domain/categories.ts'
import { testDatabase } from '../town/database.ts'
import { districtAtNoon } from '../town/district.ts'
import { helper, request } from '../town/quick.ts'
import type { Citizen } from '../town/town.ts'

const database = testDatabase()

/** Тимур has taken Айгүл's request in daylight; now it is ten in the evening. */
async function evening(urgency: Urgency) {
  const { town, t, marat, aigul } = await districtAtNoon(database, { channel: 'telegram' })
  const timur = await helper(town, 'Тимур')
  const dina = await helper(town, 'Дина')
  const { id } = await request(town, aigul, { urgency })
  await timur.pressesData(`claim:${id}`)
  town.at('2026-11-23T17:00:00Z')
  return { town, t, marat, aigul, timur, dina, id }
}

type Evening = Awaited<ReturnType<typeof evening>>

async function assignsDina({ t, marat, id }: Evening) {
  await marat.pressesData(`open:${id}`)
  await marat.presses(t('queue.assign'))
  await marat.presses(t('queue.volunteer', { name: 'Дина', n: 0 }))
}

const deeds: [
  what: string,
  deed: (evening: Evening) => Promise<unknown>,
  hears: (evening: Evening) => Citizen,
  words: string,
][] = [
  ['a coordinator gives it to another: she', assignsDina, ({ dina }) => dina, 'task.assigned'],
  ['a coordinator gives it to another: he', assignsDina, ({ timur }) => timur, 'task.reassigned'],
  [
    'the asker adds words: the helper',
    async ({ t, aigul }) => {
      await aigul.says('/my')
      await aigul.presses(aigul.last.buttons[0] ?? '')
      await aigul.presses(t('my.add'))
      await aigul.says('И хлеб')
    },
    ({ timur }) => timur,
    'task.added',
  ],
  [
    'the helper gives it back: the asker',
    ({ t, timur }) => timur.presses(t('release')),
    ({ aigul }) => aigul,
    'req.released.other',
  ],
]

test.each(deeds)(
  '%s hears it in the morning, and at once if it is for today',
  async (_, deed, hears, key) => {
    for (const urgency of ['planned', 'today'] as const) {
      const at = await evening(urgency)
      const { town, t, id } = at
      const words = t(key, {
        num: (await getRequest(town.store, id)).number,
        words: 'И хлеб',
        name: 'Зейнеп Ахметова',
      })
      const heard = () => hears(at).messages.some(({ text }) => text === words)
      await deed(at)
      expect([urgency, heard()]).toEqual([urgency, urgency === 'today'])
      town.at('2026-11-24T03:00:59Z')
      await town.settle()
      expect(heard()).toBe(true)
    }
  },
)

test('who is given another day’s help at night reads the address in the morning', async () => {
  const at = await evening('planned')
  const { town, dina, timur } = at
  await assignsDina(at)
  const sees = (who: Citizen) => who.messages.some(({ text }) => text.includes('Абая'))
  expect([sees(dina), sees(timur)]).toEqual([false, false])
  town.at('2026-11-24T03:00:59Z')
  await town.settle()
  expect(sees(dina)).toBe(true)
})

test('who is on the way hears at night too', async () => {
  const { town, t, aigul, timur, id } = await evening('planned')
  await timur.presses(t('onway'))
  await aigul.says('/my')
  await aigul.presses(aigul.last.buttons[0] ?? '')
  await aigul.presses(t('my.add'))
  await aigul.says('И хлеб')
  const { number } = await getRequest(town.store, id)
  expect(timur.last.text).toBe(t('task.added', { num: number, words: 'И хлеб' }))
})
