import type { Task, TaskDefinition } from '@aws-sdk/client-ecs'
import { expect, test } from 'vitest'

import { heldUp, type HeldUp } from '../../../../src/engine/ecs/services/held-up.ts'

type State = NonNullable<Task['containers']>[number]

const definition: TaskDefinition = {
  containerDefinitions: [
    { name: 'main', dependsOn: [{ containerName: 'seed', condition: 'SUCCESS' }] },
    {
      name: 'seed',
      dependsOn: [
        { containerName: 'agent', condition: 'START' },
        { containerName: 'proxy', condition: 'HEALTHY' },
      ],
    },
    { name: 'proxy' },
    { name: 'agent' },
  ],
}
const seen = (states: Record<string, Omit<State, 'name'>>): Task => ({
  containers: Object.entries(states).map(([name, state]) => ({ name, ...state })),
})
const PENDING = { lastStatus: 'PENDING' }
const RUNNING = { lastStatus: 'RUNNING' }

test.each<[string, Parameters<typeof seen>[0], HeldUp | null]>([
  ['nothing, once it runs', { main: RUNNING, seed: RUNNING }, null],
  ['nothing that is known', { main: PENDING, seed: { lastStatus: 'STOPPED', exitCode: 0 } }, null],
  [
    'one that does not end',
    { main: PENDING, seed: RUNNING },
    { container: 'seed', reason: 'the process waits for seed to end with 0' },
  ],
  [
    'one that waits for another one that is not healthy',
    { main: PENDING, seed: PENDING, agent: RUNNING, proxy: { ...RUNNING, healthStatus: 'UNHEALTHY' } },
    { container: 'proxy', reason: 'seed waits for proxy to be healthy' },
  ],
  [
    'one that waits for another one that has not started',
    { main: PENDING, seed: PENDING, agent: PENDING, proxy: RUNNING },
    { container: 'agent', reason: 'seed waits for agent to start' },
  ],
])('the process of an instance waits for %s', (_what, states, held) => {
  expect(heldUp(seen(states), definition)).toEqual(held)
})
