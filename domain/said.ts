/** What a person can say in a chat, whatever the channel. */
export type Said =
  | { type: 'text'; text: string }
  | { type: 'media'; kind: 'voice' | 'photo' | 'video' | 'file'; file: SaidFile; caption?: string }
  | { type: 'location'; latitude: number; longitude: number }
  | { type: 'contact'; phone: string; own: boolean }

export interface SaidFile {
  id: string
  bytes?: number
  mime?: string
}

/** The words in it, typed or under a picture. */
export function wordsOf(said: Said): string {
  if (said.type === 'text') return said.text
  return said.type === 'media' ? (said.caption ?? '') : ''
}
