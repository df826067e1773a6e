import { argv, startWords, type Command, type Start } from '../../app/command.ts'
import { CancelledError, UserError } from '../../app/errors.ts'
import { docker, dockerEnvironment } from '../docker.ts'
import type { MountedFolder } from './mount-view.ts'
import type { Attach } from './shell-link.ts'

/** How long an answer of the engine is believed, in ms. */
const BELIEVED = 10_000
const QUICK = 10
const PULL_TIMEOUT = 1_800

let lastAnswer: { at: number; answers: Promise<boolean> } | null = null

/** Whether a Docker engine can be used from here. */
export function dockerAnswers(): Promise<boolean> {
  if (lastAnswer === null || Date.now() - lastAnswer.at > BELIEVED) {
    const asking = docker(['version', '--format', '{{.Server.Version}}'], { timeout: QUICK })
    lastAnswer = { at: Date.now(), answers: asking.then(({ ok }) => ok) }
  }
  return lastAnswer.answers
}

export interface ContainerRequest extends Start {
  /** Id of this home: whose containers a sweep removes. */
  home: string
  instance: string
  image: string
  env: Readonly<Record<string, string>>
  mounts: readonly MountedFolder[]
  /** `host`: that of this machine, where all that is in one instance meets. */
  network: 'own' | 'host'
  /** Port of this machine, and the one in the container that it leads to: the same in the network of this machine. */
  hostPort: number | null
  containerPort: number | null
  /** MiB. */
  memory: number
  /** CPU units, 1024 = 1 vCPU. */
  cpu: number
  /** Where somebody talks to it. */
  attach?: Attach
}

export interface ContainerRun {
  name: string
  argv: string[]
  /** The whole environment for argv. */
  env: Record<string, string>
}

export function containerName(home: string, instance: string): string {
  return `gantry-${home}-${instance}`
}

/** What runs a command inside of a container that runs. */
export function execInContainer(container: string, command: Command): string[] {
  return ['docker', 'exec', container, ...argv(command)]
}

// Variables come from a pushed repository: in the environment of `docker` itself they could steer it (LD_PRELOAD,
// DOCKER_HOST), in its arguments everybody on the machine could read them. So they go in through a pipe.
const FROM_PIPE = 'variables=$GANTRY_VARIABLES; unset GANTRY_VARIABLES; exec "$@" 4<<END\n$variables\nEND'

