/** What stands on a certificate; its words and picture are made for the reader when it is sent. */
export interface CertificateFacts {
  name: string
  operator: string
  /** By this a coordinator finds it on record. */
  number: string
  helps: number
  hours: number
  people: number
  firstDay: string
  lastDay: string
}

/** Whole hours, as people speak of them; a help is never nothing. */
export function hoursOf(minutes: number): number {
  return minutes > 0 ? Math.max(1, Math.round(minutes / 60)) : 0
}

/** «261201-48213»: the day of issue and five digits. */
export function readCertificateNumber(text: string): string | undefined {
  const [, day, rest] = /^\W*(\d{6})\s*[-–—]\s*(\d{5})\W*$/u.exec(text.normalize('NFKC')) ?? []
  return day && rest ? `${day}-${rest}` : undefined
}
