import { readFile } from 'node:fs/promises'

import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { parse } from 'yaml'

import { INPUT_NAMES, readInputs } from '../../src/action/inputs.ts'

const written: string[] = []

beforeEach(() => {
  written.length = 0
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => written.push(String(text)) > 0)
})
afterEach(() => {
  vi.restoreAllMocks()
})

/** What is read of what a workflow gives. */
function read(inputs: Record<string, string>, event = 'push') {
  return readInputs(
    event,
    Object.fromEntries(Object.entries(inputs).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value])),
  )
}

it.each([
  ['pull_request', 'plan'],
  ['push', 'deploy'],
  ['workflow_dispatch', 'deploy'],
  ['merge_group', 'plan'],
])('on %s does %s where the workflow says nothing', (event, command) => {
  expect(read({}, event).command).toBe(command)
})

it('does not guess what is wanted on other events', () => {
  expect(() => read({}, 'release')).toThrow('command: on release it must say plan, deploy or run')
  expect(read({ command: 'deploy' }, 'release').command).toBe('deploy')
})

it('reads lists by line, comma and space, and durations as the config does', () => {
  const inputs = { subnets: 'subnet-1, subnet-2\nsubnet-3', timeout: '20m', 'dry-run': 'true' }
  expect(read(inputs)).toMatchObject({
    subnets: ['subnet-1', 'subnet-2', 'subnet-3'],
    timeout: 1_200,
    dryRun: true,
    environment: 'default',
  })
})

it('names all inputs that are wrong at once', () => {
  const inputs = {
    'allow-removal': 'true',
    command: 'deplyo',
    timeout: 'soon',
    environment: 'Prod',
    rebuild: 'maybe',
  }
  expect(() => read(inputs)).toThrow(
    /allow-removal: .*did you mean allow-remove\?.*command: .*deplyo.*environment: .*Prod.*rebuild: .*maybe.*timeout: .*soon/s,
  )
})

it('wants a command line to run', () => {
  expect(() => read({ command: 'run' })).toThrow('`command: run` needs it')
})

it('hides the token before anything else is said', () => {
  read({ 'github-token': 'ghs_very-secret' })
  expect(written[0]).toContain('::add-mask::ghs_very-secret')
})

it('takes what is left empty for not given', () => {
  expect(read({ cluster: '', comment: '', app: ' ' })).toMatchObject({
    cluster: null,
    comment: true,
    app: null,
  })
})

it('has the inputs that action.yml describes', async () => {
  const file = await readFile(new URL('../../action.yml', import.meta.url), 'utf8')
  const { inputs } = parse(file) as { inputs: Record<string, { description: string }> }
  expect(Object.keys(inputs)).toEqual([...INPUT_NAMES])
  for (const { description } of Object.values(inputs)) expect(description).not.toBe('')
})
