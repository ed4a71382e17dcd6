import { Session } from 'node:inspector/promises'

/** Whose code was running, counted in samples. */
export interface Samples {
  ours: number
  drizzle: number
  driver: number
}

/**
 * Samples the stack while `work` runs. A sample belongs to the nearest frame that is ours (with the libraries we
 * call), drizzle's or the driver's; the rest, mostly garbage collection, belongs to neither.
 */
export async function sampled<T>(work: () => Promise<T>): Promise<{ result: T; samples: Samples }> {
  const session = new Session()
  session.connect()
  await session.post('Profiler.enable')
  await session.post('Profiler.setSamplingInterval', { interval: 200 })
  await session.post('Profiler.start')
  const result = await work()
  const { profile } = await session.post('Profiler.stop')
  session.disconnect()
  const owners = ownersOf(profile.nodes)
  const samples = { ours: 0, drizzle: 0, driver: 0 }
  for (const id of profile.samples ?? []) {
    const owner = owners.get(id)
    if (owner) samples[owner] += 1
  }
  return { result, samples }
}

interface Node {
  id: number
  children?: number[]
  callFrame: { url: string }
}

function ownersOf(nodes: readonly Node[]): Map<number, keyof Samples | undefined> {
  const byId = new Map(nodes.map(node => [node.id, node]))
  const owners = new Map<number, keyof Samples | undefined>()
  const visit = (node: Node, above: keyof Samples | undefined) => {
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

function ownerOf(url: string): keyof Samples | undefined {
  if (url.includes('/node_modules/drizzle-orm/')) return 'drizzle'
  if (url.includes('/node_modules/postgres/')) return 'driver'
  if (/\/node_modules\/|\/(?:bot|handlers|domain|db|pictures)\//.test(url)) return 'ours'
  return undefined
}
