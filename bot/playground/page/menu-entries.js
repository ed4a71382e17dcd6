import { joinGroup } from './platform.js'

/** What the ☰ menu of a chat offers: the bot's commands first, then what the messenger itself can do. */
export function menuEntries({ words, me, chat, directory, commands, act, perform, onTurn, setAsking }) {
  const isGroup = chat.kind === 'group'
  const spoken = commands.map(command => ({
    label: words(`command.${command}`),
    hint: `/${command}`,
    onSelect: () => act({ kind: 'text', text: `/${command}` }),
  }))
  const join = directory.chats
    .filter(({ kind, members }) => kind === 'group' && !members.includes(me.id))
    .map(({ id, title }) => ({
      label: words('menu.join', { title }),
      icon: 'group',
      onSelect: async () => {
        const { problem } = await perform(joinGroup, { chat: id })
        if (!problem) onTurn({ person: me.id, chat: id })
      },
    }))
  const own = [
    ...join,
    { label: words('menu.newGroup'), icon: 'addPerson', onSelect: () => setAsking('group') },
    isGroup ? botInGroup(words, chat, act) : botInPrivate(words, me, act),
  ]
  return [...(isGroup || me.blocked ? [] : [...spoken, 'line']), ...own]
}

function botInGroup(words, chat, act) {
  return chat.botMember
    ? { label: words('menu.removeBot'), icon: 'block', onSelect: () => act({ kind: 'botRemoved' }) }
    : { label: words('menu.addBot'), icon: 'check', onSelect: () => act({ kind: 'botAdded' }) }
}

function botInPrivate(words, me, act) {
  return me.blocked
    ? { label: words('menu.unblock'), icon: 'check', onSelect: () => act({ kind: 'unblocked' }) }
    : { label: words('menu.block'), icon: 'block', onSelect: () => act({ kind: 'blocked' }) }
}
