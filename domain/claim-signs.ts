import { fold } from './fold.ts'

/** What a message in a volunteers' group without buttons means for a request: by its number, or by what it quotes. */
export interface ClaimSign {
  act: 'claim' | 'release'
  number?: number
}

/**
 * «17», «алам 17», «возьму №17» and, under a post that is quoted, «+», «беру» or a thumb. Nothing else: a group talks
 * about many things, and «нет 17» or «17 рублей» must take nothing.
 */
export function readClaimSign(text: string, quotesPost: boolean): ClaimSign | undefined {
  if (text.length > signCharsMax || /\?|👎|❌|✖|⛔|🚫|🙅|[-–—]\s*\d/u.test(text)) return undefined
  const words = fold(text.replaceAll('№', ' ')).match(/\p{L}+|\d+|[+👍✅👌🙋]/gu) ?? []
  const numbers = words.filter(word => /^\d+$/.test(word))
  const rest = words.filter(word => !/^\d+$/.test(word))
  const act = actOf(rest)
  if (numbers.length > 1 || rest.length > wordsMax || !act) return undefined
  const [number] = numbers
  // A lone «1» under a quoted post means "I", not the first request.
  if (quotesPost && (number === undefined || number === '1'))
    return rest.length + numbers.length > 0 ? { act } : undefined
  // Whom to call, and no request; «алам 103» still is one.
  if (number && rest.length === 0 && /^(?:10[1-4]|11[12])$/.test(number)) return undefined
  return number && number.length <= digitsMax ? { act, number: Number(number) } : undefined
}

const signCharsMax = 40
const wordsMax = 2
const digitsMax = 6

function actOf(words: readonly string[]): ClaimSign['act'] | undefined {
  if (words.every(word => yes.has(word))) return 'claim'
  return no.has(words.join(' ')) ? 'release' : undefined
}

const folded = (list: string) => new Set(list.split(', ').map(phrase => fold(phrase)))
const yes = folded(
  'алам, аламын, алайын, алдым, беру, беремін, бере, барам, барамын, мен, маған, иә, болады, возьму, беру, я, мне, мое, да, могу, пойду, схожу, take, mine, i, me, yes, ok, ок, +, 👍, ✅, 👌, 🙋',
)
const no = folded(
  'бас тарту, бас тартамын, алмаймын, отказ, отказываюсь, не смогу, не могу, release, i cannot, cannot',
)
