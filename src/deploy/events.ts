import type { Diagnostic } from '../app/errors.ts'
import type { RolloutEvent, Verdict } from '../engine/rollout.ts'
import type { DeploymentKind, Outcome } from '../engine/ledger.ts'
import type { Plan } from '../plan/types.ts'

/** What happens in a deployment, in order. Doors and the stored log consume the same stream. Never holds a secret. */
export type DeployEvent = { /** ISO time. */ at: string } & (
  | {
      type: 'deployment.started'
      app: string
      environment: string
      number: number
      kind: DeploymentKind
      commit: string | null
      title: string
    }
  | { type: 'deployment.waiting'; behind: number }
  | { type: 'config.read'; files: string[]; diagnostics: Diagnostic[] }
  | { type: 'plan.made'; plan: Plan }
  | { type: 'image.building'; key: string; files: number; bytes: number }
  | { type: 'image.log'; key: string; line: string }
  | { type: 'image.built'; key: string; seconds: number }
  | { type: 'image.reused'; key: string; used_by: string[] }
  | { type: 'task.started'; task: string; phase: 'pre_deploy' | 'post_deploy'; id: string; command: string }
  | { type: 'task.log'; task: string; line: string }
  | {
      type: 'task.finished'
      task: string
      exit_code: number | null
      seconds: number
      reason: string | null
    }
  | { type: 'process.rolling'; process: string; action: string }
  | { type: 'process.failed'; process: string; verdict: Verdict; kept: boolean }
  | RolloutEvent
  | { type: 'rollback.started'; reason: string; processes: string[] }
  | { type: 'rollback.failed'; process: string; reason: string }
  | {
      type: 'deployment.finished'
      outcome: Outcome
      reason: string | null
      hint: string | null
      diagnostics: Diagnostic[]
      release: number | null
      seconds: number
    }
)

export type DeployEventType = DeployEvent['type']
type Distribute<E> = E extends unknown ? Omit<E, 'at'> : never
/** An event before it gets its time. */
export type NewDeployEvent = Distribute<DeployEvent>
