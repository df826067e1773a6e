import type { Container, HealthCheck, Process, RolloutSettings, Task } from './app.ts'
import type { Image } from './image.ts'
import type { UnmetOfProcess } from './unmet.ts'

/** What a command is called that somebody runs once. */
export const ONE_OFF = 'run'

/**
 * A process as an engine runs it: the resolved config with its image chosen and the operator's fields laid over.
 * Everything that decides whether instances are what they should be is in here; nothing else is.
 */
export interface ProcessSpec extends Omit<Process, 'image' | 'build' | 'containers' | keyof UnmetOfProcess> {
  image: Image
  containers: Record<string, ContainerSpec>
  /** The variables set by hand that reach this process: name to the version of its value. The value is never here. */
  variables: Record<string, number>
  /** How often a restart was asked for. */
  restarts: number
}

/** A container beside a process, likewise. What its secrets take from variables has the version that the process has. */
export interface ContainerSpec extends Omit<Container, 'image' | 'build'> {
  image: Image
}

/** A task as an engine runs it. */
export interface TaskSpec extends Omit<Task, 'image' | 'build' | keyof UnmetOfProcess> {
  image: Image
  variables: Record<string, number>
}

/** The fields of a process that a person may set by hand and that later deploys keep. */
export type OwnedFields = Partial<
  Omit<
    Process,
    | 'name'
    | 'build'
    | 'env'
    | 'secrets'
    | 'mounts'
    | 'containers'
    | 'depends_on'
    | 'ecs'
    | 'placement'
    | keyof UnmetOfProcess
  >
>

/** What a person sets of the fields that are maps, entry by entry: `health_check.path`. The field is owned as a whole. */
export interface OwnedParts {
  health_check?: Partial<HealthCheck>
  readiness?: Partial<HealthCheck>
  rollout?: Partial<RolloutSettings>
}

/** What is kept of a process: what runs, which fields the operator owns, and who made it. */
export interface ProcessState {
  spec: ProcessSpec
  owned: OwnedFields
  origin: 'config' | 'operator'
}

/** Every image that an instance runs, its own first. */
export function imagesOf({ image, containers }: Pick<ProcessSpec, 'image' | 'containers'>): Image[] {
  return [image, ...Object.values(containers).map((each) => each.image)]
}

/** Instances that a spec asks for. */
export function instanceCount(spec: Pick<Process, 'demand_count' | 'spot_count' | 'disabled'>): number {
  return spec.disabled ? 0 : spec.demand_count + spec.spot_count
}
