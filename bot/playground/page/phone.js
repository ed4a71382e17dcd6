import { Composer } from './composer.js'
import { NameDialog } from './dialogs.js'
import { Icon } from './icons.js'
import { Log } from './log.js'
import { Menu } from './menu.js'
import { menuEntries } from './menu-entries.js'
import { addGroup, addPerson, newId, say } from './platform.js'
import { html, useEffect, useRef, useState } from './preact.js'
import { chatsOf } from './state.js'

const startLink = /^playground:start(?:\?(.*))?$/

export function Phone({ number, phone, directory, messages, words, commands, unread, onTurn, onEarlier }) {
  const me = directory.people.find(({ id }) => id === phone.person)
  const chat = directory.chats.find(({ id }) => id === phone.chat)
  const [asking, setAsking] = useState()
  const [editing, setEditing] = useState()
  const [toast, tell] = useToast()
  useEffect(() => setEditing(undefined), [phone.person, phone.chat])

  async function perform(deed, fields) {
    const answer = await deed({ id: newId(), person: me.id, chat: chat.id, ...fields })
    if (answer.problem) tell(problemText(words, answer.problem))
    if (answer.notice) tell(answer.notice)
    if (answer.openPrivate !== undefined) startPrivate(answer.openPrivate)
    return answer
  }
  const act = fields => perform(say, fields)
  function startPrivate(code) {
    onTurn({ person: me.id, chat: me.id })
    perform(say, { kind: 'start', code: code || undefined, chat: me.id })
  }
  function openLink(url) {
    const [ours, code = ''] = startLink.exec(url) ?? []
    if (ours) startPrivate(decodeURIComponent(code))
    return Boolean(ours)
  }

  const list = messages[chat.id] ?? []
  const shared = { words, me, chat, directory, list, act }
  return html`
    <section class="phone" aria-label=${words('phone.label', { number, name: me.name })}>
      <${Owner} ...${{ number, words, directory, me, onTurn, setAsking }} />
      <div class="screen">
        <${ChatHeader} ...${shared} entries=${menuEntries({ ...shared, commands, perform, onTurn, setAsking })} />
        <${ChatChoice} ...${{ words, directory, me, chat, unread, onTurn }} />
        <div class="toasts" role="status">${toast && html`<p class="toast">${toast}</p>`}</div>
        <${Log} key=${`${me.id} ${chat.id}`} ...${shared} ...${{ onEarlier, openLink, setEditing }} />
        <${Composer} key=${`write ${me.id} ${chat.id}`} ...${shared} ...${{ tell, editing, setEditing }} />
      </div>
      ${
        asking &&
        html`<${NameDialog}
          ...${{ words, what: asking }}
          onClose=${() => setAsking(undefined)}
          onDone=${fields => addNew({ what: asking, fields, me, perform, onTurn })}
        />`
      }
    </section>
  `
}

function Owner({ number, words, directory, me, onTurn, setAsking }) {
  return html`
    <div class="owner">
      <b class="number" aria-hidden="true">${number}</b>
      <select
        aria-label=${words('phone.person')}
        value=${me.id}
        onChange=${event => onTurn({ person: event.target.value, chat: event.target.value })}
      >
        ${directory.people.map(({ id, name }) => html`<option key=${id} value=${id}>${name}</option>`)}
      </select>
      <button
        type="button"
        class="round"
        aria-label=${words('person.add')}
        title=${words('person.add')}
        onClick=${() => setAsking('person')}
      ><${Icon} name="addPerson" /></button>
    </div>
  `
}

function ChatHeader({ words, chat, directory, entries }) {
  const isGroup = chat.kind === 'group'
  const names = chat.members.map(member => directory.people.find(({ id }) => id === member)?.name)
  if (chat.botMember) names.push(words('bot.name'))
  const about = isGroup ? names.join(', ') : words('bot.about')
  return html`
    <header class="chat-header">
      <span class="face">${isGroup ? html`<${Icon} name="group" />` : html`<img src="/playground/page/icon.svg" alt="" />`}</span>
      <div class="chat-title">
        <h2>${isGroup ? chat.title : words('bot.name')}</h2>
        <p title=${about}>${about}</p>
      </div>
      <${Menu} icon="menu" label=${words('menu.open')} entries=${entries} />
    </header>
  `
}

function ChatChoice({ words, directory, me, chat, unread, onTurn }) {
  const mine = chatsOf(directory.chats, me.id)
  if (mine.length < 2) return null
  return html`
    <div class="chats" role="group" aria-label=${words('phone.chats')}>
      ${mine.map(
        ({ id, kind, title }) => html`<button
          key=${id}
          type="button"
          aria-pressed=${String(id === chat.id)}
          onClick=${() => onTurn({ person: me.id, chat: id })}
        >
          ${kind === 'group' ? title : words('chat.private')}
          ${unread(id) && id !== chat.id && html`<i class="dot"><span class="unseen">${words('phone.unread')}</span></i>`}
        </button>`,
      )}
    </div>
  `
}

async function addNew({ what, fields, me, perform, onTurn }) {
  const id = newId()
  if (what === 'person') {
    const { problem } = await perform(addPerson, { id, ...fields })
    if (!problem) onTurn({ person: id, chat: id })
    return
  }
  const { problem } = await perform(addGroup, { id, title: fields.name })
  if (!problem || problem === 'waiting') onTurn({ person: me.id, chat: `g-${id}` })
}

function problemText(words, problem) {
  const key = `problem.${problem}`
  return words(words.has(key) ? key : 'problem.notUnderstood')
}

/** A short word to the one who pressed; long enough to read without haste. */
function useToast() {
  const [toast, setToast] = useState()
  const timer = useRef()
  const tell = text => {
    clearTimeout(timer.current)
    setToast(text)
    timer.current = setTimeout(() => setToast(undefined), 4000 + text.length * 60)
  }
  return [toast, tell]
}
