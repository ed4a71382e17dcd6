import { Bubble } from './bubble.js'
import { PhotoDialog } from './dialogs.js'
import { Icon } from './icons.js'
import { html, useEffect, useLayoutEffect, useRef, useState } from './preact.js'

const nearBottomPx = 120

/** The messages of one chat, newest at the bottom. */
export function Log({ words, me, chat, directory, list, act, onEarlier, openLink, setEditing }) {
  const log = useRef()
  const [photo, setPhoto] = useState()
  const [behind, setBehind] = useState(false)
  const [mayHaveEarlier, setMayHaveEarlier] = useState(list.length >= 100)
  const follow = useFollowing({ log, list, me, setBehind })
  useKeptFocus(log)

  const earlier = async () => setMayHaveEarlier((await onEarlier(chat.id, list[0].position)) >= 100)
  const title = chat.kind === 'group' ? chat.title : words('bot.name')
  return html`
    <div class="log-frame">
      <div class="log" role="log" tabindex="0" ref=${log} onScroll=${follow.onScroll} aria-label=${words('chat.log', { title })}>
        ${list.length === 0 && html`<${Empty} ...${{ words, me, chat, act }} />`}
        ${mayHaveEarlier && html`<button type="button" class="quiet earlier" onClick=${earlier}>${words('chat.earlier')}</button>`}
        ${list.map((message, at) => {
          const before = list[at - 1]
          const newDay = !before || day(before) !== day(message)
          return [
            newDay && html`<p class="day" key=${`day ${message.id}`}>${words.day(new Date(message.at))}</p>`,
            html`<${Bubble}
              key=${message.id}
              continued=${!newDay && before.authorId === message.authorId && before.kind !== 'service'}
              ...${{ words, me, chat, directory, message, act, openLink, setEditing, setPhoto }}
            />`,
          ]
        })}
      </div>
      ${
        behind &&
        html`<button type="button" class="latest" onClick=${follow.toBottom}><${Icon} name="down" />${words('chat.latest')}</button>`
      }
      ${photo && html`<${PhotoDialog} words=${words} src=${photo} onClose=${() => setPhoto(undefined)} />`}
    </div>
  `
}

/** What the phones of the demonstration are for; anybody else is a stranger who may ask for help. */
const roles = { timur: 'helper', dina: 'helper', marat: 'coordinator' }

function Empty({ words, me, chat, act }) {
  if (chat.kind === 'group') return html`<p class="empty">${words('chat.empty.group')}</p>`
  return html`
    <div class="empty">
      <img src="/playground/page/icon.svg" alt="" width="72" height="72" />
      <h3>${words('chat.empty.title')}</h3>
      <p>${words(`chat.empty.${roles[me.id] ?? 'text'}`)}</p>
      <button type="button" class="strong" onClick=${() => act({ kind: 'start' })}>${words('chat.start')}</button>
    </div>
  `
}

/** Stays at the newest message, unless someone has scrolled up to read. */
function useFollowing({ log, list, me, setBehind }) {
  const atBottom = useRef(true)
  const lastTop = useRef(0)
  const newest = useRef(0)
  const last = list.at(-1)
  const toBottom = () => {
    log.current.scrollTop = log.current.scrollHeight
    atBottom.current = true
    setBehind(false)
  }
  useLayoutEffect(() => {
    const position = last?.position ?? 0
    // Not the message before one that was taken away.
    if (position <= newest.current) return
    newest.current = position
    if (atBottom.current || last.authorId === me.id) toBottom()
    else setBehind(true)
  }, [last?.id])
  useLayoutEffect(() => {
    if (atBottom.current) toBottom()
  }, [list])
  useEffect(() => {
    // Pictures and the keyboard change the height after the message is there.
    const watcher = new ResizeObserver(() => atBottom.current && toBottom())
    watcher.observe(log.current)
    log.current.addEventListener('load', () => atBottom.current && toBottom(), true)
    return () => watcher.disconnect()
  }, [])
  const onScroll = () => {
    const { scrollHeight, scrollTop, clientHeight } = log.current
    // Only a hand scrolls up; a picture that has just arrived makes the log longer without moving it.
    if (scrollTop < lastTop.current) atBottom.current = false
    lastTop.current = scrollTop
    if (scrollHeight - scrollTop - clientHeight > nearBottomPx) return
    atBottom.current = true
    setBehind(false)
  }
  return { toBottom, onScroll }
}

/** When an edit takes a pressed button away, the focus stays in the chat instead of falling off the page. */
function useKeptFocus(log) {
  const inside = useRef(false)
  useEffect(() => {
    log.current.addEventListener('focusin', () => {
      inside.current = true
    })
    log.current.addEventListener('focusout', event => {
      if (event.relatedTarget) inside.current = log.current?.contains(event.relatedTarget)
    })
  }, [])
  useLayoutEffect(() => {
    if (inside.current && document.activeElement === document.body) log.current.focus({ preventScroll: true })
  })
}

function day(message) {
  return new Date(message.at).toDateString()
}
