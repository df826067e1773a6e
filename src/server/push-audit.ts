import { isZero } from '../git/object-id.ts'
import type { Audit } from './audit.ts'
import type { RefCommand } from './git/proc-receive.ts'
import type { Push } from './git/receive.ts'

/**
 * Writes down what a push changes, an entry for each ref. Of a branch that deploys that is what is asked for: it moves
 * when the deployment has succeeded.
 */
export function auditPush(
  audit: Audit,
  { app, by }: Pick<Push, 'app' | 'by'>,
  refs: readonly RefCommand[],
  detail: Readonly<Record<string, unknown>> = {},
): void {
  for (const { ref, from, to } of refs) {
    audit.write(
      { who: by, token: null, app, action: 'push' },
      { before: isZero(from) ? null : { ref, commit: from }, after: { ref, commit: to }, detail },
    )
  }
}
