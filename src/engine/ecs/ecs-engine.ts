import type { AppId } from '../../app/app.ts'
import { UserError } from '../../app/errors.ts'
import type { Image } from '../../app/image.ts'
import { ONE_OFF, type TaskSpec } from '../../app/spec.ts'
import type {
  Engine,
  ImageIo,
  ImageRequest,
  MadeImage,
  NewVariable,
  Pin,
  TaskHandle,
  TaskRequest,
} from '../engine.ts'
import type { Lock, LockRequest } from '../lock.ts'
import type { LogLine, LogQuery } from '../logs.ts'
import type { RolloutIo, Transition, Verdict } from '../rollout.ts'
import type { ObserveOptions, Running } from '../running.ts'
import { KEPT_RELEASES } from '../ledger.ts'
import type { Account } from './account.ts'
import { explained } from './aws-problem.ts'
import { adapt, adaptProcess } from './adapt.ts'
import { countsReplace } from './capacity.ts'
import { Definitions } from './definition/register.ts'
import { DeploymentLog } from './deployment-log.ts'
import type { Builder } from './images/builder.ts'
import { Images } from './images/images.ts'
import { familiesOf, namedImages, unusedFamilies } from './kept.ts'
import { Logs } from './logs/logs.ts'
import { daysOf } from './logs/retention.ts'
import { nameOfArn, serviceName, taskFamily } from './names.ts'
import { EcsLedger } from './parameters/ledger.ts'
import { Locks } from './parameters/lock.ts'
import { isUnderway, States, type State } from './parameters/state.ts'
import { namedVariables } from './parameters/named-variables.ts'
import { Variables } from './parameters/variables.ts'
import { Schedules } from './schedules/schedules.ts'
import { withDoubt } from './schedules/doubt.ts'
import { describeServices } from './services/describe.ts'
import { instancesOf } from './services/instances.ts'
import { observeServices, type ObservedServices } from './services/observe.ts'
import { placesOf } from './services/places.ts'
import { Rollouts } from './services/rollout.ts'
import { EcsShells } from './shell/shells.ts'
import { EcsTaskRuns } from './tasks/task-runs.ts'
import { Tasks } from './tasks/tasks.ts'

/** Runs processes as services of an ECS cluster, on Fargate. */
export class EcsEngine implements Engine {
  readonly name = 'ecs'
  readonly adapt = adapt
  readonly adaptProcess = adaptProcess
  readonly countsReplace = countsReplace
  readonly ledger: EcsLedger
  readonly taskRuns: EcsTaskRuns
  readonly log: DeploymentLog
  readonly openShell: Engine['openShell']
  readonly #account: Account
  readonly #states: States
  readonly #locks: Locks
  readonly #variables: Variables
  readonly #definitions: Definitions
  readonly #images: Images
  readonly #logs: Logs
  readonly #tasks: Tasks
  readonly #schedules: Schedules

