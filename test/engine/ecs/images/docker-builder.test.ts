import { existsSync } from 'node:fs'
import { copyFile, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { buildArguments, dockerBuilder } from '../../../../src/engine/ecs/images/docker-builder.ts'
import { dockerAnswers } from '../../../../src/engine/local/container.ts'
import { BUILD } from '../../../app/fixtures.ts'
import { HAS_REGISTRY, LOGIN, PASSWORD, Registry } from './registry.ts'

const BUSYBOX = '/bin/busybox'
const usable = HAS_REGISTRY && existsSync(BUSYBOX) && (await dockerAnswers())

describe.skipIf(!usable)('building with a real Docker engine into a real registry', () => {
  let registry: Registry
  let context: string
  beforeAll(async () => {
    registry = await Registry.start()
    context = await mkdtemp(join(tmpdir(), 'gantry-context-'))
    await copyFile(BUSYBOX, join(context, 'busybox'))
    await writeFile(
      join(context, 'Dockerfile'),
      'FROM scratch\nARG SPEED\nCOPY busybox /bin/busybox\nRUN ["/bin/busybox", "true"]\nLABEL speed=$SPEED\n',
    )
  }, 60_000)
  afterAll(async () => {
    await registry[Symbol.asyncDispose]()
    await rm(context, { recursive: true, force: true })
  })

  const build = async (tag: string, dockerfile: string | null, lines: string[], signal?: AbortSignal) =>
    dockerBuilder.build(
      {
        context,
        build: { ...BUILD, dockerfile, args: { SPEED: 'fast' } },
        reference: `${registry.host}/shop/default:${tag}`,
        login: { registry: registry.host, auth: LOGIN },
      },
      { signal: signal ?? new AbortController().signal, log: (line) => lines.push(line) },
    )

  it('pushes what it built, says how it goes, and leaves no login behind', async () => {
    const lines: string[] = []
    const logins = async () => (await readdir(tmpdir())).filter((name) => name.startsWith('gantry-docker-'))
    const before = await logins()
    await build('one', 'Dockerfile', lines)
    expect(await registry.digest('shop/default', 'one')).toMatch(/^sha256:[0-9a-f]{64}$/)
    expect(lines.join('\n')).toContain('COPY busybox')
    expect(lines.join('\n')).not.toContain(PASSWORD)
    expect(await logins()).toEqual(before)
  })

  it('fails with the last line of what failed, and pushes nothing', async () => {
    await writeFile(join(context, 'Bad'), 'FROM scratch\nCOPY nothing-like-this /\n')
    const lines: string[] = []
    await expect(build('bad', 'Bad', lines)).rejects.toThrow(/docker build failed: .*nothing-like-this/)
    expect(await registry.digest('shop/default', 'bad')).toBeNull()
  })

  it('stops when it is cancelled', async () => {
    const abort = AbortSignal.abort()
    await expect(build('never', 'Dockerfile', [], abort)).rejects.toThrow('cancelled')
    expect(await registry.digest('shop/default', 'never')).toBeNull()
  })
})

it('hands what a repository says on as words, none of which can be an option of docker', () => {
  const build = { ...BUILD, dockerfile: '--privileged', target: '--x', args: { A: '$(reboot)' } }
  const words = buildArguments({
    context: '/context',
    build,
    reference: 'r:t',
    login: { registry: 'r', auth: '' },
  })
  expect(words).toEqual([
    'build',
    '--tag=r:t',
    '--file=/context/--privileged',
    '--target=--x',
    '--build-arg=A=$(reboot)',
    '--',
    '/context',
  ])
})
