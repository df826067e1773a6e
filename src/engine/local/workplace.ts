import { isAbsolute, relative } from 'node:path'

import type { AppId, Component, HealthCheck, Mounts, Process } from '../../app/app.ts'
import { argv, startWords, type Command, type Start } from '../../app/command.ts'
import { UserError } from '../../app/errors.ts'
import { createRedactor } from '../../app/redact.ts'
import type { Clock } from '../../app/clock.ts'
import { Child } from './child.ts'
import {
  containerArgv,
  containerName,
  execInContainer,
  killContainer,
  type ContainerRequest,
  type ContainerRun,
} from './container.ts'
import { attachedExec, endInContainer } from './container-exec.ts'
import { dockerEnvironment } from '../docker.ts'
import { instanceEnvironment } from './environment.ts'
import type { Probing } from './readiness.ts'
import { logWriter, type Host, type LogWriter } from './host.ts'
import type { RunnableImage } from './images.ts'
import { InstanceFolders } from './instance-folders.ts'
import { listenersOn } from './listeners.ts'
import { ALLOW_MOUNTS, NO_MOUNTS, ownUser, viewing } from './mount-view.ts'
import type { Attach } from './shell-link.ts'

export interface SpawnRequest {
  name: string
  place: number
  port: number | null
  /** Where its mounts are. */
  folders: InstanceFolders
  onLine: (stream: 'out' | 'err', text: string) => void
  /** Default: `own`. Instances in folders are in that of this machine anyway. */
  network?: ContainerRequest['network']
  /** Where somebody talks to it. */
  attach?: Attach
  /** What it finds in its environment beside what all find there. */
  extraEnv?: Readonly<Record<string, string>>
}

export interface ExecRequest extends SpawnRequest {
  /** The instance that it is to be run in. */
  instance: string
  command: Command
}

type Runnable = Start & Pick<Component, 'env' | 'cpu' | 'memory' | 'mounts'> & Partial<Pick<Process, 'port'>>

/** What a relative path is below in a container, on every engine. */
const APP_IN_CONTAINER = '/app'

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

  /** Component is how it is called in logs: `web`, `web/proxy`, `task.migrate`. Versions are those of its variables. */
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

  async takePort(): Promise<number> {
    return this.#host.ports.take()
  }

  giveBackPort(port: number): void {
    this.#host.ports.giveBack(port)
  }

  /** The folders of a new place, or of a run of a task. */
  folders(name: string): InstanceFolders {
    return new InstanceFolders(this.#host, this.#app, name)
  }

  /** Makes what `spawn` mounts. Rejects with a UserError where that is not possible here. */
  async makeFolders(folders: InstanceFolders, mounts: Mounts): Promise<void> {
    const isContainer = this.#image.kind === 'container'
    if (Object.keys(mounts).length === 0) return
    if (!isContainer && this.#host.mountTools === null) throw new UserError(NO_MOUNTS, { hint: ALLOW_MOUNTS })
    await folders.make(this.#component, mounts, isContainer)
  }

  spawn(spec: Runnable, request: SpawnRequest): Child {
    if (this.#image.kind === 'folder') {
      const { entry_point, command } = startWords(spec)
      const words = [...(entry_point ?? []), ...(command ?? [])]
      return this.#spawnInFolder(this.#image.folder, spec, { ...request, command: words })
    }
    const container = containerArgv({
      home: this.#host.id,
      instance: request.name,
      image: this.#image.reference,
      entry_point: spec.entry_point,
      command: spec.command,
      pre_start: spec.pre_start ?? null,
      mounts: request.folders.mounted(spec.mounts, APP_IN_CONTAINER),
      network: request.network ?? 'own',
      env: this.#environmentOf(spec, request),
      hostPort: request.port,
      containerPort: request.network === 'host' ? request.port : (spec.port ?? request.port),
      memory: spec.memory,
      cpu: spec.cpu,
      ...(request.attach !== undefined && { attach: request.attach }),
    })
    return this.#spawnDocker(container, request, () => killContainer(container.name))
  }

  /** Another command where an instance runs, with the same environment and the same limits, but none of them shared. */
  exec(spec: Runnable, request: ExecRequest): Child {
    const { command, instance, name, attach } = request
    if (this.#image.kind === 'folder') return this.#spawnInFolder(this.#image.folder, spec, request)
    const container = containerName(this.#host.id, instance)
    const run = { argv: attachedExec({ container, name, command, attach, env: request.extraEnv ?? {} }) }
    return this.#spawnDocker({ ...run, env: dockerEnvironment() }, request, () =>
      endInContainer(container, name),
    )
  }

  #spawnInFolder(cwd: string, spec: Runnable, request: SpawnRequest & { command: Command }): Child {
    const { users, cgroups } = this.#host
    return new Child({
      ...this.#childOf(request),
      argv: this.#mounted(cwd, spec.mounts, request.folders, argv(request.command)),
      env: this.#environmentOf(spec, request),
      cwd,
      user: users.of(this.#app.name),
      cgroup: cgroups.create(request.name, { memory: spec.memory, cpu: spec.cpu }),
    })
  }

  /** What runs a program in an image with its mounts. */
  #mounted(image: string, mounts: Mounts, folders: InstanceFolders, words: string[]): string[] {
    const { mountTools, users, paths } = this.#host
    if (Object.keys(mounts).length === 0 || mountTools === null) return words
    const base = paths.app(this.#app.name)
    const view = {
      base,
      tree: relative(base, image),
      points: Object.keys(mounts).every(isAbsolute) ? null : relative(base, folders.points(this.#component)),
      folders: folders.mounted(mounts, image),
    }
    return viewing(view, mountTools, users.of(this.#app.name) ?? ownUser(), words)
  }

  #spawnDocker(
    { argv, env }: Pick<ContainerRun, 'argv' | 'env'>,
    request: SpawnRequest,
    onKill: () => Promise<void>,
  ): Child {
    const cwd = this.#host.paths.home
    return new Child({ ...this.#childOf(request), argv, env, cwd, user: null, cgroup: null, onKill })
  }

  #childOf({ name, onLine, attach }: SpawnRequest) {
    return { name, onLine, children: this.#host.children, ...(attach !== undefined && { attach }) }
  }

  /** How an instance is probed. A command runs where the instance runs: in its container, or beside it. */
  probing(
    spec: Pick<Process, 'env' | 'mounts'>,
    check: HealthCheck | null,
    request: Omit<SpawnRequest, 'onLine'>,
  ): Probing {
    const { name, port, folders } = request
    if (this.#image.kind === 'folder') {
      const { folder: cwd } = this.#image
      const env = this.#environmentOf(spec, request)
      const target = { port, env, cwd, user: this.#host.users.of(this.#app.name) }
      if (check === null || check.command === null) return { check, target }
      const command = this.#mounted(cwd, spec.mounts, folders, argv(check.command))
      return { check: { ...check, command }, target }
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

  #environmentOf(spec: Pick<Component, 'env'>, { place, port, extraEnv }: Omit<SpawnRequest, 'onLine'>) {
    return { ...this.#environment(spec, place, port), ...extraEnv }
  }

  #environment(spec: Pick<Component, 'env'>, place: number, port: number | null): Record<string, string> {
    return instanceEnvironment({
      app: this.#app,
      paths: this.#host.paths,
      component: this.#component.replace(/\/.*/, ''),
      place,
      spec,
      variables: this.#variables,
      port,
    })
  }
}
