import type { Diagnostic } from '../app/errors.ts'
import type { DeployEvent } from '../deploy/events.ts'
import type { Verdict } from '../engine/rollout.ts'

/** What a later line of a deployment has to know of the earlier ones. */
export class Progress {
  deployment: { number: number; app: string } | null = null
  /** Whether the plan has said why it must not be carried out. */
  isBlocked = false
  /** Processes that were touched. */
  readonly touched = new Set<string>()
  readonly failed: { verdict: Verdict; kept: boolean }[] = []
  readonly notRolledBack: { process: string; reason: string }[] = []
  /** Pre-deploy tasks that began to run. */
  readonly migrations: string[] = []
  /** Per content key whose image is built, where several are built side by side. */
  readonly #builds = new Map<string, string>()
  readonly #since = new Map<string, number>()
  readonly #told = new Set<string>()

  note(event: DeployEvent): void {
    switch (event.type) {
      case 'deployment.started':
        this.deployment = event
        break
      case 'plan.made': {
        this.isBlocked = event.plan.blocked.length > 0
        const builds = event.plan.images.filter(({ action }) => action !== 'reuse')
        if (builds.length < 2) break
        for (const { key, used_by } of builds) this.#builds.set(key, used_by[0] ?? key.slice(0, 12))
        break
      }
      case 'process.rolling':
        this.touched.add(event.process)
        this.#since.set(event.process, Date.parse(event.at))
        break
      case 'instance.started':
        this.#since.set(event.instance, Date.parse(event.at))
        break
      case 'process.failed':
        this.failed.push(event)
        break
      case 'rollback.started':
        for (const process of event.processes) this.#since.set(process, Date.parse(event.at))
        break
      case 'rollback.failed':
        this.notRolledBack.push(event)
        break
      case 'task.started':
        if (event.phase === 'pre_deploy') this.migrations.push(event.task)
        break
      default:
    }
  }

  /** Says whose image it is, where lines of several mix. */
  ofImage(key: string, line: string): string {
    const name = this.#builds.get(key)
    return name === undefined ? line : `${name} | ${line}`
  }

  /** Whether a process or an instance was begun in this deployment. */
  began(subject: string): boolean {
    return this.#since.has(subject)
  }

  /** Seconds since a process or an instance was begun; null when it was there before. */
  seconds(subject: string, at: string): number | null {
    const since = this.#since.get(subject)
    return since === undefined ? null : Math.max(0, (Date.parse(at) - since) / 1_000)
  }

  /** Those that were not told yet: the config and the plan carry the same warnings. */
  untold(diagnostics: readonly Diagnostic[]): Diagnostic[] {
    return diagnostics.filter((each) => {
      const identity = JSON.stringify([each.message, each.path, each.place])
      if (this.#told.has(identity)) return false
      this.#told.add(identity)
      return true
    })
  }
}
