import type { HealthCheck } from '../../app/app.ts'
import { showMemory } from '../../app/size.ts'

export interface Failed {
  /** Why, as Gantry has seen it; empty where only the exit code is known. */
  reason: string
  exit_code: number | null
  log: readonly string[]
  spec: { memory: number; health_check: HealthCheck | null }
}

const NOT_RUNNABLE = /exec: .*(?:not found|[Pp]ermission denied)/
const NOT_WRITABLE =
  /EROFS|EACCES|EPERM|[Pp]ermission denied|Read-only file system|unable to open database file|readonly database/

/** What to do about the common causes; null where the log has to speak for itself. */
export function hintFor({ reason, exit_code, log, spec }: Failed): string | null {
  const text = log.join('\n')
  if (reason.includes('out of memory')) {
    return `it has ${showMemory(spec.memory)}: give it more with \`memory\``
  }
  if (exit_code === 126 || NOT_RUNNABLE.test(text)) {
    return 'the program cannot be run: is it installed for all users, executable, or made by build.command?'
  }
  if (NOT_WRITABLE.test(text)) {
    return 'the code is read-only for the app: keep files below $HOME (kept across deploys) or $TMPDIR, or give it `mounts`'
  }
  if (/EADDRINUSE|[Aa]ddress already in use/.test(text)) {
    return 'the port was taken: listen on $PORT, which every instance gets for itself'
  }
  if (exit_code === 127 || /not found|ENOENT/.test(text)) {
    return 'a program or file was not found: is it installed here, or made by build.command?'
  }
  if (exit_code === 0 && /before it was up|ended at once/.test(reason)) {
    return 'a process must not end by itself: what ends when it is done is a task'
  }
  if (/nothing listens on \$PORT/.test(reason)) {
    return 'listen on $PORT; a process that serves nothing wants `expose: none`'
  }
  return spec.health_check === null ? null : healthHint(reason)
}

function healthHint(reason: string): string | null {
  if (/connection refused/.test(reason)) {
    return 'listen on $PORT, which every instance gets for itself, or give it longer with health_check.start_period'
  }
  if (/answered \d{3}/.test(reason)) return 'the health check must be answered with a status from 200 to 399'
  if (/health check failed/.test(reason)) {
    return 'give it longer with health_check.start_period, or see its log for why it does not answer'
  }
  return null
}
