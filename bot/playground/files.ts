import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, extname, join } from 'node:path'
import type { Context } from 'hono'
import type { PlaygroundStore } from '../../db/playground.ts'

const pageFolder = join(import.meta.dirname, 'page')

const mimes: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
}

/** What a browser may show by itself; anything else is only handed over for saving. */
const shown = /^(image\/(png|jpeg|gif|webp|avif)|audio\/[\w.+-]+|video\/[\w.+-]+)$/

/** The page's own files, read once; there is no path in the address that could lead elsewhere. */
export function readPage(): Map<string, { mime: string; body: string }> {
  const files = new Map<string, { mime: string; body: string }>()
  const add = (name: string, path: string) =>
    files.set(name, { mime: mimes[extname(path)] ?? 'text/plain', body: readFileSync(path, 'utf8') })
  for (const name of readdirSync(pageFolder)) add(name, join(pageFolder, name))
  // The package names this file only to browsers, so it is found beside the package's own entry.
  const htm = dirname(createRequire(import.meta.url).resolve('htm'))
  add('preact.js', join(htm, '../preact/standalone.module.js'))
  return files
}

/** A file of a message; a part of it if the browser asks so, as it does when someone seeks in a recording. */
export async function answerFile(c: Context, store: PlaygroundStore, id: string): Promise<Response> {
  const file = await store.file(id)
  if (!file?.body) return c.json({ problem: 'gone' }, 404)
  const body = Uint8Array.from(file.body)
  const isShown = shown.test(file.mime)
  const name = encodeURIComponent(file.name || id)
  c.header('Content-Type', isShown ? file.mime : 'application/octet-stream')
  c.header('Content-Disposition', `${isShown ? 'inline' : 'attachment'}; filename*=UTF-8''${name}`)
  c.header('Content-Security-Policy', "sandbox; default-src 'none'")
  c.header('Cache-Control', 'private, max-age=31536000, immutable')
  c.header('Accept-Ranges', 'bytes')
  const part = askedPart(c.req.header('range'), body.length)
  if (!part) return c.body(body)
  c.header('Content-Range', `bytes ${part.from}-${part.to}/${body.length}`)
  return c.body(body.slice(part.from, part.to + 1), 206)
}

function askedPart(range: string | undefined, length: number): { from: number; to: number } | undefined {
  const [, first, last] = /^bytes=(\d+)-(\d*)$/.exec(range ?? '') ?? []
  if (first === undefined) return undefined
  const from = Number(first)
  const to = Math.min(last ? Number(last) : length - 1, length - 1)
  return from <= to ? { from, to } : undefined
}
