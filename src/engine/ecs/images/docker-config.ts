import { readFile, symlink, writeFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'

import type { RegistryLogin } from './builder.ts'
import { withPrivateFolder } from './private-folder.ts'

interface DockerConfig {
  auths?: Record<string, unknown>
  credHelpers?: Record<string, string>
  cliPluginsExtraDirs?: string[]
}

/**
 * A Docker config of our own with one more login, which nobody else can read and which is gone afterwards: `docker login`
 * would leave the password in the user's. What the user's config says still holds: logins for private base images, the
 * engine that was chosen with `docker context use`, the builder that was chosen with `docker buildx use`.
 *
 * @param use gets what is to be laid over the environment of `docker`
 */
export async function withLogin<T>(
  login: RegistryLogin,
  use: (env: Record<string, string>) => Promise<T>,
): Promise<T> {
  return withPrivateFolder('gantry-docker-', async (folder) => {
    const users = process.env['DOCKER_CONFIG'] ?? join(homedir(), '.docker')
    const config = withCredentials(await readConfig(users), users, login)
    await writeFile(join(folder, 'config.json'), JSON.stringify(config), { mode: 0o600 })
    await symlink(join(users, 'contexts'), join(folder, 'contexts'), 'junction')
    return use({
      DOCKER_CONFIG: folder,
      BUILDX_CONFIG: process.env['BUILDX_CONFIG'] ?? join(users, 'buildx'),
    })
  })
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
