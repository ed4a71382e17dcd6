import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { stripTypeScriptTypes } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { PageStart } from './page/start.ts'

const folder = fileURLToPath(new URL('page/', import.meta.url))
/** In the order of what they need of each other. */
const parts = ['ids', 'store', 'socket', 'sending', 'modules', 'controls']

/** The page's files as one script: their types and their imports of each other are left out. */
const script = parts
  .map(name => stripTypeScriptTypes(readFileSync(join(folder, `${name}.ts`), 'utf8')))
  .map(source => source.replace(/^import\s[^;]*?from '.*'$/gm, '').replace(/^export /gm, ''))
  .join('\n')

/** Writes the page that the library is given in place of https://web.whatsapp.com/; returns its version's name. */
export function writePage(directory: string, start: PageStart) {
  const begin = JSON.stringify(start).replaceAll('<', '\\u003c')
  const html = `<!doctype html><meta charset="utf-8"><title>Stand-in</title><script>globalThis.pageStart = ${begin}</script><script>(() => {${script}})()</script>`
  // At one stroke: a browser may be reading the one before.
  writeFileSync(join(directory, 'stand.html.new'), html)
  renameSync(join(directory, 'stand.html.new'), join(directory, 'stand.html'))
  writeFileSync(join(directory, 'wrong.html'), '<!doctype html><title>Not WhatsApp</title>')
}
