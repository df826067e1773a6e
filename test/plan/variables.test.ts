import { describe, expect, test } from 'vitest'

import type { Variable } from '../../src/engine/engine.ts'
import { plan } from '../../src/plan/plan.ts'
import { anApp, aProcess, aTask, changeOf, NOTHING, runningAfter, wanted } from './fixtures.ts'

const variable = (name: string, fields: Partial<Variable> = {}): Variable => ({
  name,
  process: null,
  secret: false,
  version: 1,
  ...fields,
})

const app = anApp({
  processes: [aProcess('web', { env: { LOG_LEVEL: 'info', A: '1' } }), aProcess('worker')],
  tasks: [aTask('migrate', { run: 'pre_deploy' })],
})
const running = runningAfter(wanted(app))
const withVariables = (...variables: Variable[]) => ({ ...running, variables })

test('a variable reaches every process and task by its version', () => {
  const made = plan(wanted(app), withVariables(variable('TOKEN', { version: 7 })))
  expect(made.processes.map((each) => each.after!.spec.variables)).toEqual([{ TOKEN: 7 }, { TOKEN: 7 }])
  expect(made.tasks[0]!.spec!.variables).toEqual({ TOKEN: 7 })
})

test('a variable of one process reaches that one only, and wins there', () => {
  const now = withVariables(
    variable('TOKEN', { process: 'web', version: 9 }),
    variable('TOKEN', { version: 7 }),
  )
  const made = plan(wanted(app), now)
  expect(made.processes.map((each) => each.after!.spec.variables)).toEqual([{ TOKEN: 9 }, { TOKEN: 7 }])
  expect(made.tasks[0]!.spec!.variables).toEqual({ TOKEN: 7 })
})

test('a changed value replaces instances, and the plan shows versions only', () => {
  const before = { ...running, ...runningWith(variable('TOKEN')) }
  const change = changeOf('web', wanted(app), { ...before, variables: [variable('TOKEN', { version: 2 })] })
  expect(change).toMatchObject({
    action: 'update',
    replaces: true,
    fields: [{ field: 'variables.TOKEN', from: 1, to: 2, owner: 'operator' }],
  })
})

test('a variable wins over the env of the config, and the plan says so without its value', () => {
  const change = changeOf('web', wanted(app), withVariables(variable('LOG_LEVEL')))
  expect(change.after!.spec).toMatchObject({ env: { A: '1' }, variables: { LOG_LEVEL: 1 } })
  expect(change.after!.spec.env).not.toHaveProperty('LOG_LEVEL')
  expect(change.kept).toEqual([{ field: 'env.LOG_LEVEL', value: null, config: 'info' }])
  expect(change.fields).toEqual([
    { field: 'env.LOG_LEVEL', from: 'info', owner: 'operator' },
    { field: 'variables.LOG_LEVEL', to: 1, owner: 'operator' },
  ])
})

describe('a secret', () => {
  const needs = (reference: string) =>
    anApp({ processes: [aProcess('web', { secrets: { API_KEY: reference } })] })

  test('that is set by hand keeps its reference and is satisfied by the variable', () => {
    const now = { ...NOTHING, variables: [variable('API_KEY', { secret: true })] }
    const made = plan(wanted(needs('gantry')), now)
    expect(made.blocked).toEqual([])
    expect(made.processes[0]!).toMatchObject({
      kept: [],
      after: { spec: { secrets: { API_KEY: 'gantry' }, variables: { API_KEY: 1 } } },
    })
  })

  test('with a place of its own gives way to a variable of its name', () => {
    const now = { ...NOTHING, variables: [variable('API_KEY', { secret: true })] }
    const change = changeOf('web', wanted(needs('ssm:/key')), now)
    expect(change.after!.spec).toMatchObject({ secrets: {}, variables: { API_KEY: 1 } })
    expect(change.kept).toEqual([{ field: 'secrets.API_KEY', value: null, config: 'ssm:/key' }])
  })
})

test('names that JavaScript objects have anyway are names like any other', () => {
  const odd = anApp({
    processes: [aProcess('constructor', { env: JSON.parse('{"__proto__": "1"}') as Record<string, string> })],
    tasks: [aTask('tostring', { run: 'pre_deploy' })],
  })
  const made = plan(wanted(odd), { ...NOTHING, variables: [variable('valueOf')] })
  const spec = made.processes[0]!.after!.spec
  expect(Object.keys(spec.env)).toEqual(['__proto__'])
  expect(Object.keys(spec.variables)).toEqual(['valueOf'])
})

/** The app as it runs when these variables were there from the start. */
function runningWith(...variables: Variable[]) {
  const before = plan(wanted(app), { ...NOTHING, variables })
  return {
    processes: before.processes.map((each) => ({ ...each.after!, instances: [], events: [], settled: true })),
  }
}
