import { defineConfig } from 'vitest/config'

const defaultExclude = ['**/node_modules/**']

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    globalSetup: ['tests/town/migrated.ts'],
    // These have no database, or bring an embedded one of their own: once is enough.
    exclude: process.env.TEST_DATABASE_URL
      ? [
          ...defaultExclude,
          'tests/e2e/**',
          'tests/domain/**',
          'tests/pictures/**',
          'tests/db/embedded.test.ts',
        ]
      : defaultExclude,
    testTimeout: 60_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
  },
})
