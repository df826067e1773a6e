import { openEcs } from '../../../src/engine/ecs/open.ts'
import { BUILD } from '../../app/fixtures.ts'
import { FakeAws } from '../../fakes/aws/fake-aws.ts'
import { engineContract } from '../contract.ts'
import { awsOf } from './aws.ts'
import { namePusher } from './name-pusher.ts'
import { PLACEMENT } from './services/shop.ts'

engineContract('ecs', async () => {
  const fake = await FakeAws.start()
  const app = { name: 'shop', environment: 'production' }
  const { engine } = await openEcs(
    { region: null, cluster: null },
    { clock: fake.clock, aws: awsOf(fake), builder: namePusher(fake) },
  )
  return {
    engine,
    app,
    build: BUILD,
    placement: { ...PLACEMENT, scheduler_role: 'arn:aws:iam::123456789012:role/scheduler' },
    keepsInstances: false,
    timeout: 900,
    mounts: true,
    programs: {
      staysUp: ['/fake/stays-up'],
      prints: (line, code) => ['/fake/prints', line, String(code)],
      failsAtOnce: ['/fake/fails'],
    },
    dispose: () => fake[Symbol.asyncDispose](),
  }
})
