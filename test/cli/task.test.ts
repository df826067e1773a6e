import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import type { TaskRun } from '../../src/engine/task-run.ts'
import { Checkout } from './checkout.ts'
import { startGantry, startServer, temporaryFolder } from './gantry.ts'
import { TestHome, TICKS } from './test-home.ts'

const app = ['--app', 'jobs'] as const
const WAITS = 'trap "exit 0" TERM; echo ready; sleep 60 & wait'

const folder = await temporaryFolder(afterAll)
const work = await temporaryFolder(afterAll)
let home: TestHome

beforeAll(async () => {
  const server = await startServer(folder)
  home = new TestHome(folder, server.url)
  await home.run(['app', 'create', 'jobs'])
  const checkout = new Checkout(work)
  checkout.commit('first', { 'gantry.yml': `env: {LEVEL: info}\n${TICKS}`, what: 'one\n' })
  expect(await home.run(['deploy', ...app, '-C', checkout.folder])).toMatchObject({ code: 0 })
  return async () => {
    await server.stop()
  }
})

const list = () => home.json<TaskRun[]>(['task', 'list', ...app])
const show = (id: string) => home.json<TaskRun & { log: unknown[] }>(['task', 'show', id, ...app])
/** Starts a task that goes on, and gives its id. */
const start = async (...words: string[]) => {
  const { stdout, code } = await home.run(['task', 'create', ...app, ...words])
  expect(code).toBe(0)
  return stdout.trim()
}
/** Runs a task to its end, whatever that is, and gives its run. */
const ended = async (...words: string[]): Promise<TaskRun> =>
  JSON.parse((await home.run(['task', 'create', '-w', '--json', ...app, ...words])).stdout) as TaskRun

