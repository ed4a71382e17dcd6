import { expect, test } from 'vitest'
import { transact } from '../../db/client.ts'
import { moveChat } from '../../db/sending.ts'
import { testDatabase } from '../town/database.ts'
import { openOffice } from '../town/office.ts'

const database = testDatabase()

test('words that nobody can read any more are given up, and keep nobody else waiting', async () => {
  const office = await openOffice(database)
  const [timur, dina] = await office.pair()
  await office.tell('lost', { to: timur })
  await office.store.db.execute('update outbox set body = null')
  await office.tell('after it', { to: timur, resend: false })
  await office.tell('broken', { to: dina })
  await office.store.db.execute(
    `update outbox set body = 'x' where id = (select id from outbox order by id desc limit 1)`,
  )
  await office.tell('to another', { to: dina })
  await office.drain()
  expect(office.said(timur)).toEqual(['after it'])
  expect(office.said(dina)).toEqual(['to another'])
  expect(await office.fates()).toEqual(['failed: invalid', 'sent', 'failed: invalid', 'sent'])
})

test('an edit that was ended while it was being sent is not tried again', async () => {
  const office = await openOffice(database)
  const { store, telegram } = office
  const [timur] = await office.pair()
  await office.tell('before', { to: timur })
  await office.drain()
  const editId = String(timur.chat.messages.at(-1)?.id)
  await office.tell('after', { to: timur, editId })
  const through = {
    ...office.channel,
    async send() {
      await transact(store, inner => moveChat(inner, 'telegram', String(timur.id), 'elsewhere'))
      return { status: 'retry', reason: 'too many' } as const
    },
  }
  await office.newSender({ through }).drain()
  expect(await office.fates()).toEqual(['sent', 'failed: moved'])
  office.wait(3_600)
  await office.drain()
  expect(telegram.calls.filter(({ method }) => method === 'editMessageText')).toEqual([])
})
