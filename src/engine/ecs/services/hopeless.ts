import type { Task } from '@aws-sdk/client-ecs'

import { hintFor } from './hints.ts'
import { causeOf, describeEnding, endingOf, hasFailed, lifeOf } from './stopped.ts'

/** As the circuit breaker counts by itself: half of the instances, 3 at least. */
const SHARE = 0.5
const FEWEST = 3
const MOST = 200

/** Enough where the next one cannot do better: an image or a secret that is not there. */
const FEWEST_THAT_NEVER_HEAL = 2

/** Seconds after which ECS calls an instance healthy that has no health check. */
const PROVEN = 40

/**
 * Why a rollout cannot succeed any more, or null while it may. Judged by the tasks of its deployment that ended by their
 * own fault and for one reason, when none of the others has become healthy.
 *
 * The circuit breaker of ECS forgets all failures as soon as a task runs, so it never sees one that ends soon after:
 * https://github.com/aws/containers-roadmap/issues/1206
 */
export function hopeless(tasks: readonly Task[], desired: number, now: number): string | null {
  const ended = tasks.filter(hasFailed)
  const lives = Math.max(0, ...ended.map(lifeOf))
  if (tasks.some((task) => isHealthy(task, PROVEN + lives, now))) return null
  const needed = Math.min(Math.max(Math.ceil(desired * SHARE), FEWEST), MOST)
  for (const alike of Map.groupBy(ended, causeOf).values()) {
    const [one] = alike
    const enough = hintFor({ ...endingOf(one!), log: [] })?.heals === false ? FEWEST_THAT_NEVER_HEAL : needed
    if (alike.length >= enough)
      return `${alike.length} instances ended one like the other: ${describeEnding(one!)}`
  }
  return null
}

/** Without a health check: up for longer than those that failed were. */
function isHealthy({ lastStatus, healthStatus, startedAt }: Task, proven: number, now: number): boolean {
  if (lastStatus !== 'RUNNING' || healthStatus === 'UNHEALTHY') return false
  return healthStatus === 'HEALTHY' || (startedAt !== undefined && now - startedAt.getTime() > proven * 1_000)
}
