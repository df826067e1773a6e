import { AwsError } from '../aws-error.ts'
import type { FakeAws } from '../fake-aws.ts'
import type { FakeService, Input } from '../service.ts'
import { createCluster, describeClusters } from './clusters.ts'
import { definitionOf } from './definitions.ts'
import { executeCommand } from './execute-command.ts'
import { runTask } from './run-task.ts'
import { check } from './scheduler.ts'
import {
  describeServiceDeployments,
  describeServiceRevisions,
  listServiceDeployments,
  stopServiceDeployment,
} from './service-deployments.ts'
import { createService, deleteService, describeServices, listServices, updateService } from './services.ts'
import type { Settings } from './settings.ts'
import { checkShape } from './shapes.ts'
import type { ClusterState, DefinitionState, ServiceState, TaskState } from './state.ts'
import { listTagsForResource, tagResource, untagResource } from './tags.ts'
import {
  deregisterTaskDefinition,
  describeTaskDefinition,
  listTaskDefinitions,
  registerTaskDefinition,
} from './task-definitions.ts'
import { stop } from './task-life.ts'
import { describeTasks, listTasks, stopTask } from './tasks.ts'
import { Throttle } from './throttle.ts'
import { World } from './world.ts'

const OPERATIONS: Readonly<Record<string, (world: World, input: never) => unknown>> = {
  CreateCluster: createCluster,
  CreateService: createService,
  DeleteService: deleteService,
  DeregisterTaskDefinition: deregisterTaskDefinition,
  DescribeClusters: describeClusters,
  DescribeServiceDeployments: describeServiceDeployments,
  DescribeServiceRevisions: describeServiceRevisions,
  DescribeServices: describeServices,
  DescribeTaskDefinition: describeTaskDefinition,
  DescribeTasks: describeTasks,
  ExecuteCommand: executeCommand,
  ListServiceDeployments: listServiceDeployments,
  ListServices: listServices,
  ListTagsForResource: listTagsForResource,
  ListTaskDefinitions: listTaskDefinitions,
  ListTasks: listTasks,
  RegisterTaskDefinition: registerTaskDefinition,
  RunTask: runTask,
  StopServiceDeployment: stopServiceDeployment,
  StopTask: stopTask,
  TagResource: tagResource,
  UntagResource: untagResource,
  UpdateService: updateService,
}

/**
 * Amazon ECS on Fargate, as far as deployments by rolling update go. Nothing moves by real time: what is due by the clock happens, in
 * order, when somebody asks. Each rule, its source and its test stand in RULES-ecs.md.
 */
export class EcsFake implements FakeService {
  readonly #world: World
  readonly #throttle = new Throttle()

  constructor(aws: FakeAws) {
    this.#world = new World(aws)
  }

  handle(operation: string, input: Input): unknown {
    const carryOut = OPERATIONS[operation]
    if (carryOut === undefined)
      throw new AwsError('UnknownOperationException', `the fake has no ${operation}`)
    const world = this.#current()
    if (world.settings.throttling) this.#throttle.take(operation, world.now)
    checkShape(operation, input)
    return carryOut(world, input as never)
  }

  /** Lets everything happen that is due, as each call to ECS does; for what other services show of it, such as log lines. */
  advance(): void {
    this.#world.advance()
  }

  /** How long things take, in seconds; each can be set. */
  get durations(): Settings['durations'] {
    return this.#current().settings.durations
  }

  /** Seconds until a new service (`service`) and a new deployment (`deployment`) can be seen. Default: none. */
  get consistency(): Settings['consistency'] {
    return this.#current().settings.consistency
  }

  /** Whether calls beyond the documented rates are refused. Default: no. */
  set throttling(throttling: boolean) {
    this.#current().settings.throttling = throttling
  }

  /** What containers do from now on. Default: see `byCommand`. */
  set behaviour(behaviour: Settings['behaviour']) {
    this.#current().settings.behaviour = behaviour
  }

  get behaviour(): Settings['behaviour'] {
    return this.#world.settings.behaviour
  }

  /** A cluster with FARGATE and FARGATE_SPOT. */
  addCluster(name: string): ClusterState {
    return this.#world.addCluster(name)
  }

