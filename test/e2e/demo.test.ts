import { join } from 'node:path'

import { execa } from 'execa'
import { expect, it } from 'vitest'

it('the demo of the README plays to its end', async () => {
  const demo = join(import.meta.dirname, '..', '..', 'scripts', 'demo', 'demo.ts')
  const { exitCode, all } = await execa(process.execPath, [demo, '--exit'], { all: true, reject: false })
  expect(exitCode, all).toBe(0)
  expect(all).toContain('The web instances are the same as before')
  expect(all).toContain('The pinned worker is the same as before')
}, 90_000)
