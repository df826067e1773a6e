import { expect, it, vi } from 'vitest'

import { awsOf } from '../aws.ts'
import { labelOf } from './calls.ts'
import { realityOf } from './reality.ts'
import { Site } from './site.ts'

vi.mock('node:zlib', () => import('./still-zlib.ts'))

const WEB = 'orderdesk--production--web'

it('a process that other hands take over in the middle is left to them, and all others go back', async () => {
  await using site = await Site.open('first')
  const { fake } = site
  const before = await realityOf(fake)
  const ending = site.deploy('deploys', 'second')
  const isRolling = () => site.calls('deploys').some((call) => labelOf(call) === `UpdateService ${WEB}`)
  while (!isRolling()) await fake.clock.sleep(0.5)
  const ecs = await awsOf(fake, 'other').ecs()
  await ecs.updateService({ cluster: 'default', service: WEB, taskDefinition: `${WEB}:1` })
  const since = fake.calls.length

  const { outcome, reason, bugs, events } = await ending
  expect({ outcome, bugs }).toEqual({ outcome: 'superseded', bugs: [] })
  expect(reason).toBe(
    'process web was taken over by other hands, and is left to them: another deployment of the service took its place',
  )
  expect(events).toContainEqual(expect.objectContaining({ type: 'rollback.started', processes: OTHERS }))
  const later = fake.calls.slice(since).filter((call) => call.writes && call.caller === 'deploys')
  expect(later.map(labelOf).filter((label) => label.endsWith(WEB))).toEqual([])
  const [was, is] = [before, await realityOf(fake)].map(({ services }) => withoutWeb(services))
  expect(is).toEqual(was)
})

const OTHERS = ['beat', 'worker', 'notify', 'mailer']

function withoutWeb(services: unknown): unknown {
  const { [WEB]: _, ...others } = services as Record<string, { tags: unknown }>
  return others
}
