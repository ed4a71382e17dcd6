import { Icon } from './icons.js'
import { html, useEffect, useRef, useState } from './preact.js'

export function FileView({ words, message, setPhoto }) {
  const { kind, file } = message
  const src = `/playground/files/${file.id}`
  if (!file.kept) return html`<${Saved} ...${{ words, file }} />`
  if (kind === 'voice') return html`<${Voice} ...${{ words, src }} />`
  if (kind === 'video') {
    return html`<video class="film" controls preload="metadata" src=${src} aria-label=${file.name}></video>`
  }
  if (kind === 'photo') {
    return html`<button type="button" class="photo" aria-label=${words('message.photo')} onClick=${() => setPhoto(src)}>
      <img src=${src} alt="" />
    </button>`
  }
  return html`<${Saved} ...${{ words, file, src }} />`
}

function Saved({ words, file, src }) {
  const size = (file.bytes / 1024 / 1024).toFixed(1)
  const name = file.name || file.mime
  return html`
    <p class="file">
      <${Icon} name="file" />
      <span>
        ${src ? html`<a href=${src} download=${name}>${name}</a>` : html`<b>${name}</b>`}
        <small>${src ? `${size} MB` : words('message.notKept', { size })}</small>
      </span>
    </p>
  `
}

/** A recording with one large button; the browser's own player does not fit into a bubble. */
function Voice({ words, src }) {
  const audio = useRef()
  const [playing, setPlaying] = useState(false)
  const [at, setAt] = useState(0)
  const [length, setLength] = useState(0)
  useEffect(() => {
    const player = audio.current
    const readLength = () => Number.isFinite(player.duration) && setLength(player.duration)
    // A recording made in the browser does not know its length until someone has looked for its end.
    const findEnd = () => {
      if (Number.isFinite(player.duration)) return readLength()
      player.addEventListener('durationchange', () => {
        readLength()
        player.currentTime = 0
      })
      player.currentTime = 1e6
    }
    player.addEventListener('loadedmetadata', findEnd)
    player.addEventListener('timeupdate', () => setAt(player.paused ? 0 : player.currentTime))
    player.addEventListener('play', () => setPlaying(true))
    for (const end of ['pause', 'ended']) player.addEventListener(end, () => setPlaying(false))
    player.src = src
  }, [src])
  const toggle = () => (playing ? audio.current.pause() : audio.current.play())
  return html`
    <div class="voice-view">
      <button type="button" class="round" aria-label=${words('message.voice')} aria-pressed=${String(playing)} onClick=${toggle}>
        ${playing ? html`<${Icon} name="stop" />` : html`<svg class="icon full" viewBox="0 0 24 24" aria-hidden="true"><path d="M8 5.5v13l10.5-6.5Z" /></svg>`}
      </button>
      <progress value=${at} max=${length || 1} aria-hidden="true"></progress>
      <span>${clock(playing ? at : length)}</span>
      <audio ref=${audio} preload="metadata"></audio>
    </div>
  `
}

export function clock(seconds) {
  const whole = Math.round(seconds)
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`
}
