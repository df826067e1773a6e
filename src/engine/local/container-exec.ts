import { argv, type Command } from '../../app/command.ts'
import { docker } from '../docker.ts'
import { attachFlags } from './container.ts'
import type { Attach } from './shell-link.ts'

export interface AttachedExec {
  container: string
  /** Marks all that the command starts. */
  name: string
  command: Command
  attach: Attach | undefined
  /** No secrets: everybody on the machine can read them. */
  env: Readonly<Record<string, string>>
}

/** Seconds. */
const QUICK = 10

const MARK = 'GANTRY_SHELL'

/** What runs a command that somebody talks to inside of a container that runs. */
export function attachedExec({ container, name, command, attach, env }: AttachedExec): string[] {
  const variables = Object.entries({ ...env, [MARK]: name }).map(([each, value]) => `--env=${each}=${value}`)
  return ['docker', 'exec', ...attachFlags(attach), ...variables, container, ...argv(command)]
}

const END_MARKED = `for each in /proc/[0-9]*/environ; do
  tr '\\0' '\\n' <"$each" 2>/dev/null | grep -qxF "${MARK}=$1" || continue
  pid=\${each#/proc/}; kill -9 "\${pid%/environ}"
done`

/**
 * Ends what such a command has left running: Docker lets go of it when its client ends, and ends nothing. A container
 * without a shell has none of it.
 */
export async function endInContainer(container: string, name: string): Promise<void> {
  await docker(['exec', container, '/bin/sh', '-c', END_MARKED, 'gantry', name], { timeout: QUICK })
}
