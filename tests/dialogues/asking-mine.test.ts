import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import type { OpenDatabase } from '../../db/client.ts'
import { assignments, requests } from '../../db/schema.ts'
import { asks } from '../town/asking.ts'
import { openTestDatabase } from '../town/database.ts'
import { zeinep } from '../town/quick.ts'
import { requestFrom, type SettledTown, settledTown } from '../town/stories.ts'
import { testedChannels } from '../town/town.ts'

vi.setConfig({ testTimeout: 180_000 })
let database: OpenDatabase
beforeAll(async () => {
  database = await openTestDatabase()
})
afterAll(() => database.close())

async function openMine(town: SettledTown, status: string) {
  const { aigul, t } = town
  await aigul.says('/my')
  await aigul.presses(t('my.line', { num: 1, status: { key: status } }))
}

describe.each(testedChannels)('on %s', channel => {
  test('the list, the words of each status, more words and a photo for the helper who holds it', async () => {
    const town = await settledTown(database, { channel, language: 'ru' })
    const { aigul, timur, t } = town
    await aigul.start()
    await aigul.presses(t('lang.ru'))
    await aigul.says('/my')
    expect(aigul.last.text).toContain(t('my.none'))
    expect(asks(town, aigul, 'who.ask')).toBe(true)
    await aigul.says('/menu')
    await requestAgain(town)
    await openMine(town, 'st.search')
    expect(aigul.last.text).toContain(t('st.search'))
    await timur.in('Көршілер').presses(t('claim'))
    await openMine(town, 'st.claimed')
    expect(aigul.last.text).toContain('Тимур')
    await aigul.presses(t('my.add'))
    await aigul.says('Ключ у соседки Розы')
    expect(aigul.last.text).toContain(t('my.added', { num: 1 }))
    expect(timur.last.text).toBe(t('task.added', { num: 1, words: 'Ключ у соседки Розы' }))
    await timur.presses(t('onway'))
    await openMine(town, 'st.onway')
    await aigul.presses(t('my.add'))
    await aigul.sends('photo', 'вот такая дверь')
    expect(timur.last.content).toBe('photo')
    expect(timur.messages.at(-2)?.text).toContain('вот такая дверь')
    await openMine(town, 'st.onway')
    await aigul.presses(t('my.add'))
    await aigul.sends('location')
    expect(timur.last.text).toBe(t('task.addedFile', { num: 1 }))
    expect(timur.last.buttons).toEqual([t('claim.pin')])
  })

  /** The helper says it is done without the digits; the asker does not answer. */
  async function saidDone() {
    const town = await settledTown(database, { channel, language: 'ru' })
    const { aigul, timur, t } = town
    await requestFrom(town, aigul)
    await timur.in('Көршілер').presses(t('claim'))
    await timur.presses(t('done'))
    await timur.presses(t('done.noCode'))
    expect(aigul.last.buttons).toContain(t('req.yes'))
    return town
  }

  test('whether help came can be answered from the list, without looking for the question', async () => {
    const town = await saidDone()
    const { aigul, t } = town
    await openMine(town, 'st.wait')
    await aigul.presses(t('my.answer'))
    await aigul.presses(t('req.yes'))
    expect(aigul.messages.some(({ text }) => text.includes(t('rate.ask', { num: 1 })))).toBe(true)
    const [row] = await town.store.db.select().from(requests)
    expect(row).toMatchObject({ status: 'closed', confirmation: 'requester' })
  })

  test('a helper who gives it back after all takes the question away', async () => {
    const { store, aigul, timur, t } = await saidDone()
    const [held] = await store.db.select().from(assignments)
    await timur.pressesData(`release:${held?.id}`)
    expect(aigul.messages.filter(({ buttons }) => buttons.includes(t('req.yes')))).toEqual([])
  })

  test('violence that is told for a taken request is a call, and no helper reads it', async () => {
    const town = await settledTown(database, { channel, language: 'ru' })
    const { aigul, timur, marat, t } = town
    await requestFrom(town, aigul)
    await timur.in('Көршілер').presses(t('claim'))
    await openMine(town, 'st.claimed')
    await aigul.presses(t('my.add'))
    await aigul.says('Сын меня бьёт каждый вечер')
    expect(timur.messages.some(({ text }) => text.includes('бьёт'))).toBe(false)
    expect(marat.messages.some(({ text }) => text.includes('Сын меня бьёт'))).toBe(true)
  })

  test('a person is called from a request once, however often it is pressed, and the answer arrives', async () => {
    const town = await settledTown(database, { channel, language: 'ru' })
    const { aigul, marat, t } = town
    await requestFrom(town, aigul)
    const calls = () =>
      marat.messages.filter(({ text }) => text.startsWith(t('alert.human').split('\n')[0] ?? ''))
    for (let n = 0; n < 2; n++) {
      await openMine(town, 'st.search')
      await aigul.presses(t('my.human'))
      expect(aigul.last.text).toContain(t('human.ok').split('{')[0] ?? '')
    }
    expect(calls().length).toBe(1)
    await marat.presses(t('alert.reply'))
    await marat.says('Позвоню Вам в три часа')
    expect(aigul.last.text).toBe(t('reply.text', { words: 'Позвоню Вам в три часа' }))
  })

  test('cancelled with each reason: the helper is told, the address goes, the post says so', async () => {
    const town = await settledTown(database, { channel, language: 'ru' })
    const { aigul, timur, t } = town
    const group = timur.in('Көршілер')
    await requestFrom(town, aigul)
    await group.presses(t('claim'))
    await openMine(town, 'st.claimed')
    await aigul.presses(t('my.cancel'))
    await aigul.presses(t('cancel.keep'))
    await aigul.presses(t('my.line', { num: 1, status: { key: 'st.claimed' } }))
    await aigul.presses(t('my.cancel'))
    await aigul.presses(t('cancel.solved'))
    expect(aigul.last.text).toContain(t('cancel.ok.other', { num: 1, ...zeinep }))
    expect(timur.last.text).toBe(t('task.closed', { num: 1, status: { key: 'st.cancelled' } }))
    expect(timur.messages.some(({ text }) => text.includes('Абая'))).toBe(false)
    expect(group.last.text).toContain(t('st.cancelled'))
    expect(group.last.buttons).toEqual([])
    for (const [n, reason] of ['cancel.later', 'cancel.mistake', 'cancel.other'].entries()) {
      await requestAgain(town, 'Зейнеп Ахметова')
      await aigul.says('/my')
      await aigul.presses(t('my.line', { num: n + 2, status: { key: 'st.search' } }))
      await aigul.presses(t('my.cancel'))
      await aigul.presses(t(reason))
      expect(aigul.last.text).toContain(t('cancel.ok.other', { num: n + 2, ...zeinep }))
    }
  })

  async function requestAgain(town: SettledTown, elder?: string) {
    const { aigul, t } = town
    await aigul.says('/menu')
    await aigul.presses(t('who.other'))
    if (elder) await aigul.presses(elder)
    else {
      await aigul.presses(t('consent.yes'))
      await aigul.says('Зейнеп Ахметова')
      await aigul.presses(t('consent.other.yes'))
    }
    await aigul.presses(t('cat.medical'))
    await aigul.presses(t('when.today'))
    if (!elder) {
      await aigul.says('Семей')
      await aigul.says('ул. Абая 12, кв. 5')
      await aigul.says('8 701 123 45 67')
      await aigul.says('Нужны лекарства')
      await aigul.presses(t('text.enough'))
    }
    await aigul.presses(t('check.yes'))
  }
})
