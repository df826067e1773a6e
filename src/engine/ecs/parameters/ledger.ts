import { randomUUID } from 'node:crypto'

import type { AppId } from '../../../app/app.ts'
import { isoNow, type Clock } from '../../../app/clock.ts'
import { NotFoundError } from '../../../app/errors.ts'
import type { TaskSpec } from '../../../app/spec.ts'
import type {
  Deployment,
  DeploymentEnd,
  DeploymentRecord,
  Ledger,
  NewDeployment,
  NewRelease,
  Release,
} from '../../ledger.ts'
import { storedRelease } from '../../stored.ts'
import type { Account } from '../account.ts'
import { parameterRoot } from '../names.ts'
import { Documents } from './documents.ts'
import {
  applyEnd,
  applyMemory,
  isFinished,
  KEPT_DEPLOYMENTS,
  settledBy,
  shown,
  withMemory,
  type Memory,
  type StoredDeployment,
} from './ledger-entries.ts'
import { deploymentParameter, releaseParameter, stateParameter } from './parameter-names.ts'
import { NAMES_A_CALL } from './parameter-store.ts'
import { deleteAll, deleteOld } from './retention.ts'
import { stateOf, States, type Finished, type State, type StoredProcess } from './state.ts'

/**
 * The ledger in SSM: a document per deployment and per release, and the state. A deployment that had its turn ends with
 * the write of the state. What is written before that, a release, counts only then; what is written after it, the
 * deployment's own document, is read as the state has it until the next end writes it.
 */
export class EcsLedger implements Ledger {
  readonly #documents: Documents
  readonly #states: States
  readonly #clock: Clock
  readonly #memories = new Map<string, Memory>()

  constructor(account: Account) {
    this.#documents = new Documents(account)
    this.#states = new States(account)
    this.#clock = account.clock
  }

