import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { OpenDatabase } from '../../db/client.ts'
import { openTestDatabase } from '../town/database.ts'
import { helper, neighbour, noon, request } from '../town/quick.ts'
import { languagesOn, openTown, testedChannels } from '../town/town.ts'

let database: OpenDatabase
beforeAll(async () => {
  database = await openTestDatabase()
})
afterAll(() => database.close())

describe.each(testedChannels)('what is passed on, on %s', channel => {
  test.each(languagesOn(channel))('in %s every voice and photo names its request', async language => {
    const town = await openTown(database, { channel, language })
    const { t } = town
    town.at(noon.toISOString())
    const aigul = await neighbour(town, 'Айгүл', language)
    const timur = await helper(town, 'Тимур', { language })
    const add = async (what: 'voice' | 'photo', num: number, status: string) => {
      await aigul.says('/my')
      await aigul.presses(t('my.line', { num, status: { key: status } }))
      await aigul.presses(t('my.add'))
      await aigul.sends(what)
    }
    const first = await request(town, aigul)
    await add('voice', 1, 'st.new')
    const second = await request(town, aigul)
    await add('photo', 2, 'st.new')
    await timur.says('/tasks')
    await timur.pressesData(`claim:${first.id}`)
    await timur.pressesData(`claim:${second.id}`)
    await add('voice', 2, 'st.claimed')
    const passedOn = timur.messages.filter(({ content }) => content === 'voice' || content === 'photo')
    expect(passedOn.map(({ content, text }) => [content, text])).toEqual([
      ['voice', t('claim.file', { num: 1 })],
      ['photo', t('claim.file', { num: 2 })],
      ['voice', t('claim.file', { num: 2 })],
    ])
  })
})
