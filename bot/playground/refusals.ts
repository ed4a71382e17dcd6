import type { Button, Outgoing } from '../channel.ts'

/** The limits of Telegram, so that what works here works there. */
export const limits = {
  textCharsMax: 4096,
  captionCharsMax: 1024,
  buttonsMax: 100,
  buttonDataBytesMax: 64,
  keptBytesMax: 20 * 1024 * 1024,
} as const

const startCode = /^[\w-]{1,64}$/

/** Why a messenger would not take this message, or nothing. */
export function refusal(message: Outgoing): string | undefined {
  return refusedText(message) ?? refusedButtons(message)
}

export function isStartCode(code: string): boolean {
  return startCode.test(code)
}

function refusedText({ text, media, location }: Outgoing): string | undefined {
  if (media && text.length > limits.captionCharsMax) return 'caption is too long'
  if (text.length > limits.textCharsMax) return 'text is too long'
  if (text.trim() === '' && !media && !location) return 'text is empty'
  return undefined
}

function refusedButtons({ buttons = [], requests = [] }: Outgoing): string | undefined {
  const all = buttons.flat()
  if (all.length > limits.buttonsMax) return 'too many buttons'
  if (buttons.some(row => row.length === 0)) return 'a row of buttons is empty'
  if ([...all, ...requests].some(({ label }) => label.trim() === '')) return 'a button has no label'
  return all.map(refusedButton).find(reason => reason !== undefined)
}

function refusedButton(button: Button): string | undefined {
  if ('url' in button) return refusedUrl(button.url)
  const bytes = Buffer.byteLength(button.data)
  if (bytes === 0) return 'button data is empty'
  if (bytes > limits.buttonDataBytesMax) return 'button data is too long'
  return undefined
}

function refusedUrl(url: string): string | undefined {
  const protocol = URL.canParse(url) ? new URL(url).protocol : ''
  if (protocol === 'playground:') return undefined
  return protocol === 'https:' || protocol === 'http:' ? undefined : 'button url is not a web address'
}
