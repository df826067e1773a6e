import type { AppId } from '../app/app.ts'
import type { Engine } from '../engine/engine.ts'
import type { Shell, ShellIo, ShellRequest, TerminalRequest } from '../engine/shell.ts'
import { parseRun, taskRequestOf, type RunWords } from './run-once.ts'

/** What somebody asks for who wants to talk to a command, in words. */
export type ShellWords = { terminal: TerminalRequest | null } & (
  | ({ kind: 'run' } & RunWords)
  | { kind: 'exec'; process: string; instance: string | null; command: string | null }
)

/**
 * Starts a command that somebody talks to: in the image and the environment of what is deployed, or in an instance.
 *
 * @param by who asks for it
 * @throws ConfigError, UserError
 */
export async function openShell(
  engine: Engine,
  app: AppId,
  words: ShellWords,
  by: string,
  io: ShellIo,
): Promise<Shell> {
  return engine.openShell(app, await requestOf(engine, app, words, by), io)
}

async function requestOf(engine: Engine, app: AppId, words: ShellWords, by: string): Promise<ShellRequest> {
  if (words.kind === 'exec') return words
  const { kind, terminal, ...run } = words
  const task = await taskRequestOf(engine, app, { ...(await parseRun(run)), initiated_by: by })
  return { kind, terminal, task }
}
