import { existsSync } from 'node:fs'

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'

import type { EcsSettings } from '../../../src/app/app.ts'
import { openShell, type ShellWords } from '../../../src/deploy/shell.ts'
import type { Shell } from '../../../src/engine/shell.ts'
import { byCommand } from '../../fakes/aws/ecs/behaviour.ts'
import { putPluginOnPath } from '../../fakes/plugin-on-path.ts'
import { aProcess } from '../../plan/fixtures.ts'
import { SessionFiles } from './session-files.ts'
import { anEcsApp, Yard } from './yard.ts'

const ROLE = 'arn:aws:iam::123456789012:role/task'
const web = aProcess('web', { command: '/fake/stays-up' })
const appWith = (ecs: Partial<EcsSettings> = { exec: true, task_role: ROLE }) =>
  anEcsApp({ processes: [web] }, ecs)
const app = appWith()
const TERMINAL = { columns: 90, rows: 30, type: 'vt100' }

let takeOff: () => Promise<void>
beforeAll(async () => void (takeOff = await putPluginOnPath()))
afterAll(() => takeOff())

let yard: Yard
let notices: string[]
let sessions: SessionFiles
beforeEach(async () => {
  yard = await Yard.open()
  notices = []
  sessions = new SessionFiles()
  yard.fake.ecs.behaviour = sessions.behaviour
  return async () => {
    await yard[Symbol.asyncDispose]()
    sessions[Symbol.dispose]()
  }
})

const open = (words: ShellWords, signal = new AbortController().signal): Promise<Shell> =>
  openShell(yard.engine, app, words, 'a test', { signal, notice: (text) => notices.push(text) })
const exec = (
  command: string | null,
  more: Partial<Extract<ShellWords, { kind: 'exec' }>> = {},
): Promise<Shell> =>
  open({ kind: 'exec', process: 'web', instance: null, command, terminal: TERMINAL, ...more })
const run = (command: string, signal?: AbortSignal): Promise<Shell> =>
  open({ kind: 'run', command, terminal: TERMINAL }, signal)

/** Reads what a shell says, for as long as it says something. */
function listen(shell: Shell): { text: () => string; ended: Promise<void> } {
  let text = ''
  const ended = (async () => {
    for await (const { bytes } of shell.output) text += Buffer.from(bytes).toString()
  })()
  return { text: () => text, ended }
}
const type = (shell: Shell, text: string): Promise<void> => shell.write(Buffer.from(text))
const calls = (operation: string) => yard.fake.calls.filter((call) => call.operation === operation)
const status = async (): Promise<string | undefined> => (await yard.engine.taskRuns.list(app, 1))[0]?.status

