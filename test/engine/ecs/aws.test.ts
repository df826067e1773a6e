import { expect, test } from 'vitest'

import { Aws } from '../../../src/engine/ecs/aws.ts'
import { isUnreached } from '../../../src/engine/ecs/aws-error.ts'
import { FakeAws, REGION } from '../../fakes/aws/fake-aws.ts'

const credentials = { accessKeyId: 'AKIAFAKE', secretAccessKey: 'fake' }

test('a call that is never answered ends, and is tried again before that', async () => {
  await using fake = await FakeAws.start()
  const aws = new Aws({
    region: REGION,
    timeout: 0.05,
    config: { endpoint: fake.url, credentials, maxAttempts: 2 },
  })
  fake.faults.add({ when: () => true, kind: 'hang' })
  const call = (await aws.ecs()).listServices({})
  await expect(call).rejects.toSatisfy(isUnreached)
  expect(fake.calls).toHaveLength(2)
})

test('the clients of a region say which it is', async () => {
  expect(await new Aws({ region: REGION }).region()).toBe(REGION)
})
