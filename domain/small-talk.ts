import { fold } from './fold.ts'
import type { Said } from './said.ts'

/** Words that open or close a talk and ask for nothing. */
const greetings = [
  'здравствуйте здравствуй привет приветствую добрый день доброе утро добрый вечер алло ало салют',
  'сәлем сәлеметсіз сәлеметсізбе бе ассалаумағалейкүм ассаламу алейкум салам салем қайырлы күн таң кеш',
  'hello hi hey good morning afternoon evening day salem salam privet zdravstvuyte',
  'спасибо благодарю большое рахмет рақмет көп үлкен айналайын аман болыңыз thanks thank you rahmet spasibo',
  'здрасте здрасьте здраствуйте здравствуте здраствуй приветик хай доброго дня утра вечера времени суток',
  'как дела поживаете вы ты у вас тебя қалайсыз қалайсыңыз қалыңыз қалай хал жағдай халіңіз жағдайыңыз',
  'амансыз есенсіз армысыз уағалейкүмассалам ассалаумалейкум how are you doing',
  'ок окей ok okay хорошо понятно ладно жарайды түсінікті жақсы ясно пока до свидания сау болыңыз bye',
]
const known = new Set(greetings.flatMap(line => fold(line).split(' ')))

/** «Меня зовут Айгүл Серікқызы»: who speaks, but not yet what about. */
const introduction =
  /(?<!\p{L})(?:[Мм]еня зовут|[Мм]о[её] имя|(?:[Мм]енің )?(?:[Аа]тым|[Ее]сімім)|[Mm]y name is)[ :,-]+\p{L}+(?: \p{Lu}\p{L}+){0,2}/gu

/** True if a message holds nothing but such words, with or without the own name. */
export function isGreeting(text: string): boolean {
  const words = fold(text.replace(introduction, ' ')).match(/\p{L}+/gu) ?? []
  return words.length <= 6 && words.every(word => known.has(word))
}

/** True of a story: a voice, a picture, or words that are more than an answer of one or two. */
export function tellsSomething(said: Said, wordsMin = 3): boolean {
  if (said.type === 'media') return true
  if (said.type !== 'text' || isGreeting(said.text)) return false
  return (said.text.match(/\p{L}{2,}/gu) ?? []).length >= wordsMin
}
