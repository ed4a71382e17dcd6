import { z } from 'zod'
import type { FileRef, SendResult } from '../channel.ts'
import { readAtMost } from './body.ts'
import { meaningOf, meaningOfSilence } from './refusals.ts'

export interface GraphSettings {
  token: string
  phoneNumberId: string
  graphVersion?: string
  apiRoot?: string
  /** Where Meta keeps the files: the token goes there and to the API, and nowhere else. */
  mediaHost?: string
  /** A message with a file takes up to four calls, all of them within the lease of its row. */
  timeoutMs?: number
  /** Hears of each call: the status of the answer, nothing if none came. */
  heard?(status: number | undefined): void
}

/** Audio and video end at 16 MB, documents at 100; no more is wanted in one process's memory. */
export const downloadBytesMax = 20 * 1024 * 1024

type Refused = { refused: SendResult }
export type Graph = ReturnType<typeof openGraph>

const sent = z.object({ messages: z.array(z.object({ id: z.string() })).min(1) })
const uploaded = z.object({ id: z.string() })
const stored = z.object({ url: z.url(), mime_type: z.string().optional() })

/** The three calls of the Graph API that a messenger needs. What it refuses is a result, never an exception. */
export function openGraph(settings: GraphSettings) {
  const { token, phoneNumberId, graphVersion = 'v25.0', timeoutMs = 12_000, heard } = settings
  const { apiRoot = 'https://graph.facebook.com', mediaHost = 'lookaside.fbsbx.com' } = settings
  const authorization = `Bearer ${token}`

  async function call(path: string, body?: FormData | object): Promise<{ answer: unknown } | Refused> {
    const isForm = body instanceof FormData
    try {
      const response = await heardFetch(heard)(`${apiRoot}/${graphVersion}/${path}`, {
        method: body ? 'POST' : 'GET',
        headers: { authorization, ...(body && !isForm && { 'content-type': 'application/json' }) },
        ...(body && { body: isForm ? body : JSON.stringify(body) }),
        signal: AbortSignal.timeout(timeoutMs),
      })
      const answer = parsed(await response.text())
      return response.ok ? { answer } : { refused: meaningOf(response.status, answer) }
    } catch (error) {
      return { refused: meaningOfSilence(error) }
    }
  }

  return {
    async send(message: object): Promise<SendResult> {
      const called = await call(`${phoneNumberId}/messages`, { messaging_product: 'whatsapp', ...message })
      if ('refused' in called) return called.refused
      const id = sent.safeParse(called.answer).data?.messages[0]?.id
      return id ? { status: 'accepted', externalId: id } : { status: 'unknown', reason: 'answer' }
    },

    /** The two blue ticks, for this message and all before it. */
    markRead: (messageId: string) =>
      call(`${phoneNumberId}/messages`, {
        messaging_product: 'whatsapp',
        status: 'read',
        message_id: messageId,
      }),

    async upload(bytes: Uint8Array, mime: string, name: string): Promise<{ id: string } | Refused> {
      const form = new FormData()
      form.set('messaging_product', 'whatsapp')
      form.set('type', mime)
      form.set('file', new Blob([new Uint8Array(bytes)], { type: mime }), name)
      const called = await call(`${phoneNumberId}/media`, form)
      if ('refused' in called) return { refused: nothingSent(called.refused) }
      const id = uploaded.safeParse(called.answer).data?.id
      return id ? { id } : { refused: { status: 'retry', reason: 'upload' } }
    },

    /** First the address of a file, good for five minutes, then the file. */
    async download(file: FileRef): Promise<{ bytes: Uint8Array; mime: string } | Refused> {
      const called = await call(`${encodeURIComponent(file.id)}?phone_number_id=${phoneNumberId}`)
      if ('refused' in called) return { refused: nothingSent(called.refused) }
      const found = stored.safeParse(called.answer).data
      if (!found) return { refused: invalid('no address of a file') }
      if (![mediaHost, new URL(apiRoot).host].includes(new URL(found.url).host))
        return { refused: invalid('a file at a foreign address') }
      try {
        const signal = AbortSignal.timeout(timeoutMs)
        // Where it leads to another host, fetch takes the token off.
        const response = await fetch(found.url, { headers: { authorization }, signal })
        if (!response.ok) return { refused: meaningOf(response.status, undefined) }
        const bytes = await readAtMost(response, downloadBytesMax)
        return bytes
          ? { bytes, mime: file.mime ?? found.mime_type ?? '' }
          : { refused: invalid('a file too large') }
      } catch (error) {
        return { refused: nothingSent(meaningOfSilence(error)) }
      }
    },
  }
}

function heardFetch(heard: GraphSettings['heard']): typeof fetch {
  return async (...asked) => {
    try {
      const response = await fetch(...asked)
      heard?.(response.status)
      return response
    } catch (error) {
      heard?.(undefined)
      throw error
    }
  }
}

/** Where only a file was on its way, trying again does no harm. */
function nothingSent(result: SendResult): SendResult {
  return result.status === 'unknown' ? { status: 'retry', reason: result.reason } : result
}

function invalid(detail: string): SendResult {
  return { status: 'failed', reason: 'invalid', detail }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
