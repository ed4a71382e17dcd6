import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { categories } from '../domain/categories.ts'
import { languages } from '../domain/language.ts'
import { outcomes } from '../domain/request.ts'
import { buttonKeys, rowKeys } from './button-keys.ts'

const folders = ['domain', 'db', 'deeds', 'handlers', 'jobs', 'bot', 'pictures'] as const
const sources = folders
  .flatMap(folder => filesIn(folder, /\.ts$/))
  .filter(path => !path.includes('migrations'))
const files = new Map(sources.map(path => [path, readFileSync(path, 'utf8')]))

describe('arrows', () => {
  const allowed: Record<(typeof folders)[number], readonly string[]> = {
    domain: ['domain'],
    db: ['db', 'domain'],
    deeds: ['deeds', 'db', 'domain'],
    handlers: ['handlers', 'deeds', 'db', 'domain'],
    jobs: ['jobs', 'deeds', 'db', 'domain'],
    pictures: ['pictures'],
    bot: ['bot', 'handlers', 'jobs', 'deeds', 'db', 'domain', 'pictures', 'locales'],
  }
  test.each(sources)('%s imports only what may be imported from there', path => {
    const home = folderOf(path)
    for (const target of importsOf(path)) {
      // db/ takes its drivers by path; see db/drizzle.ts.
      if (home === 'db' && target.startsWith('../node_modules/')) continue
      if (target.startsWith('.')) expect(allowed[home]).toContain(folderOf(join(path, '..', target)))
    }
  })

  test('drizzle and the database drivers are known in db/ only', () => {
    expect(importersOf(/^(drizzle-orm|postgres$|@electric-sql)/, 'db')).toEqual([])
  })

  test("a platform's library, HTTP and logging are known in bot/ only", () => {
    expect(importersOf(/^(grammy|@grammyjs|hono|@hono|whatsapp-web|pino|i18next|croner)/, 'bot')).toEqual([])
  })

  test('what a person or the clock can do knows no messenger by its name', () => {
    const watched = sources.filter(path => ['domain', 'deeds', 'handlers', 'jobs'].includes(folderOf(path)))
    expect(watched.filter(path => /'(?:telegram|whatsapp|playground)'/.test(text(path)))).toEqual([])
  })

  test('domain/ does no input or output', () => {
    const outside = sources
      .filter(path => folderOf(path) === 'domain')
      .flatMap(path => importsOf(path).filter(target => !target.startsWith('.')))
    expect(new Set(outside)).toEqual(new Set(['libphonenumber-js/max']))
  })

  test('flows ask the scene for the time, never the clock', () => {
    const watched = sources.filter(path => ['domain', 'deeds', 'handlers', 'jobs'].includes(folderOf(path)))
    expect(watched.filter(path => /Date\.now\(\)|new Date\(\)|Math\.random/.test(text(path)))).toEqual([])
  })
})

