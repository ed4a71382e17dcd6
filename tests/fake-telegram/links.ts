export type Link = { ok: true; url: string } | { ok: false; reason: string }

/** Follows the link check of Telegram's own client library: what it lets pass, and its words for the rest. */
export function checkLink(link: string): Link {
  const special = /^(tg|ton|tonsite):(?:\/\/)?/i.exec(link)
  if (special) {
    const target = link.slice(special[0].length)
    const host = target.split(/[/?#]/, 1)[0] ?? ''
    if (host === '') return no('URL host is empty')
    return /^[\w-]+$/.test(host) ? { ok: true, url: link } : no('Unallowed characters in URL host')
  }
  const schemed = /^([^:/?#@[\]]*):\/\//.exec(link)
  const scheme = schemed?.[1]?.toLowerCase()
  if (scheme !== undefined && scheme !== 'http' && scheme !== 'https') return no('Unsupported URL protocol')
  const target = schemed ? link.slice(schemed[0].length) : link
  const authority = target.split(/[/?#]/, 1)[0] ?? ''
  const ported = /^(.+):([^:\]@]*)$/.exec(authority)
  if (ported && !isPort(ported[2] ?? '')) return no('Wrong port number specified in the URL')
  const host = (ported?.[1] ?? authority).replace(/^.*@/, '').toLowerCase()
  if (host === '') return no('URL host is empty')
  if (!/^\[.*\]$/.test(host)) {
    if (/[\s"<>\\^`{|}]/.test(host)) return no('Disallowed character in URL host')
    if (!host.includes('.')) return no('Wrong HTTP URL')
  }
  const path = target.slice(authority.length)
  return { ok: true, url: `${scheme ?? 'http'}://${authority}${path.startsWith('/') ? path : `/${path}`}` }
}

/** The start code of a link that opens a private chat with the bot, as in t.me/ardaq_bot?start=claim_5. */
export function startCodeOf(url: string, botUsername: string): string | undefined {
  const found = /^(?:https?:\/\/)?(?:t|telegram)\.me\/(\w+)\?start=([\w-]{1,64})$/i.exec(url)
  return found?.[1]?.toLowerCase() === botUsername.toLowerCase() ? found[2] : undefined
}

function isPort(digits: string): boolean {
  return /^\d{1,7}$/.test(digits) && Number(digits) > 0 && Number(digits) <= 65_535
}

function no(reason: string): Link {
  return { ok: false, reason }
}
