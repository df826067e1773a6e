import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { CONFIG, WORKER, World } from './world.ts'

let world: World
beforeAll(async () => {
  world = await World.start()
})
afterAll(() => world[Symbol.asyncDispose]())

const BOT = 'github-actions[bot]'
const ours = () => world.github.comments.filter(({ user }) => user.login === BOT)

describe('a pull request', () => {
  it('gets its plan as a comment, and nothing is written to AWS', async () => {
    world.github.say(7, '<!-- gantry: shop/default -->\nnot theirs', 'mallory')
    for (let n = 0; n < 120; n++) world.github.say(7, `chatter ${n}`)
    const result = await world.pullRequest(world.commit(CONFIG))
    expect(result).toMatchObject({ code: 0, stderr: '', outputs: { changed: 'true' } })
    expect(result.outputs).not.toHaveProperty('outcome')
    expect(ours()).toHaveLength(1)
    const { body, issue } = ours()[0]!
    expect(issue).toBe(7)
    expect(body).toContain('| `worker` | create |')
    expect(body).toContain(`commit \`${'b'.repeat(12)}\``)
    expect(result.summary).toContain('| `worker` | create |')
    expect(world.aws.calls.length).toBeGreaterThan(0)
    expect(world.writes()).toEqual([])
  })

  it('has that comment brought up to date when it changes, past the first page', async () => {
    const more = `${CONFIG}  cleanup: {image: "example.com/worker:1", command: [/fake/prints, a], run: post_deploy}\n`
    await world.pullRequest(world.commit(more))
    expect(ours()).toHaveLength(1)
    expect(ours()[0]!.body).toContain('2 tasks to run')
  })

  it('has one comment for each environment', async () => {
    const config = `${CONFIG}environments: {staging: {}}\n`
    await world.pullRequest(world.commit(config), { inputs: { environment: 'staging' } })
    expect(ours().map(({ body }) => body.split('\n')[0])).toEqual([
      '<!-- gantry: shop/default -->',
      '<!-- gantry: shop/staging -->',
    ])
  })

  it('says on the line what is wrong with the config, and in the comment that there is no plan', async () => {
    const config = `${CONFIG}  report: {comand: bin/report, schedule: "nonsense"}\n`
    const line = config.split('\n').findIndex((each) => each.includes('comand')) + 1
    const result = await world.pullRequest(world.commit(config))
    expect(result.code).toBe(1)
    const errors = result.commands.filter(({ name }) => name === 'error')
    expect(errors[0]).toMatchObject({
      properties: { file: 'gantry.yml', line: String(line), col: expect.stringMatching(/^\d+$/) },
      message: expect.stringContaining('comand'),
    })
    expect(errors.length).toBeGreaterThan(2)
    expect(ours()[0]!.body).toContain('### Gantry: `shop`: no plan')
    expect(ours()[0]!.body).toContain(`gantry.yml:${line}:`)
    expect(result.summary).toContain('no plan')
    expect(ours()).toHaveLength(2)
  })

  it('says on the line what its plan warns of', async () => {
    const config = CONFIG.replace('worker:1", command', 'worker:1", memory: 0.9, command')
    const result = await world.pullRequest(world.commit(config))
    expect(result.commands.filter(({ name }) => name === 'warning')).toMatchObject([
      { properties: { file: 'gantry.yml', line: '6' }, message: expect.stringContaining('memory') },
    ])
    expect(ours()[0]!.body).toContain('<summary>1 warning</summary>')
  })

  it('says so when nothing is left to do', async () => {
    const sha = world.commit(WORKER)
    expect(await world.push(sha)).toMatchObject({ code: 0 })
    world.writes()
    await world.pullRequest(sha)
    expect(ours()[0]!.body).toContain('**Nothing to do**')
    expect(world.writes()).toEqual([])
  })

  it('can neither steer the runner nor write Markdown with what its config says', async () => {
    const hostile = [
      '::error::pwned',
      ' ::set-output name=changed::no',
      '##[add-mask]x',
      '<img src=x>`@octocat`|x',
      '\\u001b[2J',
    ]
    const env = hostile.map((value, index) => `V${index}: "${value}"`).join(', ')
    const config = CONFIG.replace(
      'command: [/fake/stays-up]',
      `command: ["::warning::a", "##[error]b"], env: {${env}}`,
    )
    const result = await world.pullRequest(world.commit(config, '::error::subject\n\n::error::body'))
    expect(result.code).toBe(0)
    expect(result.commands.filter(({ name }) => name !== 'add-mask')).toEqual([])
    const { body } = ours()[0]!
    expect(body).toContain('V3 <img src=x>`@octocat`\\|x')
    expect(body.replaceAll(/(`+)[^`].*?\1/g, '')).not.toMatch(/@octocat|<img/)
  })
})

describe('a pull request from a fork', () => {
  it('has its plan in the summary, where the token can only read', async () => {
    world.github.permissions.clear()
    const before = world.github.comments.length
    const result = await world.pullRequest(world.commit(CONFIG.replace('worker:1"', 'worker:3"')), {
      fork: true,
    })
    world.github.permissions.add('pull-requests').add('deployments')
    expect(result.code).toBe(0)
    expect(world.github.comments).toHaveLength(before)
    expect(result.summary).toContain('| `worker` | update')
    expect(result.commands.filter(({ name }) => name === 'notice')).toMatchObject([
      { message: expect.stringContaining('the token has no `pull-requests: write`') },
    ])
  })

  it.each(['deploy', 'run'])('may not %s', async (command) => {
    world.aws.calls.length = 0
    const inputs = { command, run: 'true' }
    const result = await world.pullRequest(world.commit(CONFIG), { fork: true, inputs })
    expect(result.code).toBe(1)
    expect(result.stdout).toContain(`a pull request from a fork may not ${command}`)
    expect(world.aws.calls).toEqual([])
  })

  it('gets nothing from pull_request_target', async () => {
    const result = await world.pullRequest(world.commit(CONFIG), { event: 'pull_request_target' })
    expect(result.code).toBe(1)
    expect(result.stdout).toContain('pull_request_target is not served')
    expect(world.aws.calls).toEqual([])
  })

  it('is told that it has no credentials', async () => {
    const environment = { AWS_REGION: 'eu-west-1', AWS_EC2_METADATA_DISABLED: 'true' }
    const result = await world.pullRequest(world.commit(CONFIG), { fork: true, environment })
    expect(result.code).toBe(1)
    expect(result.stdout).toContain('there are no AWS credentials')
  })
})

describe('a workflow that is not right', () => {
  it('is told about the checkout that is missing', async () => {
    const sha = world.commit(CONFIG)
    const elsewhere = await world.push(sha, { inputs: { 'working-directory': '/' } })
    expect(elsewhere.stdout).toContain('put a step with actions/checkout before this one')
    const unknown = await world.push('a'.repeat(40))
    expect(unknown.stdout).toContain('give it `fetch-depth: 0`')
    expect([elsewhere.code, unknown.code]).toEqual([1, 1])
  })

  it('is told all that is wrong with its inputs', async () => {
    const result = await world.push(world.commit(CONFIG), {
      inputs: { clutser: 'x', command: 'destroy', timeout: 'soon' },
    })
    expect(result.code).toBe(1)
    expect(result.stdout).toMatch(/clutser: .*did you mean cluster.*command: .*destroy.*timeout: .*soon/)
  })
})
