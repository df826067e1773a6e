/** Seconds between two looks at a rollout: each second at first, every ten seconds when it takes minutes. */
const SHORTEST = 1
const LONGEST = 10

/** A rollout that takes 40 times as long can wait one second longer to be seen. */
const PER_SECOND = 40

/** Of the 20 a second that ECS sustains for reads of services: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/request-throttling.html */
const CALLS_PER_SECOND = 10

/** However long ECS refuses calls, they are tried again after so many seconds. */
const LONGEST_REFUSED = 60

export interface Load {
  /** Seconds since the youngest of the watched rollouts began. */
  age: number
  /** Calls that one look takes. */
  calls: number
  /** How many looks in a row were refused. */
  refused: number
}

/** Seconds until the next look. */
export function pace({ age, calls, refused }: Load): number {
  const usual = Math.min(Math.max(age / PER_SECOND, SHORTEST), LONGEST)
  const bearable = Math.max(usual, calls / CALLS_PER_SECOND)
  return refused === 0 ? bearable : Math.min(bearable * 2 ** refused, Math.max(bearable, LONGEST_REFUSED))
}
