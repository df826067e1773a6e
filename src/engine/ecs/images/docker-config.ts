import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'

import type { RegistryLogin } from './builder.ts'

interface DockerConfig {
  auths?: Record<string, unknown>
  credHelpers?: Record<string, string>
  cliPluginsExtraDirs?: string[]
}

/**
 * A Docker config of our own with one more login, in a folder that only we can read and that is gone afterwards: `docker login` would leave the
 * password in the user's. What the user's config says still holds, so that private base images can be pulled.
 */
export async function withLogin<T>(login: RegistryLogin, use: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'gantry-docker-'))
  try {
    const users = process.env['DOCKER_CONFIG'] ?? join(homedir(), '.docker')
    const config = withCredentials(await readConfig(users), users, login)
    await writeFile(join(folder, 'config.json'), JSON.stringify(config), { mode: 0o600 })
    return await use(folder)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** An empty helper for the host keeps a credential store of the user from being asked for it instead. */
function withCredentials(
  config: DockerConfig,
  users: string,
  { registry, auth }: RegistryLogin,
): DockerConfig {
  return {
    ...config,
    auths: { ...config.auths, [registry]: { auth } },
    credHelpers: { ...config.credHelpers, [registry]: '' },
    cliPluginsExtraDirs: [...(config.cliPluginsExtraDirs ?? []), join(users, 'cli-plugins')],
  }
}

async function readConfig(folder: string): Promise<DockerConfig> {
  try {
    return JSON.parse(await readFile(join(folder, 'config.json'), 'utf8')) as DockerConfig
  } catch {
    // No config, or one that docker itself could not read either.
    return {}
  }
}
