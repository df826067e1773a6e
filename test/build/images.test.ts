import { createHash } from 'node:crypto'
import { mkdir, readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'

import { expect, test } from 'vitest'

import { imageRequests } from '../../src/build/images.ts'
import type { Repository } from '../../src/git/repository.ts'
import { aContainer } from '../app/fixtures.ts'
import type { FileSpec } from '../git/fixtures.ts'
import { commitFiles, newRepository, temporaryFolder } from '../git/fixtures.ts'
import { app, build } from './fixtures.ts'

const NO_SIGNAL = new AbortController().signal
const DOCKER = build({ dockerfile: 'Dockerfile' })

async function keyOf(repository: Repository, files: Readonly<Record<string, FileSpec>>, settings = build()) {
  const commit = commitFiles(repository.gitDir, files)
  const { requests } = await imageRequests(app([{ name: 'web', build: settings }]), repository, commit, [
    'gantry.yml',
  ])
  return requests.get('process:web')!.key
}

test('a commit that changes only settings builds nothing', async () => {
  const repository = await newRepository()
  const before = await keyOf(repository, { 'gantry.yml': 'a', 'app.js': '1' })
  expect(await keyOf(repository, { 'gantry.yml': 'b', 'app.js': '1' })).toBe(before)
  expect(await keyOf(repository, { 'gantry.yml': 'b', 'app.js': '2' })).not.toBe(before)
  const included = build({ include: ['gantry.yml'] })
  const withConfig = await keyOf(repository, { 'gantry.yml': 'a', 'app.js': '1' }, included)
  expect(await keyOf(repository, { 'gantry.yml': 'b', 'app.js': '1' }, included)).not.toBe(withConfig)
})

test('the executable bit is content', async () => {
  const repository = await newRepository()
  const plain = await keyOf(repository, { run: '#!/bin/sh' })
  expect(await keyOf(repository, { run: { executable: '#!/bin/sh' } })).not.toBe(plain)
})

test('a change that .dockerignore names builds nothing', async () => {
  const repository = await newRepository()
  const files = { Dockerfile: 'FROM scratch', '.dockerignore': 'docs', 'docs/a': '1', b: '1' }
  const before = await keyOf(repository, files, DOCKER)
  expect(await keyOf(repository, { ...files, 'docs/a': '2' }, DOCKER)).toBe(before)
  expect(await keyOf(repository, { ...files, '.dockerignore': 'docs\n# why\n' }, DOCKER)).toBe(before)
  expect(await keyOf(repository, { ...files, b: '2' }, DOCKER)).not.toBe(before)
})

test("a Dockerfile's own .dockerignore holds instead of the common one", async () => {
  const repository = await newRepository()
  const files = { Dockerfile: '', '.dockerignore': 'a', 'Dockerfile.dockerignore': 'b', a: '1', b: '1' }
  const before = await keyOf(repository, files, DOCKER)
  expect(await keyOf(repository, { ...files, b: '2' }, DOCKER)).toBe(before)
  expect(await keyOf(repository, { ...files, a: '2' }, DOCKER)).not.toBe(before)
})

test('what is written is what was hashed', async () => {
  const repository = await newRepository()
  const commit = commitFiles(repository.gitDir, {
    'gantry.yml': 'app: x',
    '.gitattributes': 'secret export-ignore\n* text eol=crlf\n',
    '.dockerignore': 'tmp',
    'app/secret': 'line\n',
    'app/tmp/x': '1',
    'tmp/x': '1',
    'app/link': { link: 'secret' },
  })
  const { requests } = await imageRequests(app([{ name: 'web' }]), repository, commit, ['gantry.yml'])
  const { source } = requests.get('process:web')!
  const folder = join(await temporaryFolder(), 'out')
  await mkdir(folder)
  await source.write(folder, NO_SIGNAL)
  const written = (await readdir(folder, { recursive: true, withFileTypes: true })).filter(
    (each) => !each.isDirectory(),
  )
  const paths = written.map((each) => join(each.parentPath, each.name).slice(folder.length + 1)).sort()
  expect(paths).toEqual(['.gitattributes', 'app/link', 'app/secret', 'app/tmp/x'])
  expect(source.files).toBe(4)
  const secret = await readFile(join(folder, 'app/secret'))
  const [entry] = (await repository.entries(commit)).filter(({ path }) => path === 'app/secret')
  expect(createHash('sha1').update(`blob ${secret.length}\0`).update(secret).digest('hex')).toBe(entry!.oid)
})

test('equal builds share one request, pinned components have none', async () => {
  const repository = await newRepository()
  const commit = commitFiles(repository.gitDir, { a: '1', 'sub/Dockerfile': '' })
  const sub = build({ context: 'sub', dockerfile: 'Dockerfile', max_age: 600 })
  const wanted = app(
    [{ name: 'web' }, { name: 'worker', build: sub }, { name: 'relay', image: 'ghcr.io/acme/relay:1' }],
    [{ name: 'migrate' }, { name: 'other', build: { ...sub, max_age: 60, ignore: ['nothing'] } }],
  )
  const { requests } = await imageRequests(wanted, repository, commit, [])
  expect([...requests.keys()]).toEqual(['process:web', 'process:worker', 'task:migrate', 'task:other'])
  expect(requests.get('process:web')).toBe(requests.get('task:migrate'))
  expect(requests.get('process:worker')).toBe(requests.get('task:other'))
  // Of two ages the stricter one.
  expect(requests.get('process:worker')!.build.max_age).toBe(60)
  expect(requests.get('process:worker')!.key).not.toBe(requests.get('process:web')!.key)
})

test('an app of pinned images does not look at the tree', async () => {
  const repository = await newRepository()
  const wanted = app([{ name: 'relay', image: 'x:1' }])
  expect(await imageRequests(wanted, repository, '1'.repeat(40), [])).toEqual({
    requests: new Map(),
    warnings: [],
  })
})

test('submodules, LFS pointers and an empty context are warned about once', async () => {
  const repository = await newRepository()
  const submodule = commitFiles(repository.gitDir, { x: '1' }, { ref: 'refs/heads/other' })
  const pointer = `version https://git-lfs.github.com/spec/v1\noid sha256:${'a'.repeat(64)}\nsize 12345\n`
  const commit = commitFiles(repository.gitDir, {
    '.gitattributes': '*.bin filter=lfs\n',
    'a.bin': pointer,
    'not-a.bin': 'x'.repeat(pointer.length),
    'vendor/lib': { submodule },
    'empty/ignored': '1',
  })
  const empty = build({ context: 'empty', ignore: ['*'] })
  const wanted = app([
    { name: 'web' },
    { name: 'other', build: build({ max_age: 1 }) },
    { name: 'none', build: empty },
  ])
  const { warnings } = await imageRequests(wanted, repository, commit, [])
  expect(warnings.map(({ message }) => message)).toEqual([
    'submodules are not part of a build, their folders will be missing: vendor/lib',
    'Git LFS is not supported, the build gets pointers instead of contents: a.bin',
    'nothing is left in the build context empty',
  ])
})

test('a context or Dockerfile that the commit lacks is named', async () => {
  const repository = await newRepository()
  const commit = commitFiles(repository.gitDir, { 'sub/a': '1', 'sub/Dockerfile': { link: '/etc/passwd' } })
  const request = (settings: Parameters<typeof build>[0]) =>
    imageRequests(app([{ name: 'web', build: build(settings) }]), repository, commit, [])
  await expect(request({ context: 'missing' })).rejects.toThrow('the commit has no folder missing')
  await expect(request({ dockerfile: 'Dockerfile' })).rejects.toThrow('the commit has no Dockerfile')
  await expect(request({ context: 'sub', dockerfile: 'Dockerfile' })).rejects.toThrow(
    'sub/Dockerfile must be a file',
  )
  await expect(request({ context: 'sub', dockerfile: '../a' })).rejects.toThrow(/inside the repository/)
})

test('a container with a build of its own is an image of its own, one without is none', async () => {
  const repository = await newRepository()
  const commit = commitFiles(repository.gitDir, { Dockerfile: '', 'proxy/Dockerfile': '', 'proxy/a': '1' })
  const containers = {
    proxy: aContainer({ build: build({ context: 'proxy', dockerfile: 'Dockerfile' }) }),
    agent: aContainer({ image: 'agent:1' }),
    seed: aContainer(),
  }
  const { requests } = await imageRequests(
    app([{ name: 'web', build: DOCKER, containers }]),
    repository,
    commit,
    [],
  )
  expect([...requests.keys()]).toEqual(['process:web', 'process:web/proxy'])
  expect(requests.get('process:web/proxy')!.build.context).toBe('proxy')
})
