import { readdirSync, readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createPlayground } from '../../bot/playground/channel.ts'
import { openTown, say, serve, type Town, townsOfThisFile } from './town.ts'

townsOfThisFile()

let town: Town
const get = (path: string, headers: Record<string, string> = {}) =>
  town.app.request(`http://localhost${path}`, { headers: { host: 'localhost:3000', ...headers } })
const lastFile = async () => (await town.store.recent(100)).at(-1)?.file?.id

beforeAll(async () => {
  town = await openTown(() => ({}), { host: 'ardaq.example' })
})
afterAll(() => town.playground.stop())

describe('who may read and post', () => {
  it.each([
    ['localhost:3000', {}, 200],
    ['127.0.0.1:3000', {}, 200],
    ['[::1]:3000', {}, 200],
    ['ardaq.example', {}, 200],
    ['evil.example', {}, 421],
    ['localhost.evil.example', {}, 421],
    ['localhost:3000', { 'sec-fetch-site': 'same-origin' }, 200],
    ['localhost:3000', { 'sec-fetch-site': 'none' }, 200],
    ['localhost:3000', { 'sec-fetch-site': 'cross-site' }, 403],
    ['localhost:3000', { 'sec-fetch-site': 'same-site' }, 403],
    ['localhost:3000', { origin: 'http://localhost:3000' }, 200],
    ['localhost:3000', { origin: 'http://localhost:4000' }, 403],
    ['localhost:3000', { origin: 'null' }, 403],
  ])('reading at %s with %o: %i', async (host, headers, status) => {
    expect((await get('/playground/state', { host, ...headers })).status).toBe(status)
  })

  it('a link on another page may open the page, and only the page', async () => {
    const headers = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' }
    expect((await get('/', headers)).status).toBe(200)
    expect((await get('/playground/state', headers)).status).toBe(403)
  })

  it.each([
    [{ origin: 'https://evil.example' }],
    [{ 'sec-fetch-site': 'cross-site' }],
    [{ 'sec-fetch-site': 'none' }],
    [{ host: 'evil.example', origin: 'http://evil.example' }],
  ])('a foreign page with %o cannot speak for anyone', async headers => {
    const body = new FormData()
    const fields = { id: crypto.randomUUID(), person: 'aigul', chat: 'aigul', kind: 'text', text: 'ха' }
    for (const [name, value] of Object.entries(fields)) body.append(name, value)
    const answer = await town.app.request('http://localhost/playground/say', {
      method: 'POST',
      body,
      headers: { host: 'localhost', ...headers },
    })
    expect([403, 421]).toContain(answer.status)
    expect(town.heard).toEqual([])
  })

  it('no script may run in the page but its own files', async () => {
    const page = await get('/')
    expect(page.headers.get('content-security-policy')).toContain("script-src 'self';")
    expect(await page.text()).not.toMatch(/<script(?![^>]*\ssrc=)|\son\w+=|style=|https?:\/\//)
  })
})

it('the page is told whose phones to show and what the menu offers', async () => {
  const phones = [{ person: 'timur', chat: 'timur' }]
  const other = createPlayground({ store: town.store, phones, commands: ['help'] })
  const answer = await other.routes().request('http://localhost/playground/state', {
    headers: { host: 'localhost' },
  })
  expect(await answer.json()).toMatchObject({
    phones,
    commands: ['help'],
    people: [{ name: 'Айгүл' }, { name: 'Тимур' }, { name: 'Марат' }],
    chats: expect.arrayContaining([expect.objectContaining({ id: 'g-volunteers', members: ['timur'] })]),
  })
})

describe('files', () => {
  const upload = (kind: string, file: File) => say(town, 'aigul', 'aigul', { kind, file })

  it('come back as they were, in parts too', async () => {
    await upload('voice', new File(['0123456789'], 'a.webm', { type: 'audio/webm' }))
    const path = `/playground/files/${await lastFile()}`
    const whole = await get(path)
    expect(whole.headers.get('content-type')).toBe('audio/webm')
    expect(await whole.text()).toBe('0123456789')
    const part = await get(path, { range: 'bytes=3-5' })
    expect([part.status, part.headers.get('content-range'), await part.text()]).toEqual([
      206,
      'bytes 3-5/10',
      '345',
    ])
  })

  it.each(['text/html', 'image/svg+xml'])('%s is handed over for saving, never shown', async type => {
    await upload('file', new File(['<script>alert(1)</script>'], 'бет.html', { type }))
    const answer = await get(`/playground/files/${await lastFile()}`)
    expect(answer.headers.get('content-type')).toBe('application/octet-stream')
    expect(answer.headers.get('content-disposition')).toMatch(/^attachment; filename\*=UTF-8''%D0%B1/)
    expect(answer.headers.get('content-security-policy')).toContain('sandbox')
  })

  it('above 20 MB reach the bot as a size and are not kept', async () => {
    const bytes = 60 * 1024 * 1024
    await upload('video', new File([new Uint8Array(bytes)], 'long.mp4', { type: 'video/mp4' }))
    const { content } = town.heard.at(-1) ?? {}
    expect(content).toMatchObject({ type: 'media', kind: 'video', file: { bytes } })
    const id = await lastFile()
    expect((await get(`/playground/files/${id}`)).status).toBe(404)
    await expect(town.playground.download({ id: id ?? '' })).rejects.toThrow('too large')
  })

  it('above 65 MB do not come in', async () => {
    const file = new File([new Uint8Array(66 * 1024 * 1024)], 'huge.mp4', { type: 'video/mp4' })
    expect(await upload('video', file)).toEqual({ status: 413, body: { problem: 'tooLarge' } })
  })
})

describe('the stream of events', () => {
  it('pages back through a long chat', async () => {
    for (let n = 1; n <= 130; n++) await town.playground.send({ id: `n${n}`, chat: 'marat', text: `№${n}` })
    const recent = (await town.store.recent(100)).filter(({ chatId }) => chatId === 'marat')
    expect([recent.length, recent[0]?.text]).toEqual([100, '№31'])
    const answer = await get(`/playground/chats/marat/messages?before=${recent[0]?.position}`)
    const earlier = (await answer.json()) as { text: string }[]
    expect(earlier.map(({ text }) => text)).toEqual(Array.from({ length: 30 }, (_, n) => `№${30 - n}`))
  })

  it('tells a page that comes back what it missed, then what happens, and ends with the bot', async () => {
    const { url, close } = await serve(town)
    await say(town, 'aigul', 'aigul', { kind: 'text', text: 'бірінші' })
    const state = (await (await fetch(`${url}/playground/state`)).json()) as { revision: number }
    await say(town, 'aigul', 'aigul', { kind: 'text', text: 'екінші' })
    const answer = await fetch(`${url}/playground/events?after=0`, {
      headers: { 'last-event-id': String(state.revision) },
    })
    const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader()
    let heard = ''
    const until = async (words: string) => {
      while (!heard.includes(words)) heard += (await reader?.read())?.value ?? ''
    }
    await until('екінші')
    await town.playground.send({ id: 'later', chat: 'aigul', text: 'үшінші' })
    await until('үшінші')
    expect(heard).not.toContain('бірінші')
    expect(heard).toMatch(/event: directory/)
    await close()
    let end = await reader?.read()
    while (end && !end.done) end = await reader?.read()
    expect(end?.done).toBe(true)
  })
})

describe('the words of the page', () => {
  const read = (language: string): Record<string, string> =>
    JSON.parse(readFileSync(new URL(`../../locales/page.${language}.json`, import.meta.url), 'utf8'))
  const [kk, ru, en] = [read('kk'), read('ru'), read('en')]
  const holes = (words: string) => [...words.matchAll(/\{\w+\}/g)].map(String).sort()

  it('are the same keys and placeholders in three languages', () => {
    expect(Object.keys(kk)).toEqual(Object.keys(en))
    expect(Object.keys(ru)).toEqual(Object.keys(en))
    for (const [key, words] of Object.entries(en)) {
      expect([key, holes(kk[key] ?? '')]).toEqual([key, holes(words)])
      expect([key, holes(ru[key] ?? '')]).toEqual([key, holes(words)])
    }
  })

  it('hold no Latin letters in Kazakh and Russian', () => {
    const latin = Object.entries({ ...kk, ...ru }).filter(([, words]) =>
      /[a-z]/i.test(words.replace(/\{\w+\}/g, '')),
    )
    expect(latin).toEqual([])
  })

  it('are all used, and all there', () => {
    const folder = new URL('../../bot/playground/page/', import.meta.url)
    const code = readdirSync(folder)
      .filter(name => name.endsWith('.js'))
      .map(name => readFileSync(new URL(name, folder), 'utf8'))
      .join('\n')
    const named = new Set([...code.matchAll(/'([a-z]+(?:\.\w+)*)'/gi)].map(([, key]) => key ?? ''))
    const composed = /^(step|service|command|problem|chat\.empty)\./
    const unused = Object.keys(en).filter(key => !composed.test(key) && !named.has(key))
    expect(unused).toEqual([])
    const missing = [...code.matchAll(/words\(\s*'([^']+)'/g)].filter(([, key]) => !(key && key in en))
    expect(missing.map(([, key]) => key)).toEqual([])
  })
})
