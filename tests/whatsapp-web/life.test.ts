import { afterEach, describe, expect, test } from 'vitest'
import { chromiumPath } from '../town/chromium.ts'
import { aigul, eventually, openStand, outgoing, type Stand, stranger, wrote, zeinep } from './stand.ts'

/** How a session begins and how it dies, with the real worker, library and Chromium. */
const timings = { probeEveryMs: 500, probeMs: 4_000 }
let stand: Stand

afterEach(() => stand.close())

describe.skipIf(!chromiumPath)('a session', () => {
  test('is paired by a QR code, which is handed on each time it changes', async () => {
    stand = await openStand({ paired: false }, { timings })
    await stand.open()
    await eventually(() => stand.qrs.length, 'a QR code')
    await stand.grasp()
    expect(stand.channel.status()).toMatchObject({ state: 'awaiting_qr', qr: stand.qrs[0] })
    expect(await stand.channel.send(outgoing(zeinep, 'Ерте'))).toMatchObject({
      status: 'retry',
      afterMs: 60_000,
    })
    // What cannot be looked for is not sent, so nobody need count the looks.
    expect(await stand.channel.find?.(outgoing(zeinep, 'Ерте'))).toEqual({ status: 'absent' })
    await stand.fake('ref', 'ref-2')
    await eventually(() => stand.qrs.length === 2, 'the next QR code')
    await stand.fake('state', 'CONNECTED')
    await eventually(() => stand.states.at(-1) === 'syncing', 'syncing')
    await stand.fake('sync')
    await eventually(() => stand.channel.status().state === 'ready', 'ready')
    expect(stand.states).toEqual(['launching', 'awaiting_qr', 'syncing', 'ready'])
    expect(stand.channel.status().qr).toBeUndefined()
    await stand.fake('receive', wrote(zeinep, 'W1', 'Сәлем'))
    await eventually(() => stand.inbound.length === 1, 'a message, once')
  })

  test('begins anew when its QR code is not renewed', async () => {
    stand = await openStand({ paired: false }, { timings: { ...timings, qrMs: 500 } })
    await stand.open()
    await eventually(
      () => stand.states.filter(state => state === 'awaiting_qr').length === 2,
      'a second start',
    )
    expect(stand.lines.some(({ reason }) => reason === 'QR code not renewed')).toBe(true)
  })

  test.each(['$1', '_serialized'] as const)(
    'is ready though the page had synced before anybody listened (%s)',
    async shape => {
      stand = await openStand({ synced: 'early', shape }, { timings })
      await stand.open()
      await stand.ready()
      expect(await stand.run('navigator.userAgent')).toMatch(/ Chrome\/\d{3}/)
      await stand.fake('receive', wrote(zeinep, 'E1', 'Сәлем'))
      await eventually(() => stand.inbound.length, 'a message')
      expect(await stand.channel.send(outgoing(zeinep, 'Жауап'))).toMatchObject({ status: 'accepted' })
    },
  )

  test('survives the death of its page, its browser and its worker, and loses and doubles nothing', async () => {
    stand = await openStand({ history: [wrote(zeinep, 'H1', 'Сәлем')] }, { timings })
    await stand.open()
    await stand.ready()
    for (const [n, kill] of [crashPage, killBrowser, killWorker].entries()) {
      const message = outgoing(zeinep, `Жауап ${n}`)
      expect(await stand.channel.send(message)).toMatchObject({ status: 'accepted' })
      await stand.saw('sent', { body: message.text })
      // Somebody writes while nobody listens.
      stand.start.history.push(wrote(zeinep, `D${n}`, 'Бар ма?'))
      stand.start.unread = { [zeinep]: 1 }
      stand.rewrite()
      const before = stand.pids()
      await kill()
      await eventually(() => stand.states.at(-1) !== 'ready', 'the failure is noticed')
      await stand.ready()
      expect(stand.pids()).toHaveLength(1)
      expect(before).not.toContain(stand.pids()[0])
      await eventually(
        () => stand.inbound.some(one => one.externalId.endsWith(`_D${n}`)),
        'what came meanwhile',
      )
      expect(await stand.channel.find?.({ ...message })).toMatchObject({ status: 'sent' })
    }
    expect(stand.sent().map(({ body }) => body)).toEqual(['Жауап 0', 'Жауап 1', 'Жауап 2'])
    expect(stand.inbound.map(({ externalId }) => externalId.slice(-2))).toEqual(['D0', 'D1', 'D2'])
  })

  test('whose worker dies while it is spoken to takes nobody along', async () => {
    stand = await openStand({ history: [wrote(zeinep, 'H1', 'Сәлем')] }, { timings })
    await stand.open()
    await stand.ready()
    process.kill(stand.worker(), 'SIGKILL')
    // It is gone, and nothing has said so yet.
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200)
    const asked = [zeinep, aigul, stranger].map(chat => stand.channel.send(outgoing(chat, 'Бар ма?')))
    const statuses = (await Promise.all(asked)).map(({ status }) => status)
    expect(statuses).toEqual(['unknown', 'unknown', 'unknown'])
    await stand.ready()
    expect(stand.sent()).toEqual([])
  })

  test('begins no more chats with strangers in a day than it may', async () => {
    stand = await openStand({}, { timings, newChatsPerDayMax: 1 })
    await stand.open()
    await stand.ready()
    const [unknown, noLid] = ['77010000011@c.us', '77010000010@c.us']
    expect(await stand.channel.send(outgoing(stranger, 'Сәлем'))).toMatchObject({ status: 'accepted' })
    expect(await stand.channel.send(outgoing(aigul, 'Сәлем'))).toMatchObject({
      status: 'failed',
      reason: 'policy',
    })
    await stand.close()
    stand = await openStand({}, { timings, newChatsPerDayMax: 2 })
    await stand.open()
    await stand.ready()
    for (const chat of [unknown, noLid])
      expect(await stand.channel.send(outgoing(chat, 'Сәлем'))).toMatchObject({
        status: 'failed',
        reason: 'gone',
      })
  })

  test('that hangs is noticed and ended, browser and all', async () => {
    stand = await openStand({}, { timings: { ...timings, probeMs: 500, endMs: 1_000 } })
    await stand.open()
    await stand.ready()
    const [before] = stand.pids()
    stand.hang()
    await eventually(() => stand.states.includes('backoff'), 'the hang is noticed')
    await stand.ready()
    expect(stand.states).toContain('degraded')
    expect(stand.pids()).not.toContain(before)
  })

  test('knows from the database who has written to this number, though its page has forgotten', async () => {
    let wroteAt = new Date(Date.now() - 3_600_000)
    stand = await openStand({}, { timings, wroteAt: async chat => (chat === stranger ? wroteAt : undefined) })
    await stand.open()
    await stand.ready()
    const toStranger = () => stand.channel.send(outgoing(stranger, 'Сәлем'))
    // That was to the number before this one.
    expect(await toStranger()).toMatchObject({ status: 'failed', reason: 'policy' })
    wroteAt = new Date()
    expect(await toStranger()).toMatchObject({ status: 'accepted' })
    expect(await stand.channel.send(outgoing(aigul, 'Сәлем'))).toMatchObject({ reason: 'policy' })
  })

  test('that was logged out is not begun again; a human hears of it once', async () => {
    stand = await openStand({}, { timings })
    await stand.open()
    await stand.ready()
    await stand.fake('logout')
    await eventually(() => stand.channel.status().state === 'blocked', 'blocked')
    await eventually(() => stand.pids().length === 0, 'the browser is gone')
    await new Promise(resolve => setTimeout(resolve, 1_000))
    expect(stand.blocked).toEqual(['LOGOUT'])
    expect(stand.pids()).toEqual([])
    expect(await stand.channel.send(outgoing(zeinep, 'Кеш'))).toMatchObject({ status: 'retry' })
    stand.channel.resume()
    await stand.ready()
  })

  test('that the platform blocks is not begun again either', async () => {
    stand = await openStand({}, { timings })
    await stand.open()
    await stand.ready()
    await stand.fake('state', 'TOS_BLOCK')
    await eventually(() => stand.channel.status().state === 'blocked', 'blocked')
    expect(stand.blocked).toEqual(['TOS_BLOCK'])
  })

  test('does not begin on a page that is not WhatsApp, and says so once', async () => {
    stand = await openStand({}, { timings: { backoffMs: [50] }, authTimeoutMs: 300, wrong: true })
    await stand.open()
    await eventually(() => stand.states.filter(state => state === 'backoff').length >= 2, 'two attempts')
    expect(stand.lines.filter(({ level }) => level >= 40)).toMatchObject([
      { msg: 'WhatsApp: no WhatsApp page, will try again' },
    ])
  })

  test('without a network says so in one line and goes on trying', async () => {
    stand = await openStand({}, { timings: { backoffMs: [50] }, live: true })
    await stand.open()
    await eventually(() => stand.states.filter(state => state === 'backoff').length >= 2, 'two attempts')
    expect(stand.lines.filter(({ level }) => level >= 40)).toMatchObject([
      {
        msg: 'WhatsApp: no connection to web.whatsapp.com, will try again',
        reason: 'net::ERR_NAME_NOT_RESOLVED',
      },
    ])
  })

  test('without a browser says so and goes on trying', async () => {
    stand = await openStand({}, { timings: { backoffMs: [50] }, chromium: '/nowhere/chromium' })
    await stand.open()
    await eventually(() => stand.states.filter(state => state === 'backoff').length >= 2, 'two attempts')
    expect(stand.lines.filter(({ level }) => level >= 40)).toMatchObject([
      { reason: 'browser does not start' },
    ])
  })
})

async function crashPage() {
  stand.go('chrome://crash')
}

async function killBrowser() {
  for (const pid of stand.pids()) process.kill(pid, 'SIGKILL')
}

async function killWorker() {
  process.kill(stand.worker(), 'SIGKILL')
}
