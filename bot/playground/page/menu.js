import { Icon } from './icons.js'
import { html, useLayoutEffect, useRef, useState } from './preact.js'

/** A button that opens a short list of actions. Escape and a press elsewhere close it. */
export function Menu({ icon, label, entries, above }) {
  const [open, setOpen] = useState(false)
  const root = useRef()
  const close = () => {
    setOpen(false)
    root.current.querySelector('button').focus()
  }
  useLayoutEffect(() => {
    if (!open) return
    root.current.querySelector('.menu-list button').focus()
    const leave = event => root.current.contains(event.target) || setOpen(false)
    document.addEventListener('pointerdown', leave)
    document.addEventListener('focusin', leave)
    return () => {
      document.removeEventListener('pointerdown', leave)
      document.removeEventListener('focusin', leave)
    }
  }, [open])

  return html`
    <div class=${above ? 'menu above' : 'menu'} ref=${root} onKeyDown=${event => open && event.key === 'Escape' && close()}>
      <button
        type="button"
        class="round"
        aria-label=${label}
        title=${label}
        aria-expanded=${String(open)}
        onClick=${() => setOpen(!open)}
      ><${Icon} name=${icon} /></button>
      ${
        open &&
        html`<ul class="menu-list" aria-label=${label}>
          ${entries.map((entry, at) =>
            entry === 'line'
              ? html`<li key=${at} class="line" aria-hidden="true"></li>`
              : html`<li key=${at}><${Entry} entry=${entry} onDone=${close} /></li>`,
          )}
        </ul>`
      }
    </div>
  `
}

function Entry({ entry, onDone }) {
  const { label, hint, icon, onSelect } = entry
  return html`<button type="button" onClick=${() => {
    onDone()
    onSelect()
  }}>
    ${icon && html`<${Icon} name=${icon} />`}<span>${label}</span>${hint && html`<small>${hint}</small>`}
  </button>`
}
