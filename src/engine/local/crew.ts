import { MAIN } from '../../app/app.ts'
import type { ContainerSpec, ProcessSpec } from '../../app/spec.ts'
import { portVariable } from './environment.ts'
import { HealthMonitor, probe } from './health.ts'
import type { InstanceFolders } from './instance-folders.ts'
import type { Member } from './pod.ts'
import { becomesHealthy, becomesUp, type Probing } from './readiness.ts'
import type { SpawnRequest, Workplace } from './workplace.ts'

/** Where the process and the containers beside it are started. */
export interface Workplaces {
  main: Workplace
  beside: ReadonlyMap<string, Workplace>
}

export interface CrewOptions {
  spec: ProcessSpec
  work: Workplaces
  /** Of the place, 1 to n. */
  place: number
  folders: InstanceFolders
}

type Lines = (container: string, stream: 'out' | 'err', text: string) => void

/** What one instance is made of: the process itself and the containers beside it, their ports and their folders. */
export class Crew {
  readonly #options: CrewOptions
  readonly #ports = new Map<string, number>()

  constructor(options: CrewOptions) {
    this.#options = options
  }

  /** Where the process itself listens. */
  get port(): number | null {
    return this.#ports.get(MAIN) ?? null
  }

  /** Before it starts: empties and makes the folders, takes the ports. */
  async prepare(): Promise<void> {
    const { spec, work, folders } = this.#options
    await folders.renew()
    await work.main.makeFolders(folders, spec.mounts)
    for (const { name, container, at } of this.#beside()) {
      await at.makeFolders(folders, container.mounts)
      if (container.port !== null) this.#ports.set(name, await at.takePort())
    }
    if (spec.expose !== 'none' || spec.port !== null) this.#ports.set(MAIN, await work.main.takePort())
  }

  /** After it has ended. */
  giveBack(): void {
    for (const port of this.#ports.values()) this.#options.work.main.giveBackPort(port)
    this.#ports.clear()
  }

  /** @param id of the instance */
  members(id: string, onLine: Lines): Member[] {
    const { spec, work } = this.#options
    const { main } = work
    const of = this.#requestOf(id, MAIN)
    const left = this.#left()
    return [
      {
        name: MAIN,
        depends_on: spec.depends_on,
        essential: true,
        stop_timeout: spec.stop_timeout,
        start: () =>
          main.spawn({ ...spec, ...left }, { ...of, onLine: (stream, text) => onLine(MAIN, stream, text) }),
        becomesHealthy: (signal) =>
          becomesUp(spec.rollout, main.probing(spec, spec.health_check, of), main.clock, signal),
      },
      ...this.#beside().map(({ name, container, at }): Member => {
        const request = this.#requestOf(id, name)
        const { check, target } = at.probing(container, container.health_check, request)
        const { memory, cpu } = container
        const size = { memory: memory ?? left.memory, cpu: cpu ?? left.cpu }
        return {
          name,
          depends_on: container.depends_on,
          essential: container.essential,
          stop_timeout: container.stop_timeout,
          start: () =>
            at.spawn(
              { ...container, ...size },
              { ...request, onLine: (stream, text) => onLine(name, stream, text) },
            ),
          becomesHealthy:
            check === null ? null : (signal) => becomesHealthy(check, target, { clock: at.clock, signal }),
        }
      }),
    ]
  }

  /** Watches all that must go on working. Each of the monitors has to be stopped. */
  watch(id: string, onUnhealthy: (container: string, reason: string) => void): HealthMonitor[] {
    const { spec, work } = this.#options
    const watched = [
      { name: MAIN, at: work.main, part: spec },
      ...this.#beside()
        .filter(({ container }) => container.essential)
        .map(({ name, container, at }) => ({ name, at, part: container })),
    ]
    return watched.flatMap(({ name, at, part }) => {
      const { check, target } = at.probing(part, part.health_check, this.#requestOf(id, name))
      if (check === null) return []
      return new HealthMonitor({
        check,
        probe: (signal) => probe(check, target, signal),
        clock: at.clock,
        onUnhealthy: (reason) => onUnhealthy(name, reason),
      })
    })
  }

  /** How the process is asked whether it is to get requests. */
  readiness(id: string): Probing {
    const { spec, work } = this.#options
    return work.main.probing(spec, spec.readiness, this.#requestOf(id, MAIN))
  }

  #beside(): { name: string; container: ContainerSpec; at: Workplace }[] {
    const { spec, work } = this.#options
    return Object.entries(spec.containers).map(([name, container]) => ({
      name,
      container,
      at: work.beside.get(name)!,
    }))
  }

  #requestOf(id: string, name: string): Omit<SpawnRequest, 'onLine'> {
    const { spec, place, folders } = this.#options
    const isAlone = Object.keys(spec.containers).length === 0
    return {
      name: name === MAIN ? id : `${id}.${name}`,
      place,
      port: this.#ports.get(name) ?? null,
      folders,
      ...(!isAlone && { network: 'host', extraEnv: this.#portVariables() }),
    }
  }

  /** By which the containers of an instance find each other: several instances share this machine, and so its ports. */
  #portVariables(): Record<string, string> {
    return Object.fromEntries(
      [...this.#ports].map(([name, port]) => [portVariable(name), String(port)] as const),
    )
  }

  /** What the containers that say nothing may use. */
  #left(): { memory: number; cpu: number } {
    const { memory, cpu, containers } = this.#options.spec
    const said = Object.values(containers)
    return {
      memory: memory - said.reduce((sum, each) => sum + (each.memory ?? 0), 0),
      cpu: cpu - said.reduce((sum, each) => sum + (each.cpu ?? 0), 0),
    }
  }
}
