import { Icon } from './icons.js'
import { html, useEffect, useRef } from './preact.js'

const languages = { kk: 'Қазақша', ru: 'Русский', en: 'English' }

/** Asks the name of a new person (and the language of their phone) or of a new group. */
export function NameDialog({ words, what, onDone, onClose }) {
  const isPerson = what === 'person'
  const submit = event => {
    event.preventDefault()
    const { name, language } = Object.fromEntries(new FormData(event.target))
    if (!name.trim()) return
    onDone(isPerson ? { name, language } : { name })
    onClose()
  }
  return html`
    <${Modal} class="ask" label=${words(isPerson ? 'person.add' : 'menu.newGroup')} onClose=${onClose}>
      <form onSubmit=${submit}>
        <h2>${words(isPerson ? 'person.add' : 'menu.newGroup')}</h2>
        <label>
          ${words(isPerson ? 'person.name' : 'menu.groupTitle')}
          <input name="name" required maxlength="60" autocomplete="off" autofocus />
        </label>
        ${
          isPerson &&
          html`<label>
            ${words('person.language')}
            <select name="language" defaultValue=${words.language}>
              ${Object.entries(languages).map(
                ([code, name]) =>
                  html`<option key=${code} value=${code} selected=${code === words.language}>${name}</option>`,
              )}
            </select>
          </label>`
        }
        <div class="ask-buttons">
          <button type="button" class="quiet" onClick=${onClose}>${words('dialog.cancel')}</button>
          <button type="submit" class="strong">${words('dialog.add')}</button>
        </div>
      </form>
    <//>
  `
}

export function PhotoDialog({ words, src, onClose }) {
  return html`
    <${Modal} class="enlarged" label=${words('write.photo')} onClose=${onClose}>
      <button type="button" class="round" aria-label=${words('close')} onClick=${onClose}>
        <${Icon} name="close" />
      </button>
      <img src=${src} alt=${words('write.photo')} onClick=${onClose} />
    <//>
  `
}

/** The browser's own dialog keeps the focus inside and closes by Escape. */
function Modal({ class: name, label, onClose, children }) {
  const dialog = useRef()
  useEffect(() => {
    const before = document.activeElement
    dialog.current.showModal()
    return () => before?.isConnected && before.focus()
  }, [])
  const outside = event => event.target === dialog.current && onClose()
  return html`<dialog ref=${dialog} class=${name} aria-label=${label} onClose=${onClose} onClick=${outside}>
    ${children}
  </dialog>`
}