  service(name: string, cluster = 'default'): ServiceState {
    const found = this.#current().services.get(`${cluster}/${name}`)
    if (found === undefined) throw new Error(`the fake has no service ${name}`)
    return found
  }

  /** Those that can be described, the oldest first; `status` is the last status. */
  tasks(
    filter: { service?: string; startedBy?: string; status?: TaskState['lastStatus'] } = {},
  ): TaskState[] {
    const { service, startedBy, status } = filter
    return [...this.#current().tasks.values()].filter(
      (task) =>
        (service === undefined || task.service?.name === service) &&
        (startedBy === undefined || task.startedBy === startedBy) &&
        (status === undefined || task.lastStatus === status),
    )
  }

  /** By `family:revision`, ARN, or `family` for the latest. */
  taskDefinition(reference: string): DefinitionState {
    const found = definitionOf(this.#current(), reference)
    if (found === undefined) throw new Error(`the fake has no task definition ${reference}`)
    return found
  }

  /** What an autoscaler does. */
  setDesired(service: string, count: number, cluster = 'default'): void {
    const found = this.service(service, cluster)
    found.desiredCount = count
    found.steady = false
    check(this.#world, found)
  }

  /** Pulling this image fails from now on. */
  failPull(
    image: string,
    answer = `CannotPullContainerError: pull image manifest has been retried 1 time(s): failed to resolve ref ${image}: ${image}: not found`,
  ): void {
    this.#current().troubles.unpullable.set(image, answer)
  }

  /** Reading this secret fails from now on; `valueFrom` as the task definition has it. */
  failSecret(valueFrom: string): void {
    this.#current().troubles.unreadableSecrets.add(valueFrom)
  }

  /** Containers of this image that start from now on fail the health checks that their definitions have. */
  failHealthChecks(image: string): void {
    this.#current().troubles.unhealthyImages.add(image)
  }

  /** Containers of this image that start from now on are killed for their use of memory, a second after they started. */
  runOutOfMemory(image: string): void {
    this.#current().troubles.hungryImages.add(image)
  }

  /** A load balancer finds tasks of this service that start from now on unhealthy. */
  failTargets(service: string): void {
    this.#current().troubles.unhealthyTargets.add(service)
  }

  /** From now on this role may not use ssmmessages: ECS Exec does not reach the tasks that have it. */
  muteRole(arn: string): void {
    this.#current().troubles.muteRoles.add(arn)
  }

  /** From now on the agent of ECS Exec does not run in tasks of this family. */
  loseAgents(family: string): void {
    this.#current().troubles.agentless.add(family)
  }

  /** Everything that a test made to fail works again, for tasks that start from now on. */
  repair(): void {
    const { unpullable, unreadableSecrets, unhealthyImages, hungryImages, unhealthyTargets } =
      this.#current().troubles
    for (const each of [unpullable, unreadableSecrets, unhealthyImages, hungryImages, unhealthyTargets])
      each.clear()
  }

  /** There is nothing to be had from a capacity provider, until `restoreCapacity`. What runs goes on. */
  exhaustCapacity(provider = 'FARGATE_SPOT'): void {
    this.#current().troubles.exhausted.add(provider)
  }

  restoreCapacity(provider = 'FARGATE_SPOT'): void {
    const world = this.#current()
    world.troubles.exhausted.delete(provider)
    for (const service of world.services.values()) {
      for (const deployment of service.deployments) deployment.placeAfter = 0
      check(world, service)
    }
  }

  /** AWS takes back what runs on spot capacity, of one service or of all. */
  interruptSpot(service?: string): void {
    const world = this.#current()
    for (const task of world.tasks.values()) {
      if (
        task.capacityProvider !== 'FARGATE_SPOT' ||
        (service !== undefined && task.service?.name !== service)
      )
        continue
      stop(world, task, 'SpotInterruption', 'Your Spot Task was interrupted.')
    }
  }

  /** The world, with everything done that is due: what a test changes holds from this moment on. */
  #current(): World {
    this.advance()
    return this.#world
  }
}
