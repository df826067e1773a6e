import type { Clock } from '../../app/clock.ts'
import type { Aws } from './aws.ts'

/** Where everything of an app is, and what reaches it: what every part of the engine works with. */
export interface Account {
  aws: Aws
  clock: Clock
  /** Name or ARN. */
  cluster: string
}
