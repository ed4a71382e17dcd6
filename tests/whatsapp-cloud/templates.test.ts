import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { readTemplates } from '../../bot/whatsapp-cloud/templates.ts'
import { languages } from '../../domain/language.ts'
import { templates } from '../../domain/templates.ts'
import { cloudCast } from './setup.ts'

const document = readFileSync('docs/whatsapp-templates.md', 'utf8')
const sections = new Map(document.split(/^## /m).map(section => [section.split('\n', 1)[0], section]))
const submitted = templates.flatMap(name =>
  languages.map(language => {
    const [, body = ''] = new RegExp(`^- ${language}: (.+)$`, 'm').exec(sections.get(name) ?? '') ?? []
    return { name, language, body }
  }),
)

describe('the texts to submit', () => {
  test.each(submitted)(
    '$name in $language is one that Meta takes and people understand',
    ({ name, body }) => {
      expect(body.match(/\{\{\d+\}\}/g) ?? []).toEqual(name === 'message_waiting' ? [] : ['{{1}}'])
      expect(body).not.toMatch(/^[^\p{L}]*\{\{|\}\}[^\p{L}]*$/u)
      expect(body.length).toBeLessThanOrEqual(450)
      expect(body).toMatch(/(«Сәлем» деп|«Здравствуйте»|“Hello”)/)
      for (const sentence of body.split(/[.!?:;]+/))
        expect(sentence.trim().split(/\s+/).length).toBeLessThanOrEqual(16)
    },
  )

  test('all go out by the setting that the document names', async () => {
    const [, setting = ''] = /WHATSAPP_TEMPLATES="(.+)"/.exec(document) ?? []
    const { graph, send, zeinep } = await cloudCast({ settings: { templates: read(setting) } })
    graph.templates.push(...submitted)
    for (const { name, language, body } of submitted) {
      const template = { name, language, values: body.includes('{{1}}') ? ['17'] : [] }
      expect(await send({ template })).toMatchObject({ status: 'accepted' })
      expect(zeinep.last.text).toBe(body.replace('{{1}}', '17'))
    }
  })
})

function read(setting: string) {
  const templates = readTemplates(setting)
  if (!templates) throw new Error(`«${setting}» was not read`)
  return templates
}

describe('the setting', () => {
  test('names what is approved, under which name and in which languages', async () => {
    const setting = read('visit_reminder=ardaq_visit_2:ru,kk  followup_check:kk')
    const { graph, send, zeinep } = await cloudCast({ settings: { templates: setting } })
    for (const name of ['ardaq_visit_2', 'followup_check', 'request_status_update'])
      for (const language of languages)
        graph.templates.push({ name, language, body: `${name} ${language} {{1}}.` })
    const says = async (name: string, language: string) => {
      const result = await send({ template: { name, language, values: ['17'] } })
      return result.status === 'accepted' ? zeinep.last.text : result
    }
    expect(await says('visit_reminder', 'kk')).toBe('ardaq_visit_2 kk 17.')
    expect(await says('visit_reminder', 'en')).toBe('ardaq_visit_2 ru 17.')
    expect(await says('followup_check', 'en')).toBe('followup_check kk 17.')
    // Meta is not asked for what nobody submitted.
    expect(await says('request_status_update', 'kk')).toEqual({ status: 'failed', reason: 'window' })
  })

  test.each(['visit_reminder', 'visit_reminder:', 'visit_reminder:de', 'visit:kk', 'visit_reminder=A:kk'])(
    '«%s» is not of this form',
    setting => {
      expect(readTemplates(setting)).toBeUndefined()
    },
  )

  test('left empty names nothing', () => {
    expect(readTemplates('')?.size).toBe(0)
  })
})
