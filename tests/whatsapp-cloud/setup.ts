import { afterEach } from 'vitest'
import type { Inbound, Outgoing, Receive, Report } from '../../bot/channel.ts'
import { createLog } from '../../bot/logger.ts'
import { type CloudSettings, openWhatsAppCloud } from '../../bot/whatsapp-cloud/channel.ts'
import { FakeGraph, type Options } from '../fake-graph/fake-graph.ts'
import { mounted } from './mounted.ts'

const closing: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

/** The driver between the double and a listening test, its webhook on a real port, and Зейнеп who has written once. */
export async function cloudCast(options: Options & { settings?: Partial<CloudSettings> } = {}) {
  const graph = new FakeGraph(options)
  const apiRoot = await graph.listen()
  closing.push(() => graph.close())
  const logged: string[] = []
  const { token, phoneNumberId, appSecret, verifyToken, number } = graph
  const settings = { token, phoneNumberId, appSecret, verifyToken, number, apiRoot, ...options.settings }
  const channel = openWhatsAppCloud(settings, createLog('debug', { write: line => void logged.push(line) }))
  const received: Inbound[] = []
  const reports: Parameters<Report>[0][] = []
  const ears = {
    receive: (async inbound => {
      received.push(inbound)
      return {}
    }) as Receive,
    report: (async later => void reports.push(later)) as Report,
  }
  await channel.start(
    inbound => ears.receive(inbound),
    later => ears.report(later),
  )
  const { url, close } = await mounted(channel.webhook)
  closing.push(close)
  await graph.webhooks.subscribe(url, verifyToken)
  const zeinep = graph.person({ name: 'Зейнеп', number: '77011234567' })
  await zeinep.says('Сәлеметсіз бе')
  received.length = 0
  let count = 0
  return {
    graph,
    channel,
    url,
    zeinep,
    received,
    reports,
    ears,
    logged,
    /** One message to Зейнеп, and whatever it causes. */
    async send(message: Partial<Outgoing>) {
      count += 1
      const result = await channel.send({ id: `out-${count}`, chat: '77011234567', text: '', ...message })
      await graph.webhooks.settled()
      return result
    },
  }
}

/** A clock that stands still until it is moved. */
export function handClock(start = '2026-11-23T06:00:00Z') {
  let at = Date.parse(start)
  return {
    now: () => new Date(at),
    wait: (seconds: number) => {
      at += seconds * 1000
    },
  }
}
