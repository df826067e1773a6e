import { execa } from 'execa'

/**
 * What the `docker` command needs of our environment: where it finds the engine, its settings, the builder that was
 * chosen with buildx, and what its credential helpers log in with.
 */
const KEPT =
  /^(?:PATH|HOME|USER|TMPDIR|XDG_RUNTIME_DIR|SSH_AUTH_SOCK|SSL_CERT_(?:FILE|DIR)|(?:HTTPS?|NO|ALL)_PROXY|(?:DOCKER|BUILDX|AWS)_\w+)$/i

/** Milliseconds from SIGTERM to SIGKILL. */
const GRACE = 5_000

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
    // A group of its own: buildx and credential helpers are children of it, and have to end with it.
    detached: true,
  })
  const ends = endGroup(running.pid, options)
  try {
    let last = ''
    for await (const line of running.iterable({ from: 'all' })) {
      if (line.trim() === '') continue
      last = line.trim()
      options.log?.(last)
    }
    const { failed, stdout, shortMessage } = await running
    return { ok: !failed, output: stdout, last: last === '' ? (shortMessage ?? '') : last }
  } finally {
    ends[Symbol.dispose]()
  }
}

/** Ends a process group when the signal fires, when its time is over, and when this process goes. */
function endGroup(
  pid: number | undefined,
  { timeout, signal }: { timeout: number; signal?: AbortSignal },
): Disposable {
  // It could not be started.
  if (pid === undefined) return { [Symbol.dispose]: () => {} }
  const timers: NodeJS.Timeout[] = []
  const kill = (how: 'SIGTERM' | 'SIGKILL'): void => {
    try {
      process.kill(-pid, how)
    } catch {
      // It has ended.
    }
  }
  const stop = (): void => {
    kill('SIGTERM')
    timers.push(setTimeout(() => kill('SIGKILL'), GRACE))
  }
  const killNow = (): void => kill('SIGKILL')
  timers.push(setTimeout(stop, timeout * 1_000))
  process.on('exit', killNow)
  if (signal?.aborted) stop()
  else signal?.addEventListener('abort', stop, { once: true })
  return {
    [Symbol.dispose]: () => {
      for (const timer of timers) clearTimeout(timer)
      process.off('exit', killNow)
      signal?.removeEventListener('abort', stop)
    },
  }
}
