import type { Service } from '@aws-sdk/client-ecs'
import pLimit from 'p-limit'

import type { AppId } from '../../../app/app.ts'
import { FIELD_NAMES, FIELDS } from '../../../app/fields.ts'
import type { ProcessState } from '../../../app/spec.ts'
import type { Obstacle, ProcessEvent } from '../../running.ts'
import type { Account } from '../account.ts'
import type { DefinitionFields } from '../definition/label.ts'
import { readProcessDefinition } from '../definition/read.ts'
import type { Definitions } from '../definition/register.ts'
import { nameOfArn, serviceName } from '../names.ts'
import type { StoredProcess } from '../parameters/state.ts'
import { readServiceTags, type ServiceTags } from '../tags.ts'
import { Autoscaling, mayScale } from './autoscaling.ts'
import { adoptedOf } from './adopted-shape.ts'
import { describeServices } from './describe.ts'
import { obstaclesOf, type Wanted } from './in-the-way.ts'
import { latestEvents } from './service-events.ts'
import { isMoving, isSettled, processState, withServiceFields, type Scaled } from './service-state.ts'
import { revisionOf } from './shape.ts'

const PARALLEL = 4

export interface ObserveServicesOptions {
  /** What the ledger says of a process. */
  stored: Readonly<Record<string, StoredProcess>>
  /** Where a process may be as well, because a deployer died while it moved it from one service to another. */
  begun?: readonly Wanted[]
  /** Trust nothing that was stored, and find services that no name leads to. */
  refresh?: boolean
  signal?: AbortSignal | undefined
}

export interface ObservedProcess {
  process: string
  /** Name of its service. */
  service: string
  state: ProcessState
  /** `family:n` of what it runs, or is on its way to. */
  revision: string
  /** False while a deployment of it is under way, whoever began that. */
  settled: boolean
  events: ProcessEvent[]
}

export interface ObservedServices {
  processes: ObservedProcess[]
  /** Processes whose service would have the name of one that is somebody else's, or cannot be deployed by ECS. */
  obstacles: Obstacle[]
  warnings: string[]
}

/**
 * What runs of an app. A call for ten services, one for fifty that are autoscaled, and one for each definition that
 * cannot be trusted to be what was stored.
 */
export async function observeServices(
  account: Account,
  definitions: Definitions,
  app: AppId,
  wanted: readonly Wanted[],
  options: ObserveServicesOptions,
): Promise<ObservedServices> {
  const { stored, begun = [], refresh = false, signal } = options
  const listed = refresh ? await servicesNamedAlike(account, app, signal) : []
  // A process that is to move to a service of another name is still where the ledger says.
  const known = wanted.flatMap(({ process }) => stored[process]?.service ?? [])
  const names = new Set([...[...wanted, ...begun].map((each) => each.service), ...known, ...listed])
  const services = await describeServices(account, [...names], signal)
  const active = [...services.values()].filter((each) => each.status === 'ACTIVE')
  const found = active.flatMap((service): Found[] => {
    const tags = readServiceTags(app, service.tags ?? [])
    const as = wanted.filter((each) => each.service === service.serviceName)
    const isOurs = tags !== null && (as.length === 0 || as.some((each) => each.process === tags.process))
    return isOurs ? [{ service, tags }] : []
  })
  const { chosen, warnings } = onePerProcess(found, wanted, options)
  const scaled = await scaling(account, chosen, refresh, warnings)
  const limit = pLimit(PARALLEL)
  return {
    processes: await Promise.all(
      chosen.map(async ({ service, tags }): Promise<ObservedProcess> => {
        const { process } = tags
        const known = refresh ? undefined : stored[process]
        const definition = isTrusted(service, tags, known)
          ? definitionOf(known!.state)
          : await limit(async () => {
              const read = await definitions.read(revisionOf(service))
              return withServiceFields(
                app,
                service,
                tags,
                readProcessDefinition(read, adoptedOf(service, tags)),
                stored[process]?.state.spec.placement?.exec === true,
              )
            })
        return {
          process,
          service: service.serviceName!,
          state: processState(service, tags, definition, scaled.get(service.serviceName!) ?? UNSCALED),
          revision: revisionOf(service),
          settled: !isMoving(service),
          events: latestEvents(service),
        }
      }),
    ),
    obstacles: wanted.flatMap((each) => obstaclesOf(app, each, services.get(each.service))),
    warnings: [
      ...warnings,
      ...wanted
        .filter(({ service }) => services.get(service)?.status === 'DRAINING')
        .map(
          ({ process, service }) =>
            `service ${service} was deleted and still has tasks: ${process} begins when they have stopped`,
        ),
    ],
  }
}

