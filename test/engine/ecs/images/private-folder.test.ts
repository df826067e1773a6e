import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'

import { execa } from 'execa'
import { expect, it } from 'vitest'

import { withPrivateFolder } from '../../../../src/engine/ecs/images/private-folder.ts'

it('is there for its user alone, and gone afterwards, also after a failure', async () => {
  const seen: string[] = []
  const look = async (folder: string): Promise<void> => {
    seen.push(folder)
    expect(statSync(folder).mode & 0o777).toBe(0o700)
  }
  await withPrivateFolder('gantry-private-', look)
  const failing = withPrivateFolder('gantry-private-', async (folder) => {
    await look(folder)
    throw new Error('no')
  })
  await expect(failing).rejects.toThrow('no')
  expect(seen.map((folder) => existsSync(folder))).toEqual([false, false])
})

it('is gone when this process leaves at once', async () => {
  const module = join(import.meta.dirname, '../../../../src/engine/ecs/images/private-folder.ts')
  const program = `import { writeFileSync } from 'node:fs'
import { withPrivateFolder } from ${JSON.stringify(module)}
await withPrivateFolder('gantry-private-', async (folder) => {
  writeFileSync(folder + '/config.json', 'secret')
  console.log(folder)
  process.exit(130)
})`
  const { stdout, exitCode } = await execa(process.execPath, ['--input-type=module', '-e', program], {
    reject: false,
  })
  expect(exitCode).toBe(130)
  expect(stdout).toContain('gantry-private-')
  expect(existsSync(stdout)).toBe(false)
})
