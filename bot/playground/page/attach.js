import { Menu } from './menu.js'
import { html, useRef } from './preact.js'

export const samplePlace = { latitude: 43.2389, longitude: 76.8897 }

export function Attach({ words, act, tell, setUpload }) {
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
