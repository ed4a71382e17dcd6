import { GrammyError, HttpError } from 'grammy'
import { type SendResult, tooFast } from '../channel.ts'
import { neverLeft } from '../never-left.ts'

/** What an answer of the Bot API other than success means for the message. */
export function meaningOf(error: unknown): SendResult {
  if (error instanceof HttpError) {
    if (neverLeft(error.error)) return { status: 'retry', afterMs: 5_000, reason: 'no connection' }
    return { status: 'unknown', reason: 'connection' }
  }
  if (!(error instanceof GrammyError)) throw error
  const { error_code: code, description, parameters } = error
  if (parameters.migrate_to_chat_id) return { status: 'moved', chat: String(parameters.migrate_to_chat_id) }
  if (code === 429) return { status: 'retry', afterMs: (parameters.retry_after ?? 1) * 1000, reason: tooFast }
  if (code >= 500) return { status: 'retry', reason: `server ${code}` }
  if (code === 401 || code === 404) return { status: 'retry', afterMs: 60_000, reason: 'token refused' }
  if (code === 403) return { status: 'failed', reason: 'blocked' }
  if (/message is not modified/i.test(description)) return { status: 'failed', reason: 'unchanged' }
  if (gone.test(description)) return { status: 'failed', reason: 'gone' }
  return { status: 'failed', reason: 'invalid', detail: description }
}

const gone =
  /chat not found|message to (edit|delete) not found|message can't be edited|user is deactivated|PEER_ID_INVALID|group chat was (deactivated|deleted)|not enough rights|have no rights/i