describe('in an instance on ECS', () => {
  it('a session has the terminal that somebody sits at, and the exit code of its command [UP-01]', async () => {
    await yard.deploy(app)
    const shell = await exec('bash --norc')
    const heard = listen(shell)
    await expect.poll(heard.text).toMatch(/[$#] $/)
    expect(heard.text()).not.toContain('Starting session')
    await type(shell, 'stty size; echo "$TERM $IN_CONTAINER"\r')
    await expect.poll(heard.text).toContain('30 90\r\nvt100 yes\r\n')
    shell.resize({ columns: 71, rows: 22 })
    await expect
      .poll(async () => {
        await type(shell, 'stty size\r')
        return heard.text()
      })
      .toContain('22 71\r\n')
    await type(shell, 'echo begun; sleep 600\r')
    await expect.poll(heard.text).toContain('\rbegun\r\n')
    await type(shell, '\x03')
    await expect.poll(heard.text).toMatch(/begun\r\n\^C[^]*[$#] $/)
    await type(shell, 'echo "after $?"\r')
    await expect.poll(heard.text).toContain('after 130\r\n')
    await type(shell, 'exit 7\r')
    await heard.ended
    expect(await shell.result).toEqual({ exit_code: 7, reason: null })
    expect(heard.text()).not.toContain('Exiting session')
  })

  it('gets the exit code also of what Ctrl-C has ended, and of what has odd words in it', async () => {
    await yard.deploy(app)
    const odd = await exec(`printf '%s\\n' "it's" "a \\$b" 'c"d'; exit 3`)
    const heard = listen(odd)
    await heard.ended
    expect(heard.text()).toBe(`it's\r\na $b\r\nc"d\r\n`)
    expect(await odd.result).toEqual({ exit_code: 3, reason: null })
    const sleeps = await exec('echo begun; exec sleep 600')
    const asleep = listen(sleeps)
    await expect.poll(asleep.text).toContain('begun')
    await type(sleeps, '\x03')
    expect(await Promise.all([asleep.ended, sleeps.result])).toMatchObject([
      undefined,
      { exit_code: 130, reason: null },
    ])
  })

  it('what it writes comes as it is where there is no terminal', async () => {
    await yard.deploy(app)
    const shell = await exec('echo one; echo two >&2; cat', { terminal: null })
    const heard = listen(shell)
    await heard.ended
    expect(heard.text()).toBe('one\ntwo\n')
    expect(await shell.result).toEqual({ exit_code: 0, reason: null })
  })

  it('its session is ended with it, and its token is in no argument', async () => {
    await yard.deploy(app)
    const shell = await exec('echo $$; ps axww -o args; exec sleep 600')
    const heard = listen(shell)
    await expect.poll(heard.text).toMatch(/session-manager-plugin\.ts AWS_SSM_START_SESSION_RESPONSE/)
    expect(heard.text()).not.toContain('token-of')
    expect([...yard.fake.ssm.sessions]).toHaveLength(1)
    const pid = Number(/^\d+/.exec(heard.text())![0])
    await shell.stop('enough')
    expect(await shell.result).toEqual({ exit_code: null, reason: 'enough' })
    expect([...yard.fake.ssm.sessions]).toEqual([])
    await expect.poll(() => existsSync(`/proc/${pid}`)).toBe(false)
  })

  it('is chosen by its name', async () => {
    await yard.deploy(app)
    const { processes } = await yard.engine.observe(app, { instances: true })
    const [instance] = processes[0]!.instances
    const shell = await exec('true', { instance: instance!.id })
    expect(shell.id).toBe(instance!.id)
    await listen(shell).ended
    await expect(exec('true', { instance: 'web-nobody' })).rejects.toMatchObject({
      message: 'web has no instance "web-nobody" that runs',
      hint: `there is ${instance!.id}`,
    })
    await expect(exec('true', { process: 'nobody' })).rejects.toThrow('has no process "nobody"')
  })

  it('the setting reaches what starts from then on, and is seen in the plan', async () => {
    await yard.deploy(appWith({ task_role: ROLE }))
    await expect(exec('true')).rejects.toMatchObject({
      message: expect.stringMatching(/^web-\w+ was started without ECS Exec$/),
      hint: expect.stringContaining('exec: true'),
    })
    const { plan } = await yard.deploy(app)
    expect(plan!.processes[0]).toMatchObject({ action: 'update' })
    await listen(await exec('true')).ended
    expect((await yard.plan(app, 'one', { refresh: true })).processes[0]).toMatchObject({
      action: 'unchanged',
    })
    await yard.deploy(appWith({ task_role: ROLE }))
    await expect(exec('true')).rejects.toThrow('without ECS Exec')
  })

  it('what is missing is said: a role, its permission, the agent', async () => {
    const { diagnostics } = yard.engine.adapt(appWith({ exec: true }))
    expect(diagnostics).toContainEqual(expect.objectContaining({ severity: 'error', path: 'ecs.exec' }))
    await yard.deploy(app)
    yard.fake.ecs.muteRole(ROLE)
    await expect(exec('true')).rejects.toMatchObject({
      message: 'ECS Exec does not reach the instance',
      hint: expect.stringContaining('ssmmessages'),
    })
    yard.fake.ecs.loseAgents('orderdesk--default--web')
    await expect(exec('true')).rejects.toMatchObject({
      message: 'the agent of ECS Exec does not run in the instance',
      hint: expect.stringContaining('ssmmessages'),
    })
  })
})

describe('the plugin of Session Manager', () => {
  it('is asked for by name where it is missing, and where it is too old to keep a secret', async () => {
    const before = process.env['PATH']
    process.env['PATH'] = '/nowhere'
    await expect(exec('true')).rejects.toMatchObject({
      message: expect.stringContaining('not installed here'),
      hint: expect.stringContaining('install-plugin'),
    })
    process.env['PATH'] = before
    for (const version of ['1.2.497.0', '1.2.30.0', 'nonsense']) {
      const takeOld = await putPluginOnPath(version)
      await expect(exec('true')).rejects.toThrow(`too old: ${version}`)
      await takeOld()
    }
    expect(calls('ExecuteCommand')).toEqual([])
  })
})

describe('in a fresh instance on ECS', () => {
  it('is a task that ends with its command, with its exit code [TT-18]', async () => {
    await yard.deploy(app)
    const shell = await run('bash --norc')
    const heard = listen(shell)
    expect(notices).toEqual([expect.stringContaining('Starting an instance')])
    await expect.poll(heard.text).toMatch(/[$#] $/)
    expect(await status()).toBe('running')
    await type(shell, 'exit 7\r')
    await heard.ended
    expect(await shell.result).toMatchObject({ exit_code: 7, reason: null })
    expect(await yard.engine.taskRuns.list(app, 1)).toMatchObject([
      { id: shell.id, command: 'bash --norc', status: 'failed', exit_code: 7, initiated_by: 'a test' },
    ])
    expect(calls('StopTask')).toEqual([])
  })

  it('is stopped when whoever talked to it goes away', async () => {
    await yard.deploy(app)
    const shell = await run('bash --norc')
    const heard = listen(shell)
    await expect.poll(heard.text).toMatch(/[$#] $/)
    await shell.stop('whoever talked to it went away')
    expect(await shell.result).toEqual({ exit_code: null, reason: 'whoever talked to it went away' })
    expect(await yard.engine.taskRuns.list(app, 1)).toMatchObject([
      { status: 'stopped', reason: 'whoever talked to it went away' },
    ])
    expect([...yard.fake.ssm.sessions]).toEqual([])
  })

  it('ends by itself where nobody is left to stop it: its session hangs up', async () => {
    await yard.deploy(app)
    const shell = await run('bash --norc')
    const heard = listen(shell)
    await expect.poll(heard.text).toMatch(/[$#] $/)
    const file = sessions.files.at(-1)!
    // As if the deployer had been killed: its plugin ends, and the session with it.
    await type(shell, 'kill -HUP $PPID; exit 5\r')
    await expect.poll(() => existsSync(file)).toBe(true)
    await heard.ended
  })

  it('is stopped when nobody waits for it any more', async () => {
    await yard.deploy(app)
    const patience = new AbortController()
    yard.fake.ecs.durations.agent = 3_600
    const opening = run('bash', patience.signal)
    await expect.poll(() => calls('RunTask').length).toBe(1)
    patience.abort()
    await expect(opening).rejects.toThrow('nobody waits')
    expect(await status()).toBe('stopped')
  })

  it('says why it ended before it could be used', async () => {
    await yard.deploy(app)
    yard.fake.ecs.behaviour = (container) =>
      byCommand({ ...container, ...(sessions.fileOf(container) !== null && { command: ['/fake/fails'] }) })
    await expect(run('bash')).rejects.toThrow('the instance ended before it could be used: exit code 1')
  })

  it('wants a task role', async () => {
    await yard.deploy(appWith({}))
    await expect(run('bash')).rejects.toMatchObject({
      message: expect.stringContaining('needs a task role'),
      hint: expect.stringContaining('--no-tty'),
    })
    expect(calls('RunTask')).toEqual([])
  })
})
