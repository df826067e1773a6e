import { copyFile } from 'node:fs/promises'
import { join } from 'node:path'

import { execa } from 'execa'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { awsOf } from '../engine/ecs/aws.ts'
import { EcrRegistry } from '../engine/ecs/images/ecr-registry.ts'
import { BUSYBOX, realDockers } from '../engine/ecs/images/real-docker.ts'
import { SETTINGS } from '../engine/ecs/yard.ts'
import { FakeAws } from '../fakes/aws/fake-aws.ts'
import { ScaledClock } from '../fakes/scaled-clock.ts'
import { World } from './world.ts'

const [tool] = await realDockers()
const CONFIG = JSON.stringify({
  environments: { production: {} },
  processes: { worker: { command: '/fake/stays-up' } },
})
// A build sees nothing of the server's environment, however it asks for it.
const DOCKERFILE = `FROM scratch
ARG AWS_SECRET_ACCESS_KEY=none
COPY busybox /bin/busybox
COPY text /text
RUN ["/bin/busybox", "sh", "-c", "/bin/busybox env; echo \\"the key is $AWS_SECRET_ACCESS_KEY\\""]
`

describe.skipIf(tool === undefined)(
  'a push to a server that builds with a real Docker engine for ecs',
  () => {
    let fake: FakeAws
    let registry: EcrRegistry
    let world: World
    beforeAll(async () => {
      fake = await FakeAws.start({ clock: new ScaledClock(20) })
      Object.assign(fake.ecs.durations, { provisioning: 1, pending: 1, healthy: 2, deprovisioning: 1 })
      registry = await EcrRegistry.start(fake)
      world = await World.create({ ...fake.environment, PATH: tool!.path })
    })
    afterAll(async () => {
      await world[Symbol.asyncDispose]()
      const { stdout } = await execa('docker', ['image', 'ls', '--quiet', `${registry.host}/*/*`])
      const ids = [...new Set(stdout.split('\n'))].filter((id) => id !== '')
      if (ids.length > 0) await execa('docker', ['image', 'rm', '--force', ...ids])
      await registry[Symbol.asyncDispose]()
      await fake[Symbol.asyncDispose]()
    })

    it('pushes the image to the registry of the account, and runs it by its digest', async () => {
      const checkout = await world.createApp('shop', {
        engine: 'ecs',
        environment: 'production',
        ecs: SETTINGS,
      })
      await copyFile(BUSYBOX, join(checkout.folder, 'busybox'))
      const files = {
        'gantry.yml': CONFIG,
        Dockerfile: DOCKERFILE,
        text: 'first',
        '.dockerignore': 'Dockerfile\n',
      }
      const { ok, output } = await checkout.deploy(files)
      expect(ok, output).toBe(true)
      expect(output).toContain('COPY text')
      expect(output).toContain('the key is none')

      const ecs = await awsOf(fake).ecs()
      const { services = [] } = await ecs.describeServices({ services: ['shop--production--worker'] })
      const { taskDefinition } = await ecs.describeTaskDefinition({
        taskDefinition: services[0]!.taskDefinition,
      })
      const image = taskDefinition!.containerDefinitions![0]!.image!
      expect(image).toMatch(new RegExp(`^${registry.host}/shop/production@sha256:[0-9a-f]{64}$`))
      expect(fake.ecr.has(image)).toBe(true)
    })
  },
)
