/** What Telegram answers instead of a result. Thrown inside the methods, turned into JSON by the call. */
export class Refusal extends Error {
  readonly code: number
  readonly parameters: { retry_after?: number; migrate_to_chat_id?: number } | undefined

  constructor(code: number, description: string, parameters?: Refusal['parameters']) {
    super(description)
    this.code = code
    this.parameters = parameters
  }
}

export function badRequest(text: string): Refusal {
  return new Refusal(400, `Bad Request: ${lowerFirst(text)}`)
}

export function forbidden(text: string): Refusal {
  return new Refusal(403, `Forbidden: ${lowerFirst(text)}`)
}

export function tooManyRequests(seconds: number): Refusal {
  return new Refusal(429, `Too Many Requests: retry after ${seconds}`, { retry_after: seconds })
}

/** Telegram writes the first letter small, except in codes such as BUTTON_DATA_INVALID. */
function lowerFirst(text: string): string {
  return /^.[A-Z_]/.test(text) ? text : text.charAt(0).toLowerCase() + text.slice(1)
}
