import type { Service } from '@aws-sdk/client-ecs'

import type { AppId } from '../../../app/app.ts'
import { UserError } from '../../../app/errors.ts'
import type { Obstacle } from '../../running.ts'
import { readServiceTags } from '../tags.ts'
import { controllerRefusals } from './controller.ts'

/** Under which name a process's service is looked for. */
export interface Wanted {
  process: string
  service: string
}

/** What keeps a wanted process from being made where its service is to be. */
export function obstaclesOf(app: AppId, wanted: Wanted, there: Service | undefined): Obstacle[] {
  if (there?.status !== 'ACTIVE') return []
  const { process, service } = wanted
  if (!isOurs(app, process, there)) {
    const { message, hint } = foreignService(wanted)
    return [{ process, reason: `${message}: ${hint}` }]
  }
  return controllerRefusals(there).map(({ reason, hint }) => ({
    process,
    reason: `service ${service} cannot be process ${process}: ${reason}: ${hint}`,
  }))
}

export function isOurs(app: AppId, process: string, { tags = [] }: Service): boolean {
  return readServiceTags(app, tags)?.process === process
}

/** What somebody is told whose process has the name of a service that is not ours to touch. */
export function foreignService({ process, service }: Wanted): UserError {
  return new UserError(
    `there is a service ${service} already, and it is not process ${process} of this app`,
    {
      hint:
        'call the process something else, name another service under `ecs.service`, or hand this one over with ' +
        `\`gantry adopt ${process}\``,
    },
  )
}
