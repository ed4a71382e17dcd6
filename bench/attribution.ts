import { Session } from 'node:inspector/promises'

/** For how long whose code was running, in µs. */
export interface Times {
  /** Router, engine, handlers, rules, rendering, with the libraries they call. */
  ours: number
  /** db/: statements put together, personal fields sealed and opened. */
  verbs: number
  drizzle: number
  driver: number
}

/**
 * Samples the stack while `work` runs. A sample belongs to the nearest frame that somebody owns. Garbage collection and
 * other work of nobody is divided like the rest; while the loop waits for the database, nobody works.
 */
export async function sampled<T>(work: () => Promise<T>): Promise<{ result: T; times: Times }> {
  const session = new Session()
  session.connect()
  await session.post('Profiler.enable')
  await session.post('Profiler.setSamplingInterval', { interval: 200 })
  await session.post('Profiler.start')
  const result = await work()
  const { profile } = await session.post('Profiler.stop')
  session.disconnect()
  const owners = ownersOf(profile.nodes)
  // Nothing is done there, or only the measuring itself is begun.
  const outside = profile.nodes.filter(
    ({ callFrame }) => callFrame.functionName === '(idle)' || callFrame.url === 'node:inspector',
  )
  const left = new Set(outside.map(({ id }) => id))
  const times = { ours: 0, verbs: 0, drizzle: 0, driver: 0 }
  let nobodys = 0
  for (const [at, id] of (profile.samples ?? []).entries()) {
    const owner = owners.get(id)
    const took = profile.timeDeltas?.[at] ?? 0
    if (owner) times[owner] += took
    else if (!left.has(id)) nobodys += took
  }
  const owned = times.ours + times.verbs + times.drizzle + times.driver
  for (const owner of Object.keys(times) as (keyof Times)[]) times[owner] *= 1 + nobodys / owned
  return { result, times }
}

interface Node {
  id: number
  children?: number[]
  callFrame: { url: string }
}

function ownersOf(nodes: readonly Node[]): Map<number, keyof Times | undefined> {
  const byId = new Map(nodes.map(node => [node.id, node]))
  const owners = new Map<number, keyof Times | undefined>()
  const visit = (node: Node, above: keyof Times | undefined) => {
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

function ownerOf(url: string): keyof Times | undefined {
  if (url.includes('/node_modules/drizzle-orm/')) return 'drizzle'
  if (url.includes('/node_modules/postgres/')) return 'driver'
  if (/\/node_modules\/|\/(?:bot|handlers|deeds|jobs|domain|pictures)\/[^/]/.test(url)) return 'ours'
  return url.includes('/db/') ? 'verbs' : undefined
}
