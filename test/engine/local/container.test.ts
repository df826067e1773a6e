import { spawn, type ChildProcess } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { UserError } from '../../../src/app/errors.ts'
import {
  containerArgv,
  killContainer,
  pullIfMissing,
  sweepContainers,
  type ContainerRequest,
  type ContainerRun,
} from '../../../src/engine/local/container.ts'
import { docker } from '../../../src/engine/docker.ts'
import { portAccepts } from '../../../src/engine/local/health.ts'
import { canRunBusybox, importBusybox } from './busybox.ts'

const home = `test${randomBytes(4).toString('hex')}`
const image = `gantry-${home}:1`
const usable = await canRunBusybox()
let count = 0

function request(options: Partial<ContainerRequest> = {}): ContainerRequest {
  return {
    home,
    instance: `web.1-${String(++count).padStart(6, '0')}`,
    image,
    entry_point: null,
    command: null,
    env: {},
    mounts: [],
    network: 'own',
    hostPort: null,
    containerPort: null,
    memory: 64,
    cpu: 256,
    ...options,
  }
}

function start({ argv, env }: ContainerRun): ChildProcess {
  return spawn(argv[0]!, argv.slice(1), { env, stdio: ['ignore', 'pipe', 'inherit'], detached: true })
}

async function outputOf(run: ContainerRun): Promise<string> {
  return text(start(run).stdout!)
}

async function containers(): Promise<string[]> {
  const { output } = await docker(
    ['ps', '--all', '--filter', `label=gantry.home=${home}`, '--format', '{{.Names}}'],
    { timeout: 10 },
  )
  return output.split('\n').filter((name) => name !== '')
}

describe('the argv', () => {
  const SECRET = 'hunter2hunter2'

  it('has no value of a variable in it', () => {
    const { argv } = containerArgv(request({ env: { A: SECRET, KEY: `${SECRET}\n${SECRET}` } }))
    expect(argv.join(' ')).not.toContain(SECRET)
    expect(argv).toContain('--env=KEY')
  })

  it('says what the container is called, whose it is, what it may use and what it runs', () => {
    const { name, argv } = containerArgv(
      request({
        instance: 'web.1-3f9c2a',
        command: ['a', 'b c'],
        memory: 512,
        cpu: 1536,
        hostPort: 20_123,
        containerPort: 8000,
      }),
    )
    expect(name).toBe(`gantry-${home}-web.1-3f9c2a`)
    expect(argv).toEqual(
      expect.arrayContaining([
        `--name=${name}`,
        `--label=gantry.home=${home}`,
        '--label=gantry.instance=web.1-3f9c2a',
        '--memory=512m',
        '--cpus=1.5',
        '--publish=127.0.0.1:20123:8000',
      ]),
    )
    expect(argv.slice(-4)).toEqual(['--', image, 'a', 'b c'])
  })

  it('gives it an entry point of its own, whose other words come first, and what runs before it', () => {
    const entry = containerArgv(request({ entry_point: ['tini', '--'], command: ['a', 'b'] })).argv
    expect(entry).toContain('--entrypoint=tini')
    expect(entry.slice(-5)).toEqual(['--', image, '--', 'a', 'b'])
    const before = containerArgv(
      request({ entry_point: ['tini', '--'], command: ['a'], pre_start: 'b c' }),
    ).argv
    expect(before).toContain('--entrypoint=/bin/sh')
    expect(before.slice(-3)).toEqual([image, '-c', `'/bin/sh' '-c' 'exec b c' && exec 'tini' '--' 'a'`])
  })

  it('mounts folders whatever their paths, and shares the network of this machine where it is to', () => {
    const mounts = [{ source: '/a,b:c"d', target: '/app/x' }]
    const { argv } = containerArgv(
      request({ mounts, network: 'host', hostPort: 20_001, containerPort: 20_001 }),
    )
    expect(argv).toContain('--mount="type=bind","source=/a,b:c""d","target=/app/x"')
    expect(argv).toContain('--network=host')
    expect(argv.join(' ')).not.toContain('--publish')
  })

  it('does not take an image for an option', () => {
    expect(containerArgv(request({ image: '--privileged' })).argv.slice(-2)).toEqual(['--', '--privileged'])
  })

  it.each(['LD_PRELOAD', 'DOCKER_HOST', 'PATH2\nPATH', 'https_proxy', 'GODEBUG', 'BASH_ENV', 'A=B'])(
    'does not let a value of several lines into %j of docker itself',
    (variable) => {
      expect(() => containerArgv(request({ env: { [variable]: '/evil.so\n' } }))).toThrow(UserError)
    },
  )

  it('leaves the environment of docker itself as it is', () => {
    const hostile = {
      LD_PRELOAD: '/evil.so',
      DOCKER_HOST: 'tcp://evil',
      HOME: '/evil',
      PATH: '/evil',
      BASH_ENV: '/evil',
    }
    const { env } = containerArgv(request({ env: { ...hostile, GOOGLE_CREDENTIALS: '{\n}' } }))
    expect(env).toMatchObject({ PATH: process.env['PATH'], GOOGLE_CREDENTIALS: '{\n}' })
    expect(
      Object.entries(env).filter(([name, value]) => name !== 'GANTRY_VARIABLES' && value.includes('evil')),
    ).toEqual([])
  })
})

