import { defineConfig } from 'vitest/config'

const defaultExclude = ['**/node_modules/**']

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    globalSetup: ['tests/town/migrated.ts'],
    // These bring an embedded database of their own, whatever the others run on: once is enough.
    exclude: process.env.TEST_DATABASE_URL
      ? [...defaultExclude, 'tests/e2e/**', 'tests/db/embedded.test.ts']
      : defaultExclude,
    testTimeout: 60_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
  },
})