  async open(app: AppId, entry: NewDeployment): Promise<Deployment> {
    const state = await this.#state(app)
    for (let number = state.deployment + 1; ; number++) {
      const deployment: StoredDeployment = {
        ...entry,
        number,
        status: 'queued',
        created_at: isoNow(this.#clock),
        started_at: null,
        finished_at: null,
        reason: null,
        release: null,
        record: null,
        nonce: randomUUID(),
      }
      if (await this.#documents.create(deploymentParameter(app, number), deployment)) {
        return shown(deployment, state)
      }
      number = (await this.#from(app, number, number)).at(-1)?.number ?? number
    }
  }

  async start(app: AppId, number: number): Promise<void> {
    const started_at = isoNow(this.#clock)
    // Before anything else: whoever observes knows from this alone whether to look for what a deployer left that died.
    await this.#states.update(app, (state) => ({ ...state, begun: Math.max(state.begun, number) }))
    await this.#change(app, number, (stored) => ({ ...stored, status: 'running', started_at }))
  }

  async record(app: AppId, number: number, record: DeploymentRecord): Promise<void> {
    await this.#change(app, number, (stored) => ({ ...stored, record }))
  }

  async finish(app: AppId, number: number, end: DeploymentEnd): Promise<Release | null> {
    const { state, stored } = await this.#readOne<StoredDeployment>(app, deploymentParameter(app, number))
    if (stored === undefined) throw unknown(number)
    const finished: Finished = {
      number,
      status: end.outcome,
      finished_at: isoNow(this.#clock),
      reason: end.reason,
      release: end.release === null ? null : state.release + 1,
    }
    // One that never had the lock leaves the state to whoever has it.
    if (stored.status === 'queued' && end.release === null) {
      await this.#close(app, finished)
      return null
    }
    const release = end.release && releaseOf(stored, finished, end.release)
    if (release !== null) await this.#documents.write(releaseParameter(app, release.number), release)
    const settled = await this.#settle(app, state, number)
    const memory = this.#memories.get(parameterRoot(app))
    await this.#states.update(app, (now) => applyEnd(applyMemory(now, memory), finished, settled))
    this.#forget(app, memory)
    await this.#close(app, finished)
    return release
  }

  async taskSucceeded(app: AppId, task: string, fingerprint: string): Promise<void> {
    await this.#states.update(app, (state) => ({
      ...state,
      succeeded: { ...state.succeeded, [task]: fingerprint },
    }))
  }

  /** Keeps in mind what processes became, null for one that is gone, until the deployment ends. */
  remember(
    app: AppId,
    processes: Readonly<Record<string, StoredProcess | null>>,
    schedules?: readonly TaskSpec[],
  ): void {
    const key = parameterRoot(app)
    this.#memories.set(key, withMemory(this.#memories.get(key), processes, schedules))
  }

  /** Writes down what is kept in mind, for who has no deployment to end. */
  async flush(app: AppId): Promise<void> {
    const memory = this.#memories.get(parameterRoot(app))
    if (memory === undefined) return
    await this.#states.update(app, (state) => applyMemory(state, memory))
    this.#forget(app, memory)
  }

  async deployment(app: AppId, number: number): Promise<Deployment | null> {
    const { state, stored } = await this.#readOne<StoredDeployment>(app, deploymentParameter(app, number))
    return stored === undefined ? null : shown(stored, state)
  }

  async deployments(app: AppId, limit: number, before = Infinity): Promise<Deployment[]> {
    const state = await this.#state(app)
    const newer = before > state.deployment + 1 ? await this.#from(app, state.deployment + 1, 0) : []
    const found = newer
      .toReversed()
      .filter(({ number }) => number < before)
      .slice(0, limit)
    const oldest = Math.max(1, state.deployment - KEPT_DEPLOYMENTS + 1)
    for (
      let top = Math.min(state.deployment, before - 1);
      found.length < limit && top >= oldest;
      top -= NAMES_A_CALL
    ) {
      const bottom = Math.max(oldest, top - NAMES_A_CALL + 1, top - (limit - found.length) + 1)
      found.push(...(await this.#range(app, bottom, top)).toReversed())
    }
    return found.slice(0, limit).map((stored) => shown(stored, state))
  }

  async unfinished(app: AppId): Promise<Deployment[]> {
    const state = await this.#state(app)
    return (await this.#from(app, state.settled + 1, state.deployment))
      .map((stored) => shown(stored, state))
      .filter((deployment) => !isFinished(deployment))
  }

  async releases(app: AppId, limit: number, before = Infinity): Promise<Release[]> {
    const newest = Math.min((await this.#state(app)).release, before - 1)
    const count = Math.min(limit, newest)
    const names = Array.from({ length: count }, (_, index) => releaseParameter(app, newest - index))
    const found = await this.#documents.read<Release>(names)
    return names.flatMap((name) => found.get(name) ?? []).map(storedRelease)
  }

  async release(app: AppId, number: number): Promise<Release | null> {
    const { state, stored } = await this.#readOne<Release>(app, releaseParameter(app, number))
    // One above was written by a deployment that died before it ended.
    return stored === undefined || number > state.release ? null : storedRelease(stored)
  }

  /** Deletes the deployments and releases that are too old to be kept, and what writers left that died. */
  async prune(app: AppId): Promise<void> {
    await deleteOld(this.#documents.store, this.#clock, app, await this.#state(app))
  }

  /** Deletes every parameter of an app. */
  async removeAll(app: AppId): Promise<void> {
    this.#memories.delete(parameterRoot(app))
    await deleteAll(this.#documents.store, this.#clock, app)
  }

  async #state(app: AppId): Promise<State> {
    return (await this.#states.read(app)).state
  }

  async #readOne<T>(app: AppId, name: string): Promise<{ state: State; stored: T | undefined }> {
    const found = await this.#documents.read<unknown>([stateParameter(app), name])
    return { state: stateOf(app, found.get(stateParameter(app))), stored: found.get(name) as T | undefined }
  }

  /** Those of these numbers that there are, the oldest first. */
  async #range(app: AppId, from: number, to: number): Promise<StoredDeployment[]> {
    const names = Array.from({ length: Math.max(0, to - from + 1) }, (_, index) =>
      deploymentParameter(app, from + index),
    )
    const found = await this.#documents.read<StoredDeployment>(names)
    return names.flatMap((name) => found.get(name) ?? [])
  }

  /** Those from a number on, the oldest first: up to one that is known, and as far as there are more. */
  async #from(app: AppId, first: number, known: number): Promise<StoredDeployment[]> {
    const found: StoredDeployment[] = []
    for (let last = first + NAMES_A_CALL - 1; ; last += NAMES_A_CALL) {
      found.push(...(await this.#range(app, last - NAMES_A_CALL + 1, last)))
      if (last >= known && found.at(-1)?.number !== last) return found
    }
  }

  /**
   * Writes what the last end may have left unwritten, before the state forgets it, and says up to where all have ended
   * when this one has.
   */
  async #settle(app: AppId, state: State, ending: number): Promise<number> {
    const { finished } = state
    const ahead = Array.from({ length: NAMES_A_CALL - 1 }, (_, index) => state.settled + 1 + index)
    const numbers = [...new Set([...(finished === null ? [] : [finished.number]), ...ahead])]
    const found = await this.#documents.read<StoredDeployment>(
      numbers.map((each) => deploymentParameter(app, each)),
    )
    const read = [...found.values()]
    const last = read.find((each) => each.number === finished?.number)
    if (finished !== null && last !== undefined && !isFinished(last)) await this.#close(app, finished)
    return settledBy(
      state,
      ending,
      read.map((stored) => shown(stored, state)),
    )
  }

  async #close(app: AppId, { number, ...end }: Finished): Promise<void> {
    await this.#change(app, number, (stored) => ({ ...stored, ...end }))
  }

  async #change(
    app: AppId,
    number: number,
    change: (stored: StoredDeployment) => StoredDeployment,
  ): Promise<void> {
    await this.#documents.update<StoredDeployment>(deploymentParameter(app, number), (stored) => {
      if (stored === undefined) throw unknown(number)
      return change(stored)
    })
  }

  /** Unless more was remembered since. */
  #forget(app: AppId, memory: Memory | undefined): void {
    if (this.#memories.get(parameterRoot(app)) === memory) this.#memories.delete(parameterRoot(app))
  }
}

function releaseOf({ by, title }: StoredDeployment, finished: Finished, release: NewRelease): Release {
  const { number: deployment, finished_at: created_at, release: number } = finished
  return { ...release, number: number!, deployment, by, title, created_at }
}

function unknown(number: number): NotFoundError {
  return new NotFoundError(`there is no deployment #${number}`, {
    hint: '`gantry deployment list` shows what there is',
  })
}
