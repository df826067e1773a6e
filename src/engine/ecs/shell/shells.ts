import { randomBytes } from 'node:crypto'

import type { Task } from '@aws-sdk/client-ecs'

import type { AppId } from '../../../app/app.ts'
import type { Command } from '../../../app/command.ts'
import { CancelledError, TaskError, UserError } from '../../../app/errors.ts'
import {
  LOGIN_SHELL,
  noInstance,
  type FreshShell,
  type InstanceShell,
  type Shell,
  type ShellIo,
  type ShellRequest,
} from '../../shell.ts'
import { noProcess } from '../../no-process.ts'
import type { Account } from '../account.ts'
import { isNamed } from '../aws-error.ts'
import { explained } from '../aws-problem.ts'
import { instanceName, nameOfArn, TAG } from '../names.ts'
import type { States } from '../parameters/state.ts'
import { describeServices } from '../services/describe.ts'
import { idOf, mainOf } from '../services/stopped.ts'
import { describeTasks, listTasks } from '../services/task-list.ts'
import type { RunningTask } from '../tasks/running-task.ts'
import type { Tasks } from '../tasks/tasks.ts'
import { notConnected, reachable, refusedExec, type Reachable } from './agent.ts'
import { EcsShell } from './ecs-shell.ts'
import { checkPlugin, pluginRun } from './plugin.ts'
import { PluginSession } from './plugin-session.ts'
import { sessionCommand, waitingEntry } from './script.ts'

const EXEC_HINT =
  'write `exec: true` under `ecs` in gantry.yml, with a `task_role` that may use ssmmessages, and deploy: instances have it that start from then on'

/** Seconds between attempts. */
const CONNECTING = { attempts: 5, pause: 3 }

interface Wish {
  mark: string
  command: Command
  terminal: InstanceShell['terminal']
  /** Whether the container ends with the command. */
  ends: boolean
}

/** Commands that somebody talks to, by ECS Exec. */
export class EcsShells {
  readonly #account: Account
  readonly #states: States
  readonly #tasks: Tasks

  constructor(account: Account, states: States, tasks: Tasks) {
    this.#account = account
    this.#states = states
    this.#tasks = tasks
  }

  open(app: AppId, request: ShellRequest, io: ShellIo): Promise<Shell> {
    return request.kind === 'run' ? this.#run(app, request, io) : this.#exec(app, request, io)
  }

  /** In an instance that runs. */
  async #exec(app: AppId, request: InstanceShell, io: ShellIo): Promise<Shell> {
    await checkPlugin()
    const { process, command, terminal } = request
    if (terminal === null) io.notice('ECS Exec passes on no input where there is no terminal')
    return explained(`run a command in ${process}`, async () => {
      const { service, task } = await this.#choose(app, request)
      const name = await this.#containerOf(service, task)
      const place = await reachable(this.#account, task.taskArn!, () => name, io.signal)
      const id = instanceName(process, idOf(task))
      if (place === null) throw io.signal.aborted ? cancelled() : new UserError(`${id} has just ended`)
      const mark = newMark()
      const wish: Wish = { mark, command: command ?? LOGIN_SHELL, terminal, ends: false }
      const { session, end } = await this.#connect(place, wish)
      return new EcsShell({ id, session, end })
    })
  }

