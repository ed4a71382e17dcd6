import { describe, expect, test } from 'vitest'
import { arrivedOf, phoneOf, rawMessage, reactionOf } from '../../bot/whatsapp-web/content.ts'
import { faultOf } from '../../bot/whatsapp-web/faults.ts'
import { messageKey } from '../../bot/whatsapp-web/message-key.ts'

const zeinep = '77010000001@c.us'

function read(fields: object) {
  const id = { fromMe: false, remote: zeinep, id: 'A', $1: `false_${zeinep}_A` }
  return arrivedOf(rawMessage.parse({ id, type: 'chat', t: 1_795_000_000, from: zeinep, ...fields }))
}

describe('the name of a message', () => {
  const remote = { _serialized: '120363@g.us', user: '120363', server: 'g.us' }
  test.each([
    ['as it was', { _serialized: 'true_a@c.us_1', fromMe: true, remote: 'a@c.us', id: '1' }, 'true_a@c.us_1'],
    ['as it is', { $1: 'true_a@c.us_1', fromMe: true, remote: 'a@c.us', id: '1' }, 'true_a@c.us_1'],
    [
      'from its parts',
      { fromMe: false, remote, id: '1', participant: zeinep },
      `false_120363@g.us_1_${zeinep}`,
    ],
    ['as text', 'true_a@c.us_1', 'true_a@c.us_1'],
  ])('%s', (_, id, expected) => expect(messageKey(id)).toBe(expected))

  test('what is none is an error, not a name', () => {
    expect(() => messageKey({ id: 'x' })).toThrow()
    expect(() => messageKey(null)).toThrow()
  })
})

describe('what a message holds', () => {
  const card = (phone: string) => `BEGIN:VCARD\nFN:Я\nitem1.TEL;waid=${phone}:+${phone}\nEND:VCARD`
  test.each([
    [{ body: '2' }, { type: 'text', text: '2' }],
    [{ body: 'START i-AbC12' }, { type: 'start', code: 'i-AbC12' }],
    [{ body: 'start again please' }, { type: 'text', text: 'start again please' }],
    [{ type: 'ciphertext' }, { type: 'unreadable', what: 'waiting' }],
    [
      { type: 'vcard', body: card('77010000001') },
      { type: 'contact', phone: '+77010000001', own: true },
    ],
    [
      { type: 'vcard', body: card('77010000002') },
      { type: 'contact', phone: '+77010000002', own: false },
    ],
    [
      { type: 'vcard', body: 'BEGIN:VCARD\nTEL:8 701 000 00 02\nEND:VCARD' },
      { type: 'contact', phone: '+77010000002', own: false },
    ],
    [
      { type: 'vcard', body: 'BEGIN:VCARD\nEND:VCARD' },
      { type: 'unreadable', what: 'contact' },
    ],
    [{ type: 'multi_vcard' }, { type: 'unreadable', what: 'multi_vcard' }],
    [
      { type: 'poll_creation', body: 'Кто?' },
      { type: 'unreadable', what: 'poll_creation' },
    ],
    [
      { type: 'image', caption: 'рецепт', body: 'base64 of a small picture' },
      { type: 'media', kind: 'photo', caption: 'рецепт' },
    ],
  ])('%o', (fields, content) => expect(read(fields)?.content).toMatchObject(content))

  test.each([
    'e2e_notification',
    'revoked',
    'protocol',
    'call_log',
    'album',
    'reaction',
    'notification_template',
  ])('%s is a note of the platform, nothing that a person said', type =>
    expect(read({ type })).toBeUndefined(),
  )

  test('what could not be read keeps its own name: the words may still come under the first', () => {
    expect(read({ type: 'ciphertext' })?.externalId).not.toBe(read({ body: 'Дәрі' })?.externalId)
  })

  test.each(['status@broadcast', '123@newsletter', '0@c.us', '55@broadcast'])('%s is nobody', from => {
    expect(read({ from, body: 'x' })).toBeUndefined()
  })

  test('a group without an author is nobody', () => {
    expect(read({ from: '120363@g.us', body: '17' })).toBeUndefined()
    expect(read({ from: '120363@g.us', author: zeinep, body: '17' })?.sender.id).toBe(zeinep)
  })

  test('strange fields are left out, and the rest is read', () => {
    expect(read({ body: '1', notifyName: { odd: true }, size: 'big', author: 7 })).toMatchObject({
      sender: { id: zeinep },
      content: { text: '1' },
    })
  })
})

test('the digits of a LID are no phone', () => {
  expect(phoneOf('900000000000003@lid')).toBeUndefined()
  expect(phoneOf('77010000001@c.us')).toBe('+77010000001')
})

test('a reaction of our own, or one taken back, is none', () => {
  const reaction = { id: `false_${zeinep}_R`, msgId: `true_${zeinep}_A`, senderId: zeinep, timestamp: 1 }
  expect(reactionOf({ ...reaction, reaction: '👍' })?.content).toMatchObject({
    emoji: '👍',
    messageId: `true_${zeinep}_A`,
  })
  expect(reactionOf({ ...reaction, reaction: '' })).toBeUndefined()
  expect(reactionOf({ ...reaction, reaction: '👍', id: `true_${zeinep}_R` })).toBeUndefined()
})

test('whatever stands for a reaction, its name can be written down', () => {
  const reaction = { id: `false_${zeinep}_R`, msgId: `true_${zeinep}_A`, senderId: zeinep, timestamp: 1 }
  const nameOf = (sign: string) => reactionOf({ ...reaction, reaction: sign })?.externalId ?? ''
  for (const sign of ['👍\0', '\ud83d', 'а'.repeat(9_999)]) expect(nameOf(sign)).toMatch(/^[\w@.:%]{1,300}$/)
  expect(nameOf('👍')).not.toBe(nameOf('✅'))
})

test.each([
  [new Error('net::ERR_NAME_NOT_RESOLVED at https://web.whatsapp.com/'), 'net::ERR_NAME_NOT_RESOLVED'],
  ['auth timeout', 'no WhatsApp page'],
  [new Error('The browser is already running for /x'), 'profile in use'],
  [new Error("Attempted to use detached Frame '77010000001'"), 'page gone'],
  [new TypeError('77010000001 is odd'), 'TypeError'],
])('a fault is a word without a person: %s', (error, word) => expect(faultOf(error)).toBe(word))