describe.skipIf(!usable)('a container (where a Docker engine answers and a static busybox is there)', () => {
  beforeAll(() => importBusybox(image))
  afterAll(async () => {
    await sweepContainers(home)
    await docker(['rmi', '--force', image], { timeout: 10 })
  })

  it('gets its variables as they are, and not where things are on this machine', async () => {
    const env = {
      PLAIN: 'x',
      EMPTY: '',
      QUOTED: ` 'a' "b" \\n $HOME $(id) \`id\` # é `,
      LINES: 'one\ntwo\r\n three\n',
      LD_PRELOAD: '/none.so',
      PATH: '/host',
      HOME: '/host',
      TMPDIR: '/host',
    }
    const command = [
      'sh',
      '-c',
      'for name in PLAIN EMPTY QUOTED LINES LD_PRELOAD PATH HOME TMPDIR PORT; do eval "echo \\"<\\$$name>\\""; done',
    ]
    const { LD_PRELOAD, ...rest } = env
    expect(
      await outputOf(containerArgv(request({ env: rest, command, hostPort: null, containerPort: 8000 }))),
    ).toBe(`<x>\n<>\n<${env.QUOTED}>\n<${env.LINES}>\n<>\n</bin>\n</>\n<>\n<8000>\n`)
    expect(await outputOf(containerArgv(request({ env: { LD_PRELOAD } })))).toContain('LD_PRELOAD=/none.so\n')
  })

  it('runs what the image says without a command, and ends with its exit code', async () => {
    expect(await outputOf(containerArgv(request({ env: { A: '1' } })))).toContain('A=1\n')
    const [code] = await once(start(containerArgv(request({ command: 'exit 7' }))), 'exit')
    expect(code).toBe(7)
    expect(await containers()).toEqual([])
  })

  it('writes to what is mounted, runs what comes first, and has its entry point', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'gantry-a,b"c-'))
    const run = containerArgv(
      request({
        mounts: [{ source: folder, target: '/app/data' }],
        pre_start: 'echo first >/app/data/f',
        entry_point: ['sh', '-c', 'cat /app/data/f; echo "$0"'],
        command: ['last'],
      }),
    )
    expect(await outputOf(run)).toBe('first\nlast\n')
    expect(await readFile(join(folder, 'f'), 'utf8')).toBe('first\n')
    await rm(folder, { recursive: true })
  })

  it('is reached on its port by all of this machine where it shares its network', async () => {
    const port = await freePort()
    const command = 'exec httpd -f -p 127.0.0.1:$PORT -h /bin'
    const run = containerArgv(request({ command, network: 'host', hostPort: port, containerPort: port }))
    const child = start(run)
    const signal = new AbortController().signal
    await expect.poll(() => portAccepts(port, signal), { timeout: 10_000 }).toBe(true)
    await Promise.all([once(child, 'exit'), killContainer(run.name)])
  })

  it('answers on its port, on this machine only, and counts as listening only when it does', async () => {
    const hostPort = await freePort()
    const command = 'until [ -e /go ]; do sleep 0.02; done; exec httpd -f -p $PORT -h /bin'
    const run = containerArgv(request({ command, hostPort, containerPort: 8000 }))
    const child = start(run)
    const signal = new AbortController().signal
    await expect.poll(() => published(run.name), { timeout: 10_000 }).toBe('127.0.0.1')
    expect(await portAccepts(hostPort, signal)).toBe(false)
    await docker(['exec', run.name, 'sh', '-c', ': > /go'], { timeout: 10 })
    await expect.poll(() => portAccepts(hostPort, signal), { timeout: 10_000 }).toBe(true)
    expect((await fetch(`http://127.0.0.1:${hostPort}/sh`)).status).toBe(200)
    await Promise.all([once(child, 'exit'), killContainer(run.name)])
  })

  it('may use as much as it was given', async () => {
    const run = containerArgv(request({ command: 'sleep 99', memory: 32, cpu: 512 }))
    const child = start(run)
    await expect.poll(containers, { timeout: 10_000 }).toEqual([run.name])
    const format =
      '{{.HostConfig.Memory}} {{.HostConfig.NanoCpus}} {{.HostConfig.LogConfig.Type}} {{.HostConfig.Init}}'
    const { output } = await docker(['inspect', '--format', format, run.name], { timeout: 10 })
    expect(output).toBe(`${32 * 1024 * 1024} 500000000 none true`)
    await Promise.all([once(child, 'exit'), killContainer(run.name)])
    expect(await containers()).toEqual([])
  })

  it('gets the SIGTERM that its group gets', async () => {
    const script = 'trap "echo bye; exit 3" TERM; echo ready; while :; do sleep 0.05; done'
    const child = start(containerArgv(request({ command: ['sh', '-c', script] })))
    const seen: string[] = []
    child.stdout!.on('data', (chunk: Buffer) => seen.push(chunk.toString()))
    await expect.poll(() => seen.join(''), { timeout: 10_000 }).toBe('ready\n')
    const exit = once(child, 'exit')
    process.kill(-child.pid!, 'SIGTERM')
    const [code] = await exit
    expect([code, seen.join('')]).toEqual([3, 'ready\nbye\n'])
  })

  it('outlives a SIGKILL of the docker command, but not killContainer', async () => {
    const run = containerArgv(request({ command: 'echo ready; exec sleep 99' }))
    const child = start(run)
    await once(child.stdout!, 'data')
    const exit = once(child, 'exit')
    process.kill(-child.pid!, 'SIGKILL')
    await exit
    expect(await containers()).toEqual([run.name])
    await killContainer(run.name)
    expect(await containers()).toEqual([])
    await killContainer(run.name)
  })

  it('that an earlier server left is swept, and none of another home', async () => {
    const other = `${home}other`
    const runs = [request(), request(), request({ home: other })].map((each) =>
      containerArgv({ ...each, command: 'echo ready; exec sleep 99' }),
    )
    await Promise.all(runs.map((run) => once(start(run).stdout!, 'data')))
    await sweepContainers(home)
    expect(await containers()).toEqual([])
    const left = await docker(['inspect', '--format', '{{.State.Running}}', runs[2]!.name], { timeout: 10 })
    expect(left.output).toBe('true')
    await sweepContainers(other)
    await sweepContainers(other)
  })

  it('needs an image, which is pulled only when it is missing', async () => {
    const io = { signal: new AbortController().signal, log: () => {} }
    await pullIfMissing(image, io)
    await expect(pullIfMissing('127.0.0.1:1/no/such:1', io)).rejects.toThrow(
      /^cannot pull 127\.0\.0\.1:1\/no\/such:1: .*(refused|dial)/,
    )
    await expect(
      pullIfMissing('127.0.0.1:1/no/such:1', { ...io, signal: AbortSignal.abort() }),
    ).rejects.toThrow('cancelled')
  })

  it('shows none of its variables to others on this machine', async () => {
    const run = containerArgv(
      request({ command: 'echo ready; exec sleep 99', env: { A: 'hunter2hunter2', B: 'hunter2\nhunter2' } }),
    )
    const child = start(run)
    await once(child.stdout!, 'data')
    const commandLine = await readFile(`/proc/${child.pid}/cmdline`, 'utf8')
    expect(commandLine).toContain('docker')
    expect(commandLine).not.toContain('hunter2')
    await Promise.all([once(child, 'exit'), killContainer(run.name)])
  })
})

async function published(name: string): Promise<string> {
  const format = '{{range $ports := .NetworkSettings.Ports}}{{range $ports}}{{.HostIp}}{{end}}{{end}}'
  return (await docker(['inspect', '--format', format, name], { timeout: 10 })).output
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}