describe('task create', () => {
  test('TT-10: starts a shell line, prints its id, and does not wait', async () => {
    const { stdout, stderr, code } = await home.run(['task', 'create', ...app, WAITS])
    expect(code).toBe(0)
    expect(stdout).toMatch(/^task\.run-[0-9a-f]{6}\n$/)
    const id = stdout.trim()
    expect(stderr).toContain(`gantry task logs ${id} --app jobs -f`)
    expect(stderr).toContain(`gantry task delete ${id} --app jobs`)
    expect(await show(id)).toMatchObject({ id, task: 'run', command: WAITS, status: 'running' })
    await home.run(['task', 'delete', id, ...app])
  })

  test('TT-10: wants the command as one word', async () => {
    const { stderr, code } = await home.run(['task', 'create', ...app, 'echo', 'a'])
    expect(stderr).toMatch(/"a" is not of the form key=value\n.*quote it/)
    expect(code).toBe(2)
    expect(await home.run(['task', 'create', ...app])).toMatchObject({ code: 2 })
  })

  test.each([
    ['exit 0', 0],
    ['echo no; exit 7', 7],
  ])('TT-11, TT-24: with --wait, `%s` exits with %d', async (command, code) => {
    expect(await home.run(['task', 'create', '-w', ...app, command])).toMatchObject({ code })
    expect((await list())[0]).toMatchObject({ command, exit_code: code })
  })

  test('TT-11: with --wait and --json, only the run as it ended is on stdout', async () => {
    const { stdout, stderr, code } = await home.run([
      'task',
      'create',
      '--wait',
      '--json',
      ...app,
      'echo out; exit 3',
    ])
    expect(JSON.parse(stdout)).toMatchObject({ status: 'failed', exit_code: 3 })
    expect(stderr).toContain('out\n')
    expect(code).toBe(3)
  })

  test('TT-11: Ctrl-C while waiting leaves the task running, and says how to watch and stop it', async () => {
    const child = home.start(['task', 'create', '-w', ...app, WAITS])
    await child.until('stdout', 'ready')
    child.kill('SIGINT')
    const { stderr, code } = await child.ended
    const [, id = ''] = /-----> (\S+) goes on without you/.exec(stderr) ?? []
    expect(stderr).toContain(`gantry task logs ${id} --app jobs -f`)
    expect(code).toBe(130)
    expect(await show(id)).toMatchObject({ status: 'running' })
    await home.run(['task', 'delete', id, ...app])
  })

  test('TT-12, TT-13, TT-16: takes memory, cpu and max_hours, as words or as options', async () => {
    const words = await ended('true', 'memory=1.5', 'cpu=0.5', 'max_hours=2')
    expect(words).toMatchObject({ memory: 1_536, cpu: 512, max_hours: 2 })
    const options = await ended('--memory', '512 MB', '--max-hours', '0.5', 'true')
    expect(options).toMatchObject({ memory: 512, max_hours: 0.5 })
    expect(await home.run(['task', 'create', ...app, 'true', 'memory=lots'])).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/^ !     memory must be a number of GB/),
    })
  })

  test('TT-14, TT-15: runs an image of a release, and refuses two names for it and one that is not there', async () => {
    const cat = ['task', 'create', '-w', ...app, 'cat what']
    expect((await home.run([...cat, 'docker_tag=v1'])).stdout).toBe('one\n')
    expect((await home.run([...cat, 'image=release:v1'])).stdout).toBe('one\n')
    expect((await home.run([...cat, 'docker_tag=v1', 'image=x'])).code).toBe(2)
    const none = await home.run([...cat, 'docker_tag=release:v9'])
    expect(none).toMatchObject({ code: 2, stderr: expect.stringContaining('release v9 has no image') })
  })

  test('TT-17: keeps any text as who started it; without one it is who asks', async () => {
    const text = 'Zoë & "the\nfinance team" <x> $(id)'
    expect(await ended('true', `initiated_by=${text}`)).toMatchObject({ initiated_by: text })
    expect(await ended('true', 'initiator=cron')).toMatchObject({ initiated_by: 'cron' })
    expect(await ended('true')).toMatchObject({ initiated_by: 'owner' })
  })

  test('TT-20, TT-25: variables are expanded where it runs; env.NAME is of this run alone', async () => {
    await home.run(['env', 'set', 'TOKEN', '--secret', ...app], { input: 'opensesame\n' })
    const print = ['task', 'create', '-w', ...app, 'echo "$LEVEL ${#TOKEN} $EXTRA"']
    expect((await home.run(print)).stdout).toBe('info 10 \n')
    expect((await home.run([...print, 'env.LEVEL=debug', 'env.TOKEN=x', 'env.EXTRA=a=b'])).stdout).toBe(
      'debug 1 a=b\n',
    )
    expect((await home.run(print)).stdout).toBe('info 10 \n')
    await home.run(['env', 'unset', 'TOKEN', ...app])
  })
})