// A file of variables has no way to write a value of several lines: such a one must go through the environment.
const ONE_LINE = /^[^\s#=][^\r\n]*$/
const STEERS = new RegExp(
  `^(?:${[
    'LD_\\w*|GLIBC_\\w*|MALLOC_\\w*|GCONV_PATH|LOCPATH|NLSPATH|TZ(?:DIR)?|LANG(?:UAGE)?|LC_\\w*|TMP(?:DIR)?|TERM',
    'RES_OPTIONS|HOSTALIASES|LOCALDOMAIN|\\w*_PROXY|SSL_CERT_(?:FILE|DIR)|SSH_ASKPASS\\w*|SSH_AUTH_SOCK|OTEL_\\w*',
    'PATH|HOME|XDG_\\w*|DOCKER_\\w*|BUILDKIT\\w*|BUILDX\\w*|GO(?:DEBUG|GC|MAXPROCS|MEMLIMIT|TRACEBACK|ROOT)',
    'ENV|IFS|PS\\d|BASH\\w*|SHELL\\w*|GANTRY_\\w*',
  ].join('|')})$`,
  'i',
)

// These say where things are on this machine, which is nowhere in a container.
const OF_THIS_MACHINE = new Set(['PATH', 'HOME', 'TMPDIR'])

/**
 * How to run an instance in a container, in the foreground: output and exit are the container's, SIGTERM reaches it,
 * but SIGKILL does not: for that there is `killContainer`. Throws a UserError for a variable that cannot be given.
 */
export function containerArgv(request: ContainerRequest): ContainerRun {
  const { home, instance, image, hostPort, containerPort, memory, cpu } = request
  const { entry_point, command } = startWords(request)
  const [program, ...firstWords] = entry_point ?? []
  const name = containerName(home, instance)
  const port = containerPort === null ? {} : { PORT: String(containerPort) }
  const variables = Object.entries({ ...request.env, ...port }).filter(([each]) => !OF_THIS_MACHINE.has(each))
  const piped = variables.map(([each, value]) => `${each}=${value}`).filter((line) => ONE_LINE.test(line))
  const inherited = variables.filter(([each, value]) => !ONE_LINE.test(`${each}=${value}`))
  for (const [each] of inherited) refuseToSteer(each)
  const run = [
    'docker',
    'run',
    '--rm',
    '--init',
    ...attachFlags(request.attach),
    `--name=${name}`,
    `--label=gantry.home=${home}`,
    `--label=gantry.instance=${instance}`,
    // Gantry stores the output itself; the engine's own copy would grow without end.
    '--log-driver=none',
    `--memory=${memory}m`,
    `--memory-swap=${memory}m`,
    `--cpus=${cpu / 1024}`,
    ...(request.network === 'host' ? ['--network=host'] : publish(hostPort, containerPort)),
    ...request.mounts.map(bindFlag),
    ...(program === undefined ? [] : [`--entrypoint=${program}`]),
    '--env-file=/dev/fd/4',
    ...inherited.map(([each]) => `--env=${each}`),
    '--',
    image,
    ...firstWords,
    ...(command ?? []),
  ]
  return {
    name,
    argv: ['/bin/sh', '-c', FROM_PIPE, 'gantry', ...run],
    env: { ...Object.fromEntries(inherited), ...dockerEnvironment(), GANTRY_VARIABLES: piped.join('\n') },
  }
}

function publish(hostPort: number | null, containerPort: number | null): string[] {
  return hostPort === null || containerPort === null
    ? []
    : [`--publish=127.0.0.1:${hostPort}:${containerPort}`]
}

/** Docker reads the value as a line of CSV. */
function bindFlag({ source, target }: MountedFolder): string {
  const fields = ['type=bind', `source=${source}`, `target=${target}`]
  return `--mount=${fields.map((field) => `"${field.replaceAll('"', '""')}"`).join(',')}`
}

export function attachFlags(attach: Attach | undefined): string[] {
  if (attach === undefined) return []
  return attach.kind === 'terminal' ? ['--interactive', '--tty'] : ['--interactive']
}

function refuseToSteer(variable: string): void {
  if (/^[A-Za-z_]\w*$/.test(variable) && !STEERS.test(variable)) return
  throw new UserError(`a container cannot be given a value of several lines in ${JSON.stringify(variable)}`, {
    hint: 'give it in one line, base64-encoded for example, or under another name',
  })
}

/** Ends a container at once, if there is one. */
export async function killContainer(name: string): Promise<void> {
  await docker(['rm', '--force', '--volumes', name], { timeout: QUICK })
}

/** Removes all containers of a home. */
export async function sweepContainers(home: string): Promise<void> {
  const found = await docker(['ps', '--all', '--quiet', '--filter', `label=gantry.home=${home}`], {
    timeout: QUICK,
  })
  const ids = found.ok ? found.output.split('\n').filter((id) => id !== '') : []
  if (ids.length > 0) await docker(['rm', '--force', '--volumes', ...ids], { timeout: QUICK * 3 })
}

/** Gets an image that is not there yet. Rejects with a UserError when it cannot be had. */
export async function pullIfMissing(
  image: string,
  io: { signal: AbortSignal; log(line: string): void },
): Promise<void> {
  const { signal } = io
  const present = await docker(['image', 'inspect', '--format', '{{.Id}}', '--', image], {
    timeout: QUICK,
    signal,
  })
  if (present.ok) return
  const pulled = await docker(['pull', '--', image], {
    timeout: PULL_TIMEOUT,
    signal,
    log: (line) => io.log(line),
  })
  if (signal.aborted) throw new CancelledError(`cancelled while ${image} was pulled`)
  if (pulled.ok) return
  throw new UserError(`cannot pull ${image}: ${pulled.last}`, {
    hint: 'check the reference, and whether `docker login` is needed for its registry',
  })
}
