export interface LockRequest {
  deployment: number
  /** Whether it makes waiting ones like itself out of date, and is made so by later ones: pushes, not an operator's changes. */
  supersedes: boolean
  /** What the one that waits is told. */
  onWait: (holder: number) => void
  /** Whether whoever held it for this very deployment is known to be dead: then it is taken over at once. */
  inherits?: boolean
  signal: AbortSignal
}

export interface Lock {
  /** Fires when it is held no longer, or when somebody asked from elsewhere that its deployment stop. */
  readonly signal: AbortSignal
  /** Fires, with a LockLostError, when it is held no longer: from then on somebody else may be at work. */
  readonly lost: AbortSignal
  release(): Promise<void>
}
