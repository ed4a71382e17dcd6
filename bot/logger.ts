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
  const lines = placesIn(cause ?? error)
  return {
    name: (cause ?? error).name,
    ...(code && { code }),
    where: lines.slice(0, 6).map(line => line.trim()),
  }
}

/** Where in the code: the stack without the message, which may hold a person's words. */
function placesIn({ stack = '', message }: Error): string[] {
  const places = message ? stack.slice(Math.max(0, stack.indexOf(message)) + message.length) : stack
  return places.split('\n').filter(line => codeLine.test(line))
}

/** A line of a stack that names a place in code, and nothing that only looks like one. */
const codeLine = /^ {4}at (?:[\w$.<>[\] #]+ \()?(?:file:\/\/|node:|\/)\S+:\d+:\d+\)?$/

function codeOf(error: unknown): string | undefined {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : undefined
}