  /** In a task of its own, which does nothing but wait for the command. */
  async #run(app: AppId, { task, terminal }: FreshShell, io: ShellIo): Promise<Shell> {
    const { spec } = task
    if (!spec.placement?.task_role) {
      throw new UserError('a command that somebody talks to needs a task role on ECS', {
        hint: 'name one under `ecs.task_role` that may use ssmmessages, and deploy; docs/shell.md has the policy. With --no-tty it runs without',
      })
    }
    await checkPlugin()
    const mark = newMark()
    const waiting = { ...spec, entry_point: waitingEntry(mark), command: null, pre_start: null }
    io.notice('Starting an instance for it, which takes a minute or so')
    const handle = await this.#tasks.run(app, { ...task, spec: waiting }, { command: spec.command })
    try {
      const place = await this.#arrived(handle, io.signal)
      const wish: Wish = { mark, command: spec.command ?? LOGIN_SHELL, terminal, ends: true }
      const { session, end } = await explained('run a command in the new instance', () =>
        this.#connect(place, wish),
      )
      return new EcsShell({ id: handle.id, session, end, task: { handle, clock: this.#account.clock } })
    } catch (error) {
      await handle.stop('nobody could talk to it')
      throw error
    }
  }

  async #arrived({ task, result }: RunningTask, signal: AbortSignal): Promise<Reachable> {
    const ended = new AbortController()
    const ending = result.finally(() => ended.abort())
    ending.catch(() => {})
    const place = await reachable(
      this.#account,
      task,
      (seen) => mainOf(seen)?.name,
      AbortSignal.any([signal, ended.signal]),
    )
    if (place !== null) return place
    if (signal.aborted) throw cancelled()
    const { reason, exit_code, hint } = await ending
    throw new TaskError(`the instance ended before it could be used: ${reason ?? `exit code ${exit_code}`}`, {
      hint: hint ?? undefined,
    })
  }

  async #choose(app: AppId, request: InstanceShell): Promise<{ service: string; task: Task }> {
    const { process, instance } = request
    const { state } = await this.#states.read(app)
    const service = state.processes[process]?.service
    if (service === undefined) throw noProcess(app.name, process, Object.keys(state.processes))
    const tasks = await describeTasks(this.#account, await listTasks(this.#account, service, 'RUNNING'))
    const running = tasks.filter(({ lastStatus }) => lastStatus === 'RUNNING')
    const named = (each: Task): string => instanceName(process, idOf(each))
    const task =
      instance === null
        ? (running.find(({ enableExecuteCommand: can }) => can) ?? running[0])
        : running.find((each) => named(each) === instance)
    if (task === undefined) throw noInstance(request, running.map(named))
    if (task.enableExecuteCommand) return { service, task }
    throw new UserError(`${named(task)} was started without ECS Exec`, { hint: EXEC_HINT })
  }

  /** Which of several is the process, the tags say of a service that was adopted. */
  async #containerOf(service: string, task: Task): Promise<string | undefined> {
    if (task.containers?.length === 1) return mainOf(task)?.name
    const found = (await describeServices(this.#account, [service])).get(service)
    return found?.tags?.find(({ key }) => key === TAG.adopted)?.value ?? mainOf(task)?.name
  }

  async #connect(
    { task, container, runtime }: Reachable,
    { mark, command, terminal, ends }: Wish,
  ): Promise<{ session: PluginSession; end: () => Promise<void> }> {
    const { aws, cluster } = this.#account
    const [ecs, region] = await Promise.all([aws.ecs(), aws.region()])
    const type = terminal?.type ?? null
    const input = {
      cluster,
      task,
      container,
      interactive: true,
      command: sessionCommand({ mark, command, terminal: type, ends }),
    }
    const { session = {}, clusterArn } = await this.#execute(() => ecs.executeCommand(input))
    const place = { region, cluster: nameOfArn(clusterArn ?? cluster), task, runtime }
    const opened = await PluginSession.open(pluginRun(session, place), terminal, mark)
    return { session: opened, end: () => this.#terminate(session.sessionId ?? '') }
  }

  /** An agent that has just begun to run may take a moment until it is connected. */
  async #execute<T>(call: () => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await call()
      } catch (error) {
        if (isNamed(error, 'InvalidParameterException', 'ClientException')) throw refusedExec(error)
        if (!isNamed(error, 'TargetNotConnectedException')) throw error
        if (attempt === CONNECTING.attempts) throw notConnected(error)
        await this.#account.clock.sleep(CONNECTING.pause)
      }
    }
  }

  /** Otherwise it would go on for as long as Session Manager waits for somebody to come back: 20 minutes. */
  async #terminate(id: string): Promise<void> {
    const ssm = await this.#account.aws.ssm()
    await ssm.terminateSession({ SessionId: id })
  }
}

function newMark(): string {
  return randomBytes(8).toString('hex')
}

function cancelled(): CancelledError {
  return new CancelledError('nobody waits for it any more')
}
