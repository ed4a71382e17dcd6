import { samplePlace } from './attach.js'
import { Icon } from './icons.js'
import { clock } from './media.js'
import { html, useState } from './preact.js'
import { useRecorder } from './recorder.js'
import { Writer } from './writer.js'

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
