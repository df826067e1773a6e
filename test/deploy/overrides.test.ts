import { expect, it } from 'vitest'

import { layOver } from '../../src/deploy/overrides.ts'
import { anApp, aProcess, aTask } from '../plan/fixtures.ts'

const app = anApp({
  processes: [aProcess('web'), aProcess('relay', { image: 'ghcr.io/acme/relay:1.4' })],
  tasks: [aTask('migrate')],
})

it('settings that are given take the place of the config’s, and the others stay', () => {
  const { ecs } = layOver(
    { ...app, ecs: { ...app.ecs, cluster: 'main', subnets: ['subnet-1'] } },
    { ecs: { subnets: ['subnet-2'] }, image: null },
  )
  expect(ecs).toMatchObject({ cluster: 'main', subnets: ['subnet-2'] })
})

it('an image that is given is for what would be built; what is pinned stays so', () => {
  const { processes, tasks } = layOver(app, { ecs: {}, image: 'example.com/shop:9' })
  const images = [...processes, ...tasks].map(({ name, image }) => [name, image])
  expect(images).toEqual([
    ['web', 'example.com/shop:9'],
    ['relay', 'ghcr.io/acme/relay:1.4'],
    ['migrate', 'example.com/shop:9'],
  ])
})
