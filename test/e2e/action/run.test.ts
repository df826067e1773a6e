import { afterAll, beforeAll, expect, it } from 'vitest'

import { WORKER, World } from './world.ts'

let world: World
let sha: string
beforeAll(async () => {
  world = await World.start()
  sha = world.commit(WORKER)
})
afterAll(() => world[Symbol.asyncDispose]())

const run = (line: string, inputs: Record<string, string> = {}) =>
  world.push(sha, { inputs: { command: 'run', run: line, image: 'example.com/worker:1', ...inputs } })

it('says what is missing before the first deploy', async () => {
  const result = await run('true')
  expect(result.code).toBe(1)
  expect(result.stdout).toContain('shop was never deployed')
})

it('shows what the command writes, and ends with its exit code', async () => {
  expect(await world.push(sha)).toMatchObject({ code: 0 })
  const result = await run('/fake/prints "12 invoices" 3')
  expect(result).toMatchObject({ code: 3, outputs: { 'exit-code': '3' } })
  expect(result.stdout).toMatch(/::group::Run \/fake\/prints.*\n12 invoices\n::endgroup::/)
})

it('does not let the command steer the runner', async () => {
  world.aws.ecs.behaviour = () => ({
    lines: ['::error::a', '  ::set-output name=x::y', 'x ##[error]b', 'one\r::error::c'],
    exit: { after: 1, code: 0 },
  })
  const result = await run('anything')
  expect(result.code).toBe(0)
  expect(result.stdout).toContain('error::a')
  const names = new Set(result.commands.map(({ name }) => name))
  expect(names).toEqual(new Set(['add-mask', 'group', 'endgroup']))
  expect(result.outputs).toEqual({ 'exit-code': '0' })
})

it('runs nothing in a dry run', async () => {
  world.writes()
  expect(await run('/fake/prints done 0', { 'dry-run': 'true' })).toMatchObject({ code: 0 })
  expect(world.writes()).toEqual([])
})

it('stops the command when the job is cancelled', async () => {
  world.aws.ecs.behaviour = () => ({ lines: ['working'], exit: null })
  const { program, ended } = await world.start(sha, {
    inputs: { command: 'run', run: 'anything', image: 'example.com/worker:1' },
  })
  await program.until('stdout', 'working')
  program.kill('SIGINT')
  const result = await ended
  expect(result.code).toBe(1)
  expect(result.stdout).toContain('the command was stopped')
  expect(world.writes()).toContain('StopTask')
})
