import { existsSync } from 'node:fs'
import { copyFile, open } from 'node:fs/promises'
import { join } from 'node:path'

import { docker } from '../../src/engine/docker.ts'
import { dockerAnswers } from '../../src/engine/local/container.ts'
import { EcrRegistry } from '../../test/engine/ecs/images/ecr-registry.ts'
import { BUSYBOX } from '../../test/engine/ecs/images/real-docker.ts'
import { HAS_REGISTRY } from '../../test/engine/ecs/images/registry.ts'
import type { FakeAws } from '../../test/fakes/aws/fake-aws.ts'

/** Where a program names the loader of its libraries, if it has any. */
const HEADERS = 4_096
const QUICK = 30

/** Where images come from: built and pushed, or prepared. */
export interface Images extends AsyncDisposable {
  /** Why none is built; null: they are. */
  readonly lacks: string | null
  /** Puts what a build needs, and is not in the repository, into a checkout. */
  provide(folder: string): Promise<void>
  /** Sees to it that these images of a repository are there. */
  prepare(repository: string, keys: readonly string[]): void
}

/** Builds if this machine can, and says what it lacks if not. */
export async function openImages(fake: FakeAws): Promise<Images> {
  const lacks = await whatLacks()
  return lacks === null ? new BuiltImages(await EcrRegistry.start(fake)) : new PreparedImages(fake, lacks)
}

async function whatLacks(): Promise<string | null> {
  if (!(await dockerAnswers())) return 'no Docker engine answers here'
  // What it pushes to has to be on the same machine.
  if (/^(?:tcp|ssh|https?):/.test(process.env['DOCKER_HOST'] ?? ''))
    return 'the Docker engine is on another machine'
  if (!(await isStatic(BUSYBOX)))
    return `there is no static ${BUSYBOX} to build from (Debian: busybox-static)`
  return HAS_REGISTRY ? null : 'there is no registry to push to (Debian: docker-registry)'
}

/** Whether it is a program that runs in a folder with nothing else in it. */
async function isStatic(program: string): Promise<boolean> {
  if (!existsSync(program)) return false
  await using file = await open(program)
  const { buffer } = await file.read({ buffer: Buffer.alloc(HEADERS), position: 0 })
  return !buffer.includes('/ld-')
}

class BuiltImages implements Images {
  readonly lacks = null
  readonly #registry: EcrRegistry

  constructor(registry: EcrRegistry) {
    this.#registry = registry
  }

  provide(folder: string): Promise<void> {
    return copyFile(BUSYBOX, join(folder, 'busybox'))
  }

  prepare(): void {}

  /** The engine may have kept layers for the next build, under the name of a registry that is gone. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.#registry[Symbol.asyncDispose]()
    const { output } = await docker(
      ['image', 'ls', '--format', '{{.Repository}}:{{.Tag}}', `${this.#registry.host}/*/*`],
      { timeout: QUICK },
    )
    const left = output.split('\n').filter((name) => name !== '')
    if (left.length > 0) await docker(['image', 'rm', '--', ...left], { timeout: QUICK })
  }
}

class PreparedImages implements Images {
  readonly lacks: string
  readonly #fake: FakeAws
  readonly #repositories = new Set<string>()

  constructor(fake: FakeAws, lacks: string) {
    this.#fake = fake
    this.lacks = lacks
  }

  async provide(): Promise<void> {}

  prepare(repository: string, keys: readonly string[]): void {
    if (!this.#repositories.has(repository)) this.#fake.ecr.createRepository(repository)
    this.#repositories.add(repository)
    for (const key of keys) this.#fake.ecr.putImage(repository, [key])
  }

  async [Symbol.asyncDispose](): Promise<void> {}
}
