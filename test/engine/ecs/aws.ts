import { ConfiguredRetryStrategy } from '@smithy/core/retry'

import { Aws } from '../../../src/engine/ecs/aws.ts'
import { REGION, type FakeAws } from '../../fakes/aws/fake-aws.ts'

/** The clients, talking to the fake. They retry as often as they do in earnest, and do not wait as long in between. */
export function awsOf(fake: Pick<FakeAws, 'url'>, caller = 'gantry'): Aws {
  return new Aws({
    region: REGION,
    config: {
      endpoint: fake.url,
      credentials: { accessKeyId: 'AKIAFAKE', secretAccessKey: 'fake' },
      userAgentAppId: caller,
      retryStrategy: new ConfiguredRetryStrategy(6, 1),
    },
  })
}
