import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'

const PLUGIN = join(import.meta.dirname, 'session-manager-plugin.ts')

/** Puts a plugin of Session Manager in front of all that is on the PATH, until what this returns is called. */
export async function putPluginOnPath(version = '1.2.707.0'): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'gantry-plugin-'))
  const file = join(folder, 'session-manager-plugin')
  await writeFile(
    file,
    `#!/bin/sh\n[ "$1" = --version ] && { echo ${version}; exit; }\nexec '${process.execPath}' '${PLUGIN}' "$@"\n`,
  )
  await chmod(file, 0o755)
  const before = process.env['PATH']
  process.env['PATH'] = [folder, before].join(delimiter)
  return async () => {
    process.env['PATH'] = before
    await rm(folder, { recursive: true })
  }
}
