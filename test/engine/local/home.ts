import { chmod, mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import type { AppId } from '../../../src/app/app.ts'
import type { Clock } from '../../../src/app/clock.ts'
import { LocalEngine } from '../../../src/engine/local/local-engine.ts'
import { removeTree } from '../../../src/engine/local/ownership.ts'

export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'gantry-test-'))
  await chmod(folder, 0o755)
  return folder
}

/** An engine in a home of its own, with one app. */
export async function openEngine(
  home: string,
  app: AppId = { name: 'shop', environment: 'default' },
  clock?: Clock,
): Promise<LocalEngine> {
  const engine = await LocalEngine.open(home, clock)
  engine.db.run(
    'INSERT OR IGNORE INTO apps (name, settings, created_at) VALUES (?, ?, ?)',
    app.name,
    '{}',
    '',
  )
  await engine.addApp(app)
  return engine
}

/** With its images, which are read-only. */
export async function remove(folder: string): Promise<void> {
  await removeTree(folder, false)
}
