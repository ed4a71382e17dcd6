import { isLanguage, type Language } from '../../domain/language.ts'
import { templates as known, type Template } from '../../domain/templates.ts'
import type { Outgoing } from '../channel.ts'

/** Under which name and in which languages Meta has approved what docs/whatsapp-templates.md has. */
export type Templates = ReadonlyMap<Template, { name: string; languages: readonly Language[] }>

/** A setting such as «visit_reminder:kk,ru followup_check=our_own_name:kk»; nothing if it is not of this form. */
export function readTemplates(setting: string): Templates | undefined {
  const templates = new Map<Template, { name: string; languages: readonly Language[] }>()
  for (const word of setting.split(/\s+/).filter(Boolean)) {
    const [, given, name, codes = ''] = /^([a-z_]+)(?:=([a-z\d_]{1,512}))?:([a-z,]+)$/.exec(word) ?? []
    const template = known.find(template => template === given)
    const languages = codes.split(',')
    if (!template || !languages.every(isLanguage)) return undefined
    templates.set(template, { name: name ?? template, languages })
  }
  return templates
}

/**
 * The template as Meta knows it: in the reader's language, or else in the first that is approved; nothing if none is.
 * Without a setting all are taken to be approved under their own names.
 */
export function approvedOf(
  templates: Templates | undefined,
  template: NonNullable<Outgoing['template']>,
): Outgoing['template'] {
  if (!templates) return template
  const approved = templates.get(template.name as Template)
  const language = approved?.languages.find(language => language === template.language)
  const [first] = approved?.languages ?? []
  return approved && first && { ...template, name: approved.name, language: language ?? first }
}
