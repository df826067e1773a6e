import { showMemory } from '../../app/size.ts'
import type { ProcessSpec } from '../../app/spec.ts'

export interface FailedInstance {
  reason: string
  exit_code: number | null
  log: readonly string[]
  spec: Pick<ProcessSpec, 'health_check' | 'memory'>
}

/** What to do about the common causes; null where the log has to speak for itself. */
export function hintFor(failed: FailedInstance): string | null {
  const text = failed.log.join('\n')
  if (failed.reason.includes('out of memory'))
    return `it has ${showMemory(failed.spec.memory)}: give it more with \`memory\``
  if (/EROFS|EACCES|EPERM|[Pp]ermission denied|Read-only file system/.test(text)) {
    return 'the image cannot be written to: keep files below $HOME (kept across deploys) or $TMPDIR'
  }
  if (/EADDRINUSE|[Aa]ddress already in use/.test(text)) {
    return 'the port was taken: listen on $PORT, which every instance gets for itself'
  }
  if (failed.exit_code === 127 || /not found|ENOENT/.test(text)) {
    return 'a program or file was not found: is it installed here, or made by build.command?'
  }
  if (/nothing listens on \$PORT/.test(failed.reason)) {
    return 'listen on $PORT; a process that serves nothing wants `expose: none`'
  }
  if (failed.spec.health_check !== null && /health check failed/.test(failed.reason)) {
    return 'give it longer with health_check.start_period, or see its log for why it does not answer'
  }
  return null
}
