import { findControl, findYesNo } from '../domain/control-words.ts'
import type { Language } from '../domain/language.ts'
import type { MessageOption, Part } from '../domain/message.ts'
import { isBackDigit, understand as read } from './answer.ts'
import type { AskedMore, Understand } from './hear.ts'
import { keywordsOf, sayingsOf, valueText } from './i18n.ts'
import type { Option } from './prompt.ts'

/** How typed words are read against a question's options, for a reader of this language. */
export function understandIn(language: Language): Understand {
  return (said, options, more) => {
    if (said.type !== 'text') return more.free ? { free: true } : { retry: { key: 'err.press' } }
    if (more.maybe && findYesNo(said.text) === 'yes') return { chosen: more.maybe }
    if (options.length === 0) return controlIn(said.text) ?? { free: true }
    const question = {
      options: options.map(option => described(option, language, more)),
      yesNo: more.yesNo,
      free: more.free,
      strict: more.free || options.some(option => option.id.startsWith('consent')),
    }
    const answer = read(said.text, question)
    if (answer.kind === 'choice') return { chosen: answer.id }
    if (answer.kind === 'control') return { control: answer.control }
    // Where words of one's own are welcome, only a plain choice counts as one.
    if (more.free) return { free: true }
    // Asked back, a person who says the same again means it; a consent needs a plain yes.
    if (answer.kind === 'confirm' && answer.id === more.maybe && !question.strict)
      return { chosen: answer.id }
    if (answer.kind === 'confirm') return { retry: maybe(answer.id, options), maybe: answer.id }
    return { retry: { key: retryKey[answer.kind] ?? 'err.unknown' } }
  }
}

function controlIn(text: string): { control: string } | undefined {
  const control = isBackDigit(text) ? 'back' : findControl(text)
  return control && { control }
}

const retryKey: Partial<Record<string, string>> = {
  ambiguous: 'err.two',
  outOfRange: 'err.range',
  none: 'err.empty',
}

/**
 * An option is described once a language: the parser remembers what it has made of an option. Labels that carry
 * values (a request's number, a district) are known by what they say, and forgotten when too many have come by.
 */
const descriptions = new Map<string, Option>()
const descriptionsMax = 4000

function described(option: MessageOption, language: Language, more: AskedMore): Option {
  const own = more.keywords.get(option.id) ?? []
  const plain = typeof option.label === 'object' && 'key' in option.label && !option.label.values
  const text = plain ? (option.label as { key: string }).key : valueText(language, option.label)
  const name = `${language} ${option.id} ${option.number ?? ''} ${text} ${own.join()}`
  const known = descriptions.get(name)
  if (known) return known
  if (descriptions.size >= descriptionsMax) descriptions.clear()
  const fresh = describe(option, language, own)
  descriptions.set(name, fresh)
  return fresh
}

/** What was put into a sentence needs no further words, and reads the same in the other languages. */
function describe({ id, label, number }: MessageOption, language: Language, own: readonly string[]): Option {
  const filled = typeof label === 'object' && 'key' in label && label.values !== undefined
  const keywords = filled ? own : [...new Set([...keywordsOf(label), ...own])]
  const sayings = sayingsOf(label)
  const text = valueText(language, label)
  return { id, label: text, keywords, ...(sayings && { sayings }), ...(number !== undefined && { number }) }
}

function maybe(id: string, options: readonly MessageOption[]): Part {
  const option = options.find(candidate => candidate.id === id)
  return { key: 'err.maybe', values: { option: option?.label ?? '' } }
}
