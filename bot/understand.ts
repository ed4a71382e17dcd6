import { findControl, findYesNo } from '../domain/control-words.ts'
import type { Language } from '../domain/language.ts'
import type { MessageOption, Part } from '../domain/message.ts'
import { understand as read } from './answer.ts'
import type { AskedMore, Understand } from './engine.ts'
import { keywordsOf, valueText } from './i18n.ts'
import type { Option } from './prompt.ts'

/** How typed words are read against a question's options, for a reader of this language. */
export function understandIn(language: Language): Understand {
  return (said, options, more) => {
    if (said.type !== 'text') return more.free ? { free: true } : { retry: { key: 'err.press' } }
    if (more.maybe && findYesNo(said.text) === 'yes') return { chosen: more.maybe }
    if (options.length === 0) return controlIn(said.text) ?? { free: true }
    const question = { options: options.map(option => described(option, language, more)), yesNo: more.yesNo }
    const answer = read(said.text, question)
    if (answer.kind === 'choice') return { chosen: answer.id }
    if (answer.kind === 'control') return { control: answer.control }
    // Where words of one's own are welcome, only a plain choice counts as one.
    if (more.free) return { free: true }
    if (answer.kind === 'confirm') return { retry: maybe(answer.id, options), maybe: answer.id }
    return { retry: { key: retryKey[answer.kind] ?? 'err.unknown' } }
  }
}

function controlIn(text: string): { control: string } | undefined {
  const control = findControl(text)
  return control && { control }
}

const retryKey: Partial<Record<string, string>> = {
  ambiguous: 'err.two',
  outOfRange: 'err.range',
  none: 'err.empty',
}

/** The same option is described once a language: the parser remembers what it has made of an option. */
const descriptions = new Map<string, Option>()

function described(option: MessageOption, language: Language, more: AskedMore): Option {
  const { label } = option
  if (typeof label !== 'object' || !('key' in label) || label.values) return describe(option, language, more)
  const name = `${language}:${option.id}:${label.key}`
  const known = descriptions.get(name) ?? describe(option, language, more)
  descriptions.set(name, known)
  return known
}

function describe(option: MessageOption, language: Language, more: AskedMore): Option {
  const keywords = [...keywordsOf(option.label), ...(more.keywords.get(option.id) ?? [])]
  return { id: option.id, label: valueText(language, option.label), keywords }
}

function maybe(id: string, options: readonly MessageOption[]): Part {
  const option = options.find(candidate => candidate.id === id)
  return { key: 'err.maybe', values: { option: option?.label ?? '' } }
}
