import { Session } from 'node:inspector/promises'

/** Whose code was running, as shares of all that somebody can be named for. */
export interface Shares {
  /** Router, engine, handlers, rules, rendering, with the libraries they call. */
  ours: number
  /** db/: statements put together, personal fields sealed and opened. */
  verbs: number
  drizzle: number
  driver: number
}

/**
 * Samples the stack while `work` runs. A sample belongs to the nearest frame that somebody owns; what belongs to
 * nobody, mostly garbage collection and the event loop, is thereby divided like the rest.
 */
export async function sampled<T>(work: () => Promise<T>): Promise<{ result: T; shares: Shares }> {
  const session = new Session()
  session.connect()
  await session.post('Profiler.enable')
  await session.post('Profiler.setSamplingInterval', { interval: 200 })
  await session.post('Profiler.start')
  const result = await work()
  const { profile } = await session.post('Profiler.stop')
  session.disconnect()
  const owners = ownersOf(profile.nodes)
  const shares = { ours: 0, verbs: 0, drizzle: 0, driver: 0 }
  for (const id of profile.samples ?? []) {
    const owner = owners.get(id)
    if (owner) shares[owner] += 1
  }
  const all = Object.values(shares).reduce((sum, count) => sum + count, 0)
  for (const owner of Object.keys(shares) as (keyof Shares)[]) shares[owner] /= all
  return { result, shares }
}

interface Node {
  id: number
  children?: number[]
  callFrame: { url: string }
}

function ownersOf(nodes: readonly Node[]): Map<number, keyof Shares | undefined> {
  const byId = new Map(nodes.map(node => [node.id, node]))
  const owners = new Map<number, keyof Shares | undefined>()
  const visit = (node: Node, above: keyof Shares | undefined) => {
    const owner = ownerOf(node.callFrame.url) ?? above
    owners.set(node.id, owner)
    for (const child of node.children ?? []) {
      const below = byId.get(child)
      if (below) visit(below, owner)
    }
  }
  const [root] = nodes
  if (root) visit(root, undefined)
  return owners
}

function ownerOf(url: string): keyof Shares | undefined {
  if (url.includes('/node_modules/drizzle-orm/')) return 'drizzle'
  if (url.includes('/node_modules/postgres/')) return 'driver'
  if (/\/node_modules\/|\/(?:bot|handlers|domain|pictures)\/[^/]/.test(url)) return 'ours'
  return url.includes('/db/') ? 'verbs' : undefined
}
