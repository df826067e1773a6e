import { expect } from 'vitest'

import type { Control, Watched, Watching } from '../../../src/cli/control.ts'
import { parseFieldWords } from '../../../src/cli/key-values.ts'
import { parseScaling, scaledFields } from '../../../src/cli/scale.ts'
import type { DeployEvent } from '../../../src/deploy/events.ts'
import type { OperationWords } from '../../../src/deploy/operations.ts'
import type { RunningProcess } from '../../../src/engine/running.ts'
import type { Plan, ProcessChange } from '../../../src/plan/types.ts'

/** Processes as `gantry.yml` has them. */
export type Processes = Record<string, object>

/** An app on one engine, behind the door that people have to it there. */
export interface Subject {
  control: Control
  /** Deploys these processes as the next commit, with this code or what it was, and gives the plan that was made. */
  deploy(processes: Processes, code?: string): Promise<Plan>
  /** An image that a process can be pinned to. */
  pin: string
  /** Words with which a process that is made is up sooner. */
  quick: string[]
  staysUp: string
  /** Whether it has an autoscaler, and disks of a size that one asks for. */
  isElastic: boolean
  endsAtOnce: string
  dispose(): Promise<void>
}

export interface Operated extends Watched {
  events: DeployEvent[]
  plan: Plan | undefined
  reason: string | null
}

const NOBODY = new AbortController().signal

/** What `gantry process` and `gantry scale` do, word by word. */
export class Operator {
  readonly subject: Subject

  constructor(subject: Subject) {
    this.subject = subject
  }

  create(process: string, ...words: string[]): Promise<Operated> {
    return this.operate({ process, create: true, set: parseFieldWords(words) })
  }
  set(process: string, ...words: string[]): Promise<Operated> {
    return this.operate({ process, set: parseFieldWords(words) })
  }
  unset(process: string, ...unset: string[]): Promise<Operated> {
    return this.operate({ process, unset })
  }
  start(process: string): Promise<Operated> {
    return this.set(process, 'disabled=false')
  }
  stop(process: string): Promise<Operated> {
    return this.set(process, 'disabled=true')
  }
  restart(process: string): Promise<Operated> {
    return this.operate({ process, restart: true })
  }
  delete(process: string): Promise<Operated> {
    return this.operate({ process, delete: true })
  }
  async scale(...words: string[]): Promise<Operated> {
    const { processes } = await this.subject.control.running()
    const specs = processes.map(({ spec }) => spec)
    return this.operate(
      ...parseScaling(words).map((each) => ({ process: each.process, set: scaledFields(each, specs) })),
    )
  }

  async operate(...operations: OperationWords[]): Promise<Operated> {
    const events: DeployEvent[] = []
    const watching: Watching = { show: (event) => events.push(event), signal: NOBODY }
    const watched = await this.subject.control.operate('test', operations, watching)
    const last = events.findLast((event) => event.type === 'deployment.finished')
    return {
      ...watched,
      events,
      plan: events.find((event) => event.type === 'plan.made')?.plan,
      reason: last?.reason ?? null,
    }
  }

  async find(process: string): Promise<RunningProcess | undefined> {
    const { processes } = await this.subject.control.running({ instances: true })
    return processes.find(({ spec }) => spec.name === process)
  }

  async get(process: string): Promise<RunningProcess> {
    const found = await this.find(process)
    expect(found, `process ${process}`).toBeDefined()
    return found!
  }

  /** Ids of the instances that are up. */
  async up(process: string): Promise<string[]> {
    const { instances } = await this.get(process)
    return instances.filter(({ state }) => state === 'up').map(({ id }) => id)
  }
}

export function changeOf(plan: Plan, process: string): ProcessChange {
  return plan.processes.find(({ name }) => name === process)!
}
