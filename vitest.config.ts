import { configDefaults, defineConfig } from 'vitest/config'

import { ClosingLine } from './test/closing-line.ts'

/** They put another `node:zlib` in the place of Node's, which has to be there before anything is imported. */
const CHAOS = 'test/engine/ecs/chaos/**/*.test.ts'

export default defineConfig({
  test: {
    reporters: ['default', new ClosingLine()],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // What starts a program waits for it on a busy machine as well.
    expect: { poll: { timeout: 20_000 } },
    // Tests wait for programs that they start for about a third of their time.
    maxWorkers: 3,
    coverage: { provider: 'v8', include: ['src/**'], reporter: ['text-summary', 'html'] },
    projects: [
      { extends: true, test: { name: 'chaos', include: [CHAOS] } },
      {
        extends: true,
        test: {
          name: 'all',
          include: ['test/**/*.test.ts'],
          exclude: [...configDefaults.exclude, CHAOS],
          // What all import, the clients of AWS above all, is loaded once by each worker instead of once by each file.
          isolate: false,
        },
      },
    ],
  },
})
