import type { Service, Task } from '@aws-sdk/client-ecs'

import type { AppId } from '../../../app/app.ts'
import type { Verdict } from '../../rollout.ts'
import type { Account } from '../account.ts'
import { outputOf } from '../logs/events.ts'
import { Logs } from '../logs/logs.ts'
import { CONTAINER } from '../names.ts'
import { describeServices } from './describe.ts'
import { heldUp, type HeldUp } from './held-up.ts'
import { hintFor } from './hints.ts'
import { plain, troublesSince } from './service-events.ts'
import { causeOf, describeEnding, endingOf, hasFailed, idOf, isOver } from './stopped.ts'
import { describeTasks, listTasks } from './task-list.ts'
import { deploymentOf, waitingFor, type Watched } from './verdict.ts'

export type Explanation = Pick<Verdict, 'reason' | 'exit_code' | 'log' | 'hint'>

/** Of the log of the instance that failed. */
const LINES = 20

/** CloudWatch shows what was written a few seconds later: how often to look, and seconds in between. */
const LOOKS = 3
const PAUSE = 2

/** What ECS still knows of a rollout. */
interface Remains {
  service: Service | null
  /** Of the watched deployment. */
  tasks: Task[]
  since: Date
}

/**
 * Why a rollout failed or does not go on: by the tasks of its deployment, which ECS shows for an hour after they stopped,
 * the events of the service and the log of the instance that tells most. To be asked at once. Never rejects: what AWS
 * does not tell is left out.
 */
export async function explain(account: Account, app: AppId, watched: Watched): Promise<Explanation> {
  const remains = await collect(account, watched)
  const { service, tasks, since } = remains
  const failure = mostTelling(tasks)
  const troubles = service === null ? [] : troublesSince(service, since).map(plain)
  if (failure !== null) {
    const { reason, exit_code, container } = endingOf(failure)
    const log = await lastLines(account, app, watched, {
      task: failure,
      waits: exit_code !== null,
      container,
    })
    const health = /health check/i.test(reason) ? healthReason(troubles) : null
    const hint = hintFor({ reason: `${reason} ${health ?? ''}`, exit_code, log })?.hint ?? null
    return { reason: describeEnding(failure) + (health === null ? '' : ` (${health})`), exit_code, log, hint }
  }
  const alive = newest(tasks.filter((task) => !isOver(task)))
  const held = alive === null ? null : await orElse(whatHolds(account, alive), null)
  const container = held?.container ?? CONTAINER
  const log =
    alive === null ? [] : await lastLines(account, app, watched, { task: alive, waits: false, container })
  const own = service === null ? null : (deploymentOf(service, watched) ?? null)
  const state = own === null ? '' : waitingFor({ service, watched, seen: own, settling: false, complete: 0 })
  const [reason = held?.reason ?? null] = troubles
  const hint = hintFor({ reason: [...troubles, state].join('\n'), exit_code: null, log })?.hint ?? null
  return { reason, exit_code: null, log, hint }
}

async function collect(account: Account, watched: Watched): Promise<Remains> {
  const services = await orElse(describeServices(account, [watched.service]), new Map<string, Service>())
  const service = services.get(watched.service) ?? null
  const own = service === null ? undefined : deploymentOf(service, watched)
  const id = watched.deployment ?? own?.id
  const arns = await Promise.all(
    (['RUNNING', 'STOPPED'] as const).map((status) =>
      orElse(listTasks(account, watched.service, status), []),
    ),
  )
  const recent = new Date(account.clock.now() - watched.timeout * 1_000)
  const tasks = (await orElse(describeTasks(account, arns.flat()), [])).filter(
    ({ startedBy, createdAt = recent }) =>
      // Where only counts changed, the same deployment has older tasks.
      startedBy === id && (watched.deployment !== null || createdAt >= recent),
  )
  const first = tasks.reduce(
    (time, { createdAt = time }) => (createdAt < time ? createdAt : time),
    new Date(account.clock.now()),
  )
  const since =
    watched.deployment === null ? recent : (own?.createdAt ?? (tasks.length === 0 ? recent : first))
  return { service, tasks, since }
}

/** The newest of those that ended alike most often; what can never work tells more than what may. */
function mostTelling(tasks: readonly Task[]): Task | null {
  const alike = [...Map.groupBy(tasks.filter(hasFailed), causeOf).values()]
  const neverHeals = (task: Task): boolean => hintFor({ ...endingOf(task), log: [] })?.heals === false
  const [most] = alike.toSorted(
    (one, other) => Number(neverHeals(other[0]!)) - Number(neverHeals(one[0]!)) || other.length - one.length,
  )
  return most === undefined ? null : newest(most)
}

function newest(tasks: readonly Task[]): Task | null {
  const time = ({ createdAt }: Task): number => createdAt?.getTime() ?? 0
  return tasks.toSorted((one, other) => time(other) - time(one))[0] ?? null
}

async function whatHolds({ aws }: Account, task: Task): Promise<HeldUp | null> {
  const ecs = await aws.ecs()
  const { taskDefinition = {} } = await ecs.describeTaskDefinition({ taskDefinition: task.taskDefinitionArn })
  return heldUp(task, taskDefinition)
}

async function lastLines(
  account: Account,
  app: AppId,
  { process }: Watched,
  { task, waits, container }: { task: Task; waits: boolean; container: string },
): Promise<string[]> {
  const logs = new Logs(account)
  for (let look = 1; ; look++) {
    const messages = await orElse(logs.tail(app, outputOf(process, container), idOf(task), LINES), [])
    const lines = messages.flatMap((message) => message.trimEnd().split('\n'))
    if (lines.length > 0 || !waits || look === LOOKS) return lines.slice(-LINES)
    await account.clock.sleep(PAUSE)
  }
}

/** What the load balancer found wrong: `Health checks failed with these codes: [404]`. */
function healthReason(troubles: readonly string[]): string | null {
  const found = troubles.map((text) => /is unhealthy in .* due to \(reason (.*?)\)\.?$/.exec(text)?.[1])
  return found.find((reason) => reason !== undefined) ?? null
}

/** Less is known then, and that is still better than an error in place of an explanation. */
async function orElse<T>(work: Promise<T>, otherwise: T): Promise<T> {
  return work.catch(() => otherwise)
}
