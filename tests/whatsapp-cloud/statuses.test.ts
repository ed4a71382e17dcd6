import { describe, expect, test } from 'vitest'
import { cloudCast, handClock } from './setup.ts'

describe('what became of a message', () => {
  test('is reported under our own id, each state once', async () => {
    const { send, graph, zeinep, reports } = await cloudCast()
    await send({ text: 'Барамын' })
    const { id } = zeinep.last
    for (const status of ['delivered', 'read', 'read', 'played']) graph.tell(zeinep, id, status)
    await graph.webhooks.settled()
    expect(reports).toEqual([
      { channel: 'whatsapp', id: 'out-1', state: 'delivered' },
      { channel: 'whatsapp', id: 'out-1', state: 'read' },
    ])
  })

  test('in any order it only gets better', async () => {
    const { send, graph, zeinep, reports } = await cloudCast()
    graph.webhooks.hold()
    await send({ text: 'Барамын' })
    graph.tell(zeinep, zeinep.last.id, 'read')
    graph.tell(zeinep, zeinep.last.id, 'failed', 131026)
    await graph.webhooks.release(held => [[...held].reverse(), [...held]])
    expect(reports.map(({ state }) => state)).toEqual(['failed', 'read'])
    expect(reports[0]?.reason).toBe('gone')
  })

  test('a second try that fails is told too, and none of them is out', async () => {
    const { channel, graph, reports } = await cloudCast()
    graph.faults.next('messages', { kind: 'lost' })
    const message = { id: 'twice', chat: '77770000000', text: 'x' }
    expect(await channel.send(message)).toMatchObject({ status: 'unknown' })
    await graph.webhooks.settled()
    expect(await channel.find?.(message)).toEqual({ status: 'unknown' })
    await channel.send(message)
    await graph.webhooks.settled()
    expect(reports.map(({ id, reason }) => `${id} ${reason}`)).toEqual(['twice gone', 'twice gone'])
  })

  test('is told again if it could not be written down', async () => {
    const { send, graph, ears, reports } = await cloudCast()
    let broken = true
    ears.report = async later => {
      if (broken) throw new Error('the database is away')
      reports.push(later)
    }
    graph.webhooks.hold()
    await send({ text: 'Барамын' })
    await graph.webhooks.release(held => {
      setTimeout(() => {
        broken = false
      }, 5)
      return [[...held]]
    })
    expect(reports.map(({ state }) => state)).toEqual(['delivered'])
  })

  test('is nobody’s business if it is not ours', async () => {
    const { graph, zeinep, reports } = await cloudCast()
    graph.tell(zeinep, 'wamid.of-a-colleague', 'read')
    await graph.webhooks.settled()
    expect(reports).toEqual([])
  })

  test.each([
    [131047, 'window'],
    [131026, 'gone'],
    [368, 'policy'],
    [132001, 'invalid'],
    [131000, 'invalid'],
  ])('a failure with %i means %s', async (code, reason) => {
    const { send, graph, zeinep, reports } = await cloudCast()
    graph.webhooks.hold()
    await send({ text: 'Барамын' })
    graph.tell(zeinep, zeinep.last.id, 'failed', code)
    await graph.webhooks.release(held => [held.slice(-1)])
    expect(reports).toEqual([{ channel: 'whatsapp', id: 'out-1', state: 'failed', reason }])
  })
})

describe('the day in which we may write freely', () => {
  const template = { name: 'followup_check', language: 'kk', values: ['№17'] }
  const approved = { name: 'followup_check', language: 'kk', body: 'Өтініш {{1}}. Жауап беріңіз.' }

  test('is open at 23:59:59 and closed at 24:00:00', async () => {
    const clock = handClock()
    const { send, reports, zeinep, channel } = await cloudCast({ now: clock.now })
    expect(channel.capabilities.freeHours).toBe(24)
    clock.wait(24 * 3600 - 1)
    await send({ text: 'Қалайсыз?' })
    expect(reports.at(-1)).toMatchObject({ id: 'out-1', state: 'delivered' })
    clock.wait(1)
    await send({ text: 'Қалайсыз?' })
    expect(reports.at(-1)).toEqual({ channel: 'whatsapp', id: 'out-2', state: 'failed', reason: 'window' })
    expect(zeinep.messages).toHaveLength(2)
  })

  test('may be refused at once; a template goes, and the answer opens the next day', async () => {
    const clock = handClock()
    const { send, zeinep, graph } = await cloudCast({ now: clock.now, tellsAtOnce: true })
    graph.templates.push(approved)
    clock.wait(24 * 3600)
    expect(await send({ text: 'Қалайсыз?' })).toEqual({ status: 'failed', reason: 'window' })
    expect(await send({ template })).toMatchObject({ status: 'accepted' })
    expect(zeinep.last.text).toBe('Өтініш №17. Жауап беріңіз.')
    expect(await send({ text: 'Қалайсыз?' })).toEqual({ status: 'failed', reason: 'window' })
    await zeinep.says('Жақсымын')
    expect(await send({ text: 'Қалайсыз?' })).toMatchObject({ status: 'accepted' })
  })

  test('who is not on WhatsApp is gone', async () => {
    const { channel, graph, reports } = await cloudCast()
    const message = { id: 'out', chat: '77770000000', text: 'x' }
    expect(await channel.send(message)).toMatchObject({ status: 'accepted' })
    await graph.webhooks.settled()
    expect(reports).toEqual([{ channel: 'whatsapp', id: 'out', state: 'failed', reason: 'gone' }])
  })
})
