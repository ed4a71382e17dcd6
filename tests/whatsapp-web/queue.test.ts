import { expect, test } from 'vitest'
import { chromiumPath } from '../town/chromium.ts'
import { surviveKills } from './queue.ts'

test.skipIf(!chromiumPath)(
  'a queue survives the deaths of browser, worker and bot: all arrives, once and in order',
  { timeout: 120_000 },
  async () => {
    const told: string[] = []
    const done = await surviveKills({ messages: 60, kills: 3, chromium: chromiumPath }, line =>
      told.push(line),
    )
    expect(done, told.join('\n')).toMatchObject({ lost: 0, twice: 0, disordered: 0, kills: 3 })
  },
)
