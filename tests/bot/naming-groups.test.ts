import { expect, test } from 'vitest'
import type { ChannelName } from '../../bot/channel.ts'
import { createLog } from '../../bot/logger.ts'
import { namingGroups } from '../../bot/naming-groups.ts'

test.each([
  ['telegram', '-1001234567890', true],
  ['whatsapp', '77011234567-1612345678@g.us', false],
] as const)('the number of a group on %s (%s) is in the log: %s', async (channel: ChannelName, id, named) => {
  const lines: string[] = []
  const heard: string[] = []
  const log = createLog('info', { write: line => void lines.push(line) })
  const receive = namingGroups(async ({ chat }) => {
    heard.push(chat.id)
    return {}
  }, log)
  const chat = { id, kind: 'group' } as const
  await receive({
    channel,
    externalId: '1',
    chat,
    sender: { id: '2' },
    at: new Date(),
    content: { type: 'botAdded' },
  })
  expect(heard).toEqual([id])
  expect(lines.join('').includes(id)).toBe(named)
})