interface Found {
  service: Service
  tags: ServiceTags
}

const UNSCALED: Scaled = { target: undefined, thresholds: null }

/**
 * A stored state says what runs if the fingerprint, which is written before anything else, has not changed since, and
 * if what it names is what runs, and nothing but that.
 */
function isTrusted(
  service: Service,
  { fingerprint }: ServiceTags,
  known: StoredProcess | undefined,
): boolean {
  return (
    known !== undefined &&
    fingerprint !== null &&
    known.service === service.serviceName &&
    known.revision === fingerprint.revision &&
    known.hash === fingerprint.hash &&
    known.revision === revisionOf(service) &&
    isSettled(service)
  )
}

function definitionOf({ spec }: ProcessState): DefinitionFields {
  const fields = FIELD_NAMES.filter((field) => FIELDS[field] === 'definition')
  return Object.fromEntries(fields.map((field) => [field, spec[field]])) as unknown as DefinitionFields
}

/**
 * While a process moves to a service of another name there are two of it. The one that the ledger names counts; but where
 * a deployer died on the way, the one that is not wanted does, so that whoever plans sees that something is left to do.
 */
function onePerProcess(
  found: readonly Found[],
  wanted: readonly Wanted[],
  { stored, begun = [] }: ObserveServicesOptions,
): { chosen: Found[]; warnings: string[] } {
  const warnings: string[] = []
  const isNamed = (names: readonly Wanted[], { service, tags }: Found): boolean =>
    names.some((each) => each.process === tags.process && each.service === service.serviceName)
  const chosen = [...Map.groupBy(found, ({ tags }) => tags.process)].map(([process, all]) => {
    const one =
      all.find((each) => isNamed(begun, each) && !isNamed(wanted, each)) ??
      all.find(({ service }) => service.serviceName === stored[process]?.service) ??
      all[0]!
    const others = all.filter((each) => each !== one && !isNamed(begun, each))
    for (const { service } of others) {
      warnings.push(
        `service ${service.serviceName} is tagged as process ${process}, which ${one.service.serviceName} is: delete it if nothing needs it`,
      )
    }
    return one
  })
  return { chosen, warnings }
}

async function scaling(
  account: Account,
  found: readonly Found[],
  refresh: boolean,
  warnings: string[],
): Promise<Map<string, Scaled>> {
  const names = found.filter(({ tags }) => mayScale(tags.counts)).map(({ service }) => service.serviceName!)
  if (names.length === 0) return new Map()
  const autoscaling = new Autoscaling(account)
  const targets = await autoscaling.targets(names)
  if (targets === null) {
    warnings.push('the endpoint has no application autoscaling: whether instances are scaled is not verified')
    return new Map()
  }
  const entries = names.map(async (name): Promise<[string, Scaled]> => {
    const target = targets.get(name) ?? null
    return [name, { target, thresholds: refresh && target ? await autoscaling.thresholds(name) : null }]
  })
  return new Map(await Promise.all(entries))
}

/** Names of all services of the cluster that begin like those of this app. */
async function servicesNamedAlike(
  { aws, cluster }: Account,
  app: AppId,
  signal: AbortSignal | undefined,
): Promise<string[]> {
  const ecs = await aws.ecs()
  const prefix = serviceName(app, '', null)
  const names: string[] = []
  let nextToken: string | undefined
  do {
    const page = await ecs.listServices(
      { cluster, maxResults: 100, nextToken },
      signal && { abortSignal: signal },
    )
    names.push(...(page.serviceArns ?? []).map(nameOfArn))
    nextToken = page.nextToken
  } while (nextToken !== undefined)
  return names.filter((name) => name.startsWith(prefix))
}
