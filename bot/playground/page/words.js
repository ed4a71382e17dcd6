/** The page's words in one language: `words('step.1')`, with `{placeholders}` filled in. */
export function createWords(texts, language) {
  const locale = { kk: 'kk-KZ', ru: 'ru-KZ', en: 'en-GB' }[language]
  const clock = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit' })
  const calendar = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'long' })
  const words = (key, values = {}) =>
    (texts[language][key] ?? key).replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole)
  words.language = language
  words.time = date => clock.format(date)
  words.day = date =>
    date.toDateString() === new Date().toDateString() ? words('chat.today') : calendar.format(date)
  words.has = key => key in texts[language]
  return words
}
