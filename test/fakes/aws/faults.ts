import { TokenBucket, type Rate } from './token-bucket.ts'

export interface Call {
  /** `ecs`, `ssm`. */
  service: string
  /** `UpdateService`. */
  operation: string
  input: Record<string, unknown>
  /** Whether it changes something. */
  writes: boolean
  /** Whose call it is: a part of the user agent that a test gave to its client. Null where it gave none. */
  caller: string | null
  /** Milliseconds since the epoch, by the fake's clock. */
  at: number
}

/**
 * What goes wrong with a call. `throttle`, `error` and `denied`, which is what IAM does, refuse it, `reset` cuts the connection before anything happened,
 * `lost` after it was carried out, `slow` answers late, `hang` never.
 */
export type FaultKind = 'throttle' | 'error' | 'denied' | 'reset' | 'lost' | 'hang' | { slow: number }

export interface Fault {
  when: (call: Call) => boolean
  kind: FaultKind
  /** How often; default: always. */
  times?: number
}

export class Faults {
  #faults: { fault: Fault; left: number }[] = []

  add(fault: Fault): void {
    this.#faults.push({ fault, left: fault.times ?? Infinity })
  }

  clear(): void {
    this.#faults = []
  }

  /** The first fault that is meant for this call, counted as used. */
  take(call: Call): FaultKind | null {
    const found = this.#faults.find(({ fault, left }) => left > 0 && fault.when(call))
    if (found === undefined) return null
    found.left--
    return found.fault.kind
  }
}

/** When a matching call is one too many. */
export function exceeds(rate: Rate, matches: Fault['when']): Fault['when'] {
  const bucket = new TokenBucket(rate)
  return (call) => matches(call) && !bucket.take(call.at)
}

/** Whether an operation changes something, by the verbs that AWS uses. */
export function isWrite(operation: string): boolean {
  return !/^(?:Describe|List|Get|BatchGet|BatchCheck|Filter)/.test(operation)
}
