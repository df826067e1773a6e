import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { copyFile, mkdir, mkdtemp, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { dockerAnswers } from '../../../src/engine/local/container.ts'

const busybox = ['/bin/busybox', '/usr/bin/busybox'].find((path) => existsSync(path))

/** Whether an image can be made and run without anything from elsewhere. */
export async function canRunBusybox(): Promise<boolean> {
  return busybox !== undefined && (await dockerAnswers())
}

/** Makes an image of a static busybox, whose command is `env`. */
export async function importBusybox(image: string): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'gantry-image-'))
  await mkdir(join(folder, 'bin'))
  await copyFile(busybox!, join(folder, 'bin', 'busybox'))
  for (const tool of ['sh', 'env', 'sleep', 'httpd', 'cat', 'wget'])
    await symlink('busybox', join(folder, 'bin', tool))
  execFileSync('tar', ['-cf', join(folder, 'image.tar'), '-C', folder, 'bin'])
  const change = ['--change', 'ENV PATH=/bin', '--change', 'CMD ["/bin/env"]']
  execFileSync('docker', ['import', ...change, join(folder, 'image.tar'), image], { stdio: 'ignore' })
  await rm(folder, { recursive: true })
}
