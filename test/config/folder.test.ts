import { execFileSync } from 'node:child_process'
import { chmod, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterEach, beforeEach, describe, expect, test } from 'vitest'

import { ConfigError } from '../../src/app/errors.ts'
import { folderFiles } from '../../src/config/folder.ts'
import { readConfig } from '../../src/config/read.ts'

describe('the files of a folder', () => {
  let folder: string
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'gantry-config-'))
  })
  afterEach(() => rm(folder, { recursive: true }))

  test('are said to be in that folder when there is no config', async () => {
    await expect(readConfig(folderFiles(folder), { name: 'shop' })).rejects.toThrow(
      `There is no configuration in ${folder}: no gantry.yml`,
    )
  })

  const problemOf = async (path: string) => {
    const error = await folderFiles(folder)
      .read(path)
      .then(
        () => null,
        (error: unknown) => error,
      )
    expect(error).toBeInstanceOf(ConfigError)
    const [problem] = (error as ConfigError).diagnostics
    expect(problem!.place).toEqual({ file: path, line: 1, column: 1 })
    return problem!.message
  }

  test('are read as text', async () => {
    await mkdir(join(folder, 'deploy'))
    await writeFile(join(folder, 'deploy/gantry.yml'), 'app: größe\r\n')
    expect(await folderFiles(folder).read('deploy/gantry.yml')).toBe('app: größe\r\n')
  })

  test('make an app', async () => {
    await writeFile(join(folder, 'Procfile'), 'web: serve')
    const { app } = await readConfig(folderFiles(folder), { name: 'shop' })
    expect(app.processes[0]!.command).toBe('serve')
  })

  test('are null where there is no regular file', async () => {
    await mkdir(join(folder, 'gantry.yml'))
    await writeFile(join(folder, 'file'), '')
    execFileSync('mkfifo', [join(folder, 'Procfile')])
    for (const path of ['gantry.yml', 'nope', 'file/nope', 'nope/nope', 'Procfile']) {
      expect(await folderFiles(folder).read(path)).toBeNull()
    }
  })

  test('are listed by name, folders and links left out; none for what is no folder or leads outside', async () => {
    await mkdir(join(folder, '.upsun/inner'), { recursive: true })
    for (const name of ['b.yaml', 'a.yaml']) await writeFile(join(folder, '.upsun', name), '')
    await symlink('/etc', join(folder, 'linked'))
    await symlink('a.yaml', join(folder, '.upsun/c.yaml'))
    const files = folderFiles(folder)
    expect(await files.list('.upsun')).toEqual(['a.yaml', 'b.yaml'])
    for (const path of ['nowhere', 'linked', '../', '.upsun/a.yaml'])
      expect(await files.list(path)).toEqual([])
  })

  test('are refused when they are links', async () => {
    await symlink('/etc/passwd', join(folder, 'gantry.yml'))
    expect(await problemOf('gantry.yml')).toBe('"gantry.yml" is a symbolic link')
  })

  test('are refused when they lie outside', async () => {
    await symlink('/etc', join(folder, 'deploy'))
    expect(await problemOf('deploy/passwd')).toBe('"deploy/passwd" is outside of the repository')
    expect(await problemOf('../x')).toBe('"../x" is outside of the repository')
  })

  test('are refused when they are too large or no text', async () => {
    await writeFile(join(folder, 'gantry.yml'), Buffer.alloc(1024 * 1024 + 1, 'a'))
    await writeFile(join(folder, 'Procfile'), Buffer.from([0x77, 0xff, 0xfe]))
    expect(await problemOf('gantry.yml')).toBe('"gantry.yml" is larger than 1 MiB')
    expect(await problemOf('Procfile')).toBe('"Procfile" is not text in UTF-8')
  })

  test.skipIf(process.getuid?.() === 0)('are refused when they cannot be read', async () => {
    await writeFile(join(folder, 'gantry.yml'), '')
    await chmod(join(folder, 'gantry.yml'), 0)
    expect(await problemOf('gantry.yml')).toBe('"gantry.yml" cannot be read (EACCES)')
  })
})
