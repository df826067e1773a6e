import { stringify } from 'yaml'

import { wantCommit, type Wanted } from '../../../../src/deploy/prepare.ts'
import { openEcs } from '../../../../src/engine/ecs/open.ts'
import type { Engine } from '../../../../src/engine/engine.ts'
import { FakeAws } from '../../../fakes/aws/fake-aws.ts'
import { InMemoryRepository } from '../../../git/in-memory-repository.ts'
import { awsOf } from '../aws.ts'
import { APP, CODES } from './scenario.ts'

export type Commit = keyof typeof CODES

const known = new Map<Commit, Promise<Wanted>>()

/** What a commit asks for, with the images that exist by now. */
export async function wantedBy(engine: Engine, commit: Commit): Promise<Wanted> {
  if (!known.has(commit)) known.set(commit, read(commit))
  const wanted = await known.get(commit)!
  const made = await engine.findImages(APP, [...wanted.requests.keys()])
  const images: typeof wanted.images = new Map(
    [...wanted.images].map(([component, image]) => [
      component,
      image.kind === 'built' ? { ...image, digest: made.get(image.key)?.digest ?? null } : image,
    ]),
  )
  return { ...wanted, images }
}

/** Where nothing was deployed yet. Once: that takes longer than to deploy it to the fake. */
async function read(commit: Commit): Promise<Wanted> {
  await using fake = await FakeAws.start()
  const { clock } = fake
  const { engine } = await openEcs({ region: null, cluster: null }, { clock, aws: awsOf(fake) })
  const repository = new InMemoryRepository()
  const { config, code } = CODES[commit]
  const sha = repository.add({
    'gantry.yml': stringify(config),
    Dockerfile: 'FROM scratch\n',
    'main.py': code,
  })
  return wantCommit(engine, { app: APP, repository, commit: sha, rebuild: false, clock })
}
