import { afterAll, beforeAll, expect, it } from 'vitest'

import { gantry } from '../../cli/gantry.ts'
import type { StepResult } from './runner.ts'
import { CONFIG, World } from './world.ts'

let world: World
let first: StepResult
let sha: string

beforeAll(async () => {
  world = await World.start()
  sha = world.commit(CONFIG)
  first = await world.push(sha)
})
afterAll(() => world[Symbol.asyncDispose]())

const named = ({ commands }: StepResult, name: string) => commands.filter((each) => each.name === name)

it('a push is deployed, with a group for each phase of it', () => {
  expect(first).toMatchObject({ code: 0, stderr: '' })
  expect(named(first, 'group').map(({ message }) => message)).toEqual([
    'Plan: 1 to create, 1 task to run',
    'Task migrate',
    'Roll out',
  ])
  expect(named(first, 'endgroup')).toHaveLength(3)
  expect(first.stdout).toContain('3 migrations')
  expect(first.stdout).toContain('Released v1')
  expect(world.aws.ecs.service('shop--default--worker').desiredCount).toBe(1)
})

it('hides the token and the credentials before it says anything', () => {
  const [a, b] = first.commands
  expect([a, b]).toMatchObject([
    { name: 'add-mask', message: 'fake' },
    { name: 'add-mask', message: 'ghs_token-of-the-job' },
  ])
  expect(first.stdout.split('\n')[2]).toMatch(/^Gantry \S+: deploy, commit /)
})

it('tells later steps what became of it', () => {
  const { plan, ...others } = first.outputs
  expect(others).toEqual({
    changed: 'true',
    outcome: 'succeeded',
    release: 'v1',
    image: 'example.com/worker:1',
  })
  expect(JSON.parse(plan!)).toMatchObject({ app: 'shop', processes: [{ name: 'worker', action: 'create' }] })
  expect(first.summary).toContain('### Gantry: `shop`: released v1')
  expect(first.summary).toContain('| `worker` | create |')
})

it('shows the deployment on GitHub, with a link to the log', () => {
  const log_url = 'https://github.test/acme/shop/actions/runs/4711/attempts/1'
  expect(world.github.deployments[0]).toMatchObject({
    ref: sha,
    environment: 'shop',
    statuses: [
      { state: 'in_progress', log_url },
      { state: 'success', description: 'succeeded', log_url },
    ],
  })
})

it('is a deployment and a release to the command line like any other, with its log', async () => {
  const run = (...args: string[]) =>
    gantry(args, { cwd: world.runner.workspace, env: { ...world.aws.environment, NO_COLOR: '1' } })
  const [list, log, release] = await Promise.all([
    run('deployment', 'list'),
    run('deployment', 'logs', '1'),
    run('release', 'show', 'v1'),
  ])
  expect(list.stdout).toMatch(new RegExp(`^#1 +succeeded +v1 +${sha.slice(0, 7)} `, 'm'))
  expect(log.stdout).toContain('3 migrations')
  expect(log.stdout).toContain('-----> Released v1')
  expect(release.stdout).toMatch(new RegExp(`^commit +${sha}$`, 'm'))
})

it('the post step of one that ended has nothing to do, and asks AWS nothing', async () => {
  world.aws.calls.length = 0
  expect(await world.runner.post(world.pushed(sha))).toMatchObject({ code: 0, stdout: '::add-mask::fake\n' })
  expect(world.aws.calls).toEqual([])
})

it('a push that changes nothing writes nothing to AWS, and is a success', async () => {
  world.aws.calls.length = 0
  const result = await world.push(world.commit(CONFIG, 'Docs'))
  expect(result).toMatchObject({ code: 0, outputs: { changed: 'false', outcome: 'unchanged' } })
  expect(result.stdout).toContain('Nothing to do')
  expect(world.aws.calls.length).toBeGreaterThan(0)
  expect(world.writes()).toEqual([])
})

it('a dry run of a push writes nothing to AWS, and shows no deployment', async () => {
  const before = world.github.requests.length
  const result = await world.push(world.commit(CONFIG.replace('worker:1"', 'worker:2"')), {
    inputs: { 'dry-run': 'true' },
  })
  expect(result).toMatchObject({ code: 0, outputs: { changed: 'true' } })
  expect(result.summary).toContain('| `worker` | update (replaces instances) |')
  expect(world.writes()).toEqual([])
  expect(world.github.requests).toHaveLength(before)
})

it('a process that fails is rolled back: the step fails, and the pull request that was merged says why', async () => {
  const fails = 'command: [/fake/fails], rollout: {timeout: 3s}'
  const bad = world.commit(CONFIG.replace('command: [/fake/stays-up]', fails))
  const pull = { number: 12, merged_at: 'now', merge_commit_sha: bad, base: { ref: 'main' } }
  world.github.pulls.set(bad, [{ ...pull, number: 11, base: { ref: 'other' } }, pull])
  const result = await world.push(bad)
  expect(result).toMatchObject({ code: 1, outputs: { outcome: 'rolled_back' } })
  expect(result.outputs).not.toHaveProperty('release')
  expect(named(result, 'error')).toMatchObject([
    { message: expect.stringMatching(/^rolled back: process worker failed: /) },
  ])
  const [comment] = world.github.comments
  expect(comment).toMatchObject({ issue: 12, user: { login: 'github-actions[bot]' } })
  expect(comment!.body).toContain('### Gantry: `shop`: rolled back')
  expect(comment!.body).toContain('Everything runs what it ran before')
  expect(world.github.deployments.at(-1)!.statuses.at(-1)).toMatchObject({ state: 'failure' })
})

it('what the workflow says lies over the config, and an image that is given is not built', async () => {
  const config = `
ecs: {execution_role: "arn:aws:iam::123456789012:role/execution"}
processes: {worker: {command: [/fake/stays-up]}}
environments: {staging: {}}
`
  const result = await world.push(world.commit(config), {
    inputs: {
      app: 'shop',
      environment: 'staging',
      cluster: 'default',
      subnets: 'subnet-1\nsubnet-2',
      image: 'example.com/shop:9',
      'github-deployment': 'false',
    },
  })
  expect(result).toMatchObject({ code: 0, outputs: { outcome: 'succeeded', image: 'example.com/shop:9' } })
  // That it goes to ecs without saying so is no mistake: there is nothing else here.
  expect(named(result, 'warning')).toEqual([])
  const { workload } = world.aws.ecs.service('shop--staging--worker').deployments[0]!.revision
  expect(workload.networkConfiguration?.awsvpcConfiguration?.subnets).toEqual(['subnet-1', 'subnet-2'])
})

it('GitHub that does not answer fails nothing', async () => {
  world.github.broken = { status: 500, body: { message: 'Server Error' } }
  const result = await world.push(world.commit(CONFIG))
  world.github.broken = null
  expect(result.code).toBe(0)
  expect(named(result, 'warning').map(({ message }) => message)).toContainEqual(
    expect.stringContaining('the deployment on GitHub is left out'),
  )
})