describe('words', () => {
  const locales = Object.fromEntries(
    languages.map(language => [language, readJson(`locales/${language}.json`)]),
  )
  const page = Object.fromEntries(
    languages.map(language => [language, readJson(`locales/page.${language}.json`)]),
  )
  const ru = locales.ru ?? {}

  test.each(languages)('%s has every key', language => {
    expect(baseKeys(locales[language])).toEqual(baseKeys(ru))
    expect(baseKeys(page[language])).toEqual(baseKeys(page.ru))
  })

  test.each(Object.keys(ru))('%s has the same placeholders in three languages', key => {
    const own = (language: string) =>
      locales[language]?.[key] ?? locales[language]?.[`${key.split('_')[0]}_other`] ?? ''
    for (const language of languages) expect(placeholders(own(language))).toEqual(placeholders(ru[key] ?? ''))
  })

  test.each(languages)('%s glues no suffix to a placeholder', language => {
    const glued = Object.entries(locales[language] ?? {}).filter(([, words]) => /\}[-–]?\p{L}/u.test(words))
    expect(glued).toEqual([])
  })

  // What people read beside each other would seem to be two things.
  test.each([
    ['ru', /заявк/i],
    ['kk', /өтінім|анкета|рақмет/i],
  ] as const)('%s has one word for one thing', (language, others) => {
    expect(Object.entries(locales[language] ?? {}).filter(([, words]) => others.test(words))).toEqual([])
  })

  test.each(['kk', 'ru'] as const)('%s hides no Latin letters', language => {
    const products = /Telegram|WhatsApp|Ardaq|\/bind|\{\w+\}|English|Choose a language/g
    const latin = Object.entries(locales[language] ?? {}).filter(([, words]) =>
      /[A-Za-z]/.test(words.replace(products, '')),
    )
    expect(latin).toEqual([])
  })

  test.each(languages)('%s: buttons have at most 20 characters, rows 24', language => {
    const own = locales[language] ?? {}
    expect(buttonKeys.filter(key => (own[key] ?? '').length > 20)).toEqual([])
    expect(rowKeys.filter(key => (own[key] ?? '').length > 24)).toEqual([])
  })

  test.each(languages)('%s: a sentence has at most 16 words', language => {
    const long = Object.entries(locales[language] ?? {}).flatMap(([key, words]) =>
      words
        .split(/[.!?:;\n]+/)
        .filter(sentence => sentence.trim().split(/\s+/).length > 16)
        .map(sentence => `${key}: ${sentence}`),
    )
    expect(long).toEqual([])
  })

  test.each(languages)('%s promises no digit on a button: buttons show none', language => {
    const promised = /(кнопк|түйме|button).*(цифр|номер|нөмір|number|digit)/iu
    const texts = Object.entries(locales[language] ?? {})
    expect(texts.filter(([, words]) => promised.test(words))).toEqual([])
  })

  test('every key that code names exists', () => {
    const named = [...files].flatMap(([path, source]) =>
      [...source.matchAll(/(?:part|say|ask|askOrChoose|choose|key:)\s*\(?\s*'([a-z][\w.]*)'/gi)].map(
        ([, key = '']) => ({ path, key }),
      ),
    )
    const known = new Set(baseKeys(ru))
    expect(named.filter(({ key }) => !known.has(key))).toEqual([])
  })

  test('every kind of help and outcome has its words', () => {
    for (const { code } of categories) expect(ru).toHaveProperty([`cat.${code}`])
    for (const outcome of outcomes) expect(ru).toHaveProperty([`outcome.${outcome}`])
  })
})

describe('limits', () => {
  /** Data tables: long because there is much to list, not because much happens. */
  const tables = /districts|names|words|lexicon|schema|rules|aliases|weights|examples|phrases/
  test.each(sources.filter(path => !tables.test(path)))('%s is not too long', path => {
    expect(text(path).split('\n').length).toBeLessThanOrEqual(320)
  })

  test.each(sources)('%s has no function over 70 lines', path => {
    expect(longFunctions(text(path))).toEqual([])
  })

  test.each(sources)('%s leaves nothing behind', path => {
    expect(text(path)).not.toMatch(
      /\b(TODO|FIXME|XXX)\b|console\.log|@ts-(ignore|expect-error)|\bas any\b|: any\b/,
    )
  })
})

function filesIn(folder: string, pattern: RegExp): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile() && pattern.test(entry.name))
    .map(entry => join(entry.parentPath, entry.name))
}

function text(path: string): string {
  return files.get(path) ?? ''
}

function folderOf(path: string): (typeof folders)[number] {
  return path.split('/')[0] as (typeof folders)[number]
}

function importsOf(path: string): string[] {
  return [...text(path).matchAll(/^(?:import|export)\s[^'"]*?from '([^']+)'|^import '([^']+)'/gm)].map(
    match => match[1] ?? match[2] ?? '',
  )
}

function importersOf(library: RegExp, home: string): string[] {
  return sources.filter(
    path => folderOf(path) !== home && importsOf(path).some(target => library.test(target)),
  )
}

function readJson(path: string): Record<string, string> {
  return JSON.parse(readFileSync(path, 'utf8'))
}

/** Keys without the plural suffix. */
function baseKeys(locale: Record<string, string> | undefined): string[] {
  return [...new Set(Object.keys(locale ?? {}).map(key => key.replace(/_(one|few|many|other)$/, '')))].sort()
}

function placeholders(words: string): string[] {
  return [...words.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name).sort()
}

/** Functions by their indentation: from the line that opens one to the line that closes it at the same depth. */
function longFunctions(source: string): string[] {
  const lines = source.split('\n')
  return lines.flatMap((line, start) => {
    const opening =
      /^(\s*)(?:export )?(?:default )?(?:async )?(?:function|const \w+ = (?:async )?\(|(?:private |public )?(?:async )?\w+\([^)]*\)[^=]*\{$)/.exec(
        line,
      )
    if (!opening || !line.trimEnd().endsWith('{')) return []
    const end = lines.findIndex((other, n) => n > start && other.startsWith(`${opening[1]}}`))
    return end - start > 70 ? [`${line.trim()} (${end - start} lines)`] : []
  })
}
