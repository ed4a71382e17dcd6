import type { Capabilities, ChannelName } from './channel.ts'
import type { Config } from './config.ts'
import { capabilities as playground } from './playground/channel.ts'
import { capabilities as telegram } from './telegram/channel.ts'
import { capabilities as cloud } from './whatsapp-cloud/channel.ts'
import { capabilities as web } from './whatsapp-web/channel.ts'

/** The channels that the settings ask for, with what each says of its groups. */
export function runningChannels(config: Config): Map<ChannelName, Pick<Capabilities, 'groups'>> {
  const running = new Map<ChannelName, Pick<Capabilities, 'groups'>>()
  if (config.TELEGRAM_BOT_TOKEN) running.set('telegram', telegram)
  if (config.WHATSAPP !== 'off') running.set('whatsapp', config.WHATSAPP === 'web' ? web : cloud)
  if (wantsPlayground(config)) running.set('playground', playground)
  return running
}

function wantsPlayground({ PLAYGROUND, TELEGRAM_BOT_TOKEN }: Config): boolean {
  return PLAYGROUND === 'on' || (PLAYGROUND !== 'off' && !TELEGRAM_BOT_TOKEN)
}
