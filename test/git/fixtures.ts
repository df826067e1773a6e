import { execFileSync } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { onTestFinished } from 'vitest'

import { Repository } from '../../src/git/repository.ts'

const IDENTITY = {
  GIT_AUTHOR_NAME: 'Ada',
  GIT_AUTHOR_EMAIL: 'ada@example.com',
  GIT_COMMITTER_NAME: 'Ada',
  GIT_COMMITTER_EMAIL: 'ada@example.com',
}

/** The environment of a developer's git: no configuration but the repository's. */
export const CLIENT_ENV = {
  PATH: process.env['PATH'] ?? '',
  HOME: '/nonexistent',
  LANG: 'C.UTF-8',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_TERMINAL_PROMPT: '0',
  ...IDENTITY,
}

/** A folder that is gone when the test is over. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'gantry-git-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return folder
}

/** An empty bare repository. */
export async function newRepository(): Promise<Repository> {
  return Repository.create(join(await temporaryFolder(), 'app.git'))
}

/** Runs the real git as a person would and gives its output, trimmed. */
export function git(folder: string, args: readonly string[], input?: string | Buffer): string {
  return execFileSync('git', args, {
    cwd: folder,
    env: CLIENT_ENV,
    input: input ?? '',
    stdio: ['pipe', 'pipe', 'pipe'],
    maxBuffer: 64 * 1024 ** 2,
  })
    .toString()
    .trim()
}

/** A file's contents, or a link, an executable, a submodule. */
export type FileSpec =
  | string
  | Buffer
  | { link: string }
  | { executable: string | Buffer }
  | { submodule: string }

/** Writes a commit without a working tree. Gives its id. */
export function commitFiles(
  folder: string,
  files: Readonly<Record<string, FileSpec>>,
  { ref = 'refs/heads/main', message = 'a commit', parents = [] as readonly string[] } = {},
): string {
  const lines = Object.entries(files).map(([path, spec]) => {
    if (typeof spec === 'object' && 'submodule' in spec) return `160000 ${spec.submodule}\t${path}\0`
    const [mode, contents] = modeAndContents(spec)
    return `${mode} ${git(folder, ['hash-object', '-w', '--stdin'], contents)}\t${path}\0`
  })
  return commitTree(folder, treeOf(folder, lines.join('')), { ref, message, parents })
}

function modeAndContents(spec: Exclude<FileSpec, { submodule: string }>): [string, string | Buffer] {
  if (typeof spec === 'string' || Buffer.isBuffer(spec)) return ['100644', spec]
  return 'link' in spec ? ['120000', spec.link] : ['100755', spec.executable]
}

function treeOf(folder: string, indexInfo: string): string {
  const env = {
    ...CLIENT_ENV,
    GIT_INDEX_FILE: join(git(folder, ['rev-parse', '--absolute-git-dir']), 'test-index'),
  }
  const run = (args: string[], input = '') =>
    execFileSync('git', args, { cwd: folder, env, input }).toString().trim()
  run(['read-tree', '--empty'])
  run(['update-index', '-z', '--index-info'], indexInfo)
  return run(['write-tree'])
}

/** Commits a tree that was made by hand and points a ref to it. */
export function commitTree(
  folder: string,
  tree: string,
  { ref = 'refs/heads/main', message = 'a commit', parents = [] as readonly string[] } = {},
): string {
  const args = ['commit-tree', tree, '-m', message, ...parents.flatMap((parent) => ['-p', parent])]
  const commit = git(folder, args)
  git(folder, ['update-ref', ref, commit])
  return commit
}

/** A tree with names that git would not make: `mode type oid name`, written as it is. */
export function rawTree(
  folder: string,
  entries: readonly { mode: string; oid: string; name: string }[],
): string {
  const body = Buffer.concat(
    entries.map(({ mode, oid, name }) =>
      Buffer.concat([Buffer.from(`${mode} ${name}\0`), Buffer.from(oid, 'hex')]),
    ),
  )
  return git(folder, ['hash-object', '-w', '-t', 'tree', '--stdin', '--literally'], body)
}

export function blob(folder: string, contents: string): string {
  return git(folder, ['hash-object', '-w', '--stdin'], contents)
}
