import type { Receive } from './channel.ts'
import type { Log } from './logger.ts'

/** FAULTS_CHAT wants a group's number, and Telegram does not show it. */
export function namingGroups(receive: Receive, log: Log): Receive {
  return inbound => {
    const { channel, chat, content } = inbound
    // The id of an older WhatsApp group is its founder's phone.
    if (content.type === 'botAdded' && channel === 'telegram')
      log.info({ channel, chat: chat.id }, 'added to a group')
    return receive(inbound)
  }
}
