import type {
  CapacityProviderStrategyItem,
  ContainerDefinition,
  CreateServiceRequest,
  LaunchType,
  NetworkConfiguration,
  RegisterTaskDefinitionRequest,
  RunTaskRequest,
  ServiceDeploymentStatus,
  Tag,
  TaskStopCode,
} from '@aws-sdk/client-ecs'

import type { Behaviour } from './behaviour.ts'

// All times are in milliseconds since the epoch.

export interface ClusterState {
  name: string
  tags: Tag[]
  capacityProviders: string[]
  defaultStrategy: CapacityProviderStrategyItem[]
}

export interface DefinitionState {
  family: string
  revision: number
  /** `family:revision` */
  name: string
  arn: string
  status: 'ACTIVE' | 'INACTIVE'
  /** With all that ECS fills in. */
  content: Omit<RegisterTaskDefinitionRequest, 'tags'>
  compatibilities: string[]
  tags: Tag[]
  registeredAt: number
  deregisteredAt: number | null
}

/** What a service revision says: a change to any of it is a new deployment. */
export interface Workload extends Required<
  Pick<
    CreateServiceRequest,
    'loadBalancers' | 'serviceRegistries' | 'volumeConfigurations' | 'vpcLatticeConfigurations'
  >
> {
  definition: DefinitionState
  /** Null where a strategy decides. */
  launchType: LaunchType | null
  /** Empty where a launch type decides. */
  strategy: CapacityProviderStrategyItem[]
  platformVersion: string
  networkConfiguration: NetworkConfiguration | undefined
  serviceConnectConfiguration: CreateServiceRequest['serviceConnectConfiguration']
}

export interface RevisionState {
  arn: string
  createdAt: number
  workload: Workload
}

/** An entry of `Service.deployments`. Whether it is PRIMARY or ACTIVE is where it stands in the list. */
export interface DeploymentState {
  id: string
  revision: RevisionState
  serviceDeployment: ServiceDeploymentState
  createdAt: number
  updatedAt: number
  rolloutState: 'IN_PROGRESS' | 'COMPLETED' | 'FAILED'
  rolloutStateReason: string
  failedTasks: number
  /** Whether tasks that fail are still counted. */
  counting: boolean
  /** Those that are not STOPPED. */
  tasks: Set<TaskState>
  /** Rounds in a row in which no task came to run, and when the next may start. */
  startFailures: number
  lastStartFailure: number
  startAfter: number
  /** When capacity that was not there is looked for again. */
  placeAfter: number
}

export interface ServiceDeploymentState {
  id: string
  arn: string
  service: ServiceState
  status: ServiceDeploymentStatus
  statusReason: string | undefined
  createdAt: number
  startedAt: number | null
  finishedAt: number | null
  stoppedAt: number | null
  updatedAt: number
  target: RevisionState
  sources: RevisionState[]
  rollback: { reason: string; startedAt: number; revision: RevisionState } | null
  breakerTriggered: boolean
  failureCount: number
  threshold: number
}

/** What UpdateService changes without a deployment. */
export interface ServiceSettings {
  deploymentConfiguration: NonNullable<CreateServiceRequest['deploymentConfiguration']>
  availabilityZoneRebalancing: 'ENABLED' | 'DISABLED'
  placementConstraints: NonNullable<CreateServiceRequest['placementConstraints']>
  placementStrategy: NonNullable<CreateServiceRequest['placementStrategy']>
  healthCheckGracePeriodSeconds: number
  enableExecuteCommand: boolean
  enableECSManagedTags: boolean
  propagateTags: 'TASK_DEFINITION' | 'SERVICE' | 'NONE'
}

export interface ServiceState {
  name: string
  arn: string
  cluster: ClusterState
  status: 'ACTIVE' | 'DRAINING' | 'INACTIVE'
  controller: 'ECS' | 'CODE_DEPLOY'
  desiredCount: number
  settings: ServiceSettings
  clientToken: string | undefined
  createdAt: number
  /** The PRIMARY one first, then those that it replaces. */
  deployments: DeploymentState[]
  /** All there ever were, the newest last. */
  serviceDeployments: ServiceDeploymentState[]
  revisions: RevisionState[]
  /** What a failed deployment goes back to. */
  lastCompleted: RevisionState | null
  /** The newest first. */
  events: { id: string; createdAt: number; message: string }[]
  tags: Tag[]
  steady: boolean
  /** When the scheduler looks at it next. */
  checkAt: number
}

export interface ContainerState {
  id: string
  /** With the overrides of the task. */
  definition: ContainerDefinition
  behaviour: Behaviour | null
  lastStatus: 'PENDING' | 'RUNNING' | 'STOPPED'
  exitCode: number | undefined
  reason: string | undefined
  health: 'HEALTHY' | 'UNHEALTHY' | 'UNKNOWN'
}

export interface TaskState {
  id: string
  arn: string
  cluster: ClusterState
  definition: DefinitionState
  service: ServiceState | null
  group: string
  startedBy: string | undefined
  launchType: LaunchType
  capacityProvider: string | undefined
  platformVersion: string
  networkConfiguration: NetworkConfiguration | undefined
  overrides: NonNullable<RunTaskRequest['overrides']>
  enableExecuteCommand: boolean
  /** Whether a load balancer sends it traffic. */
  isTarget: boolean
  graceSeconds: number
  tags: Tag[]
  address: string
  lastStatus:
    | 'PROVISIONING'
    | 'PENDING'
    | 'RUNNING'
    | 'DEACTIVATING'
    | 'STOPPING'
    | 'DEPROVISIONING'
    | 'STOPPED'
  desiredStatus: 'RUNNING' | 'STOPPED'
  containers: ContainerState[]
  /** How many health checks have not succeeded yet. */
  unproven: number
  /** Counts towards the minimum healthy percent. */
  healthy: boolean
  wasHealthy: boolean
  createdAt: number
  pullStartedAt: number | null
  pullStoppedAt: number | null
  startedAt: number | null
  stoppingAt: number | null
  executionStoppedAt: number | null
  stoppedAt: number | null
  stopCode: TaskStopCode | undefined
  stoppedReason: string | undefined
  watcher: TaskWatcher
}

/** Who is told what becomes of a task: the service's scheduler. */
export interface TaskWatcher {
  healthy(task: TaskState): void
  unhealthy(task: TaskState, reason: string): void
  stopped(task: TaskState): void
}
