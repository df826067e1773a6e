import { spawn } from 'node:child_process'
import { setTimeout as delay } from 'node:timers/promises'

import { argv, type Command } from '../../app/command.ts'
import { LineSplitter } from './line-splitter.ts'

export interface CommandSurroundings {
  cwd: string
  env: Record<string, string>
  user: { uid: number; gid: number } | null
}

/** How long to wait for output that a command leaves to others when it ends, in ms. */
const REST_OF_OUTPUT = 100

/** Resolves on exit 0; rejects with the exit and the last line of output. The signal kills all that it started. */
export async function probeCommand(
  command: Command,
  surroundings: CommandSurroundings,
  signal: AbortSignal,
): Promise<void> {
  const [file, ...args] = argv(command)
  const child = spawn(file ?? '', args, {
    cwd: surroundings.cwd,
    env: surroundings.env,
    ...surroundings.user,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let last = ''
  const flushed = Promise.all(
    [child.stdout, child.stderr].map(async (output) => {
      const splitter = new LineSplitter((line) => {
        if (line.trim() !== '') last = line.trim()
      })
      output.on('data', (chunk: Buffer) => splitter.write(chunk))
      await new Promise((resolve) => output.once('close', resolve))
      splitter.end()
    }),
  )
  const killGroup = (): void => kill(child.pid)
  signal.addEventListener('abort', killGroup)
  if (signal.aborted) killGroup()
  try {
    const exit = await new Promise<string>((resolve, reject) => {
      child.once('error', (error) => reject(new Error(`cannot start the command: ${error.message}`)))
      child.once('exit', (code, name) => resolve(code === null ? `signal ${name}` : `exit ${code}`))
    })
    signal.throwIfAborted()
    if (exit === 'exit 0') return
    await Promise.race([flushed, delay(REST_OF_OUTPUT)])
    throw new Error(last === '' ? exit : `${exit}: ${last}`)
  } finally {
    signal.removeEventListener('abort', killGroup)
    // What a check leaves behind would grow with each one.
    killGroup()
    child.stdout.destroy()
    child.stderr.destroy()
  }
}

function kill(group: number | undefined): void {
  if (group === undefined) return
  try {
    process.kill(-group, 'SIGKILL')
  } catch {
    // All of it has ended.
  }
}
