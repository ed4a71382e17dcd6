/** What the page remembers between reloads, and pure steps from one state to the next. */

const languages = ['kk', 'ru', 'en']

export function recall(name, fallback) {
  try {
    return JSON.parse(localStorage.getItem(`playground.${name}`)) ?? fallback
  } catch {
    return fallback
  }
}

export function remember(name, value) {
  try {
    localStorage.setItem(`playground.${name}`, JSON.stringify(value))
  } catch {
    // A private window may refuse; the page then simply forgets.
  }
}

export function firstLanguage() {
  const wished = [recall('language'), ...navigator.languages.map(language => language.slice(0, 2))]
  return wished.find(language => languages.includes(language)) ?? 'ru'
}

/** Four phones: someone who asks, the group as its first member sees it, that member, and one more person. */
export function firstPhones({ people, chats, phones = [] }) {
  const visible = list => list.filter(phone => canSee(chats, phone))
  const remembered = recall('phones', [])
  // After a fresh database some of them may be gone; then all begin anew.
  if (remembered.length > 0 && visible(remembered).length === remembered.length) return remembered
  if (visible(phones).length > 0) return visible(phones)
  const group = chats.find(chat => chat.kind === 'group')
  const member = group?.members[0]
  const others = people.map(({ id }) => id).filter(id => id !== member)
  const wished = [
    own(others[0]),
    member && { person: member, chat: group.id },
    member && own(member),
    ...others.slice(1).map(own),
  ]
  return wished.filter(Boolean).slice(0, 4)
}

export function canSee(chats, { person, chat }) {
  return chats.some(({ id, members }) => id === chat && members.includes(person))
}

export function chatsOf(chats, person) {
  const mine = chats.filter(({ members }) => members.includes(person))
  return mine.sort((one, other) => Number(one.kind === 'group') - Number(other.kind === 'group'))
}

/** Chats as lists in the order of their messages; a change replaces a message in its place, or takes it away. */
export function withMessages(messages, changed) {
  const next = { ...messages }
  for (const message of changed) {
    const list = next[message.chatId] ?? []
    const known = list.some(({ id }) => id === message.id)
    // A change to a message older than those on the page would leave a gap between them.
    if (!known && list.length >= 100 && message.position < list[0].position) continue
    const rest = list.filter(({ id }) => id !== message.id)
    const now = message.kind === 'removed' ? [] : [message]
    next[message.chatId] = [...rest, ...now].sort((one, other) => one.position - other.position)
  }
  return next
}

export function isUnread(messages, seen, { person, chat }) {
  const last = messages[chat]?.at(-1)
  return Boolean(last && last.authorId !== person && last.position > (seen[`${person} ${chat}`] ?? 0))
}

function own(person) {
  return person && { person, chat: person }
}
