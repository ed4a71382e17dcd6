import { type Bot, startEcho, startOurs, type Way } from './bots.ts'
import { openPeople, type People } from './people.ts'
import { openPlatform, type Platform } from './platform.ts'

/** Who is measured. */
export type Whose = 'ours' | 'echo'

export interface Town {
  readonly people: People
  readonly platform: Platform
  readonly bots: readonly Bot[]
  /** CPU of all bots so far, in ms. */
  cpuMs(): number
  close(): Promise<void>
}

/** Bots in processes of their own, before a platform and people in this one. */
export async function openTown(
  whose: Whose,
  { way, databaseUrl, processes = 1 }: { way: Way; databaseUrl: string; processes?: number },
): Promise<Town> {
  const people = openPeople(() => platform)
  const platform = await openPlatform(people.hear)
  const start = whose === 'ours' ? startOurs : startEcho
  const bots: Bot[] = []
  for (let n = 0; n < processes; n++) bots.push(await start(platform.root, way, databaseUrl))
  if (way === 'webhook') platform.callAt(bots.flatMap(({ address }) => address ?? []))
  return {
    people,
    platform,
    bots,
    cpuMs: () => bots.reduce((sum, bot) => sum + bot.cpuMs(), 0),
    async close() {
      await Promise.all(bots.map(bot => bot.stop()))
      platform.close()
    },
  }
}

export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN
}
