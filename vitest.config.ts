import { defineConfig } from 'vitest/config'
import { LongestFirst } from './tests/town/longest-first.ts'

const defaultExclude = ['**/node_modules/**']

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    globalSetup: ['tests/town/migrated.ts'],
    // These have no database, or bring an embedded one of their own: once is enough.
    exclude: process.env.TEST_DATABASE_URL
      ? [
          ...defaultExclude,
          'tests/channels/**',
          'tests/e2e/**',
          'tests/fake-graph/**',
          'tests/fake-telegram/**',
          'tests/whatsapp-web/**',
          'tests/domain/**',
          'tests/pictures/**',
          'tests/db/embedded.test.ts',
          'tests/bot/{answer,answer-twice,by-hand,config,digest-words,engine,engine-answers,naming-groups,start,stop,webhook,whatsapp-start}.test.ts',
          'tests/playground/page.test.ts',
          'tests/whatsapp/pairing.test.ts',
          'tests/whatsapp-cloud/{inbound,media,refusals,sending,statuses,templates,webhook}.test.ts',
        ]
      : defaultExclude,
    testTimeout: 60_000,
    hookTimeout: 120_000,
    maxWorkers: 3,
    // The sources are loaded once a worker instead of once a file: a third of the whole run.
    isolate: false,
    sequence: { sequencer: LongestFirst },
  },
})
