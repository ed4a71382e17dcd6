import { Icon } from './icons.js'
import { FileView } from './media.js'
import { html, useState } from './preact.js'

/** One message: what it holds, when, and the buttons under it. */
export function Bubble({
  words,
  me,
  chat,
  directory,
  message,
  continued,
  act,
  openLink,
  setEditing,
  setPhoto,
}) {
  const author = directory.people.find(({ id }) => id === message.authorId)
  if (message.kind === 'service') {
    return html`<p class="service">${words(`service.${message.text}`, { name: author?.name })}</p>`
  }
  const isOwn = message.authorId === me.id
  const named = chat.kind === 'group' && !isOwn && !continued
  const { location, phone, buttons } = message.details
  return html`
    <div class=${`message${isOwn ? ' own' : ''}${continued ? ' continued' : ''}`} data-message=${message.id}>
      <div class="bubble">
        ${named && html`<p class=${`author ${author ? `tint-${tint(author.id)}` : ''}`}>${author?.name ?? words('bot.name')}</p>`}
        ${message.file?.id && html`<${FileView} ...${{ words, message, setPhoto }} />`}
        ${location && html`<${Place} ...${{ words, location }} />`}
        ${phone && html`<p class="contact"><${Icon} name="phone" /><span>${words('message.contact')}<b>${phone}</b></span></p>`}
        ${message.text && html`<p class="text">${withLinks(message.text, openLink)}</p>`}
        <${Foot} ...${{ words, message, isOwn, setEditing }} />
      </div>
      ${
        buttons?.length > 0 &&
        html`<div class="buttons">
          ${buttons.map(
            (row, at) => html`<div key=${at}>
              ${row.map((button, place) => html`<${Choice} key=${place} ...${{ words, button, message, act, openLink }} />`)}
            </div>`,
          )}
        </div>`
      }
    </div>
  `
}

function Foot({ words, message, isOwn, setEditing }) {
  const at = new Date(message.at)
  const mark = message.delivered ? 'check' : 'clock'
  return html`
    <p class="foot">
      ${
        isOwn &&
        message.kind === 'text' &&
        html`<button
          type="button"
          class="edit"
          aria-label=${words('message.edit')}
          title=${words('message.edit')}
          onClick=${() => setEditing(message)}
        ><${Icon} name="edit" /></button>`
      }
      ${message.editedAt && html`<span class="edited">${words('message.edited')}</span>`}
      <time datetime=${at.toISOString()}>${words.time(at)}</time>
      ${
        isOwn &&
        html`<span class="mark-${mark}" title=${words(message.delivered ? 'message.delivered' : 'message.waiting')}>
          <${Icon} name=${mark} />
          <span class="unseen">${words(message.delivered ? 'message.delivered' : 'message.waiting')}</span>
        </span>`
      }
    </p>
  `
}

function Choice({ words, button, message, act, openLink }) {
  const [busy, setBusy] = useState(false)
  if (button.url && !button.url.startsWith('playground:')) {
    return html`<a class="choice" href=${button.url} target="_blank" rel="noopener noreferrer">
      ${button.label}<${Icon} name="outside" /><span class="unseen">${words('message.opensTab')}</span>
    </a>`
  }
  const press = async () => {
    if (busy || (button.url && openLink(button.url))) return
    setBusy(true)
    await act({ kind: 'button', message: message.id, data: button.data })
    setBusy(false)
  }
  return html`<button type="button" class="choice" aria-busy=${String(busy)} onClick=${press}>${button.label}</button>`
}

function Place({ words, location }) {
  const { latitude, longitude } = location
  const url = `https://www.openstreetmap.org/?mlat=${latitude}&mlon=${longitude}#map=16/${latitude}/${longitude}`
  return html`
    <p class="place">
      <${Icon} name="place" />
      <span>
        ${latitude.toFixed(5)}, ${longitude.toFixed(5)}
        <a href=${url} target="_blank" rel="noopener noreferrer">
          ${words('message.place')}<span class="unseen">${words('message.opensTab')}</span>
        </a>
      </span>
    </p>
  `
}

function withLinks(text, openLink) {
  return text.split(/((?:https?:\/\/|playground:start)[^\s<>"«»]*[^\s<>"«».,!?;:)])/).map((part, at) => {
    if (at % 2 === 0) return part
    const click = event => openLink(part) && event.preventDefault()
    return html`<a href=${part} target="_blank" rel="noopener noreferrer" onClick=${click}>${part}</a>`
  })
}

/** The same person has the same colour everywhere. */
function tint(id) {
  return [...id].reduce((sum, letter) => sum + letter.codePointAt(0), 0) % 5
}
