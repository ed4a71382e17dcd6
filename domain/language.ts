export const languages = ['kk', 'ru', 'en'] as const
export type Language = (typeof languages)[number]

export function isLanguage(text: unknown): text is Language {
  return languages.some(language => language === text)
}

/** The language to speak before the person has chosen one, from what their messenger says of itself. */
export function guessLanguage(hint: string | undefined): Language {
  const code = hint?.slice(0, 2).toLowerCase()
  return isLanguage(code) ? code : 'ru'
}
