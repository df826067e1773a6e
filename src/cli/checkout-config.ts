import { basename, resolve } from 'node:path'

import type { ResolvedConfig } from '../config/read.ts'
import type { AppOptions } from './app-option.ts'
import { appOfRemote, checkoutRoot } from './user-git.ts'

/**
 * The config of a checkout, as it is in the work tree. `--app` and a git remote `gantry` say what the app is called.
 *
 * @throws ConfigError
 */
export async function readCheckoutConfig({
  dir,
  app,
  environment,
}: Omit<AppOptions, 'home'>): Promise<ResolvedConfig> {
  const [{ readConfig }, { folderFiles }] = await Promise.all([
    import('../config/read.ts'),
    import('../config/folder.ts'),
  ])
  const root = (await checkoutRoot(dir)) ?? resolve(dir)
  const name = app || (await appOfRemote(dir))
  const config = await readConfig(folderFiles(root), {
    name: name ?? basename(root),
    environment: environment || undefined,
  })
  return name === null || name === undefined ? config : { ...config, app: { ...config.app, name } }
}
