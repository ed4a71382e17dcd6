import { type Part, part } from './message.ts'

/** What a person is told when their data is erased. */
export interface Receipt {
  number: string
  /** When, as an ISO string. */
  at: string
  requests: number
  media: number
  /** How many older people's names, addresses and phones went. */
  elders: number
  /** True if a volunteer's form or a coordinator's role went with it. */
  role: boolean
}

/** What was erased, when, under which number, and what stays and why. */
export function receiptParts({ number, at, requests, media, elders, role }: Receipt, zone: string): Part[] {
  const list = [
    { key: 'receipt.person' },
    ...(elders > 0 ? [{ key: 'receipt.home' }] : []),
    ...(requests > 0 ? [{ key: 'receipt.words', values: { n: requests } }] : []),
    ...(media > 0 ? [{ key: 'receipt.media', values: { n: media } }] : []),
    ...(role ? [{ key: 'receipt.role' }] : []),
  ]
  return [part('receipt', { number, at: { moment: at, zone }, erased: { list } }), part('receipt.kept')]
}
