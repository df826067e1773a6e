import { join } from 'node:path'

import { expect, it } from 'vitest'

import { openEngine, remove, temporaryFolder } from './home.ts'

const app = { name: 'shop', environment: 'default' }
const DAY = 86_400

it('how long output is kept outlives a restart, and not the app', async () => {
  const folder = await temporaryFolder()
  const home = join(folder, 'home')
  try {
    const engine = await openEngine(home, app)
    expect(await engine.setLogRetention(app, 90 * DAY)).toBe(true)
    await engine.close()
    const again = await openEngine(home, app)
    expect(await again.setLogRetention(app, 90 * DAY)).toBe(false)
    await again.removeApp(app)
    expect(await again.setLogRetention(app, null)).toBe(false)
    await again.close()
  } finally {
    await remove(folder)
  }
})
