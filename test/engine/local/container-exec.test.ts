import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'

import { afterAll, beforeAll, expect, it } from 'vitest'

import { attachedExec, endInContainer } from '../../../src/engine/local/container-exec.ts'

// A Docker whose containers are this machine: `docker exec CONTAINER COMMAND…`.
const DOCKER = '#!/bin/sh\n[ "$1" = exec ] || exit 1\nshift 2\nexec "$@"\n'

let folder: string
const path = process.env['PATH']
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gantry-docker-'))
  await writeFile(join(folder, 'docker'), DOCKER)
  await chmod(join(folder, 'docker'), 0o755)
  process.env['PATH'] = [folder, path].join(delimiter)
})
afterAll(async () => {
  process.env['PATH'] = path
  await rm(folder, { recursive: true })
})

it('a command in a container gets a terminal where somebody sits at one, and its words as they are', () => {
  const request = {
    container: 'gantry-web',
    name: 'web.1-a.shell-b',
    command: ['psql', '-c', 'select 1; --'],
    env: { TERM: 'vt100' },
  }
  const argv = attachedExec({ ...request, attach: { kind: 'terminal', path: '/dev/pts/0' } })
  const flags = ['--interactive', '--tty', '--env=TERM=vt100', '--env=GANTRY_SHELL=web.1-a.shell-b']
  expect(argv).toEqual(['docker', 'exec'].concat(flags, 'gantry-web', request.command))
  expect(attachedExec({ ...request, attach: { kind: 'pipes' } })).not.toContain('--tty')
})

it('all that it has started is ended, whatever it left behind, and nothing else is', async () => {
  const asleep = (shell: string) =>
    spawn('sleep', ['600'], { env: { ...process.env, GANTRY_SHELL: shell }, detached: true, stdio: 'ignore' })
  const [own, foreign] = [asleep('web.1-a.shell-b'), asleep('web.1-a.shell-bc')]
  try {
    const ended = once(own, 'exit')
    await endInContainer('gantry-web', 'web.1-a.shell-b')
    expect(await ended).toEqual([null, 'SIGKILL'])
    expect(foreign.exitCode ?? foreign.signalCode).toBeNull()
  } finally {
    foreign.kill('SIGKILL')
  }
})
