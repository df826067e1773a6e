import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { Checkout } from './checkout.ts'
import { startServer, temporaryFolder } from './gantry.ts'
import { config, TestHome } from './test-home.ts'

const folder = await temporaryFolder(afterAll)
let home: TestHome

beforeAll(async () => {
  const server = await startServer(folder)
  home = new TestHome(folder, server.url)
  return async () => {
    await server.stop()
  }
})

describe('deploy', () => {
  test('pushes, and what it made to do so is gone afterwards', async () => {
    const checkout = await home.newApp('pushed')
    const { stderr, code } = await home.run(['deploy', '-C', checkout.folder])
    expect(stderr).toContain('remote: -----> Released v1')
    expect(code).toBe(0)
    expect((await home.run(['token', 'list'])).stdout).not.toContain('cli deploy')
    expect((await home.run(['ps'], { cwd: checkout.folder })).stdout).toMatch(/^worker\.1-\w+ +up +\d+s +-/m)
  })

  test('of what is on the branch already starts a deployment and shows it', async () => {
    const checkout = await home.newApp('again')
    await home.run(['deploy', '-C', checkout.folder])
    const { stdout, code } = await home.run(['deploy', '-C', checkout.folder])
    expect(stdout).toContain('Nothing to do')
    expect(code).toBe(0)
  })

  test('of a commit that only the server has needs no checkout', async () => {
    const checkout = await home.newApp('elsewhere')
    await home.run(['deploy', '-C', checkout.folder])
    const sha = checkout.git('rev-parse', '--short', 'HEAD')
    const known = await home.run(['deploy', sha, '--app', 'elsewhere', '--json'])
    expect(JSON.parse(known.stdout)).toMatchObject({ number: 2, status: 'unchanged' })
    const unknown = await home.run(['deploy', 'abcdef1', '--app', 'elsewhere'])
    expect(unknown).toMatchObject({ code: 2, stderr: expect.stringContaining('has no commit abcdef1') })
    const empty = new Checkout(await temporaryFolder())
    const none = await home.run(['deploy', '--app', 'elsewhere', '-C', empty.folder])
    expect(none).toMatchObject({ code: 2, stderr: expect.stringContaining('there is no commit yet') })
    const nothing = await home.run(['deploy', '--app', 'elsewhere'])
    expect(nothing).toMatchObject({ code: 2, stderr: expect.stringContaining('not in a git repository') })
  })

  test('that fails ends with 1, and as JSON says how it ended', async () => {
    // It fails before it could count as up, however slow the machine is.
    const checkout = await home.newApp('fails', config('echo I cannot; exit 3').replace('50ms', '20s'))
    const { stdout, stderr, code } = await home.run(['deploy', '-C', checkout.folder, '--json'])
    expect(JSON.parse(stdout)).toMatchObject({ number: 1, status: 'rolled_back' })
    expect(stderr).toContain('I cannot')
    expect(stderr).toContain(' !     not deployed: [remote rejected]')
    expect(code).toBe(1)
    const again = await home.run(['deploy', checkout.git('rev-parse', 'HEAD'), '--app', 'fails'])
    expect(again).toMatchObject({ code: 1, stderr: '', stdout: expect.stringContaining('I cannot') })
  })

  test('that is refused says why once, at every door', async () => {
    const sleeps = '{command: sleep 60, rollout: {min_up: 50ms}}'
    const checkout = await home.newApp('refused', `processes: {a: ${sleeps}, b: ${sleeps}, c: ${sleeps}}\n`)
    await home.run(['deploy', '-C', checkout.folder])
    checkout.commit('less', { 'gantry.yml': `processes: {a: ${sleeps}}\n` })
    const times = (text: string): number => text.split('this would remove 2 of 3 processes').length - 1
    const planned = await home.run(['plan', '-C', checkout.folder])
    expect([planned.code, times(planned.stdout), times(planned.stderr)]).toEqual([1, 1, 0])
    const { stderr, code } = await home.run(['deploy', '-C', checkout.folder])
    expect(code).toBe(1)
    expect(times(stderr)).toBe(1)
    expect(stderr).toContain(' was refused (')
    expect(stderr).toMatch(/ !     not deployed: \[remote rejected\] \(deployment #\d+ refused\)$/m)
  })

  test('that would lose commits wants --force', async () => {
    const checkout = await home.newApp('forced')
    await home.run(['deploy', '-C', checkout.folder])
    checkout.git('commit', '--quiet', '--amend', '--message', 'other')
    const refused = await home.run(['deploy', '-C', checkout.folder])
    expect(refused).toMatchObject({ code: 2, stderr: expect.stringContaining('--force') })
    expect(await home.run(['deploy', '-C', checkout.folder, '--force'])).toMatchObject({ code: 0 })
  })

  test('goes on when Ctrl-C ends the watching, and its token is gone', async () => {
    const checkout = await home.newApp('left', config('sleep 60').replace('50ms', '60s'))
    const cancel = async (number: number) => {
      await home.run(['deployment', 'cancel', String(number), '--app', 'left'])
      await home.run(['deployment', 'logs', String(number), '-f', '--app', 'left'])
      expect(await home.json(['deployment', 'show', String(number), '--app', 'left'])).toMatchObject({
        status: 'cancelled',
      })
    }
    const child = home.start(['deploy', '-C', checkout.folder])
    await child.until('stderr', 'worker.1 starting')
    child.kill('SIGINT')
    const { stderr, code } = await child.ended
    expect(stderr).toContain('Cancel it with `gantry deployment cancel 1 --app left`')
    expect(code).toBe(130)
    expect((await home.run(['token', 'list'])).stdout).not.toContain('cli deploy')
    await cancel(1)

    const again = home.start(['deploy', checkout.git('rev-parse', 'HEAD'), '--app', 'left'])
    await again.until('stdout', 'worker.1 starting')
    again.kill('SIGINT')
    const ended = await again.ended
    expect(ended.stderr).toContain('Watch it with `gantry deployment logs 2 --app left -f`')
    expect(ended.code).toBe(130)
    await cancel(2)
  })
})

describe('plan', () => {
  test('hands a new commit over, changes nothing, and says what is not committed', async () => {
    const checkout = await home.newApp('planned')
    checkout.write({ 'new.txt': 'not committed' })
    const { stdout, stderr, code } = await home.run(['plan', '-C', checkout.folder])
    expect(stdout).toMatch(/^ +\+ worker +create/m)
    expect(stderr).toContain('changes that are not committed')
    expect(code).toBe(0)
    expect(await home.json(['deployment', 'list', '--app', 'planned'])).toEqual([])
  })

  test('takes --refresh, although a server remembers nothing that could be wrong', async () => {
    const checkout = await home.newApp('refreshed')
    const { stdout, code } = await home.run(['plan', '--refresh', '-C', checkout.folder])
    expect(stdout).toMatch(/^ +\+ worker +create/m)
    expect(code).toBe(0)
  })

  test('shows what is wrong with the config of the commit', async () => {
    const checkout = await home.newApp('mistaken', 'processes:\n  worker: {comand: ls}\n')
    const { stdout, stderr, code } = await home.run(['plan', '-C', checkout.folder])
    expect(stderr).toContain('> 2 |   worker: {comand: ls}')
    expect({ stdout, code }).toEqual({ stdout: '', code: 2 })
  })
})
