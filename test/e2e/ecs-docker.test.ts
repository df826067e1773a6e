import { copyFile, mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'

import { execa } from 'execa'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { stringify } from 'yaml'

import { deployHere } from '../../src/deploy/deploy-here.ts'
import type { DeployIfNeededResult } from '../../src/deploy/deploy-if-needed.ts'
import type { DeployEvent } from '../../src/deploy/events.ts'
import { requestCommit } from '../../src/deploy/requests.ts'
import type { Builder } from '../../src/engine/ecs/images/builder.ts'
import { dockerBuilder } from '../../src/engine/ecs/images/docker-builder.ts'
import { withLogin } from '../../src/engine/ecs/images/docker-config.ts'
import { openEcs } from '../../src/engine/ecs/open.ts'
import { Repository } from '../../src/git/repository.ts'
import { createEventRenderer } from '../../src/report/event.ts'
import { BUILD } from '../app/fixtures.ts'
import { awsOf } from '../engine/ecs/aws.ts'
import { ECR_PASSWORD, EcrRegistry } from '../engine/ecs/images/ecr-registry.ts'
import { BUSYBOX, realDockers } from '../engine/ecs/images/real-docker.ts'
import { remove, temporaryFolder } from '../engine/local/home.ts'
import { FakeAws } from '../fakes/aws/fake-aws.ts'
import { ScaledClock } from '../fakes/scaled-clock.ts'

/** Best first. */
const RANK = ['buildx', 'buildkit', 'classic']
const [best] = (await realDockers()).toSorted((a, b) => RANK.indexOf(a.kind) - RANK.indexOf(b.kind))
const ECS = { subnets: ['subnet-1'], execution_role: 'arn:aws:iam::123456789012:role/execution' }
const READ = ['/bin/busybox', 'cat', '/text']
const DOCKERFILE = `FROM scratch
COPY busybox /bin/busybox
COPY text /text
`

describe.skipIf(best === undefined)(
  'a repository that is built with a real Docker engine, pushed to a real registry and deployed to ecs',
  () => {
    let fake: FakeAws
    let registry: EcrRegistry
    let folder: string
    beforeAll(async () => {
      vi.stubEnv('PATH', best!.path)
      folder = await temporaryFolder()
      fake = await FakeAws.start({ clock: new ScaledClock(200) })
      registry = await EcrRegistry.start(fake)
    })
    afterAll(async () => {
      await removeImages(registry.host)
      await registry[Symbol.asyncDispose]()
      await fake[Symbol.asyncDispose]()
      await remove(folder)
      vi.unstubAllEnvs()
    })

    /** A checkout of an app of this name. */
    const shop = (name: string) => new Shop({ name, environment: 'default' }, join(folder, name), fake)
    /** What a container writes that runs this image, pulled from the registry. */
    const outputOf = async (image: string): Promise<string> => {
      const login = { registry: registry.host, auth: Buffer.from(`AWS:${ECR_PASSWORD}`).toString('base64') }
      const { stdout } = await withLogin(login, (env) =>
        execa('docker', ['run', '--rm', image, ...READ], { env }),
      )
      return stdout
    }

    it('builds on the first push, not for another setting, and again for another file', async () => {
      const app = shop('one')
      const worker = { command: '/fake/stays-up' }
      const first = await app.deploy(
        { processes: { worker } },
        { Dockerfile: DOCKERFILE, text: 'first', '.dockerignore': 'Dockerfile\n' },
      )
      expect(first).toMatchObject({ outcome: 'succeeded', built: 1 })
      const image = await app.imageOf('worker')
      expect(image).toMatch(new RegExp(`^${registry.host}/one/default@sha256:[0-9a-f]{64}$`))
      expect(await outputOf(image)).toBe('first')

      const settings = await app.deploy({ processes: { worker: { ...worker, env: { LEVEL: 'debug' } } } })
      expect(settings).toMatchObject({ outcome: 'succeeded', built: 0 })
      expect(await app.imageOf('worker')).toBe(image)

      const other = await app.deploy({ processes: { worker } }, { text: 'second' })
      expect(other).toMatchObject({ outcome: 'succeeded', built: 1 })
      expect(await app.imageOf('worker')).not.toBe(image)
      expect(await outputOf(await app.imageOf('worker'))).toBe('second')
      expect(await outputOf(image)).toBe('first')
    })

    it('builds two components with builds of their own side by side, and says whose lines are whose', async () => {
      const app = shop('two')
      const process = (context: string) => ({ command: '/fake/stays-up', build: { context } })
      const files = (name: string) => ({ [`${name}/Dockerfile`]: DOCKERFILE, [`${name}/text`]: `of ${name}` })
      const config = { processes: { worker: process('worker'), mailer: process('mailer') } }
      const both = await app.deploy(config, { ...files('worker'), ...files('mailer') })
      expect(both).toMatchObject({ outcome: 'succeeded', built: 2 })
      expect(both.text).toMatch(/worker \| .*COPY text/)
      expect(both.text).toMatch(/mailer \| .*COPY text/)
      const images = { worker: await app.imageOf('worker'), mailer: await app.imageOf('mailer') }
      expect(await outputOf(images.worker)).toBe('of worker')
      expect(await outputOf(images.mailer)).toBe('of mailer')

      const one = await app.deploy(config, { 'mailer/text': 'another' })
      expect(one).toMatchObject({ outcome: 'succeeded', built: 1 })
      expect(await app.imageOf('worker')).toBe(images.worker)
      expect(await outputOf(await app.imageOf('mailer'))).toBe('another')
    })

    it('makes an image anew when it is told to, and keeps the one before for roll-backs', async () => {
      const app = shop('anew')
      const config = { processes: { worker: { command: '/fake/stays-up' } } }
      await app.deploy(config, { Dockerfile: `${DOCKERFILE}RUN ["/bin/busybox", "date"]\n`, text: 'same' })
      const before = await app.imageOf('worker')
      expect(await app.deploy(config)).toMatchObject({ outcome: 'unchanged', built: 0 })
      const again = await app.deploy(config, {}, { rebuild: true })
      expect(again).toMatchObject({ outcome: 'succeeded', built: 1 })
      expect(await app.imageOf('worker')).not.toBe(before)
      expect(fake.ecr.has(before)).toBe(true)
      expect(fake.ecr.has(await app.imageOf('worker'))).toBe(true)
    })

    it('takes the image of whoever pushed it while it was built', async () => {
      const key = 'a'.repeat(64)
      let theirs = ''
      const builder: Builder = {
        build(request, io) {
          theirs = fake.ecr.putImage('race/default', [key])
          return dockerBuilder.build(request, io)
        },
      }
      const options = { clock: fake.clock, aws: awsOf(fake), builder }
      const { engine } = await openEcs({ region: null, cluster: null }, options)
      const write = (context: string) => writeFile(join(context, 'Dockerfile'), 'FROM scratch\nCOPY . /\n')
      const lines: string[] = []
      const made = await engine.makeImage(
        { name: 'race', environment: 'default' },
        { key, build: BUILD, source: { bytes: 0, files: 1, write } },
        { signal: new AbortController().signal, log: (line) => lines.push(line) },
      )
      expect(made.digest).toBe(theirs)
      expect(lines.at(-2)).toMatch(/cannot be overwritten because the tag is immutable/)
      expect(lines.at(-1)).toBe('somebody else has made this image meanwhile: theirs is used')
    })

    it('ends without touching anything when a build fails, and says why', async () => {
      const app = shop('bad')
      const config = { processes: { worker: { command: '/fake/stays-up' } } }
      const good = await app.deploy(config, { Dockerfile: DOCKERFILE, text: 'good' })
      expect(good).toMatchObject({ outcome: 'succeeded', reason: null })
      const before = await app.imageOf('worker')
      const bad = await app.deploy(config, { Dockerfile: `${DOCKERFILE}RUN ["/bin/busybox", "false"]\n` })
      expect(bad).toMatchObject({ outcome: 'failed', reason: expect.stringContaining('docker build failed') })
      expect(await app.imageOf('worker')).toBe(before)
    })
  },
)

/** Deletes the images of this machine that were pushed to a registry or pulled from it. */
async function removeImages(host: string): Promise<void> {
  const { stdout } = await execa('docker', [
    'image',
    'ls',
    '--no-trunc',
    '--format',
    '{{.Repository}} {{.ID}}',
  ])
  const ids = stdout.split('\n').flatMap((line) => (line.startsWith(`${host}/`) ? [line.split(' ')[1]!] : []))
  if (ids.length > 0) await execa('docker', ['image', 'rm', '--force', ...new Set(ids)])
}

interface Deployed extends DeployIfNeededResult {
  /** How many images were built. */
  built: number
  /** What somebody sees who watches. */
  text: string
}

class Shop {
  readonly #app: { name: string; environment: string }
  readonly #folder: string
  readonly #fake: FakeAws

  constructor(app: { name: string; environment: string }, folder: string, fake: FakeAws) {
    this.#app = app
    this.#folder = folder
    this.#fake = fake
  }

  /** Commits these files beside those that are there, and deploys as somebody who has just started Gantry. */
  async deploy(
    config: object,
    files: Record<string, string> = {},
    { rebuild = false } = {},
  ): Promise<Deployed> {
    const repository = await this.#commit({
      ...files,
      'gantry.yml': stringify({ engine: 'ecs', ecs: ECS, ...config }),
    })
    const commit = (await repository.resolve('HEAD'))!
    const { clock } = this.#fake
    const { engine, log } = await openEcs({ region: null, cluster: null }, { clock, aws: awsOf(this.#fake) })
    const options = { repository, commit, rebuild, allow_remove: true, clock, buildEnvironment: {} }
    const requested = await requestCommit(engine, this.#app, options)
    const events: DeployEvent[] = []
    const result = await deployHere(
      engine,
      log,
      { app: this.#app, by: 'test', ...requested },
      {
        signal: new AbortController().signal,
        clock,
        emit: (event) => events.push(event),
        onBug: (error) => {
          throw error
        },
      },
    )
    const built = events.filter(({ type }) => type === 'image.built').length
    return { ...result, built, text: events.flatMap(createEventRenderer({ colour: false })).join('\n') }
  }

  /** The reference that the service of a process runs. */
  async imageOf(process: string): Promise<string> {
    const ecs = await awsOf(this.#fake).ecs()
    const { name, environment } = this.#app
    const service = `${name}--${environment}--${process}`
    const { services = [] } = await ecs.describeServices({ services: [service] })
    const { taskDefinition } = await ecs.describeTaskDefinition({
      taskDefinition: services[0]!.taskDefinition,
    })
    return taskDefinition!.containerDefinitions![0]!.image!
  }

  async #commit(files: Record<string, string>): Promise<Repository> {
    const git = (...args: string[]) =>
      execa('git', ['-c', 'user.name=Test', '-c', 'user.email=t@example.com', ...args], { cwd: this.#folder })
    await mkdir(this.#folder, { recursive: true })
    await git('init', '--quiet')
    for (const [path, text] of Object.entries(files)) {
      const file = join(this.#folder, path)
      await mkdir(dirname(file), { recursive: true })
      await writeFile(file, text)
      if (path.endsWith('Dockerfile')) await copyFile(BUSYBOX, join(dirname(file), 'busybox'))
    }
    await git('add', '--all')
    await git('commit', '--quiet', '--allow-empty', '--message', 'Change')
    return Repository.open(this.#folder)
  }
}
