import type { CertificateFacts } from '../domain/certificate.ts'
import type { Language } from '../domain/language.ts'
import type { Certificate } from '../pictures/certificate.ts'
import { textOf } from './i18n.ts'

/** A certificate with all words ready, as the picture wants them. */
export function certificateWords(facts: CertificateFacts, language: Language): Certificate {
  const word = (key: string) => textOf(language, { key })
  const figure = (key: string, n: number) => ({ value: n, label: textOf(language, { key, values: { n } }) })
  const days = { from: { date: facts.firstDay }, to: { date: facts.lastDay } }
  return {
    title: word('cert.title'),
    operator: facts.operator,
    given: word('cert.given'),
    name: facts.name,
    reason: word('cert.reason'),
    figures: [
      figure('cert.hours', facts.hours),
      figure('cert.helps', facts.helps),
      figure('cert.people', facts.people),
    ],
    period: textOf(language, { key: 'cert.period', values: days }),
    number: textOf(language, { key: 'cert.number', values: { number: facts.number } }),
    check: word('cert.check'),
  }
}
