import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

import { expect, it } from 'vitest'

it('the tables of inputs and outputs in README.md are those of action.yml', async () => {
  const script = new URL('../../scripts/generate-action-docs.ts', import.meta.url).pathname
  await expect(promisify(execFile)(process.execPath, [script, '--check'])).resolves.toBeDefined()
})
