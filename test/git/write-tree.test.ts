import { lstat, mkdir, readdir, readFile, readlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import { expect, test } from 'vitest'

import { UserError } from '../../src/app/errors.ts'
import type { TreeEntry } from '../../src/git/tree.ts'
import { blob, commitFiles, commitTree, newRepository, rawTree, temporaryFolder } from './fixtures.ts'

async function emptyFolder(): Promise<string> {
  const folder = join(await temporaryFolder(), 'out')
  await mkdir(folder)
  return folder
}

function entry(path: string, oid: string, mode: TreeEntry['mode'] = '100644'): TreeEntry {
  return { mode, oid, size: 1, path }
}

test('bytes, modes and links come out exactly, whatever the umask', async () => {
  const repository = await newRepository()
  const bytes = Buffer.from(Array.from({ length: 300_000 }, (_, index) => (index * 7) % 256))
  const commit = commitFiles(repository.gitDir, {
    'deep/er/data.bin': bytes,
    empty: '',
    'bin/run': { executable: '#!/bin/sh\n' },
    'link to': { link: '../outside/ü' },
    'two\nlines': 'x',
  })
  const out = await emptyFolder()
  const umask = process.umask(0o077)
  try {
    await repository.write(await repository.entries(commit), out)
  } finally {
    process.umask(umask)
  }
  expect(await readFile(join(out, 'deep/er/data.bin'))).toEqual(bytes)
  expect(await readFile(join(out, 'empty'), 'utf8')).toBe('')
  expect(await readFile(join(out, 'two\nlines'), 'utf8')).toBe('x')
  expect(await readlink(join(out, 'link to'))).toBe('../outside/ü')
  const mode = async (path: string) => (await lstat(join(out, path))).mode & 0o777
  expect(await mode('bin/run')).toBe(0o755)
  expect(await mode('empty')).toBe(0o644)
  expect(await mode('deep/er')).toBe(0o755)
  expect((await readdir(out)).sort()).toEqual(['bin', 'deep', 'empty', 'link to', 'two\nlines'])
})

test('.gitattributes change nothing of what is written', async () => {
  const repository = await newRepository()
  const commit = commitFiles(repository.gitDir, {
    '.gitattributes':
      '* text eol=crlf ident\nsecret export-ignore\nversion export-subst\nbig filter=lfs\nutf working-tree-encoding=UTF-16\n',
    secret: 'still here\n',
    version: '$Format:%H$ $Id$\n',
    big: 'version https://git-lfs.github.com/spec/v1\n',
    utf: 'text\n',
  })
  const out = await emptyFolder()
  await repository.write(await repository.entries(commit), out)
  expect(await readFile(join(out, 'secret'), 'utf8')).toBe('still here\n')
  expect(await readFile(join(out, 'version'), 'utf8')).toBe('$Format:%H$ $Id$\n')
  expect(await readFile(join(out, 'big'), 'utf8')).toBe('version https://git-lfs.github.com/spec/v1\n')
  expect(await readFile(join(out, 'utf'), 'utf8')).toBe('text\n')
})

test('submodules are left out', async () => {
  const repository = await newRepository()
  const submodule = commitFiles(repository.gitDir, { x: '1' }, { ref: 'refs/heads/other' })
  const commit = commitFiles(repository.gitDir, { a: '1', 'vendor/lib': { submodule } })
  const out = await emptyFolder()
  await repository.write(await repository.entries(commit), out)
  expect(await readdir(join(out, 'vendor'))).toEqual([])
})

test.each([
  '../evil',
  'a/../../evil',
  '/etc/evil',
  'a//b',
  './a',
  '',
  'a/',
  '.git/config',
  'sub/.GIT/hooks/post-checkout',
  '.git . /config',
  'git~1/config',
  'GIT~1',
  '.git::$INDEX_ALLOCATION/config',
  '.g\u200cit/config',
  '\ufeff.git',
  'a\\..\\b',
  'a\\.git\\config',
  'a\0b',
])('the writer itself refuses the path %j', async (path) => {
  const repository = await newRepository()
  const out = await emptyFolder()
  const entries = [entry('fine', blob(repository.gitDir, 'x')), entry(path, blob(repository.gitDir, 'x'))]
  await expect(repository.write(entries, out)).rejects.toThrow(/unsafe path/)
  expect(await readdir(out)).toEqual([])
})

test.each(['.gitignore', '.github/workflows/ci.yml', 'a..b', '...', 'x.git', 'git~10', 'back\\slash', ' '])(
  'the path %j is an ordinary one',
  async (path) => {
    const repository = await newRepository()
    const out = await emptyFolder()
    await repository.write([entry(path, blob(repository.gitDir, 'x'))], out)
    expect(await readFile(join(out, path), 'utf8')).toBe('x')
  },
)

test('trees that hold unsafe names are refused when git has been made to take them', async () => {
  const repository = await newRepository()
  const oid = blob(repository.gitDir, 'x')
  for (const name of ['.git', '..', '.GIT', 'a/b/../../../c']) {
    const commit = commitTree(repository.gitDir, rawTree(repository.gitDir, [{ mode: '100644', oid, name }]))
    const entries = await repository.entries(commit)
    await expect(repository.write(entries, await emptyFolder())).rejects.toThrow(/unsafe path/)
  }
})

test('nothing is written through a link', async () => {
  const repository = await newRepository()
  const outside = await temporaryFolder()
  const [target, contents] = [blob(repository.gitDir, outside), blob(repository.gitDir, 'evil')]
  const out = await emptyFolder()
  const throughLink = [entry('dir', target, '120000'), entry('dir/file', contents)]
  await expect(repository.write(throughLink, out)).rejects.toThrow(/both a file dir and a folder/)
  await expect(repository.write(throughLink.toReversed(), out)).rejects.toThrow(UserError)
  expect(await readdir(outside)).toEqual([])
})

test('two entries of one path are refused', async () => {
  const repository = await newRepository()
  const oid = blob(repository.gitDir, 'x')
  const out = await emptyFolder()
  await expect(repository.write([entry('a', oid), entry('a', oid, '120000')], out)).rejects.toThrow(
    /two entries named a/,
  )
})

test('a folder that is not empty is not written into', async () => {
  const repository = await newRepository()
  const out = await emptyFolder()
  await writeFile(join(out, 'there'), '')
  await expect(repository.write([], out)).rejects.toThrow(/not empty/)
})

test('a link without a usable target is refused', async () => {
  const repository = await newRepository()
  for (const target of ['', 'a\0b', 'x'.repeat(5000)]) {
    const oid = blob(repository.gitDir, target)
    await expect(repository.write([entry('l', oid, '120000')], await emptyFolder())).rejects.toThrow(
      /without a usable target/,
    )
  }
})

test('contents that are missing are said to be', async () => {
  const repository = await newRepository()
  const entries = [entry('a', '1'.repeat(40))]
  await expect(repository.write(entries, await emptyFolder())).rejects.toThrow(/lacks the contents of a/)
})

test('a name that is too long for the file system is said to be', async () => {
  const repository = await newRepository()
  const entries = [entry('n'.repeat(300), blob(repository.gitDir, 'x'))]
  await expect(repository.write(entries, await emptyFolder())).rejects.toThrow(/cannot hold the name n+…$/)
})

test('writing stops when its signal fires', async () => {
  const repository = await newRepository()
  const reason = new Error('stop')
  const entries = [entry('a', blob(repository.gitDir, 'x'))]
  await expect(repository.write(entries, await emptyFolder(), AbortSignal.abort(reason))).rejects.toBe(reason)
})
