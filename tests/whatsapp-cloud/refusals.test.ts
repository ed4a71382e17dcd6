import { describe, expect, test } from 'vitest'
import { cloudCast } from './setup.ts'

const refused = (code: number, status = 400) => ({
  kind: 'answer' as const,
  status,
  body: { error: { code, message: `(#${code})`, error_data: { details: 'about +77011234567' } } },
})

describe('what Meta answers', () => {
  test.each([
    [130429, 429, 'retry', undefined],
    [131056, 400, 'retry', undefined],
    [80007, 400, 'retry', undefined],
    [4, 429, 'retry', undefined],
    [131000, 500, 'retry', undefined],
    [131016, 503, 'retry', undefined],
    [2, 500, 'retry', undefined],
    [131026, 400, 'failed', 'gone'],
    [131047, 400, 'failed', 'window'],
    [470, 400, 'failed', 'window'],
    [131051, 400, 'failed', 'invalid'],
    [131008, 400, 'failed', 'invalid'],
    [100, 400, 'failed', 'invalid'],
    [132000, 400, 'failed', 'invalid'],
    [132001, 404, 'failed', 'invalid'],
    [132015, 400, 'failed', 'invalid'],
    [190, 401, 'failed', 'policy'],
    [0, 401, 'failed', 'policy'],
    [200, 403, 'failed', 'policy'],
    [299, 403, 'failed', 'policy'],
    [368, 403, 'failed', 'policy'],
    [131031, 403, 'failed', 'policy'],
    // The platform forbids it, whatever the status says.
    [3, 500, 'failed', 'policy'],
    [777777, 400, 'failed', 'invalid'],
    [777777, 500, 'retry', undefined],
  ])('%i with HTTP %i is %s %s', async (code, status, outcome, reason) => {
    const { send, graph } = await cloudCast()
    graph.faults.next('messages', refused(code, status))
    const result = await send({ text: 'x' })
    expect(result.status).toBe(outcome)
    expect(result).toMatchObject(reason ? { reason } : { status: 'retry' })
    // Only the code is passed on: the words may name a number.
    expect(JSON.stringify(result)).not.toContain('7701')
  })

  test('a gateway is tried again; what answers without a word is nobody knows what', async () => {
    const { send, graph } = await cloudCast()
    graph.faults.next('messages', { kind: 'html' })
    expect(await send({ text: 'x' })).toMatchObject({ status: 'retry' })
    graph.faults.next('messages', { kind: 'html', status: 404 })
    expect(await send({ text: 'x' })).toMatchObject({ status: 'failed', reason: 'invalid' })
    graph.faults.next('messages', { kind: 'html', status: 200 })
    expect(await send({ text: 'x' })).toMatchObject({ status: 'unknown' })
    graph.faults.next('messages', { kind: 'answer', status: 200, body: { messages: [] } })
    expect(await send({ text: 'x' })).toMatchObject({ status: 'unknown' })
  })

  test('a wrong token is a matter of policy, and is not shown', async () => {
    const { send, logged } = await cloudCast({ settings: { token: 'EAAwrong' } })
    const result = await send({ text: 'x' })
    expect(result).toEqual({ status: 'failed', reason: 'policy' })
    expect(logged.join()).not.toContain('EAAwrong')
  })
})

describe('when no answer comes', () => {
  test.each(['lost', 'refused', 'silent'] as const)('%s: unknown', async kind => {
    const { send, graph } = await cloudCast({ settings: { timeoutMs: 200 } })
    graph.faults.next('messages', { kind })
    expect(await send({ text: 'x' })).toEqual({ status: 'unknown', reason: 'connection' })
  })

  test('nobody listens: nothing left, so it may go again', async () => {
    const { send, graph, zeinep } = await cloudCast()
    await expect.poll(() => graph.read.size, { timeout: 20_000 }).toBe(1)
    await graph.close()
    const before = zeinep.messages.length
    const result = await send({ text: 'x' })
    expect(zeinep.messages).toHaveLength(before)
    expect(result).toEqual({ status: 'retry', afterMs: 5_000, reason: 'no connection' })
  })

  test('what was refused is not out, and may be sent without a look', async () => {
    const { send, channel, graph } = await cloudCast()
    graph.webhooks.hold()
    graph.faults.next('messages', refused(130429, 429))
    await send({ text: 'x' })
    expect(await channel.find?.({ id: 'out-1', chat: '', text: '' })).toEqual({ status: 'absent' })
  })

  test('the status that comes later tells that it went out', async () => {
    const { send, channel, graph, zeinep, reports } = await cloudCast()
    graph.webhooks.hold()
    graph.faults.next('messages', { kind: 'lost' })
    const message = { id: 'broken', chat: '77011234567', text: 'Барамын' }
    expect(await send(message)).toMatchObject({ status: 'unknown' })
    expect(await channel.find?.(message)).toEqual({ status: 'unknown' })
    await graph.webhooks.release()
    expect(await channel.find?.(message)).toEqual({ status: 'sent', externalId: zeinep.last.id })
    expect(reports).toEqual([{ channel: 'whatsapp', id: 'broken', state: 'delivered' }])
  })
})
