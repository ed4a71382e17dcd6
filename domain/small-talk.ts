import { fold } from './fold.ts'
import type { Said } from './said.ts'

/** Words that open or close a talk and ask for nothing. */
const greetings = [
  'здравствуйте здравствуй привет приветствую добрый день доброе утро добрый вечер алло ало салют',
  'сәлем сәлеметсіз сәлеметсізбе бе ассалаумағалейкүм ассаламу алейкум салам салем қайырлы күн таң кеш',
  'hello hi hey good morning afternoon evening day salem salam privet zdravstvuyte',
  'спасибо благодарю большое рахмет рақмет көп үлкен айналайын аман болыңыз thanks thank you rahmet spasibo',
  'ок окей ok okay хорошо понятно ладно жарайды түсінікті жақсы ясно пока до свидания сау болыңыз bye',
]
const known = new Set(greetings.flatMap(line => fold(line).split(' ')))

/** True if a message holds nothing but such words. */
export function isGreeting(text: string): boolean {
  const words = fold(text).match(/\p{L}+/gu) ?? []
  return words.length <= 6 && words.every(word => known.has(word))
}

/** True of a story: a voice, a picture, or words that are more than an answer of one or two. */
export function tellsSomething(said: Said, wordsMin = 3): boolean {
  if (said.type === 'media') return true
  if (said.type !== 'text' || isGreeting(said.text)) return false
  return (said.text.match(/\p{L}{2,}/gu) ?? []).length >= wordsMin
}
