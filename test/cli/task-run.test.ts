import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import type { TaskRun } from '../../src/engine/task-run.ts'
import { Checkout } from './checkout.ts'
import { startServer, temporaryFolder } from './gantry.ts'
import { TestHome, TICKS } from './test-home.ts'

const TASKS = `
env: {LEVEL: info}
tasks:
  report: {command: 'echo "$LEVEL"; cat what; exit 4', memory: 256 MB, max_hours: 2}
  locked: {command: 'true', secrets: {KEY: gantry}}
${TICKS}`

const app = ['--app', 'jobs'] as const
const folder = await temporaryFolder(afterAll)
const work = await temporaryFolder(afterAll)
let home: TestHome

beforeAll(async () => {
  const server = await startServer(folder)
  home = new TestHome(folder, server.url)
  await home.run(['app', 'create', 'jobs'])
  const checkout = new Checkout(work)
  checkout.commit('first', { 'gantry.yml': TASKS, what: 'one\n' })
  expect(await home.run(['deploy', ...app, '-C', checkout.folder])).toMatchObject({ code: 0 })
  return async () => {
    await server.stop()
  }
})

describe('task run', () => {
  test('starts a task of the config with all that the release says of it, and exits with its code [TT-10]', async () => {
    const ran = await home.run(['task', 'run', 'report', '-w', ...app])
    expect(ran).toMatchObject({ stdout: 'info\none\n', code: 4 })
    const [run] = await home.json<TaskRun[]>(['task', 'list', ...app])
    expect(run).toMatchObject({ task: 'report', memory: 256, max_hours: 2, deployment: null, exit_code: 4 })
    expect(run!.initiated_by).toBe('owner')
  })

  test('takes who starts it, and goes on by itself [TT-17]', async () => {
    const by = 'the finance team'
    const { stdout, stderr } = await home.run(['task', 'run', 'report', '--initiated-by', by, ...app])
    expect(stdout).toMatch(/^task\.report-[0-9a-f]{6}\n$/)
    expect(stderr).toContain(`gantry task logs ${stdout.trim()} --app jobs -f`)
    expect(await home.json(['task', 'show', stdout.trim(), ...app])).toMatchObject({ initiated_by: by })
  })

  test('names the tasks there are, and a secret that is missing', async () => {
    const none = await home.run(['task', 'run', 'reprot', ...app])
    expect(none.code).toBe(2)
    expect(none.stderr).toMatch(/v1 of jobs has no task "reprot"\n +there are: report, locked;/)
    const locked = await home.run(['task', 'run', 'locked', ...app])
    expect(locked).toMatchObject({ code: 2, stderr: expect.stringContaining('the secret KEY has no value') })
  })

  test('is what `task create` with the name of a task hints at', async () => {
    const { stderr } = await home.run(['task', 'create', '-w', 'report', ...app])
    expect(stderr).toContain('`gantry task run report` starts that')
    expect((await home.run(['task', 'create', '-w', 'true', ...app])).stderr).not.toContain('task run')
  })
})