describe('task list, show, logs and delete', () => {
  test('TT-21: list shows status, exit code, who and what, newest first', async () => {
    await ended('echo a; exit 4', 'initiated_by=Zoë')
    const { stdout } = await home.run(['task', 'list', '-n', '1', ...app])
    expect(stdout).toMatch(/^ID +STATUS +EXIT +AGE +DURATION +BY +COMMAND$/m)
    expect(stdout).toMatch(/^task\.run-\w{6} +failed +4 +\d+s +\d+s +Zoë +echo a; exit 4$/m)
    expect(stdout.trim().split('\n')).toHaveLength(2)
  })

  test('TT-22: show has all that is known, and the end of the log; an id may be given as task=ID', async () => {
    const { id } = await ended('seq 1 30', 'memory=1')
    const { stdout } = await home.run(['task', 'show', `task=${id}`, ...app])
    for (const row of [/^status +succeeded$/m, /^exit_code +0$/m, /^memory +1 GB$/m, /^duration +\d+s$/m]) {
      expect(stdout).toMatch(row)
    }
    expect(stdout).toMatch(/^log\n {2}12\n/m)
    expect((await show(id)).log).toHaveLength(20)
    const unknown = await home.run(['task', 'show', 'task.run-000000', ...app])
    expect(unknown).toMatchObject({ code: 2, stderr: expect.stringContaining('jobs has no task') })
  })

  test('TT-09: logs has every line, and with -f those that come, until the task ends', async () => {
    const id = await start('seq 1 1500; sleep 0.2; echo last')
    const followed = await home.run(['task', 'logs', id, '-f', ...app])
    expect(followed.stdout.match(/\| \d+$/gm)).toHaveLength(1_500)
    expect(followed.stdout).toMatch(/\| last\n.*\| exit 0\n$/)
    expect(followed.code).toBe(0)
    expect((await home.run(['task', 'logs', id, ...app])).stdout).toBe(followed.stdout)
  })

  test('TT-23: delete stops a running task, and removes an ended one from the list', async () => {
    const id = await start(WAITS)
    const stop = await home.run(['task', 'delete', id, ...app])
    expect(stop).toMatchObject({ code: 0, stderr: expect.stringContaining(`${id} is stopped`) })
    expect(await show(id)).toMatchObject({ status: 'stopped', reason: 'stopped by owner' })
    expect(await home.json(['task', 'delete', `task=${id}`, ...app])).toMatchObject({
      deleted: 'removed',
      run: { id },
    })
    expect((await list()).map((run) => run.id)).not.toContain(id)
    expect(await home.run(['task', 'delete', id, ...app])).toMatchObject({ code: 2 })
  })

  test('a token that may read sees runs, and neither starts nor deletes any', async () => {
    const { stdout } = await home.run(['token', 'create', '--scope', 'read', '--app', 'jobs'])
    const [{ id } = { id: '' }] = await list()
    const ask = (method: string, path: string, body?: object) =>
      fetch(`${home.url}/api/apps/jobs/tasks${path}`, {
        method,
        headers: { authorization: `Bearer ${stdout.trim()}`, 'content-type': 'application/json' },
        ...(body && { body: JSON.stringify(body) }),
      })
    expect((await ask('GET', '')).status).toBe(200)
    expect((await ask('GET', `/${id}`)).status).toBe(200)
    expect((await ask('GET', `/${id}/logs`)).status).toBe(200)
    expect((await ask('POST', '', { command: 'true' })).status).toBe(403)
    expect((await ask('DELETE', `/${id}`)).status).toBe(403)
    expect((await ask('GET', '/task.run-000000/logs')).status).toBe(404)
  })
})

test('TT-19: run takes the keys of a task, and has the exit code', async () => {
  expect(await home.run(['run', ...app, 'exit 5', 'max_hours=1', 'memory=1'])).toMatchObject({ code: 5 })
  expect((await list())[0]).toMatchObject({ memory: 1_024, max_hours: 1, exit_code: 5 })
  expect((await home.run(['run', ...app, '--docker-tag', 'v1', 'cat', 'what'])).stdout).toBe('one\n')
  expect(await home.run(['run', ...app, 'memory=1'])).toMatchObject({ code: 2 })
})

test('TT-21: a task that ran when the server was killed has ended, with a reason', async () => {
  const killed = await temporaryFolder()
  const serve = () =>
    startGantry(['server', '--home', killed, '--listen', '127.0.0.1:0', '--log-level', 'warn'])
  const first = serve()
  const there = new TestHome(killed, (await first.until('stdout', '\n')).trim().replace('listening on ', ''))
  const checkout = await there.newApp('jobs')
  expect(await there.run(['deploy', '-C', checkout.folder])).toMatchObject({ code: 0 })
  const { id } = await there.json<TaskRun>(['task', 'create', ...app, 'sleep 600'])
  first.kill('SIGKILL')
  await first.ended
  const second = serve()
  await second.until('stdout', '\n')
  expect(await there.json(['task', 'show', id, ...app])).toMatchObject({
    status: 'stopped',
    exit_code: null,
    reason: 'the server ended while it ran',
  })
  second.kill('SIGTERM')
  await second.ended
})
