import { Attach } from './attach.js'
import { Icon } from './icons.js'
import { newId } from './platform.js'
import { html, useEffect, useLayoutEffect, useRef, useState } from './preact.js'

/** Words half written stay with their chat while the phone shows another. */
const drafts = new Map()

/** The field for words, with what is attached to it, and one button: send, or record if there is nothing. */
export function Writer({ words, me, chat, act, tell, editing, setEditing, upload, setUpload, recorder }) {
  const key = `${me.id} ${chat.id}`
  const [text, setText] = useState(drafts.get(key) ?? '')
  const field = useRef()
  const { send, sending } = useSending({ key, act, text, setText, upload, setUpload, editing, setEditing })
  useEffect(() => void drafts.set(key, text), [text])
  useLayoutEffect(() => {
    if (editing) setText(editing.text)
    if (editing || upload) field.current.focus()
  }, [editing, upload])
  useLayoutEffect(() => grow(field.current), [text])

  const submit = () => {
    // The button changes its meaning under the finger, so the focus goes back to the words.
    field.current.focus()
    if (text.trim() || upload) send()
  }
  const onKeyDown = event => {
    if (event.key === 'Escape' && editing) {
      setEditing(undefined)
      setText('')
    }
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return
    event.preventDefault()
    submit()
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
        placeholder=${words(sending ? 'write.uploading' : 'write.placeholder')}
        value=${text}
        onInput=${event => setText(event.target.value)}
        onKeyDown=${onKeyDown}
      ></textarea>
      ${
        text.trim() || upload
          ? html`<${Round} strong icon="send" label=${words('write.send')} onClick=${submit} />`
          : html`<${Round} icon="microphone" label=${words('write.record')} onClick=${recorder.start} />`
      }
    </form>
  `
}

function Round({ icon, label, strong, onClick }) {
  return html`<button
    type="button"
    class=${strong ? 'round strong' : 'round'}
    aria-label=${label}
    title=${label}
    onClick=${onClick}
  ><${Icon} name=${icon} /></button>`
}

/** The field is free at once for the next words; what could not be sent comes back into it. */
function useSending({ key, act, text, setText, upload, setUpload, editing, setEditing }) {
  const [sending, setSending] = useState(false)
  const failed = useRef()
  const restore = draft => {
    failed.current = draft
    drafts.set(key, drafts.get(key) || draft.text)
    setText(now => now || draft.text)
    setUpload(now => now ?? draft.upload)
    setEditing(now => now ?? draft.editing)
  }
  async function send() {
    const draft = { text, upload, editing }
    // The same words sent again keep their id: if they had arrived after all, they are not there twice.
    const id = isSame(failed.current, draft) ? failed.current.id : newId()
    failed.current = undefined
    setText('')
    setUpload(undefined)
    setEditing(undefined)
    setSending(true)
    const { problem } = await act({ id, ...fieldsOf(draft) })
    setSending(false)
    if (problem && problem !== 'waiting') restore({ ...draft, id })
  }
  return { send, sending }
}

function isSame(one, other) {
  return one?.text === other.text && one.upload === other.upload && one.editing?.id === other.editing?.id
}

function fieldsOf({ text, upload, editing }) {
  if (upload) return { ...upload, caption: text }
  return editing ? { kind: 'edit', message: editing.id, text } : { kind: 'text', text }
}

function grow(field) {
  field.style.height = 'auto'
  field.style.height = `${Math.min(field.scrollHeight, 150)}px`
}
