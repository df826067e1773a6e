import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

import { SSM } from '@aws-sdk/client-ssm'
import { ConfiguredRetryStrategy } from '@smithy/core/retry'
import { execa } from 'execa'
import { describe, expect, it, onTestFinished } from 'vitest'

import { pretending, type ContainerRun } from './ecs/behaviour.ts'

const SCRIPT = fileURLToPath(new URL('serve.ts', import.meta.url))
const VARIABLES = 4

const refused = (...args: string[]) => execa(process.execPath, [SCRIPT, ...args], { reject: false })

describe('the fake as a server of its own', () => {
  it('prints what to export, and ends when it is told to', async () => {
    const child = spawn(process.execPath, [SCRIPT], { stdio: ['ignore', 'pipe', 'inherit'] })
    onTestFinished(() => void child.kill('SIGKILL'))
    const ended = once(child, 'exit')
    const variables: Record<string, string> = {}
    for await (const line of createInterface(child.stdout)) {
      const [, name = '', value = ''] = /^export (\w+)=(.*)$/.exec(line) ?? []
      variables[name] = value
      if (Object.keys(variables).length === VARIABLES) break
    }
    const ssm = new SSM({
      endpoint: variables['AWS_ENDPOINT_URL']!,
      region: variables['AWS_REGION']!,
      credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
      retryStrategy: new ConfiguredRetryStrategy(1),
    })
    await ssm.putParameter({ Name: '/a', Value: 'v', Type: 'String' })
    child.kill('SIGTERM')
    expect(await ended).toEqual([0, null])
  })

  it('says how it is used when it is asked, and when it is asked wrongly', async () => {
    const help = await refused('--help')
    expect(help).toMatchObject({ exitCode: 0, stderr: '' })
    expect(help.stdout).toContain('--speed N')
    for (const args of [['--bogus'], ['--port', '70000'], ['--speed', '0'], ['more']])
      expect(await refused(...args)).toMatchObject({ exitCode: 2, stdout: '', stderr: help.stdout })
  })

  it('says in one line that its port is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1')
    onTestFinished(() => void other.close())
    await once(other, 'listening')
    const { stderr, exitCode } = await refused('--port', String((other.address() as AddressInfo).port))
    expect({ stderr, exitCode }).toEqual({
      stderr: expect.stringMatching(/^listen EADDRINUSE.*$/),
      exitCode: 1,
    })
  })
})

describe('a command that somebody brings along', () => {
  const run = (command: string[], service: string | null): ContainerRun => ({
    name: 'main',
    image: 'example.com/shop:1',
    command,
    environment: {},
    secrets: {},
    task: 'a1',
    service,
  })
  const MIGRATE = ['/bin/sh', '-c', 'exec python manage.py migrate']

  it('runs nothing, says so, and has done its work after a while', () => {
    expect(pretending(run(MIGRATE, null))).toEqual({
      lines: ['fake: would run python manage.py migrate'],
      exit: { after: 5, code: 0 },
    })
  })

  it('stays up in a service', () => {
    expect(pretending(run(['bin/web'], 'shop--default--web'))).toEqual({
      lines: ['fake: would run bin/web'],
      exit: null,
    })
    expect(pretending(run([], 'shop--default--web')).lines).toEqual(['fake: would run what the image says'])
  })

  it('does what the fake has a program for', () => {
    expect(pretending(run(['/fake/stays-up'], null))).toEqual({ lines: [], exit: null })
    expect(pretending(run(['/fake/prints', 'done', '3'], null))).toEqual({
      lines: ['done'],
      exit: { after: 1, code: 3 },
    })
  })
})
