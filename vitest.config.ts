import { defineConfig } from 'vitest/config'

import { ClosingLine } from './test/closing-line.ts'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    reporters: ['default', new ClosingLine()],
    testTimeout: 30_000,
    hookTimeout: 30_000,
    // What starts a program waits for it on a busy machine as well.
    expect: { poll: { timeout: 20_000 } },
    // Real servers and processes: more workers than cores only makes them wait for each other.
    maxWorkers: 2,
    coverage: { provider: 'v8', include: ['src/**'], reporter: ['text-summary', 'html'] },
  },
})
