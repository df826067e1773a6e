import type { Service, Tag, TaskDefinition } from '@aws-sdk/client-ecs'

import type { App, Process } from '../../../app/app.ts'
import type { ProcessState } from '../../../app/spec.ts'
import { readCounts, type Counts } from '../capacity.ts'
import { hashOf } from '../definition/label.ts'
import { readProcessDefinition } from '../definition/read.ts'
import { TAG } from '../names.ts'
import type { StoredProcess } from '../parameters/state.ts'
import { adoptedOf, overlaps } from '../services/adopted-shape.ts'
import type { Refusal } from '../services/controller.ts'
import { processState, withServiceFields } from '../services/service-state.ts'
import { revisionOf, strategyIn } from '../services/shape.ts'
import { ownedFields, serviceTags, type ServiceTags } from '../tags.ts'
import { carriedBy } from './carried.ts'
import { differencesOf, type Changed, type Kept } from './differences.ts'
import {
  autoscalingRefusals,
  containerOf,
  containerRefusals,
  definitionRefusals,
  serviceRefusals,
  strategyRefusals,
  tagRefusals,
} from './refusals.ts'

/** What becomes of a service that is handed over. */
export interface Adoption {
  process: string
  service: string
  /** `family:n` of what it runs. */
  revision: string
  /** Its container that is the process; null where nobody can tell. */
  container: string | null
  kept: Kept[]
  changed: Changed[]
  /** What a process has no words for, and what each new revision of it takes over from the one before. */
  carried: string[]
  /** Why it is not to be had; then nothing else of this need be so. */
  refused: Refusal[]
}

export interface Handover {
  adoption: Adoption
  /** What is to be written for it. */
  tags: Tag[]
  stored: StoredProcess
}

export interface Asked {
  /** As `adapt` has made it. */
  app: App
  /** One of its processes. */
  process: Process
  /** Name of the container that is the process; null where it is plain. */
  container: string | null
  /** Whether the config has something at a path such as `processes.web.memory`, or below it. */
  isNamed: (path: string) => boolean
}

export interface Found {
  service: Service
  /** What it runs. */
  definition: TaskDefinition
  /** Whether an autoscaler works on it. */
  isScaled: boolean
  cluster: string
}

const NO_COUNTS: Counts = {
  demand_count: 0,
  spot_count: 0,
  scale_count: 0,
  scale_type: 'none',
  autoscaling_cpu_threshold: null,
  autoscaling_memory_threshold: null,
}

/** What adopting a service would write, and what the config names otherwise than it is. Pure. */
export function adoptionOf({ app, process, container: asked, isNamed }: Asked, found: Found): Handover {
  const { service, definition, isScaled, cluster } = found
  const revision = revisionOf(service)
  const chosen = containerOf(definition, { process: process.name, asked })
  const container = typeof chosen === 'string' ? chosen : ''
  const read = stateOf(app, process, found, tagsToBe(process, service, container))
  const { kept, changed, refused } = differencesOf(app, process, read.spec, isNamed)
  const owned = kept.map(({ field }) => field)
  const state: ProcessState = { ...read, owned: ownedFields(read.spec, owned) }
  const run = { revision, hash: hashOf(definition.containerDefinitions) }
  const tags = [...serviceTags(app, state, run), { key: TAG.adopted, value: container }]
  return {
    adoption: {
      process: process.name,
      service: service.serviceName!,
      revision,
      container: container || null,
      kept,
      changed,
      carried: carriedBy(app, service, definition, { container, replaced: Object.keys(process.containers) }),
      refused: [
        ...tagRefusals(service, process.name, tags.length),
        ...serviceRefusals(service),
        ...(typeof chosen === 'string' ? definitionRefusals(definition, service, chosen) : [chosen]),
        ...containerRefusals(process, container),
        ...strategyRefusals(service, state.spec),
        ...autoscalingRefusals(service, cluster, isScaled),
        ...refused,
      ],
    },
    tags,
    stored: { state, service: service.serviceName!, ...run },
  }
}

/** As they will read. What the service itself does not say is as the config has it. */
function tagsToBe(process: Process, service: Service, container: string): ServiceTags {
  const { desiredCount = 0, deploymentConfiguration = {} } = service
  const { demand_count, spot_count } = process
  const counts =
    desiredCount === 0
      ? { demand_count, spot_count }
      : readCounts(strategyIn(service), desiredCount, NO_COUNTS)
  return {
    process: process.name,
    origin: 'config',
    owned: [],
    counts: { ...NO_COUNTS, ...counts },
    disabled: desiredCount === 0,
    rollout: { ...process.rollout, overlap: overlaps(deploymentConfiguration) },
    fingerprint: null,
    adopted: container,
  }
}

function stateOf(
  app: App,
  { placement }: Process,
  { service, definition }: Found,
  tags: ServiceTags,
): ProcessState {
  const said = readProcessDefinition(definition, adoptedOf(service, tags))
  const fields = withServiceFields(app, service, tags, said, placement?.exec === true)
  return processState(service, tags, fields, { target: undefined, thresholds: null })
}
