import { expect, test } from 'vitest'

import { ConfigError } from '../../src/app/errors.ts'
import { configFiles } from '../../src/git/config-files.ts'
import { commitFiles, newRepository } from './fixtures.ts'

test('a config file is read from the commit, and is null where there is none', async () => {
  const repository = await newRepository()
  const old = commitFiles(repository.gitDir, { 'gantry.yml': 'app: old\n' })
  commitFiles(repository.gitDir, { 'gantry.yml': 'app: new\n', 'sub/a.yaml': 'x' }, { parents: [old] })
  const files = configFiles(repository, old)
  expect(await files.read('gantry.yml')).toBe('app: old\n')
  expect(await files.read('sub/a.yaml')).toBeNull()
  expect(await configFiles(repository, 'main').read('./sub/a.yaml')).toBe('x')
})

test.each([
  '../gantry.yml',
  '/etc/passwd',
  '.git/config',
  'sub',
  'sub/',
  '',
  '*',
  ':(glob)**',
  ':/gantry.yml',
])('there is no config file %j', async (path) => {
  const repository = await newRepository()
  const commit = commitFiles(repository.gitDir, { 'gantry.yml': 'app: x\n', 'sub/a': '1' })
  expect(await configFiles(repository, commit).read(path)).toBeNull()
})

test('a linked config file is refused, not followed', async () => {
  const repository = await newRepository()
  const commit = commitFiles(repository.gitDir, {
    Procfile: { link: '/etc/passwd' },
    real: { link: 'Procfile' },
  })
  const failure = await configFiles(repository, commit)
    .read('Procfile')
    .catch((error: unknown) => error)
  expect(failure).toBeInstanceOf(ConfigError)
  expect((failure as ConfigError).diagnostics).toEqual([
    expect.objectContaining({
      message: 'Procfile is a symbolic link',
      place: { file: 'Procfile', line: 1, column: 1 },
    }),
  ])
})

test('a config file behind a linked folder does not exist', async () => {
  const repository = await newRepository()
  const commit = commitFiles(repository.gitDir, { config: { link: '/etc' } })
  expect(await configFiles(repository, commit).read('config/passwd')).toBeNull()
})

test('a submodule in the place of a config file is refused', async () => {
  const repository = await newRepository()
  const submodule = commitFiles(repository.gitDir, { x: '1' }, { ref: 'refs/heads/other' })
  const commit = commitFiles(repository.gitDir, { Procfile: { submodule } })
  await expect(configFiles(repository, commit).read('Procfile')).rejects.toThrow('Procfile is a submodule')
})

test('a config file of more than 1 MiB is refused before it is read', async () => {
  const repository = await newRepository()
  const commit = commitFiles(repository.gitDir, {
    big: 'x'.repeat(1024 ** 2 + 1),
    fits: 'x'.repeat(1024 ** 2),
  })
  await expect(configFiles(repository, commit).read('big')).rejects.toThrow(/larger than 1024 KiB/)
  expect(await configFiles(repository, commit).read('fits')).toHaveLength(1024 ** 2)
})

test('a config file that is not UTF-8 is refused', async () => {
  const repository = await newRepository()
  const commit = commitFiles(repository.gitDir, { a: Buffer.from([0x61, 0xff]) })
  await expect(configFiles(repository, commit).read('a')).rejects.toThrow('a is not text in UTF-8')
})

test('the files right in a folder of the commit are listed, without links and folders', async () => {
  const repository = await newRepository()
  const commit = commitFiles(repository.gitDir, {
    '.upsun/b.yaml': '1',
    '.upsun/a.yaml': '1',
    '.upsun/linked.yaml': { link: 'a.yaml' },
    '.upsun/inner/c.yaml': '1',
    linked: { link: '.upsun' },
  })
  const files = configFiles(repository, commit)
  expect(await files.list('.upsun')).toEqual(['a.yaml', 'b.yaml'])
  for (const path of ['nowhere', 'linked', '../', '.git', ':(glob)**', '.upsun/a.yaml']) {
    expect(await files.list(path), path).toEqual([])
  }
})
