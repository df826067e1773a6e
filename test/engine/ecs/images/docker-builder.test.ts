import { existsSync } from 'node:fs'
import { copyFile, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { execa } from 'execa'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'

import type { BuildRequest } from '../../../../src/engine/ecs/images/builder.ts'
import { dockerBuilder } from '../../../../src/engine/ecs/images/docker-builder.ts'
import { withLogin } from '../../../../src/engine/ecs/images/docker-config.ts'
import { BUILD } from '../../../app/fixtures.ts'
import { BUSYBOX, realDockers } from './real-docker.ts'
import { LOGIN, PASSWORD, Registry } from './registry.ts'

const DOCKERFILE = `FROM scratch
ARG SPEED
COPY busybox /bin/busybox
RUN ["/bin/busybox", "mkdir", "/made"]
LABEL speed=$SPEED
`
const SLOW = `FROM scratch
COPY busybox /bin/busybox
RUN ["/bin/busybox", "sh", "-c", "echo it began; exec /bin/busybox sleep 4321"]
`
const SECRET = `FROM scratch
COPY busybox /bin/busybox
RUN --mount=type=secret,id=npm ["/bin/busybox", "sh", "-c", "/bin/busybox cat /run/secrets/npm"]
RUN --mount=type=secret,id=npm ["/bin/busybox", "cp", "/run/secrets/npm", "/copied"]
`
const VALUE = 'a-value,that="nobody" may see'
const dockers = await realDockers()

if (dockers.length === 0)
  it.skip('building with a real Docker engine: takes an engine, docker-registry and a static busybox', () => {})

describe.each(dockers)(
  'building with a real Docker engine, by $kind, into a real registry',
  ({ kind, path }) => {
    let registry: Registry
    let context: string
    let lines: string[]
    let temporary: string
    beforeAll(async () => {
      registry = await Registry.start()
      context = await mkdtemp(join(tmpdir(), 'gantry-context-'))
      await copyFile(BUSYBOX, join(context, 'busybox'))
      for (const [name, text] of Object.entries({ Dockerfile: DOCKERFILE, Slow: SLOW, Secret: SECRET }))
        await writeFile(join(context, name), text)
    }, 60_000)
    afterAll(async () => {
      const references = await images()
      if (references.length > 0) await execa('docker', ['image', 'rm', '--force', ...references])
      await registry[Symbol.asyncDispose]()
      await rm(context, { recursive: true, force: true })
    })
    beforeEach(async () => {
      lines = []
      vi.stubEnv('PATH', path)
      // Others use the temporary folder of this machine at the same time.
      temporary = await mkdtemp(join(tmpdir(), 'gantry-temporary-'))
      vi.stubEnv('TMPDIR', temporary)
    })
    afterEach(async () => {
      vi.unstubAllEnvs()
      await rm(temporary, { recursive: true, force: true })
    })

    const build = async (
      tag: string,
      dockerfile: string | null,
      more: Partial<BuildRequest> = {},
      signal?: AbortSignal,
    ) =>
      dockerBuilder.build(
        {
          context,
          build: { ...BUILD, dockerfile, args: { SPEED: 'fast' }, platform: 'linux/amd64' },
          reference: `${registry.host}/shop/default:${tag}`,
          cache: `${registry.host}/shop/default:cache-1`,
          secrets: {},
          anew: false,
          login: { registry: registry.host, auth: LOGIN },
          ...more,
        },
        { signal: signal ?? new AbortController().signal, log: (line) => lines.push(line) },
      )
    const withSecret = {
      build: { ...BUILD, dockerfile: 'Secret', secrets: { npm: 'env:NPM' } },
      secrets: { npm: VALUE },
    }
    const images = async () =>
      (
        await execa('docker', [
          'image',
          'ls',
          '--format',
          '{{.Repository}}:{{.Tag}}',
          `${registry.host}/shop/default`,
        ])
      ).stdout
        .split('\n')
        .filter(Boolean)

    it('pushes what it built, says how it goes, and leaves no login behind', async () => {
      await build('one', 'Dockerfile')
      expect(await registry.digest('shop/default', 'one')).toMatch(/^sha256:[0-9a-f]{64}$/)
      expect(lines[0]).toMatch(
        kind === 'buildx' ? /^built with docker buildx, driver / : /docker buildx is not installed/,
      )
      expect(lines.join('\n')).toContain('COPY busybox')
      expect(lines.join('\n')).not.toContain(PASSWORD)
      expect(await readdir(temporary)).toEqual([])
      expect(await images()).not.toContain(`${registry.host}/shop/default:one`)
    })

    it('uses the layers of the build before, unless it is to be made anew', async () => {
      const cached = () => lines.some((line) => /Using cache|CACHED/.test(line))
      await build('two', 'Dockerfile')
      lines = []
      await build('three', 'Dockerfile')
      expect(cached()).toBe(true)
      lines = []
      await build('four', 'Dockerfile', { anew: true })
      expect(cached()).toBe(false)
    })

    it('fails with the last line of what failed, and pushes nothing', async () => {
      await writeFile(join(context, 'Bad'), 'FROM scratch\nCOPY nothing-like-this /\n')
      await expect(build('bad', 'Bad')).rejects.toThrow(/docker build failed: .*nothing-like-this/)
      expect(await registry.digest('shop/default', 'bad')).toBeNull()
    })

    it('fails to push with a login that the registry does not know', async () => {
      const auth = Buffer.from('AWS:wrong').toString('base64')
      await expect(
        build('denied', 'Dockerfile', { login: { registry: registry.host, auth } }),
      ).rejects.toThrow(/docker (?:push|build) failed: .*(?:auth|denied|401)/i)
    })

    it('ends with everything that it started when it is cancelled', async () => {
      const abort = new AbortController()
      const building = build('never', 'Slow', {}, abort.signal)
      await expect.poll(() => lines.some((line) => line.includes('it began')), { timeout: 20_000 }).toBe(true)
      abort.abort()
      await expect(building).rejects.toThrow('cancelled')
      await expect.poll(() => isRunning('sleep\u00004321')).toBe(false)
      expect(await isRunning(registry.host)).toBe(false)
      expect(await registry.digest('shop/default', 'never')).toBeNull()
      expect(await readdir(temporary)).toEqual([])
    })

    it('does not begin when it was cancelled before', async () => {
      await expect(build('never', 'Dockerfile', {}, AbortSignal.abort())).rejects.toThrow('cancelled')
      expect(await registry.digest('shop/default', 'never')).toBeNull()
    })

    if (kind === 'classic')
      it('refuses build secrets without BuildKit', async () => {
        await expect(build('secret', 'Secret', withSecret)).rejects.toThrow(
          'the build secret npm needs BuildKit',
        )
        expect(lines).toEqual([])
      })
    else
      it('gives build secrets to the build, and their values to nobody else', async () => {
        await build('secret', 'Secret', { ...withSecret, anew: true })
        expect(lines.join('\n')).toContain('[secret]')
        expect(lines.join('\n')).not.toContain(VALUE)
        const reference = `${registry.host}/shop/default:secret`
        const login = { registry: registry.host, auth: LOGIN }
        const { stdout } = await withLogin(login, (env) =>
          execa('docker', ['run', '--rm', reference, '/bin/busybox', 'cat', '/copied'], { env }),
        )
        expect(stdout).toBe(VALUE)
        const { stdout: history } = await execa('docker', ['image', 'inspect', reference])
        expect(history).not.toContain('nobody')
      })
  },
)

/** Whether some process of this machine has this in its arguments. */
async function isRunning(words: string): Promise<boolean> {
  for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
    const file = `/proc/${pid}/cmdline`
    const line = existsSync(file) ? await readFile(file, 'utf8').catch(() => '') : ''
    if (line.includes(words)) return true
  }
  return false
}
