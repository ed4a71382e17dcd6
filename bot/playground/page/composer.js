import { Icon } from './icons.js'
import { clock } from './media.js'
import { Menu } from './menu.js'
import { newId } from './platform.js'
import { html, useEffect, useLayoutEffect, useRef, useState } from './preact.js'
import { useRecorder } from './recorder.js'

/** Words half written stay with their chat while the phone shows another. */
const drafts = new Map()
const samplePlace = { latitude: 43.2389, longitude: 76.8897 }

export function Composer({ words, me, chat, list, act, tell, editing, setEditing }) {
  const [upload, setUpload] = useState()
  const recorder = useRecorder({
    onDone: file => act({ kind: 'voice', file }),
    onFail: () => tell(words('problem.microphone')),
  })
  if (chat.kind === 'private' && list.length === 0) return null
  if (chat.kind === 'private' && me.blocked) {
    return html`<div class="writer closed">
      <p>${words('chat.blocked')}</p>
      <button type="button" class="strong" onClick=${() => act({ kind: 'unblocked' })}>${words('menu.unblock')}</button>
    </div>`
  }
  if (recorder.recording) return html`<${Recording} ...${{ words, recorder }} />`
  const shared = { words, me, chat, act, tell, editing, setEditing, upload, setUpload, recorder }
  return html`
    <${Requests} ...${{ list, act }} />
    ${
      editing &&
      html`<${Notice} icon="edit" label=${words('write.editing')} close=${words('dialog.cancel')} onClose=${() => setEditing(undefined)} />`
    }
    ${
      upload &&
      html`<${Notice}
        icon=${upload.kind === 'photo' ? 'photo' : 'file'}
        label=${upload.file.name}
        close=${words('dialog.cancel')}
        onClose=${() => setUpload(undefined)}
      />`
    }
    <${Writer} ...${shared} />
  `
}

function Writer({ words, me, chat, act, tell, editing, setEditing, upload, setUpload, recorder }) {
  const key = `${me.id} ${chat.id}`
  const [text, setText] = useState(drafts.get(key) ?? '')
  const [busy, setBusy] = useState(false)
  const field = useRef()
  // The id stays with the words until they have arrived, so that a second attempt is not a second message.
  const attempt = useRef(newId())
  useEffect(() => void drafts.set(key, text), [text])
  useEffect(() => {
    if (editing) setText(editing.text)
    if (editing || upload) field.current.focus()
  }, [editing, upload])
  useLayoutEffect(() => grow(field.current), [text])

  async function send() {
    if (busy || (!text.trim() && !upload)) return
    setBusy(true)
    const fields = upload
      ? { ...upload, caption: text }
      : editing
        ? { kind: 'edit', message: editing.id, text }
        : { kind: 'text', text }
    const { problem } = await act({ id: attempt.current, ...fields })
    setBusy(false)
    // Whoever has gone on to another phone meanwhile stays there.
    const { activeElement, body } = document
    if (activeElement === body || field.current?.form.contains(activeElement)) field.current?.focus()
    if (problem && problem !== 'waiting') return
    attempt.current = newId()
    setText('')
    setUpload(undefined)
    setEditing(undefined)
  }
  const onKeyDown = event => {
    if (event.key === 'Escape' && editing) {
      setEditing(undefined)
      setText('')
    }
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return
    event.preventDefault()
    send()
  }
  const title = chat.kind === 'group' ? chat.title : words('bot.name')
  return html`
    <form class="writer" onSubmit=${event => event.preventDefault()}>
      <${Attach} ...${{ words, act, tell, setUpload }} />
      <textarea
        ref=${field}
        rows="1"
        maxlength=${upload ? 1024 : 4096}
        aria-label=${words('write.label', { title })}
        placeholder=${busy ? words('write.uploading') : words('write.placeholder')}
        value=${text}
        onInput=${event => setText(event.target.value)}
        onKeyDown=${onKeyDown}
      ></textarea>
      ${
        text.trim() || upload
          ? html`<button type="button" class="round strong" aria-label=${words('write.send')} title=${words('write.send')} aria-busy=${String(busy)} onClick=${send}>
              <${Icon} name="send" />
            </button>`
          : html`<button type="button" class="round" aria-label=${words('write.record')} title=${words('write.record')} onClick=${recorder.start}>
              <${Icon} name="microphone" />
            </button>`
      }
    </form>
  `
}

function Attach({ words, act, tell, setUpload }) {
  const photo = useRef()
  const file = useRef()
  const pick = kindOf => event => {
    const [chosen] = event.target.files
    if (chosen) setUpload({ kind: kindOf(chosen), file: chosen })
    event.target.value = ''
  }
  const entries = [
    { label: words('write.photo'), icon: 'photo', onSelect: () => photo.current.click() },
    { label: words('write.file'), icon: 'file', onSelect: () => file.current.click() },
    {
      label: words('write.demoPlace'),
      icon: 'place',
      onSelect: () => act({ kind: 'location', ...samplePlace }),
    },
    { label: words('write.myPlace'), icon: 'place', onSelect: () => sendOwnPlace({ words, act, tell }) },
  ]
  const kindOfFile = ({ type }) => (type.startsWith('video/') ? 'video' : 'file')
  return html`
    <${Menu} above icon="attach" label=${words('write.attach')} entries=${entries} />
    <input ref=${photo} class="photo-input" type="file" accept="image/*" hidden onChange=${pick(() => 'photo')} />
    <input ref=${file} class="file-input" type="file" hidden onChange=${pick(kindOfFile)} />
  `
}

function sendOwnPlace({ words, act, tell }) {
  const fail = () => tell(words('problem.place'))
  if (!navigator.geolocation) return fail()
  navigator.geolocation.getCurrentPosition(
    ({ coords: { latitude, longitude } }) => act({ kind: 'location', latitude, longitude }),
    fail,
    { timeout: 10_000 },
  )
}

/** The bot asks for a phone number or a place; the answer is one press. */
function Requests({ list, act }) {
  const last = list.findLast(({ authorId }) => authorId === null)
  const requests = last?.details.requests ?? []
  if (requests.length === 0) return null
  return html`<div class="requests">
    ${requests.map(({ what, label }) => {
      const fields = what === 'location' ? { kind: 'location', ...samplePlace } : { kind: 'contact' }
      return html`<button key=${what} type="button" onClick=${() => act(fields)}>
        <${Icon} name=${what === 'location' ? 'place' : 'phone'} />${label}
      </button>`
    })}
  </div>`
}

function Recording({ words, recorder }) {
  return html`
    <div class="writer recording">
      <button type="button" class="round" aria-label=${words('dialog.cancel')} title=${words('dialog.cancel')} onClick=${recorder.cancel}>
        <${Icon} name="close" />
      </button>
      <p><i class="live"></i><span role="status">${words('write.recording')}</span> <time>${clock(recorder.seconds)}</time></p>
      <button type="button" class="round strong" aria-label=${words('write.stop')} title=${words('write.stop')} onClick=${recorder.stop} ref=${button => button?.focus()}>
        <${Icon} name="send" />
      </button>
    </div>
  `
}

function Notice({ icon, label, close, onClose }) {
  return html`<p class="notice">
    <${Icon} name=${icon} /><span>${label}</span>
    <button type="button" class="round" aria-label=${close} onClick=${onClose}><${Icon} name="close" /></button>
  </p>`
}

function grow(field) {
  field.style.height = 'auto'
  field.style.height = `${Math.min(field.scrollHeight, 150)}px`
}
