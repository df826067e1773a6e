import type { Builder } from '../../../src/engine/ecs/images/builder.ts'
import type { FakeAws } from '../../fakes/aws/fake-aws.ts'

/** Pushes nothing but the name of an image, for tests in which it makes no difference what is in one. */
export function namePusher(fake: FakeAws): Builder {
  return {
    async build({ reference }) {
      const [, repository = '', tag = ''] = /^[^/]+\/(.*):([^:]*)$/.exec(reference) ?? []
      fake.ecr.putImage(repository, [tag])
    },
  }
}
