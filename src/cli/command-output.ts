import type { TaskResult } from '../engine/engine.ts'
import { cleanLog } from '../report/clean.ts'
import { linesIn } from '../report/lines.ts'
import { hasColour, note } from './output.ts'

/** What goes into a file or a pipe stays as it is; a terminal is protected. */
export function shown(line: string): string {
  return process.stdout.isTTY ? cleanLog(line, hasColour(process.stdout)) : line
}

/** The command's exit code becomes ours. One that something else ended has none. */
export function endWith({ exit_code, reason }: Pick<TaskResult, 'exit_code' | 'reason'>): void {
  if (reason !== null) note(linesIn(hasColour(process.stderr)).problem(`the command was ended: ${reason}`))
  process.exitCode = exit_code ?? 1
}
