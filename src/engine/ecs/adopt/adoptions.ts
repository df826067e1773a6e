import { isDeepStrictEqual } from 'node:util'

import { NotFoundError, UserError } from '../../../app/errors.ts'
import type { Account } from '../account.ts'
import { problemOf } from '../aws-problem.ts'
import { serviceName } from '../names.ts'
import { States } from '../parameters/state.ts'
import { Autoscaling } from '../services/autoscaling.ts'
import { describeServices } from '../services/describe.ts'
import { revisionOf } from '../services/shape.ts'
import { adoptionOf, type Adoption, type Asked, type Handover } from './adoption.ts'

export interface AdoptRequest extends Asked {
  /** Name of the service; null: the one that the config says. */
  service: string | null
}

/** Hands services over that Gantry did not make. */
export class Adoptions {
  readonly #account: Account

  constructor(account: Account) {
    this.#account = account
  }

  /**
   * What adopting a service would do. Only reads.
   *
   * @throws NotFoundError where there is no such service
   */
  async look(request: AdoptRequest): Promise<Adoption> {
    return (await this.#handover(request)).adoption
  }

  /**
   * Tags the service, and remembers what it is. Nothing of it is changed.
   *
   * @param shown what somebody has agreed to
   * @throws UserError where it is not to be had, or is not what was shown any more
   */
  async adopt(request: AdoptRequest, shown: Adoption): Promise<void> {
    const { app, process } = request
    const { adoption, tags, stored, resourceArn } = await this.#handover(request)
    const [refusal] = adoption.refused
    if (refusal !== undefined) {
      throw new UserError(`${adoption.service} cannot be adopted: ${refusal.reason}`, { hint: refusal.hint })
    }
    if (!isDeepStrictEqual(adoption, shown)) {
      throw new UserError(`${adoption.service} has changed meanwhile: nothing was done`, {
        hint: 'look at it again',
      })
    }
    const ecs = await this.#account.aws.ecs()
    try {
      await ecs.tagResource({ resourceArn, tags })
    } catch (error) {
      throw problemOf(error, `tag the service ${adoption.service}`)
    }
    // Without this it would be known only to whoever asks for it by the name that the config has.
    await new States(this.#account).update(app, (state) => ({
      ...state,
      processes: { ...state.processes, [process.name]: stored },
    }))
  }

  async #handover(request: AdoptRequest): Promise<Handover & { resourceArn: string | undefined }> {
    const name = serviceOf(request)
    const { aws, cluster } = this.#account
    try {
      const service = (await describeServices(this.#account, [name])).get(name)
      if (service?.status !== 'ACTIVE') throw noService(name, cluster)
      const ecs = await aws.ecs()
      const [{ taskDefinition }, targets] = await Promise.all([
        ecs.describeTaskDefinition({ taskDefinition: revisionOf(service) }),
        new Autoscaling(this.#account).targets([name]),
      ])
      const isScaled = targets?.has(name) === true
      const found = { service, definition: taskDefinition!, isScaled, cluster }
      return { ...adoptionOf(request, found), resourceArn: service.serviceArn }
    } catch (error) {
      throw problemOf(error, `look at the service ${name}`)
    }
  }
}

/** Where the config says another name, the next deployment would make a service of that one. */
function serviceOf({ app, process, service }: AdoptRequest): string {
  const said = serviceName(app, process.name, process.ecs.service)
  if (service === null || service === said) return said
  throw new UserError(`the config says that ${process.name} is the service ${said}, not ${service}`, {
    hint: `say \`ecs: {service: ${service}}\` under processes.${process.name} first: a deploy would make ${said} otherwise`,
  })
}

function noService(name: string, cluster: string): NotFoundError {
  return new NotFoundError(`there is no service ${name} in cluster ${cluster}`, {
    hint: 'say which one it is with `ecs: {service: NAME}` under the process, in the config',
  })
}
