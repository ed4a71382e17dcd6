import type { FakeTelegram } from '../fake-telegram/fake-telegram.ts'
import type { Group } from '../fake-telegram/groups.ts'
import type { SeenMessage } from '../fake-telegram/screen.ts'
import type { Speaker } from '../fake-telegram/speaker.ts'
import { type Phone, type Seen, withButton } from './phone.ts'

type Person = ReturnType<FakeTelegram['user']>

/** A phone with Telegram on it: every act ends when the bot has reacted and has said what it had to say. */
export function telegramPhone(
  person: Person,
  settle: () => Promise<void>,
  group?: { chat: Speaker; room: Group; messages: () => readonly SeenMessage[] },
): Phone {
  const speaker = group?.chat ?? person
  const seen = () => (group ? group.messages() : person.chat.messages)
  const act = async (deed: Promise<unknown>) => {
    await deed
    await settle()
  }
  const press = async (messageId: string, data: string) => {
    const pressed = await speaker.press(Number(messageId), data)
    await settle()
    const { answer } = pressed
    const opened = answer?.url?.split('start=')[1]
    return { ...(answer?.text && { notice: answer.text }), ...(opened && { opened }) }
  }
  return {
    get messages() {
      return seen().map(toSeen)
    },
    get last() {
      const last = seen().findLast(message => message.from === 'bot')
      if (!last) throw new Error('The bot has said nothing here')
      return toSeen(last)
    },
    start: code => act(person.start(code)),
    says: text => act(speaker.send(text)),
    async presses(label) {
      const keyboard = group ? undefined : person.chat.keyboard
      if (keyboard?.flat().includes(label)) {
        await act(person.key(label))
        return {}
      }
      withButton(seen().map(toSeen), label)
      const pressed = await speaker.tap(label)
      await settle()
      const answer = pressed.answer
      const opened = answer?.url?.split('start=')[1]
      return { ...(answer?.text && { notice: answer.text }), ...(opened && { opened }) }
    },
    pressesData: data => press(String(seen().findLast(message => message.from === 'bot')?.id ?? 0), data),
    sends(what, caption) {
      if (what === 'voice') return act(speaker.voice(new Uint8Array([1, 2, 3])))
      if (what === 'photo') return act(speaker.photo(new Uint8Array([1, 2, 3]), caption))
      if (what === 'sticker') return act(speaker.sticker())
      if (what === 'location') return act(speaker.location(50.4111, 80.2275))
      return act(speaker.shareContact())
    },
    async edits(text) {
      const own = seen().findLast(message => message.from === 'user')
      await act(speaker.edit(own?.id ?? 0, text))
    },
    blocks: () => act(person.block()),
    removesBot: () => act(group?.room.kickBot(person) ?? Promise.resolve()),
    addsBot: () => act(group?.room.addBot(person) ?? Promise.resolve()),
  }
}

function toSeen(message: SeenMessage): Seen {
  const content = message.photo ? 'photo' : message.content
  return {
    id: String(message.id),
    from: message.from === 'bot' ? 'bot' : 'person',
    text: message.text ?? message.caption ?? '',
    buttons: [...message.buttons.flat(), ...(message.keyboard?.flat() ?? [])],
    content: content === undefined ? undefined : isKnown(content) ? content : 'other',
    edited: message.edited,
  }
}

const known = ['photo', 'voice', 'video', 'location', 'contact'] as const

function isKnown(content: string): content is (typeof known)[number] {
  return known.some(kind => kind === content)
}