  constructor(account: Account, builder: Builder) {
    this.#account = account
    this.#states = new States(account)
    this.ledger = new EcsLedger(account)
    this.#locks = new Locks(account)
    this.#variables = new Variables(account)
    this.#definitions = new Definitions(account)
    this.#images = new Images(account, builder)
    this.#logs = new Logs(account)
    this.log = new DeploymentLog(account, this.#logs)
    this.taskRuns = new EcsTaskRuns(account, this.#definitions, this.#logs)
    this.#tasks = new Tasks(account, this.#definitions, this.#logs, this.taskRuns)
    this.#schedules = new Schedules(account, this.#definitions, this.#logs)
    const shells = new EcsShells(account, this.#states, this.#tasks)
    this.openShell = (app, request, io) => shells.open(app, request, io)
  }

  async observe(app: AppId, options: ObserveOptions = {}): Promise<Running> {
    const { state, variables } = await this.#states.read(app)
    const { processes, warnings, obstacles } = await this.#services(app, state, options)
    const instances = options.instances
      ? await instancesOf(
          this.#account,
          processes.map(({ process, service, state }) => ({ process, service, port: state.spec.port })),
        )
      : new Map<string, never[]>()
    return {
      processes: processes.map((each) => ({
        ...each.state,
        settled: each.settled,
        instances: instances.get(each.process) ?? [],
        events: options.instances ? each.events : [],
      })),
      schedules: state.schedules,
      succeeded: state.succeeded,
      variables: options.refresh ? await this.#variables.refresh(app) : variables,
      underway: isUnderway(state),
      released: state.release > 0,
      warnings,
      obstacles,
    }
  }

  async checkPins(_app: AppId, pins: readonly Pin[]): Promise<string[]> {
    return this.#images.check(pins)
  }

  async findImages(app: AppId, keys: readonly string[]): Promise<ReadonlyMap<string, MadeImage>> {
    return explained(`look for images of ${app.name}`, () => this.#images.find(app, keys))
  }

  async makeImage(app: AppId, request: ImageRequest, io: ImageIo): Promise<MadeImage> {
    return explained(`make an image of ${app.name}`, () => this.#images.make(app, request, io))
  }

  /** What an image is called in its registry. */
  async imageReference(app: AppId, image: Image): Promise<string> {
    return this.#definitions.imageReference(app, image)
  }

  async taggedImage(app: AppId, tag: string): Promise<Image> {
    return this.#images.tagged(app, tag)
  }

  async runTask(app: AppId, request: TaskRequest): Promise<TaskHandle> {
    return this.#tasks.run(app, request)
  }

  async rollout(app: AppId, transitions: readonly Transition[], io: RolloutIo): Promise<Verdict[]> {
    if (!io.signal.aborted) await this.#logs.ensureGroup(app)
    const rollouts = new Rollouts(this.#account, this.#definitions, {
      remember: (process, stored) => this.ledger.remember(app, { [process]: stored }),
      warn: (text) => io.report({ type: 'notice', text }),
    })
    const verdicts = await rollouts.rollout(app, transitions, io)
    // What cannot be written now is kept in mind, and written when the deployment ends: no verdict may be lost for it.
    if (!io.lost?.aborted) await this.ledger.flush(app).catch(() => {})
    return verdicts
  }

  async setSchedules(app: AppId, tasks: readonly TaskSpec[]): Promise<void> {
    const { state } = await this.#states.read(app)
    // Written down first, and as true only afterwards: whoever is killed on the way leaves the next one to know what to
    // look after.
    await this.#remember(app, withDoubt(tasks, state.schedules))
    await this.#schedules.set(app, tasks, state.schedules)
    await this.#remember(app, tasks)
  }

  async #remember(app: AppId, schedules: readonly TaskSpec[]): Promise<void> {
    this.ledger.remember(app, {}, schedules)
    await this.ledger.flush(app)
  }

  async setVariable(app: AppId, variable: NewVariable): Promise<void> {
    await this.#variables.set(app, variable)
  }

  async unsetVariable(app: AppId, name: string, process: string | null): Promise<boolean> {
    return this.#variables.unset(app, name, process)
  }

  logs(app: AppId, query: LogQuery): AsyncIterable<LogLine> {
    return this.#logs.read(app, query)
  }

  async setLogRetention(app: AppId, retention: number | null): Promise<boolean> {
    return retention !== null && this.#logs.setRetention(app, daysOf(retention))
  }

  async logNames(app: AppId): Promise<string[]> {
    return this.#logs.names(app)
  }

  async lock(app: AppId, request: LockRequest): Promise<Lock> {
    const lock = await this.#locks.lock(app, request)
    try {
      await this.#tasks.stopLeft(app, request.deployment)
      return lock
    } catch (error) {
      await lock.release()
      throw error
    }
  }

  /** Asks whoever carries a deployment out to stop it. */
  async cancel(app: AppId, deployment: number): Promise<void> {
    await this.#locks.cancel(app, deployment)
  }

  async prune(app: AppId): Promise<void> {
    await explained('delete what nothing needs any more', () => this.#prune(app))
  }

  async #prune(app: AppId): Promise<void> {
    const { state } = await this.#states.read(app)
    const releases = await this.ledger.releases(app, KEPT_RELEASES)
    await this.#images.prune(app, namedImages(state, releases))
    const named = await this.#namedRevisions(state)
    await this.#definitions.prune({
      unused: unusedFamilies(app, state, releases),
      // By commands of people, whose processes have ended long since.
      grown: [taskFamily(app, ONE_OFF)],
      named,
    })
    await this.#variables.prune(app, async () =>
      namedVariables(app, {
        state,
        unfinished: isUnderway(state) ? await this.ledger.unfinished(app) : [],
        revisions: named,
        read: (revision) => this.#definitions.read(revision),
      }),
    )
    await this.ledger.prune(app)
  }

  async removeApp(app: AppId): Promise<void> {
    const { state } = await this.#states.read(app)
    const { processes } = await this.#services(app, state, { refresh: true })
    await this.#schedules.remove(app)
    await this.#tasks.stopAll(app, 'the app was deleted')
    const verdicts = await this.rollout(
      app,
      processes.map(({ process, state }) => ({ name: process, before: state, after: null })),
      { signal: new AbortController().signal, report: () => {} },
    )
    const stuck = verdicts.find(({ outcome }) => outcome !== 'steady')
    if (stuck !== undefined) {
      throw new UserError(`process ${stuck.process} could not be removed: ${stuck.reason ?? stuck.outcome}`, {
        hint: 'what the app needs to run was left; delete it again',
      })
    }
    await this.#definitions.removeAll(familiesOf(app, state, await this.ledger.releases(app, KEPT_RELEASES)))
    await this.#images.removeAll(app)
    await this.#logs.removeGroup(app)
    await this.ledger.removeAll(app)
  }

  /** What the services of an app run, or may go back to. */
  async #namedRevisions({ processes }: State): Promise<Set<string>> {
    const names = Object.values(processes).map(({ service }) => service)
    const services = await describeServices(this.#account, names)
    const definitions = [...services.values()].flatMap(({ taskDefinition, deployments = [] }) => [
      taskDefinition,
      ...deployments.map((each) => each.taskDefinition),
    ])
    return new Set(definitions.flatMap((arn) => (arn === undefined ? [] : nameOfArn(arn))))
  }

  /** Names come from whoever asks, and from the ledger: what runs, and what a deployer that died may have made. */
  async #services(
    app: AppId,
    state: State,
    { wanted: asked = [], refresh = false, signal }: ObserveOptions,
  ): Promise<ObservedServices> {
    const names = new Map([
      ...Object.entries(state.processes).map(([process, { service }]) => [process, service] as const),
      ...asked.map(({ name, ecs }) => [name, serviceName(app, name, ecs.service)] as const),
    ])
    const left = isUnderway(state) ? await this.ledger.unfinished(app) : []
    const begun = left.flatMap(({ record }) =>
      (record?.processes ?? []).flatMap((each) => placesOf(app, each)),
    )
    for (const { process, service } of begun) if (!names.has(process)) names.set(process, service)
    const wanted = [...names].map(([process, service]) => ({ process, service }))
    const options = { stored: state.processes, begun, refresh, signal }
    return explained(`look at the services of ${app.name}`, () =>
      observeServices(this.#account, this.#definitions, app, wanted, options),
    )
  }
}
