import type { AppId, Component, Process } from '../../app/app.ts'
import { argv } from '../../app/command.ts'
import { createRedactor } from '../../app/redact.ts'
import type { Clock } from '../../app/clock.ts'
import { Child } from './child.ts'
import { containerArgv, containerName, execInContainer, killContainer } from './container.ts'
import { dockerEnvironment } from '../docker.ts'
import { instanceEnvironment } from './environment.ts'
import type { Probing } from './readiness.ts'
import { logWriter, type Host, type LogWriter } from './host.ts'
import type { RunnableImage } from './images.ts'
import { listenersOn } from './listeners.ts'

export interface SpawnRequest {
  name: string
  place: number
  port: number | null
  onLine: (stream: 'out' | 'err', text: string) => void
}

type Runnable = Pick<Component, 'name' | 'command' | 'env' | 'cpu' | 'memory'> &
  Partial<Pick<Process, 'port' | 'expose'>>

/**
 * Where instances of one component are started: its image, its user, and its variables as they were when this was
 * made. An instance that is started again finds the same; a new value reaches the next generation.
 */
export class Workplace {
  readonly clock: Clock
  readonly imageName: string
  readonly log: LogWriter
  /** Takes the secrets that are known out of a text. */
  readonly redact: (text: string) => string
  readonly #host: Host
  readonly #app: AppId
  readonly #image: RunnableImage
  readonly #component: string
  readonly #variables: ReadonlyMap<string, string>

  /** Component is how it is called in logs and in its environment: `web`, `task.migrate`. Versions are those of its variables. */
  constructor(
    host: Host,
    app: AppId,
    component: string,
    image: RunnableImage,
    versions: Readonly<Record<string, number>>,
  ) {
    this.#host = host
    this.#app = app
    this.#image = image
    this.#component = component
    this.#variables = host.variables.values(app.name, versions)
    this.clock = host.clock
    this.log = logWriter(host, app)
    this.redact = createRedactor(host.variables.secretValues(app.name))
    this.imageName = image.kind === 'folder' ? image.digest : image.reference
  }

  async takePort(spec: Pick<Process, 'port' | 'expose'>): Promise<number | null> {
    return spec.expose === 'none' && spec.port === null ? null : this.#host.ports.take()
  }

  giveBackPort(port: number): void {
    this.#host.ports.giveBack(port)
  }

  spawn(spec: Runnable, request: SpawnRequest): Child {
    const { users, paths, children, cgroups } = this.#host
    const env = this.#environment(spec, request.place, request.port)
    const common = { name: request.name, env, children, onLine: request.onLine }
    if (this.#image.kind === 'container') {
      const container = containerArgv({
        home: this.#host.id,
        instance: request.name,
        image: this.#image.reference,
        command: spec.command,
        env,
        hostPort: request.port,
        containerPort: spec.port ?? request.port,
        memory: spec.memory,
        cpu: spec.cpu,
      })
      return new Child({
        ...common,
        argv: container.argv,
        env: container.env,
        cwd: paths.home,
        user: null,
        cgroup: null,
        onKill: () => killContainer(container.name),
      })
    }
    return new Child({
      ...common,
      argv: argv(spec.command ?? []),
      cwd: this.#image.folder,
      user: users.of(this.#app.name),
      cgroup: cgroups.create(request.name, { memory: spec.memory, cpu: spec.cpu }),
    })
  }

  /** How an instance is probed. A command runs where the instance runs: in its container, or beside it. */
  probing(
    spec: Pick<Process, 'env' | 'health_check'>,
    { name, place, port }: { name: string; place: number; port: number | null },
  ): Probing {
    const check = spec.health_check
    if (this.#image.kind === 'folder') {
      const env = this.#environment(spec, place, port)
      return {
        check,
        target: { port, env, cwd: this.#image.folder, user: this.#host.users.of(this.#app.name) },
      }
    }
    const target = { port, env: dockerEnvironment(), cwd: this.#host.paths.home, user: null }
    if (check === null || check.command === null) return { check, target }
    const command = execInContainer(containerName(this.#host.id, name), check.command)
    return { check: { ...check, command }, target }
  }

  /**
   * Whether it is this app that listens on its port. Apps share the loopback, and one could have taken the port of
   * another to answer for it.
   */
  ownsPort(port: number): boolean {
    const user = this.#host.users.of(this.#app.name)
    if (user === null || this.#image.kind === 'container') return true
    return listenersOn(port).every((uid) => uid === user.uid)
  }

  async drain(instance: string, seconds: number): Promise<void> {
    await this.#host.router.drain(instance, { timeout: seconds * 1_000 })
  }

  #environment(spec: Pick<Component, 'env'>, place: number, port: number | null): Record<string, string> {
    return instanceEnvironment({
      app: this.#app,
      paths: this.#host.paths,
      component: this.#component,
      place,
      spec,
      variables: this.#variables,
      port,
    })
  }
}
