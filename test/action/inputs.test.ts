import { afterEach, beforeEach, expect, it, vi } from 'vitest'

import { readInputs } from '../../src/action/inputs.ts'

const written: string[] = []

beforeEach(() => {
  written.length = 0
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => written.push(String(text)) > 0)
})
afterEach(() => {
  vi.unstubAllEnvs()
  vi.restoreAllMocks()
})

function given(inputs: Record<string, string>): void {
  for (const [name, value] of Object.entries(inputs)) vi.stubEnv(`INPUT_${name.toUpperCase()}`, value)
}

it.each([
  ['pull_request', 'plan'],
  ['push', 'deploy'],
  ['workflow_dispatch', 'deploy'],
])('on %s does %s where the workflow says nothing', (event, command) => {
  expect(readInputs(event).command).toBe(command)
})

it('reads lists by line, comma and space, and durations as the config does', () => {
  given({ subnets: 'subnet-1, subnet-2\nsubnet-3', timeout: '20m', 'dry-run': 'true' })
  expect(readInputs('push')).toMatchObject({
    subnets: ['subnet-1', 'subnet-2', 'subnet-3'],
    timeout: 1_200,
    dryRun: true,
    environment: 'default',
  })
})

it('names all inputs that are wrong at once', () => {
  given({ command: 'deplyo', timeout: 'soon', environment: 'Prod', rebuild: 'maybe' })
  expect(() => readInputs('push')).toThrow(
    /command: .*deplyo.*environment: .*Prod.*rebuild: .*timeout: .*soon/s,
  )
})

it('wants a command line to run', () => {
  given({ command: 'run' })
  expect(() => readInputs('push')).toThrow('`command: run` needs it')
})

it('hides the token before anything else is said', () => {
  given({ 'github-token': 'ghs_very-secret' })
  readInputs('push')
  expect(written[0]).toContain('::add-mask::ghs_very-secret')
})
