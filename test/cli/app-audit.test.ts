import { expect, onTestFinished, test } from 'vitest'

import { showChange } from '../../src/cli/commands/app-audit.ts'
import { startServer, temporaryFolder } from './gantry.ts'
import { TestHome } from './test-home.ts'

test('a change is shown field by field, and what came or went as a whole', () => {
  expect(showChange({ branch: 'main', force: true }, { branch: 'live', force: true })).toBe(
    'branch: main → live',
  )
  expect(showChange({ web: { memory: 512 } }, { web: { memory: 1024, cpu: 256 } })).toBe(
    'web: memory 512 → memory 1024, cpu 256',
  )
  expect(showChange(null, { name: 'LEVEL', secret: false })).toBe('name LEVEL, secret false')
  expect(showChange({ name: 'LEVEL' }, null)).toBe('name LEVEL is gone')
  expect(showChange(null, { commit: 'f'.repeat(40) })).toBe('commit fffffff')
})

test('app audit lists who changed what', async () => {
  const folder = await temporaryFolder()
  const server = await startServer(folder)
  onTestFinished(() => void server.stop())
  const home = new TestHome(folder, server.url)
  await home.run(['app', 'create', 'shop'])
  await home.run(['app', 'set', 'shop', 'branch=live'])
  const { stdout, code } = await home.run(['app', 'audit', 'shop'])
  expect(code).toBe(0)
  expect(stdout).toMatch(/^\d+s +owner +app\.set +branch: main → live\n\d+s +owner +app\.create +/m)
  expect(await home.json(['app', 'audit', 'shop', '-n', '1'])).toMatchObject([
    { action: 'app.set', before: { branch: 'main' }, after: { branch: 'live' } },
  ])
})
