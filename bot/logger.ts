import pino, { type DestinationStream, type Logger } from 'pino'

export type Log = Logger

/**
 * Log lines hold codes, counts and ids, never a person's words. What might slip in with an object is struck out
 * here; an error is reduced to its name, its code and where in our code it happened, because a database error
 * quotes its parameters.
 */
export function createLog(level: string, destination?: DestinationStream): Log {
  const options = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: { paths: secretPaths, censor: '•••' },
    serializers: { err: describeError },
  }
  return destination ? pino(options, destination) : pino(options)
}

const secrets = [
  'phone',
  'name',
  'text',
  'words',
  'token',
  'address',
  'homeAddress',
  'details',
  'payload',
  'body',
  'title',
  'code',
]
const secretPaths = secrets.flatMap(secret =>
  secret === 'code' ? [] : [secret, `*.${secret}`, `*.*.${secret}`],
)

function describeError(error: unknown) {
  if (!(error instanceof Error)) return { name: typeof error }
  const cause = error.cause instanceof Error ? error.cause : undefined
  const code = [error, cause].map(codeOf).find(Boolean)
  const lines = (cause?.stack ?? error.stack ?? '').split('\n').filter(line => /^\s+at /.test(line))
  return {
    name: (cause ?? error).name,
    ...(code && { code }),
    where: lines.slice(0, 6).map(line => line.trim()),
  }
}

function codeOf(error: unknown): string | undefined {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : undefined
}
