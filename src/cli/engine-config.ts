import { basename, resolve } from 'node:path'

import type { App, AppId, EcsSettings } from '../app/app.ts'
import type { Remote } from '../deploy/remote.ts'
import type { Engine } from '../engine/engine.ts'
import type { AppOptions } from './app-option.ts'
import { checkoutRoot } from './user-git.ts'

/** What the config of a checkout says about where its app runs. */
export interface EngineConfig extends AppId {
  settings: EcsSettings
}

const ECS = 'ecs'

/**
 * Reads the config of the checkout, as it is in the work tree; null when it does not say `engine: ecs`, or there is none.
 *
 * @throws ConfigError
 */
export async function readEngineConfig({
  dir,
  app: name,
  environment,
}: Omit<AppOptions, 'home'>): Promise<EngineConfig | null> {
  const root = (await checkoutRoot(dir)) ?? resolve(dir)
  const { folderFiles } = await import('../config/folder.ts')
  const files = folderFiles(root)
  // Only this file names an engine. The schema, which takes longest to load, is left alone where it cannot be that one.
  const text = await files.read('gantry.yml')
  if (text?.includes(ECS) !== true) return null
  const { readConfig } = await import('../config/read.ts')
  const { app } = await readConfig(files, { name: basename(root), environment: environment || undefined })
  return app.engine === ECS ? configOf(app, name || app.name) : null
}

function configOf({ environment, ecs }: App, name: string): EngineConfig {
  return { name, environment, settings: ecs }
}

/** Loads the engine: much hangs on it, and a command on a server needs nothing of that. */
export async function openEngine({ settings }: EngineConfig): Promise<Remote & { engine: Engine }> {
  const { openEcs } = await import('../engine/ecs/open.ts')
  return openEcs(settings)
}
