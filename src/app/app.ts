import type { Command } from './command.ts'

export type EngineName = 'local' | 'ecs'
export type Expose = 'public' | 'private' | 'none'

/** Which app in which environment: what a lock, a ledger and a deployment belong to. */
export interface AppId {
  name: string
  environment: string
}

/**
 * What one repository deploys, with every default and inheritance resolved.
 *
 * The fields keep the names they have in `gantry.yml`, so that the config, the plan, the command line and the JSON
 * output use one word for one thing. Units: memory in MiB, cpu in CPU units (1024 = 1 vCPU), durations in seconds,
 * ephemeral storage in GiB.
 */
export interface App extends AppId {
  engine: EngineName
  /** What one-off tasks get that no process or task of the config describes. */
  env: Record<string, string>
  secrets: Record<string, SecretReference>
  build: Build
  processes: Process[]
  tasks: Task[]
  logs: LogSettings
  ecs: EcsSettings
}

export interface LogSettings {
  /** For how long output is kept; null: what the engine does by itself. */
  retention: number | null
}

/** `gantry`, `ssm:/path`, `secretsmanager:name#key`: where a secret's value is, never the value. */
export type SecretReference = string

/** `env:NAME`: a variable of the machine that builds. */
export type BuildSecretReference = string

/** What an image is made from. Two builds that are equal share one image. */
export interface Build {
  context: string
  dockerfile: string | null
  target: string | null
  args: Record<string, string>
  /** Per id, as `RUN --mount=type=secret,id=…` of a Dockerfile has it, where the value is: `env:NAME`. */
  secrets: Record<string, BuildSecretReference>
  platform: string | null
  ignore: string[]
  include: string[]
  max_age: number | null
  command: Command | null
}

/** What processes and tasks have in common: something that runs in an image. */
export interface Component {
  name: string
  /** Null: the image's own command. */
  command: Command | null
  /** The pinned image, or null for the one that is built from the commit. */
  image: string | null
  build: Build
  env: Record<string, string>
  secrets: Record<string, SecretReference>
  cpu: number
  memory: number
  /** Null: what the engine gives anyway. */
  ephemeral_storage_gb: number | null
  stop_timeout: number
  /** Where and as whom it runs, where the engine needs to know; the engine's `adapt` fills it in. */
  placement: Placement | null
}

/** What one component takes over from the settings of its app on ECS: everything but where the cluster is. */
export interface Placement extends Omit<EcsSettings, 'region' | 'cluster'> {
  architecture: 'x86_64' | 'arm64'
}

export interface Process extends Component {
  expose: Expose
  port: number | null
  demand_count: number
  spot_count: number
  scale_count: number
  scale_type: 'none' | 'spot' | 'demand'
  autoscaling_cpu_threshold: number | null
  autoscaling_memory_threshold: number | null
  health_check: HealthCheck | null
  rollout: RolloutSettings
  disabled: boolean
  ecs: ProcessEcsSettings
}

export interface HealthCheck {
  /** Exactly one of path, command and tcp says how. */
  path: string | null
  command: Command | null
  tcp: boolean
  interval: number
  timeout: number
  retries: number
  start_period: number
}

export interface RolloutSettings {
  /** False: the old instances are gone before a new one starts. */
  overlap: boolean
  on_failure: 'rollback' | 'keep'
  timeout: number
  /** How long an instance without a health check must stay up to count as steady. */
  min_up: number
}

export interface Task extends Component {
  /** When a deployment runs it; null for one that only a schedule or a person starts. */
  run: 'pre_deploy' | 'post_deploy' | null
  /** `changed`: when the image or the task differ from its last success. */
  when: 'changed' | 'always'
  on_failure: 'abort' | 'continue'
  schedule: string | null
  timezone: string
  concurrency: 'allow' | 'forbid'
  max_hours: number
}

export interface EcsSettings {
  region: string | null
  cluster: string | null
  subnets: string[]
  security_groups: string[]
  assign_public_ip: boolean
  namespace: string | null
  execution_role: string | null
  task_role: string | null
  scheduler_role: string | null
}

export interface ProcessEcsSettings {
  target_group: string | null
  service: string | null
  health_check_grace_period: number | null
}
