import type { Service } from '@aws-sdk/client-ecs'

import { TimeoutError } from '../../../app/errors.ts'
import { isNamed } from '../aws-error.ts'
import { create } from './create.ts'
import { foreignService, isOurs } from './in-the-way.ts'
import { unlessAborted } from '../patiently.ts'
import type { Change, Written } from './rollout-tools.ts'
import { update } from './update.ts'

/** Makes a service what it is to be, or makes it: whichever what is there, null for nothing, asks for. */
export async function write(change: Change, there: Service | null): Promise<Written> {
  const { tools, process, service } = change
  const { clock, until, signal } = change.limits()
  const { app, looks } = tools
  for (;;) {
    if (there?.status === 'ACTIVE') {
      if (!isOurs(app, process, there)) throw foreignService({ process, service })
      return update(change, there)
    }
    if (there?.status !== 'DRAINING') {
      try {
        return await create(change)
      } catch (error) {
        // It was deleted, or made, so recently that ECS did not show it yet.
        if (!isTaken(error)) throw error
      }
    }
    if (clock.now() >= until) {
      throw new TimeoutError(`the service ${service} that was deleted still has tasks`)
    }
    there = await unlessAborted(looks.next(service), signal)
  }
}

function isTaken(error: unknown): boolean {
  return (
    isNamed(error, 'InvalidParameterException', 'ClientException', 'ServiceNotActiveException') &&
    /idempotent|draining/i.test((error as Error).message)
  )
}
