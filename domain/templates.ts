import type { Message } from './message.ts'

/** The approved messages by which a person is asked to write, as docs/whatsapp-templates.md has them. */
export const templates = [
  'request_status_update',
  'volunteer_new_request',
  'visit_reminder',
  'followup_check',
  'message_waiting',
] as const
export type Template = (typeof templates)[number]

/** Which of them stands for a message that may not go out itself, with the request's number if it is about one. */
export function templateOf({ parts }: Message): { name: Template; values: string[] } {
  const [first] = parts
  const key = first?.key ?? ''
  const found = byBeginning.find(([beginning]) => key.startsWith(beginning))
  const num = parts.map(({ values }) => values?.num).find(value => typeof value === 'number')
  if (num === undefined) return { name: 'message_waiting', values: [] }
  return { name: found?.[1] ?? 'request_status_update', values: [String(num)] }
}

const byBeginning: readonly (readonly [string, Template])[] = [
  ['ask.', 'volunteer_new_request'],
  ['silent.', 'visit_reminder'],
  ['req.confirm', 'followup_check'],
  ['rate.', 'followup_check'],
]
