import type { Command } from './command.ts'
import type { Unmet, UnmetOfProcess } from './unmet.ts'

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
export interface Component extends Unmet {
  name: string
  /** Null: that of the image. With one, the image's own command does not count. */
  entry_point: readonly string[] | null
  /** Null: the image's own command. Where there is an entry point, of the image or of its own, it is given to that. */
  command: Command | null
  /**
   * Runs in each instance before its command, in the same container; the command runs only when it has ended with 0. It
   * takes a `command` or an `entry_point`.
   */
  pre_start: Command | null
  /** The pinned image, or null for the one that is built from the commit. */
  image: string | null
  build: Build
  env: Record<string, string>
  secrets: Record<string, SecretReference>
  cpu: number
  memory: number
  /** Null: what the engine gives anyway. */
  ephemeral_storage_gb: number | null
  mounts: Mounts
  stop_timeout: number
  /** Where and as whom it runs, where the engine needs to know; the engine's `adapt` fills it in. */
  placement: Placement | null
}

/** What one component takes over from the settings of its app on ECS: everything but where the cluster is. */
export interface Placement extends Omit<EcsSettings, 'region' | 'cluster'> {
  architecture: 'x86_64' | 'arm64'
}

export interface Process extends Component, UnmetOfProcess {
  expose: Expose
  port: number | null
  demand_count: number
  spot_count: number
  scale_count: number
  scale_type: 'none' | 'spot' | 'demand'
  autoscaling_cpu_threshold: number | null
  autoscaling_memory_threshold: number | null
  /** Whether an instance works: one that fails it is replaced. */
  health_check: HealthCheck | null
  /** Whether an instance is to get requests; null: the health check decides that as well. */
  readiness: HealthCheck | null
  /** What runs beside the process in each of its instances, by name. Nothing is called `main`: that is the process. */
  containers: Record<string, Container>
  /** What the process waits for in a new instance. */
  depends_on: Dependencies
  rollout: RolloutSettings
  disabled: boolean
  ecs: ProcessEcsSettings
}

/** What the container of the process itself is called, among the others of its instances. */
export const MAIN = 'main'

/**
 * What runs beside a process in each of its instances. All containers of an instance share its network, and the mounts
 * that several of them name. It has no variables but its own: neither those of the process nor those set by hand, but for
 * those that its `secrets` ask for by `gantry`.
 */
export interface Container {
  /** The pinned image. */
  image: string | null
  /** What its image is made from. Where it has neither image nor build it runs in the image of the process. */
  build: Build | null
  entry_point: readonly string[] | null
  command: Command | null
  env: Record<string, string>
  secrets: Record<string, SecretReference>
  /** Its part of what the instance has; null: whatever the others leave. */
  cpu: number | null
  memory: number | null
  /** Whether the instance ends when it ends. */
  essential: boolean
  depends_on: Dependencies
  port: number | null
  health_check: HealthCheck | null
  mounts: Mounts
  stop_timeout: number
}

/** Containers of the same instance, `main` among them, and how far each must be. */
export type Dependencies = Record<string, Condition>

/** `completed`: it has ended, however; `succeeded`: with 0. */
export type Condition = 'started' | 'healthy' | 'completed' | 'succeeded'

/**
 * Folders by where they are in the container. One that does not begin with `/` is in the folder of the app: the tree on
 * the local engine, `/app` on ecs.
 */
export type Mounts = Record<string, Mount>

export interface Mount {
  /**
   * `tmp`: each instance has its own, which may be gone at any time. `instance`: each has its own, kept as long as the
   * instance. `storage`: one for all instances of the app in this environment, which stays.
   */
  source: 'tmp' | 'instance' | 'storage'
  /** Which folder of that source: mounts that name the same one share it. Empty: all of it. */
  source_path: string
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
  /** Whether people may run commands in instances. Left out: no. */
  exec?: boolean
}

export interface ProcessEcsSettings {
  target_group: string | null
  service: string | null
  health_check_grace_period: number | null
}
