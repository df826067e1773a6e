import { expect, test } from 'vitest'

import { UserError } from '../../src/app/errors.ts'
import { parseEntry } from '../../src/git/tree.ts'
import { blob, commitFiles, commitTree, git, newRepository } from './fixtures.ts'

/** Folders of ten entries, one in the other: ten to the power of `levels` paths. */
function bomb(folder: string, levels: number, leaf: { mode: string; type: string; oid: string }): string {
  let { mode, type, oid } = leaf
  for (let level = 0; level < levels; level += 1) {
    const lines = Array.from({ length: 10 }, (_, index) => `${mode} ${type} ${oid}\tf${index}`)
    oid = git(folder, ['mktree'], `${lines.join('\n')}\n`)
    ;[mode, type] = ['040000', 'tree']
  }
  return oid
}

test('files, executables, links and submodules are listed with their sizes', async () => {
  const repository = await newRepository()
  const submodule = commitFiles(repository.gitDir, { x: '1' }, { ref: 'refs/heads/other' })
  const commit = commitFiles(repository.gitDir, {
    'a b/ü\n"c"': 'hello',
    'bin/run': { executable: '#!/bin/sh\n' },
    link: { link: '/etc/passwd' },
    'vendor/lib': { submodule },
  })
  const oid = expect.stringMatching(/^[0-9a-f]{40}$/) as string
  expect(await repository.entries(commit)).toEqual([
    { mode: '100644', oid, size: 5, path: 'a b/ü\n"c"' },
    { mode: '100755', oid, size: 10, path: 'bin/run' },
    { mode: '120000', oid, size: 11, path: 'link' },
    { mode: '160000', oid: submodule, size: 0, path: 'vendor/lib' },
  ])
})

test('a commit without files has no entries', async () => {
  const repository = await newRepository()
  const commit = commitTree(repository.gitDir, git(repository.gitDir, ['mktree'], ''))
  expect(await repository.entries(commit)).toEqual([])
})

test('a tree of a million files is refused by its size', async () => {
  const repository = await newRepository()
  const oid = blob(repository.gitDir, 'x'.repeat(1024 ** 2))
  const commit = commitTree(
    repository.gitDir,
    bomb(repository.gitDir, 6, { mode: '100644', type: 'blob', oid }),
  )
  await expect(repository.entries(commit)).rejects.toThrow(/too large.*2048 MiB/)
})

test('a tree of a million small files is refused by their number', async () => {
  const repository = await newRepository()
  const oid = blob(repository.gitDir, '')
  const commit = commitTree(
    repository.gitDir,
    bomb(repository.gitDir, 6, { mode: '100644', type: 'blob', oid }),
  )
  await expect(repository.entries(commit)).rejects.toThrow(/more than 100000 files/)
})

test('folders without a single file are counted too', async () => {
  const repository = await newRepository()
  const empty = git(repository.gitDir, ['mktree'], '')
  const tree = bomb(repository.gitDir, 12, { mode: '040000', type: 'tree', oid: empty })
  const commit = commitTree(repository.gitDir, tree)
  await expect(repository.entries(commit)).rejects.toThrow(UserError)
})

test('the budget can be lower, and is inclusive', async () => {
  const repository = await newRepository()
  const commit = commitFiles(repository.gitDir, { a: '12', b: '34' })
  expect(await repository.entries(commit, { entries: 2, bytes: 4, pathBytes: 1_000 })).toHaveLength(2)
  await expect(repository.entries(commit, { entries: 1, bytes: 4, pathBytes: 1_000 })).rejects.toThrow(
    UserError,
  )
  await expect(repository.entries(commit, { entries: 2, bytes: 3, pathBytes: 1_000 })).rejects.toThrow(
    UserError,
  )
})

test('listing stops when its signal fires', async () => {
  const repository = await newRepository()
  const commit = commitFiles(repository.gitDir, { a: '1' })
  const reason = new Error('stop')
  const signal = AbortSignal.abort(reason)
  await expect(repository.entries(commit, undefined, signal)).rejects.toBe(reason)
})

test('a path that is too long for any system is refused', async () => {
  const repository = await newRepository()
  const deep = `${Array.from({ length: 25 }, () => 'd'.repeat(200)).join('/')}/file`
  const commit = commitFiles(repository.gitDir, { [deep]: '1' })
  await expect(repository.entries(commit)).rejects.toThrow(/path of more than 4096 bytes/)
})

test('a name that is not UTF-8 is refused and shown safely', () => {
  const line = Buffer.concat([
    Buffer.from(`100644 blob ${'a'.repeat(40)}       3\tcaf`),
    Buffer.from([0xe9, 0x1b]),
  ])
  expect(() => parseEntry(line)).toThrow(/not UTF-8: caf\uFFFD$/)
})

test('modes of old tools are read as git reads them', () => {
  const entry = (mode: string) => parseEntry(Buffer.from(`${mode} blob ${'a'.repeat(40)}       3\tf`))?.mode
  expect(['100664', '100600', '100775', '100755', '120000'].map(entry)).toEqual([
    '100644',
    '100644',
    '100755',
    '100755',
    '120000',
  ])
})

test('a byte-order mark is part of a name', () => {
  const entry = parseEntry(Buffer.from(`100644 blob ${'a'.repeat(40)}       3\t\uFEFFgantry.yml`))
  expect(entry?.path).toBe('\uFEFFgantry.yml')
})
