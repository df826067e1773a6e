import { expect, it } from 'vitest'

import type { App, Process, Task } from '../../src/app/app.ts'
import { storedApp, storedState, storedTask } from '../../src/app/stored.ts'
import { aProcess, anApp, aTask } from '../plan/fixtures.ts'
import { processSpec, taskSpec } from '../engine/specs.ts'

const LATER = ['entry_point', 'pre_start', 'mounts', 'containers', 'depends_on', 'readiness']

/** As it was before there were these fields. */
function earlier<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([field]) => !LATER.includes(field))) as T
}

const image = { kind: 'pinned', reference: 'web:1' } as const

it('a process of an earlier version is one without what came later', () => {
  const spec = processSpec('web', 'bin/web', image)
  const state = { spec, owned: { memory: 512 }, origin: 'config' } as const
  expect(earlier(spec)).not.toHaveProperty('mounts')
  expect(storedState({ ...state, spec: earlier(spec) })).toEqual(state)
})

it('a task of an earlier version is one without what came later', () => {
  const task = taskSpec('migrate', 'bin/migrate', image)
  expect(storedTask(earlier(task))).toEqual(task)
})

it('the config of an earlier release is one without what came later', () => {
  const app = anApp({ processes: [aProcess('web')], tasks: [aTask('migrate')] })
  const { logs: _none, ...old } = app
  const processes = app.processes.map((each): Process => earlier(each))
  const tasks = app.tasks.map((each): Task => earlier(each))
  expect(storedApp({ ...old, processes, tasks } as App)).toEqual(app)
})

it('what is there stays as it is', () => {
  const spec = processSpec('web', 'bin/web', image, {
    mounts: { data: { source: 'tmp', source_path: 'data' } },
  })
  const state = { spec, owned: {}, origin: 'config' } as const
  expect(storedState(state)).toEqual(state)
})
