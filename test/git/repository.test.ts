import { chown, mkdir, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import { expect, test } from 'vitest'

import { NotFoundError } from '../../src/app/errors.ts'
import { gitEnvironment } from '../../src/git/environment.ts'
import { git as runGit, GitError } from '../../src/git/git.ts'
import { StaleRefError } from '../../src/git/refs.ts'
import { Repository } from '../../src/git/repository.ts'
import { blob, commitFiles, git, newRepository, temporaryFolder } from './fixtures.ts'

const ZERO = '0'.repeat(40)

test('a created repository is bare, private, empty and without hooks', async () => {
  const { gitDir } = await newRepository()
  expect(git(gitDir, ['symbolic-ref', 'HEAD'])).toBe('refs/heads/main')
  expect(git(gitDir, ['rev-parse', '--is-bare-repository'])).toBe('true')
  expect(await readdir(gitDir)).not.toContain('hooks')
})

test('creating a repository that is there leaves it as it is', async () => {
  const repository = await newRepository()
  const commit = commitFiles(repository.gitDir, { a: '1' })
  await Repository.create(repository.gitDir)
  expect(await repository.resolve('main')).toBe(commit)
})

test('a checkout is found from a folder inside of it', async () => {
  const folder = await temporaryFolder()
  git(folder, ['init', '-q', '-b', 'main'])
  await mkdir(join(folder, 'src'))
  const repository = await Repository.open(join(folder, 'src'))
  const commit = commitFiles(folder, { a: '1' }, { message: 'First\n\nbody' })
  expect(await repository.resolve('HEAD')).toBe(commit)
})

test('a worktree has its own HEAD', async () => {
  const folder = await temporaryFolder()
  git(folder, ['init', '-q', '-b', 'main'])
  const parent = commitFiles(folder, { a: '1' })
  git(folder, ['worktree', 'add', '-q', '-b', 'side', join(folder, 'tree')])
  const side = commitFiles(folder, { a: '2' }, { ref: 'refs/heads/side', parents: [parent] })
  const repository = await Repository.open(join(folder, 'tree'))
  expect(await repository.resolve('HEAD')).toBe(side)
})

test('a folder outside of every repository is not found, with a hint', async () => {
  await expect(Repository.open(await temporaryFolder())).rejects.toThrow(NotFoundError)
})

test.each(['--help', '-x', '', 'nothing', 'main:a', 'a\0b'])('no commit is named %j', async (revision) => {
  const repository = await newRepository()
  commitFiles(repository.gitDir, { a: '1' })
  expect(await repository.resolve(revision)).toBeNull()
})

test('branches, tags and short ids name commits', async () => {
  const repository = await newRepository()
  const commit = commitFiles(repository.gitDir, { a: '1' })
  git(repository.gitDir, ['tag', '-a', 'v1', '-m', 'one', commit])
  for (const revision of ['main', 'refs/heads/main', 'v1', commit.slice(0, 8), 'main~0']) {
    expect(await repository.resolve(revision)).toBe(commit)
  }
})

test('a commit is shown with a subject that fits on a terminal', async () => {
  const repository = await newRepository()
  const message = `${'x'.repeat(1000)}\u001b[31mred\n\nbody`
  const sha = commitFiles(repository.gitDir, { a: '1' }, { message })
  const commit = await repository.commit(sha)
  expect(commit).toMatchObject({ sha, author: 'Ada' })
  expect(commit.subject).toMatch(/^x{100,199}…$/)
  expect(commit.time).toMatch(/^\d{4}-\d\d-\d\dT/)
  const red = commitFiles(repository.gitDir, { a: '1' }, { message: 'a \u001b[31mred\u202e one' })
  expect((await repository.commit(red)).subject).toBe('a [31mred one')
})

test('a commit that does not exist is not found', async () => {
  const repository = await newRepository()
  for (const sha of ['1'.repeat(40), 'main', '--all']) {
    await expect(repository.commit(sha)).rejects.toThrow(NotFoundError)
  }
})

test('ancestors are told from others', async () => {
  const repository = await newRepository()
  const first = commitFiles(repository.gitDir, { a: '1' })
  const second = commitFiles(repository.gitDir, { a: '2' }, { parents: [first] })
  const other = commitFiles(repository.gitDir, { a: '3' }, { ref: 'refs/heads/other' })
  expect(await repository.isAncestor(first, second)).toBe(true)
  expect(await repository.isAncestor(first, first)).toBe(true)
  expect(await repository.isAncestor(second, first)).toBe(false)
  expect(await repository.isAncestor(first, other)).toBe(false)
  await expect(repository.isAncestor('1'.repeat(40), second)).rejects.toThrow(GitError)
})

test('objects are known by their type', async () => {
  const repository = await newRepository()
  const { gitDir } = repository
  const commit = commitFiles(gitDir, { a: '1' })
  git(gitDir, ['tag', '-a', 'v1', '-m', 'one', commit])
  const ids = [commit, git(gitDir, ['rev-parse', 'v1']), blob(gitDir, '1'), '1'.repeat(40)]
  expect([...(await repository.objectTypes(ids)).values()]).toEqual(['commit', 'tag', 'blob', null])
  expect((await repository.objectTypes([])).size).toBe(0)
})

test('all refs move or none', async () => {
  const repository = await newRepository()
  const first = commitFiles(repository.gitDir, { a: '1' })
  const second = commitFiles(repository.gitDir, { a: '2' }, { ref: 'refs/heads/other', parents: [first] })
  const create = { ref: 'refs/gantry/deployments/1', from: ZERO, to: first }
  const stale = { ref: 'refs/heads/main', from: second, to: first }
  const failure = await repository.updateRefs([create, stale], 'ada', 'push').catch((error: unknown) => error)
  expect(failure).toBeInstanceOf(StaleRefError)
  expect((failure as StaleRefError).ref).toBe('refs/heads/main')
  expect((await repository.refs()).has(create.ref)).toBe(false)

  await repository.updateRefs([create, { ref: 'refs/heads/main', from: first, to: second }], 'ada', 'push')
  const refs = await repository.refs()
  expect(refs.get(create.ref)).toBe(first)
  expect(refs.get('refs/heads/main')).toBe(second)
  await repository.updateRefs([{ ref: create.ref, from: first, to: ZERO }], 'ada', 'done')
  expect((await repository.refs()).has(create.ref)).toBe(false)
})

test('creating a ref that exists is stale', async () => {
  const repository = await newRepository()
  const commit = commitFiles(repository.gitDir, { a: '1' })
  const update = { ref: 'refs/heads/main', from: ZERO, to: commit }
  await expect(repository.updateRefs([update], 'ada', 'push')).rejects.toThrow(StaleRefError)
})

test('the reflog says who moved a ref, also one that is no branch', async () => {
  const repository = await newRepository()
  const commit = commitFiles(repository.gitDir, { a: '1' }, { ref: 'refs/heads/x' })
  await repository.updateRefs(
    [{ ref: 'refs/gantry/x', from: ZERO, to: commit }],
    'ci <token>',
    'deployment #1',
  )
  const log = git(repository.gitDir, ['log', '-g', '-1', '--format=%gn %gs', 'refs/gantry/x'])
  expect(log).toBe('ci  token deployment #1')
})

test('a ref update with anything but full names is a bug', async () => {
  const repository = await newRepository()
  for (const update of [
    { ref: 'main', from: ZERO, to: ZERO },
    { ref: 'refs/heads/a\0b', from: ZERO, to: ZERO },
    { ref: 'refs/heads/a', from: 'main', to: ZERO },
  ]) {
    await expect(repository.updateRefs([update], 'ada', 'push')).rejects.toThrow('full names')
  }
})

test('a partial clone that lacks contents says so, and fetches nothing', async () => {
  const origin = await newRepository()
  commitFiles(origin.gitDir, { a: '1' })
  git(origin.gitDir, ['config', 'uploadpack.allowFilter', 'true'])
  const folder = await temporaryFolder()
  git(folder, ['clone', '-q', '--bare', '--filter=blob:none', `file://${origin.gitDir}`, 'partial'])
  const partial = new Repository(join(folder, 'partial'))
  const commit = (await partial.resolve('main'))!
  await expect(partial.entries(commit)).rejects.toThrow(/is a partial clone/)
})

test.runIf(process.getuid?.() === 0)('a repository of another owner can be read', async () => {
  const repository = await newRepository()
  const commit = commitFiles(repository.gitDir, { a: '1' })
  await chown(repository.gitDir, 12_345, 12_345)
  expect(await repository.resolve('main')).toBe(commit)
  expect(await (await Repository.open(repository.gitDir)).resolve('main')).toBe(commit)
})

test('repositories with SHA-256 names work', async () => {
  const folder = await temporaryFolder()
  git(folder, ['init', '-q', '--bare', '--object-format=sha256', '.'])
  const repository = new Repository(folder)
  const commit = commitFiles(folder, { 'gantry.yml': 'app: x\n' })
  expect(commit).toHaveLength(64)
  expect(await repository.resolve('main')).toBe(commit)
  expect((await repository.entries(commit)).map(({ path }) => path)).toEqual(['gantry.yml'])
  expect((await repository.readFile(commit, 'gantry.yml', 100))?.toString()).toBe('app: x\n')
})

test('no variable of this process reaches git', async () => {
  process.env['PLANTED'] = 'secret'
  try {
    expect(JSON.stringify(gitEnvironment())).not.toContain('secret')
    const output = await runGit(null, ['-c', 'alias.show-env=!env', 'show-env'])
    expect(output.toString()).not.toContain('PLANTED')
  } finally {
    delete process.env['PLANTED']
  }
})

test('hooks in a repository never run', async () => {
  const repository = await newRepository()
  const commit = commitFiles(repository.gitDir, { a: '1' })
  await mkdir(join(repository.gitDir, 'hooks'))
  await writeFile(join(repository.gitDir, 'hooks', 'reference-transaction'), '#!/bin/sh\nexit 1\n', {
    mode: 0o755,
  })
  await repository.updateRefs([{ ref: 'refs/heads/b', from: ZERO, to: commit }], 'ada', 'push')
  expect((await repository.refs()).get('refs/heads/b')).toBe(commit)
})

test('refs/replace does not change what a commit is', async () => {
  const repository = await newRepository()
  const good = commitFiles(repository.gitDir, { a: 'good' })
  const bad = commitFiles(repository.gitDir, { a: 'bad' }, { ref: `refs/replace/${good}` })
  expect(bad).not.toBe(good)
  expect((await repository.readFile(good, 'a', 10))?.toString()).toBe('good')
})

test('a sweep removes quarantines and locks of killed processes, and lets updates through again', async () => {
  const repository = await newRepository()
  const commit = commitFiles(repository.gitDir, { a: '1' }, { ref: 'refs/heads/x' })
  await mkdir(join(repository.gitDir, 'objects', 'tmp_objdir-incoming-abc', 'pack'), { recursive: true })
  await writeFile(join(repository.gitDir, 'refs', 'heads', 'main.lock'), '')
  const update = { ref: 'refs/heads/main', from: ZERO, to: commit }
  await expect(repository.updateRefs([update], 'ada', 'push')).rejects.toThrow(GitError)
  await repository.sweep()
  await repository.updateRefs([update], 'ada', 'push')
  expect(await readdir(join(repository.gitDir, 'objects'))).not.toContain('tmp_objdir-incoming-abc')
})

test('maintenance keeps what refs name', async () => {
  const repository = await newRepository()
  const commit = commitFiles(repository.gitDir, { a: '1' }, { ref: 'refs/gantry/deployments/1' })
  await repository.gc()
  expect(await repository.resolve(commit)).toBe(commit)
})
