import { Header } from './header.js'
import { Phone } from './phone.js'
import { listen, loadEarlier, loadState, loadWords } from './platform.js'
import { html, render, useEffect, useMemo, useRef, useState } from './preact.js'
import {
  canSee,
  chatsOf,
  firstLanguage,
  firstPhones,
  isUnread,
  recall,
  remember,
  withMessages,
} from './state.js'
import { createWords } from './words.js'

function App({ first, texts }) {
  const [language, setLanguage] = useState(firstLanguage)
  const [directory, setDirectory] = useState({ people: first.people, chats: first.chats })
  const [messages, setMessages] = useState(() => withMessages({}, first.messages))
  const [phones, setPhones] = useState(() => firstPhones(first))
  const [seen, setSeen] = useState(() => recall('seen', {}))
  const [connected, setConnected] = useState(true)
  const [near, setNear] = useState(0)
  const row = useRef()
  const shown = useRef([])
  const words = useMemo(() => createWords(texts, language), [language])

  useEffect(() => follow(first.revision, { setMessages, setDirectory, setConnected }), [])
  useEffect(() => {
    document.documentElement.lang = language
    document.title = words('page.title')
    remember('language', language)
  }, [language])
  useEffect(() => remember('phones', phones), [phones])
  useSeen({ phones, messages, setSeen })

  // A phone turns to a new chat only when the news of that chat has arrived.
  shown.current = phones.map((phone, at) => (canSee(directory.chats, phone) ? phone : shown.current[at]))
  const turnTo = (index, phone) => setPhones(now => now.map((old, at) => (at === index ? phone : old)))
  const unreadOn = phone =>
    chatsOf(directory.chats, phone.person).some(({ id }) =>
      isUnread(messages, seen, { person: phone.person, chat: id }),
    )
  const showPhone = index => scrollTo(row.current.children[index])

  return html`
    <${Header} ...${{ words, language, setLanguage, phones: shown.current, directory, unreadOn, showPhone, near }} />
    ${!connected && html`<p class="offline" role="status">${words('page.offline')}</p>`}
    <main class="phones" ref=${row} onScroll=${() => setNear(nearest(row.current))}>
      ${shown.current.map(
        (phone, index) => html`<${Phone}
          key=${index}
          number=${index + 1}
          phone=${phone}
          commands=${first.commands}
          unread=${chat => isUnread(messages, seen, { person: phone.person, chat })}
          onTurn=${next => turnTo(index, next)}
          onEarlier=${(chat, before) => fetchEarlier(chat, before, setMessages)}
          ...${{ words, directory, messages }}
        />`,
      )}
    </main>
  `
}

function follow(revision, { setMessages, setDirectory, setConnected }) {
  listen(revision, {
    onMessage: message => setMessages(now => withMessages(now, [message])),
    onDirectory: setDirectory,
    onConnection: setConnected,
  })
}

async function fetchEarlier(chat, before, setMessages) {
  const earlier = await loadEarlier(chat, before)
  setMessages(now => {
    const known = new Set((now[chat] ?? []).map(({ id }) => id))
    return { ...now, [chat]: [...earlier.reverse().filter(({ id }) => !known.has(id)), ...(now[chat] ?? [])] }
  })
  return earlier.length
}

/** The phone in the middle, where only one fits on the screen. */
function nearest(row) {
  const [first] = row.children
  return first ? Math.round(row.scrollLeft / (first.offsetWidth + 10)) : 0
}

function scrollTo(phone) {
  const calm = matchMedia('(prefers-reduced-motion: reduce)').matches
  phone?.scrollIntoView({ behavior: calm ? 'auto' : 'smooth', inline: 'center', block: 'nearest' })
}

/** A chat open on a phone is read, as soon as someone looks at the page. */
function useSeen({ phones, messages, setSeen }) {
  const [looking, setLooking] = useState(!document.hidden)
  useEffect(() => {
    document.addEventListener('visibilitychange', () => setLooking(!document.hidden))
  }, [])
  useEffect(() => {
    if (!looking) return
    setSeen(seen => {
      const now = { ...seen }
      for (const { person, chat } of phones) now[`${person} ${chat}`] = messages[chat]?.at(-1)?.position ?? 0
      remember('seen', now)
      return now
    })
  }, [phones, messages, looking])
}

async function open() {
  const texts = await loadWords()
  const first = await loadState()
  const root = document.getElementById('app')
  root.replaceChildren()
  render(html`<${App} ...${{ first, texts }} />`, root)
}

// Without the server there are no words either; the page keeps its waiting line and tries again.
open().catch(() => setTimeout(() => location.reload(), 3000))
