/** What Meta answers instead of a result. Thrown inside, turned into JSON by the call. */
export class GraphRefusal extends Error {
  readonly status: number
  readonly code: number
  readonly details: string

  constructor(code: number, details: string, status = 400) {
    super(`(#${code}) ${titles[code] ?? 'Invalid parameter'}`)
    this.code = code
    this.details = details
    this.status = status
  }

  get body(): object {
    return {
      error: {
        message: this.message,
        type: 'OAuthException',
        code: this.code,
        error_data: { messaging_product: 'whatsapp', details: this.details },
        fbtrace_id: 'AzFakeTrace',
      },
    }
  }
}

const titles: Record<number, string> = {
  100: 'Invalid parameter',
  190: 'Invalid OAuth access token',
  130429: 'Rate limit hit',
  131008: 'Required parameter is missing',
  131009: 'Parameter value is not valid',
  131026: 'Message undeliverable',
  131047: 'Re-engagement message',
  131051: 'Unsupported message type',
  131053: 'Media upload error',
  131056: '(Business Account, Consumer Account) pair rate limit hit',
  132000: 'Number of parameters does not match the expected number of params',
  132001: 'Template name does not exist in the translation',
  132012: 'Parameter format does not match format in the created template',
}
