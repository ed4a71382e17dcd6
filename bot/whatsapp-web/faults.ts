/** What went wrong in the browser or its page, in a word that holds nothing of a person's. */
export function faultOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error)
  const net = /net::ERR_\w+/.exec(text)?.[0]
  if (net) return net
  return (
    faults.find(([pattern]) => pattern.test(text))?.[1] ?? (error instanceof Error ? error.name : 'error')
  )
}

const faults: readonly [RegExp, string][] = [
  [/auth timeout|couldn't load version/i, 'no WhatsApp page'],
  [/ready timeout/i, 'never ready'],
  [/already running/i, 'profile in use'],
  [/failed to launch|browser was not found|ENOENT|spawn/i, 'browser does not start'],
  [/timed? ?out/i, 'page does not answer'],
  [/target closed|detached|session closed|connection closed|context was destroyed/i, 'page gone'],
]

/** The same for whoever reads the log. */
export function sentenceOf(reason: string): string {
  if (reason === 'net::ERR_NAME_NOT_RESOLVED' || reason === 'net::ERR_INTERNET_DISCONNECTED')
    return 'no connection to web.whatsapp.com'
  if (reason.startsWith('net::')) return `no connection to web.whatsapp.com (${reason.slice(5)})`
  if (reason === 'worker does not start (1)') return `${reason}: is whatsapp-web.js installed?`
  if (reason === 'browser does not start') return `${reason}: is Chromium installed, and its path right?`
  return reason
}
