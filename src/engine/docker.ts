import { execa } from 'execa'

/** What the `docker` command needs of our environment: where it finds the engine, its settings and its helpers. */
const KEPT = /^(?:PATH|HOME|USER|XDG_RUNTIME_DIR|SSH_AUTH_SOCK|(?:HTTPS?|NO|ALL)_PROXY|DOCKER_\w+)$/i

export function dockerEnvironment(): Record<string, string> {
  const entries = Object.entries(process.env).filter(
    ([name, value]) => KEPT.test(name) && value !== undefined,
  )
  return Object.fromEntries(entries as [string, string][])
}

export interface DockerResult {
  ok: boolean
  /** Standard output. */
  output: string
  /** The last line that it wrote, which says what is wrong when it failed. */
  last: string
}

/** Runs `docker` with these arguments, for so many seconds at most. Never rejects. */
export async function docker(
  args: readonly string[],
  options: {
    timeout: number
    signal?: AbortSignal
    log?: (line: string) => void
    /** Laid over its environment. */
    env?: Readonly<Record<string, string>>
  },
): Promise<DockerResult> {
  const running = execa('docker', args, {
    env: { ...dockerEnvironment(), ...options.env },
    extendEnv: false,
    stdin: 'ignore',
    all: true,
    reject: false,
    timeout: options.timeout * 1_000,
    ...(options.signal === undefined ? {} : { cancelSignal: options.signal }),
  })
  let last = ''
  for await (const line of running.iterable({ from: 'all' })) {
    if (line.trim() === '') continue
    last = line.trim()
    options.log?.(last)
  }
  const { failed, stdout, shortMessage } = await running
  return { ok: !failed, output: stdout, last: last === '' ? (shortMessage ?? '') : last }
}
