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
  name: string
  /** What follows its name, on one line. */
  text: string
  /** The line that it begins in. */
  line: number
}

/** What is kept of a stage. */
interface Stage {
  /** The last CMD counts. */
  command: Instruction | null
  hasEntryPoint: boolean
  /** Any port is as good as another. */
  port: Instruction | null
}

const FILE = 'Dockerfile'
const STAGE = /^(?:--\S+\s+)*(\S+)(?:\s+AS\s+(\S+))?/i
const PORT = /^([1-9]\d{0,4})(?:\/tcp)?(?:\s|$)/
const LAST_PORT = 65_535

/** Of the last stage: that is the one which is built. Null without a Dockerfile. */
export function readDockerfile(repository: Repository): DockerfileFacts | null {
  if (!repository.has(FILE)) return null
  const { command, hasEntryPoint, port } = lastStage(instructionsOf(repository.text(FILE)))
  const place = ({ line }: Instruction): string => `${FILE}:${line}`
  const value = command === null || hasEntryPoint ? null : commandOf(command.text)
  return {
    command: value === null ? null : { value, place: place(command!) },
    port: port === null ? null : { value: portOf(port.text), place: place(port) },
    runs: hasEntryPoint || command !== null,
  }
}

/** With the lines that a backslash joins in one. */
function instructionsOf(file: string): Instruction[] {
  const found: Instruction[] = []
  let isOpen = false
  for (const [index, written] of file.split(/\r?\n/).entries()) {
    const line = written.trim()
    // A comment may stand between the lines of an instruction.
    if (line.startsWith('#') || line === '') continue
    const text = line.replace(/\\$/, '').trimEnd()
    const [, name = '', rest = ''] = /^(\S+)\s*([^]*)$/.exec(text) ?? []
    if (isOpen) found.at(-1)!.text += ` ${text}`
    else found.push({ name: name.toUpperCase(), text: rest, line: index + 1 })
    isOpen = line.endsWith('\\')
  }
  return found
}

/** The last stage, with what it takes over from the one that it is made from. */
function lastStage(instructions: readonly Instruction[]): Stage {
  const stages = new Map<string, Stage>()
  let stage: Stage = { command: null, hasEntryPoint: false, port: null }
  for (const instruction of instructions) {
    const { name, text } = instruction
    if (name === 'FROM') {
      const [, base = '', called = ''] = STAGE.exec(text) ?? []
      stage = { command: null, hasEntryPoint: false, port: null, ...stages.get(base.toLowerCase()) }
      if (called !== '') stages.set(called.toLowerCase(), stage)
    } else if (name === 'CMD') stage.command = instruction
    else if (name === 'ENTRYPOINT') stage.hasEntryPoint = true
    else if (name === 'EXPOSE' && portOf(text) <= LAST_PORT) stage.port ??= instruction
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
