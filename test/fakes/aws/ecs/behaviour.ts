/** A container as it is about to start. */
export interface ContainerRun {
  name: string
  image: string
  /** The entry point's words, then the command's. */
  command: string[]
  environment: Record<string, string>
  /** Where each secret comes from. */
  secrets: Record<string, string>
  task: string
  /** Null outside services. */
  service: string | null
}

/** What a container does; times in seconds. */
export interface Behaviour {
  /** What it writes, at its start or so many seconds later. */
  lines: (string | { after: number; line: string })[]
  /** Null: it stays up. The reason is what the container's own `reason` shows. */
  exit: { after: number; code: number; reason?: string } | null
  /** Looked at every second: the code with which it ends now, or null. */
  ends?: () => number | null
  /** Whether its health checks succeed. Default: they do. */
  healthy?: boolean
  /** How it answers SIGTERM; null: not at all, so that it is killed after its stop timeout. Default: it ends after 1 s with 143. */
  stop?: { after: number; code: number } | null
}

const STAYS_UP: Behaviour = { lines: [], exit: null }

/**
 * `/fake/prints LINE CODE`, `/fake/fails` (after a second) and `/fake/lasts SECONDS CODE`, as words or in a shell line; all else, as
 * `/fake/stays-up`, stays up.
 */
export function byCommand({ command }: ContainerRun): Behaviour {
  const [program, first = '', second = '0'] = wordsOf(command)
  if (program === '/fake/prints') return { lines: [first], exit: { after: 1, code: Number(second) } }
  if (program === '/fake/fails') return { lines: [], exit: { after: 1, code: 1 } }
  if (program === '/fake/lasts') return { lines: [], exit: { after: Number(first), code: Number(second) } }
  return STAYS_UP
}

/** As long as one that runs nothing takes. */
const PRETENDS = 5

/**
 * As `byCommand`, where people bring commands of their own: what stands for none of them runs nothing and says so. In a service it
 * stays up; what runs once has done its work after a while.
 */
export function pretending(run: ContainerRun): Behaviour {
  const words = wordsOf(run.command)
  if (words[0]?.startsWith('/fake/')) return byCommand(run)
  const program = words.length === 0 ? 'what the image says' : words.join(' ')
  return {
    lines: [`fake: would run ${program}`],
    exit: run.service === null ? { after: PRETENDS, code: 0 } : null,
  }
}

function wordsOf(command: string[]): string[] {
  const [shell, option, line] = command
  if (!shell?.endsWith('sh') || option !== '-c' || line === undefined) return command
  const words = line.match(/"[^"]*"|'[^']*'|\S+/g) ?? []
  return words.map((word) => word.replace(/^(["'])(.*)\1$/, '$2')).slice(words[0] === 'exec' ? 1 : 0)
}
