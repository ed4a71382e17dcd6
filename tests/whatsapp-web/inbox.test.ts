import { EventEmitter } from 'node:events'
import { expect, test, vi } from 'vitest'
import { openInbox } from '../../bot/whatsapp-web/inbox.ts'
import * as inPage from '../../bot/whatsapp-web/page.ts'

const zeinep = '77010000001@c.us'

function messageOf(n: number, more: object = {}) {
  const id = { fromMe: false, remote: zeinep, id: `A${n}`, $1: `false_${zeinep}_A${n}` }
  const rawData = { id, type: 'chat', t: Date.now() / 1000, from: zeinep, body: `сөз ${n}`, ...more }
  return { id, rawData, hasQuotedMsg: false }
}

/** The inbox of a client that has so many unread messages of one person. */
function inboxWith(unread: number) {
  const missed = Array.from({ length: unread }, (_, n) => messageOf(n))
  const seen: string[] = []
  const client = Object.assign(new EventEmitter(), {
    page: () => ({
      evaluate: async (deed: unknown) => (deed === inPage.unreadChats ? [{ id: zeinep, unread }] : false),
    }),
    getChatById: async () => ({
      fetchMessages: async ({ limit }: { limit: number }) => missed.slice(-limit),
    }),
    sendSeen: async (chat: string) => void seen.push(chat),
  })
  const told: { type: string; inbound?: { externalId: string; content: object } }[] = []
  const inbox = openInbox(client as never, 48 * 3_600_000, event => void told.push(event))
  return { client, inbox, told, seen }
}

test('of sixty messages that came meanwhile all are told, and the chat counts as read after the last', async () => {
  const { inbox, told, seen } = inboxWith(60)
  await inbox.catchUp()
  await vi.waitFor(() => expect(told).toHaveLength(60))
  expect(told[0]?.inbound?.content).toMatchObject({ text: 'сөз 0' })
  for (const { inbound } of told.slice(1)) inbox.received(inbound?.externalId ?? '')
  inbox.received('of nobody')
  await new Promise(resolve => setImmediate(resolve))
  expect(seen).toEqual([])
  inbox.received(told[0]?.inbound?.externalId ?? '')
  await vi.waitFor(() => expect(seen).toEqual([zeinep]))
})

test('what the phone alone shows is told as unreadable at once; what is still being decrypted is waited for', async () => {
  const { client, told } = inboxWith(0)
  client.emit('message_ciphertext', messageOf(1, { type: 'ciphertext' }))
  const subtype = 'view_once_unavailable_fanout'
  client.emit('message_ciphertext', messageOf(2, { type: 'ciphertext', subtype }))
  await vi.waitFor(() => expect(told).not.toEqual([]))
  expect(told).toMatchObject([
    {
      type: 'arrived',
      inbound: { externalId: `false_${zeinep}_A2:unread`, content: { type: 'unreadable' } },
    },
  ])
})
