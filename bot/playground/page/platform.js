/** Everything the page knows about the server. */

export async function loadState() {
  return (await fetch('/playground/state')).json()
}

export async function loadWords() {
  return (await fetch('/playground/words')).json()
}

export async function loadEarlier(chat, before) {
  const answer = await fetch(`/playground/chats/${encodeURIComponent(chat)}/messages?before=${before}`)
  return answer.ok ? answer.json() : []
}

/** The browser connects again by itself and names the last event it saw. */
export function listen(after, { onMessage, onDirectory, onConnection }) {
  const source = new EventSource(`/playground/events?after=${after}`)
  source.addEventListener('message', event => onMessage(JSON.parse(event.data)))
  source.addEventListener('directory', event => onDirectory(JSON.parse(event.data)))
  source.addEventListener('open', () => onConnection(true))
  source.addEventListener('error', () => {
    onConnection(false)
    // A browser gives up after an answer that is not a stream, for example from a proxy while the bot restarts.
    if (source.readyState === EventSource.CLOSED) setTimeout(() => location.reload(), 3000)
  })
}

export const say = fields => send('/playground/say', fields)
export const addPerson = fields => send('/playground/people', fields)
export const addGroup = fields => send('/playground/groups', fields)
export const joinGroup = fields => send('/playground/members', fields)

/** A UUID; browsers offer `randomUUID` only where the connection is secure. */
export function newId() {
  if (crypto.randomUUID) return crypto.randomUUID()
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  bytes[6] = (bytes[6] & 15) | 64
  bytes[8] = (bytes[8] & 63) | 128
  const hex = [...bytes].map(byte => byte.toString(16).padStart(2, '0')).join('')
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
}

async function send(path, fields) {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) {
    if (value !== undefined) form.append(name, value)
  }
  try {
    const answer = await fetch(path, { method: 'POST', body: form })
    return await answer.json()
  } catch {
    return { problem: 'network' }
  }
}
