import { startCodeOf } from './links.ts'
import { blockedUpdate } from './membership.ts'
import { type SeenMessage, seen } from './screen.ts'
import { Speaker } from './speaker.ts'
import type { ChatState } from './world.ts'

/** A person with a phone, in the private chat with the bot unless said otherwise. */
export class Person extends Speaker {
  get id(): number {
    return this.state.user.id
  }

  get chat(): { id: number; messages: SeenMessage[]; keyboard: string[][] | undefined } {
    const chat = this.where()
    return {
      id: chat.id,
      messages: chat.messages.filter(({ deleted }) => !deleted).map(message => seen(this.world, message)),
      keyboard: chat.keyboard?.rows.map(row => row.map(({ text }) => text)),
    }
  }

  /** Presses Start, or follows a link with a start code. */
  async start(code?: string): Promise<number> {
    if (code !== undefined && !/^[\w-]{1,64}$/.test(code)) throw new Error(`not a start code: ${code}`)
    if (this.state.blocked) await this.unblock()
    this.state.started = true
    return this.send(code === undefined ? '/start' : `/start ${code}`)
  }

  /** Follows a link to the bot, for example the one a press has opened. */
  open(url: string): Promise<number> {
    const code = startCodeOf(url, this.world.bot.username ?? '')
    if (code === undefined) throw new Error(`${url} does not lead to the bot`)
    return this.start(code)
  }

  /** Presses a key of the keyboard under the input field. */
  async key(label: string): Promise<number> {
    const { keyboard } = this.where()
    const key = keyboard?.rows.flat().find(({ text }) => text === label)
    if (!keyboard || !key) throw new Error(`${this.name} sees no key ${JSON.stringify(label)}`)
    if (key.request_location) throw new Error('use location(): the phone asks where the person is')
    if (keyboard.oneTime) this.where().keyboard = undefined
    return key.request_contact ? this.shareContact() : this.send(label)
  }

  async block(): Promise<void> {
    if (this.state.blocked) return
    this.state.blocked = true
    await this.settle([blockedUpdate(this.world, this.where(), this.state.user, true)])
  }

  async unblock(): Promise<void> {
    if (!this.state.blocked) return
    this.state.blocked = false
    await this.settle([blockedUpdate(this.world, this.where(), this.state.user, false)])
  }

  in(group: { state: ChatState }): Speaker {
    return new Speaker(this.world, this.state, () => group.state, this.settle)
  }
}
