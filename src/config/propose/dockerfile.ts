import { Command as CommandSchema } from '../gantry-yml/scalars.ts'
import type { Repository } from './repository.ts'

/** What a Dockerfile says about the image that comes out of it. */
export interface DockerfileFacts {
  /** What its CMD runs, where it has no ENTRYPOINT in front of it. */
  command: { value: string | string[]; place: string } | null
  port: { value: number; place: string } | null
  /** Whether the image knows by itself what to run. */
  runs: boolean
}

interface Instruction {
  text: string
  /** Where it stands. */
  index: number
}

const FILE = 'Dockerfile'
/** Instructions, over all lines that a backslash joins. */
const INSTRUCTION = /^[ \t]*(FROM|CMD|ENTRYPOINT|EXPOSE)[ \t]+((?:[^\\\n]|\\[^\n]|\\\n)*)/gim
const PORT = /^([1-9]\d{0,4})(?:\/tcp)?(?:\s|$)/
const LAST_PORT = 65_535

/** Of the last stage: that is the one which is built. Null without a Dockerfile. */
export function readDockerfile(repository: Repository): DockerfileFacts | null {
  if (!repository.has(FILE)) return null
  const file = repository.text(FILE)
  const stage = lastStage(file)
  // Of several, the last CMD counts, and any port is as good as another.
  const command = stage.get('CMD')?.at(-1)
  const port = stage.get('EXPOSE')?.find(({ text }) => portOf(text) <= LAST_PORT)
  const hasEntryPoint = stage.has('ENTRYPOINT')
  const place = ({ index }: Instruction): string => `${FILE}:${file.slice(0, index).split('\n').length}`
  const value = command === undefined || hasEntryPoint ? null : commandOf(command.text)
  return {
    command: value === null ? null : { value, place: place(command!) },
    port: port === undefined ? null : { value: portOf(port.text), place: place(port) },
    runs: hasEntryPoint || command !== undefined,
  }
}

function lastStage(file: string): ReadonlyMap<string, Instruction[]> {
  const stage = new Map<string, Instruction[]>()
  for (const { 1: name, 2: rest, index } of file.matchAll(INSTRUCTION)) {
    const key = name!.toUpperCase()
    if (key === 'FROM') stage.clear()
    const all = stage.get(key) ?? []
    stage.set(key, all)
    all.push({ text: rest!.replaceAll(/\\\n/g, ' ').trim(), index })
  }
  return stage
}

/** Without end where it is none, as with `EXPOSE $PORT`. */
function portOf(text: string): number {
  return Number(PORT.exec(text)?.[1] ?? Number.POSITIVE_INFINITY)
}

function commandOf(text: string): string | string[] | null {
  return CommandSchema.safeParse(text.startsWith('[') ? parsed(text) : text).data ?? null
}

function parsed(list: string): unknown {
  try {
    return JSON.parse(list)
  } catch {
    return list
  }
}
