import type { User } from 'grammy/types'
import type { ChatState, MemberStatus, PersonState, World } from './world.ts'

export interface NewPerson {
  firstName: string
  lastName?: string
  username?: string
  languageCode?: string
  phone?: string
  id?: number
}

type Given = Pick<World, 'token' | 'privacy' | 'now'> & { botUsername: string }

export function newWorld({ botUsername, ...given }: Given, emit: World['emit']): World {
  // People's numbers do not fit 32 bits, as in life.
  const counters = {
    person: 5_000_000_000,
    group: 4_100_000,
    supergroup: 1_500_000_000,
    file: 0,
    callback: 0,
  }
  const bot: User = {
    id: Number(given.token.split(':')[0]),
    is_bot: true,
    first_name: 'Ardaq',
    username: botUsername,
  }
  return {
    ...given,
    bot,
    people: new Map(),
    chats: new Map(),
    files: new Map(),
    callbacks: new Map(),
    profile: { commands: new Map(), description: '', shortDescription: '' },
    emit,
    nextId: of => ++counters[of],
  }
}

export function newPrivateChat(world: World, given: NewPerson): ChatState & { person: PersonState } {
  const id = given.id ?? world.nextId('person')
  const user: User = {
    id,
    is_bot: false,
    first_name: given.firstName,
    ...(given.lastName !== undefined && { last_name: given.lastName }),
    ...(given.username !== undefined && { username: given.username }),
    ...(given.languageCode !== undefined && { language_code: given.languageCode }),
  }
  const phone = given.phone ?? `7701${String(id).slice(-7)}`
  const person = { user, phone, started: false, blocked: false }
  const members: [number, MemberStatus][] = [
    [id, 'member'],
    [world.bot.id, 'member'],
  ]
  const chat = { ...newChat(id, 'private', members), person }
  world.people.set(id, person)
  world.chats.set(id, chat)
  return chat
}

export function newGroupChat(
  world: World,
  title: string,
  kind: 'group' | 'supergroup',
  members: [number, MemberStatus][],
): ChatState {
  const id = kind === 'supergroup' ? -1_000_000_000_000 - world.nextId(kind) : -world.nextId(kind)
  const chat = { ...newChat(id, kind, members), title }
  world.chats.set(id, chat)
  return chat
}

function newChat(id: number, kind: ChatState['kind'], members: [number, MemberStatus][]): ChatState {
  const instance = String(BigInt(Math.abs(id)) * 7_919n + 12_345n)
  return { id, kind, members: new Map(members), instance, messages: [], lastMessageId: 0 }
}
