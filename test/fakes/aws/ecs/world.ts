import { hash } from 'node:crypto'

import type { FakeAws } from '../fake-aws.ts'
import { Agenda } from './agenda.ts'
import { byCommand } from './behaviour.ts'
import { nameOf } from './arns.ts'
import { refuseAs } from './refusals.ts'
import { DURATIONS, type Settings } from './settings.ts'
import type {
  ClusterState,
  DefinitionState,
  ServiceDeploymentState,
  ServiceState,
  TaskState,
} from './state.ts'
import { Troubles } from './troubles.ts'

/** All that there is, and what is going to happen to it. */
export class World {
  readonly aws: FakeAws
  readonly settings: Settings = {
    durations: { ...DURATIONS },
    consistency: { service: 0, deployment: 0 },
    behaviour: byCommand,
    throttling: false,
  }
  readonly troubles = new Troubles()
  readonly clusters = new Map<string, ClusterState>()
  /** By cluster and name: `default/web`. */
  readonly services = new Map<string, ServiceState>()
  /** Of each family the revisions, the oldest first. */
  readonly definitions = new Map<string, DefinitionState[]>()
  readonly tasks = new Map<string, TaskState>()
  readonly serviceDeployments = new Map<string, ServiceDeploymentState>()
  /** What RunTask answered to each client token, and to which input. */
  readonly runs = new Map<string, { input: string; tasks: TaskState[] }>()
  readonly #agenda = new Agenda()
  #now: number
  #ids = 0

  constructor(aws: FakeAws) {
    this.aws = aws
    this.#now = aws.clock.now()
    this.addCluster('default')
  }

  /** Milliseconds since the epoch: of the event that is happening, or the clock's. */
  get now(): number {
    return this.#now
  }

  /** Lets everything happen that is due. */
  advance(): void {
    const until = this.aws.clock.now()
    while (this.#agenda.next <= until) {
      this.#now = Math.max(this.#now, this.#agenda.next)
      this.#agenda.take()?.()
    }
    this.#now = until
  }

  after(seconds: number, run: () => void): void {
    this.#agenda.add(Math.round(this.#now + seconds * 1_000), run)
  }

  /** So many digits of a hexadecimal identity that nothing else has. */
  id(digits = 32): string {
    return hash('sha256', String(++this.#ids)).slice(0, digits)
  }

  /** As all private addresses of tasks: each its own. */
  address(): string {
    const number = ++this.#ids
    return `10.${(number >> 16) & 255}.${(number >> 8) & 255}.${number & 255}`
  }

  addCluster(name: string): ClusterState {
    const cluster: ClusterState = {
      name,
      tags: [],
      capacityProviders: ['FARGATE', 'FARGATE_SPOT'],
      defaultStrategy: [],
    }
    this.clusters.set(name, cluster)
    return cluster
  }

  cluster(nameOrArn = 'default'): ClusterState {
    return this.clusters.get(nameOf(nameOrArn)) ?? refuseAs('ClusterNotFoundException', 'Cluster not found.')
  }

  /** Undefined also where it is too new to be seen. */
  service(cluster: ClusterState, nameOrArn: string): ServiceState | undefined {
    const found = this.services.get(`${cluster.name}/${nameOf(nameOrArn)}`)
    const isSeen =
      found !== undefined && found.createdAt + this.settings.consistency.service * 1_000 <= this.#now
    return isSeen ? found : undefined
  }
}
