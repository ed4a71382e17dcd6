import { beforeEach, expect, test } from 'vitest'
import { readConfig } from '../../bot/config.ts'
import { createLog } from '../../bot/logger.ts'
import { openWhatsapp } from '../../bot/whatsapp/open.ts'
import { createPairing } from '../../bot/whatsapp/pairing.ts'
import { newDataKey, openKeyring } from '../../db/cipher.ts'
import { testDatabase } from '../town/database.ts'

const database = testDatabase()

/** Whoever reads the page's code can write as the bot. */
const base = 'http://bot.example.kz'
const minuteMs = 60_000
let at: Date
let ready: boolean
let qr: string | undefined
let pairing: ReturnType<typeof createPairing>

beforeEach(() => {
  at = new Date('2026-11-23T06:00:00Z')
  ready = false
  qr = '2@the-secret-of-the-session'
  pairing = createPairing({ base, qr: () => qr, ready: () => ready, now: () => at })
})

function visit(link: string, cookie?: string) {
  return pairing.routes().request(link, { headers: cookie ? { cookie } : {} })
}

/** What a browser keeps of the first visit. */
async function open(link = pairing.link('ru')): Promise<string> {
  const answer = await visit(link)
  expect(answer.status).toBe(200)
  expect(await answer.text()).toContain('url=/whatsapp"')
  return answer.headers.get('set-cookie')?.split(';')[0] ?? ''
}

async function shows(cookie?: string): Promise<string> {
  const answer = await visit(`${base}/whatsapp`, cookie)
  return answer.status === 200 ? await answer.text() : `refused ${answer.status}`
}

test('a link opens once; the code is shown to that browser alone', async () => {
  const link = pairing.link('ru')
  const cookie = await open(link)
  expect((await visit(link)).status).toBe(403)
  expect(await shows()).toBe('refused 403')
  expect(await shows(`${cookie}x`)).toBe('refused 403')
  expect(await shows(cookie)).toMatch(/<img alt="QR"/)
  expect(await shows(cookie)).toMatch(/<img alt="QR"/)
})

test.each(['', '?key=', '?key=AAAAAAAAAAAAAAAAAAAAAAAA', '?key=undefined'])(
  'nobody comes in by «%s»',
  async query => {
    const answer = await visit(`${base}/whatsapp${query}`)
    expect(answer.status).toBe(403)
    expect(answer.headers.get('set-cookie')).toBeNull()
    expect(await answer.text()).not.toContain('img')
  },
)

test('the link is over after ten minutes, and so is the visit', async () => {
  const [link, other] = [pairing.link('ru'), pairing.link('ru')]
  const cookie = await open(link)
  at = new Date(at.getTime() + 10 * minuteMs - 1)
  expect(await shows(cookie)).toContain('img')
  const late = await open(other)
  at = new Date(at.getTime() + 1)
  expect(await shows(cookie)).toBe('refused 403')
  expect(await shows(late)).toContain('img')
  const unused = pairing.link('ru')
  at = new Date(at.getTime() + 10 * minuteMs)
  expect((await visit(unused)).status).toBe(403)
})

test('nothing of it is kept or told on: by no cache, no other site, no script, no other page', async () => {
  const first = await visit(pairing.link('ru'))
  const cookie = first.headers.get('set-cookie') ?? ''
  expect(cookie).toMatch(/HttpOnly/)
  expect(cookie).toMatch(/SameSite=Strict/)
  expect(cookie).toMatch(/Path=\/whatsapp;?/)
  const [own] = cookie.split(';')
  for (const answer of [first, await visit(`${base}/whatsapp`, own), await visit(`${base}/whatsapp`)]) {
    expect(answer.headers.get('cache-control')).toBe('no-store')
    expect(answer.headers.get('referrer-policy')).toBe('no-referrer')
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'")
  }
  expect(await shows(own)).not.toContain(qr)
})

test('a code that is not there yet is waited for; paired, there is none any more', async () => {
  const cookie = await open()
  qr = undefined
  expect(await shows(cookie)).toContain('WhatsApp запускается')
  expect(await shows(cookie)).toContain('http-equiv="refresh"')
  ready = true
  qr = '2@left-over'
  expect(await shows(cookie)).toContain('WhatsApp работает')
  expect(await shows(cookie)).not.toMatch(/img|refresh/)
})

test.each([
  [{}, 'http://localhost:3000/whatsapp?key='],
  [{ PUBLIC_URL: 'https://bot.example.kz' }, 'https://bot.example.kz/whatsapp?key='],
])('the link that a coordinator gets leads, with %j, to %s', async (given, address) => {
  const read = readConfig({ WHATSAPP: 'web', ...given })
  if ('fault' in read) throw new Error(read.fault)
  const store = { db: database.db, keys: openKeyring(newDataKey()) }
  const whatsapp = openWhatsapp(read.config, store, createLog('silent'))
  const link = whatsapp?.pairing?.link('ru') ?? ''
  expect(link.startsWith(address)).toBe(true)
  const opened = await whatsapp?.pairing?.routes().request(link)
  expect(/; Secure/.test(opened?.headers.get('set-cookie') ?? '')).toBe(address.startsWith('https'))
  // Nothing has stopped, so nothing begins again.
  expect(whatsapp?.resume?.()).toBe(false)
})
