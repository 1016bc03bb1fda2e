import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

const long = process.env.LONG === '1'

export default defineConfig({
  test: {
    include: long ? ['test/**/*.long.test.ts'] : ['test/**/*.test.ts'],
    exclude: long ? [] : ['test/**/*.long.test.ts'],
    globalSetup: 'test/build-once.ts',
    testTimeout: long ? 120_000 : 30_000,
    // Most tests wait for a command: on two cores these two lines make a run of 175 seconds one of 78.
    isolate: false,
    maxWorkers: Math.max(2, availableParallelism()),
  },
})
