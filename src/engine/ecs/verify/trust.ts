import type { Home } from './cluster.ts'

/** Who takes a role on. */
export type Taker = 'ecs-tasks.amazonaws.com' | 'scheduler.amazonaws.com'

/**
 * Whether a trust policy lets a service take the role on; `unclear`: it does under a condition that cannot be judged
 * from here.
 */
export type Trust = { kind: 'trusted' } | { kind: 'unclear' | 'refused'; why: string }

interface Statement {
  Effect?: string
  Principal?: string | Record<string, string | string[]>
  Action?: string | string[]
  Condition?: Record<string, Record<string, string | string[]>>
}

const TAKING_ON = 'sts:AssumeRole'

/**
 * Conditions are judged as AWS documents them for these two services, against somebody else's use of the role:
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html#create_task_iam_policy_and_role,
 * https://docs.aws.amazon.com/scheduler/latest/UserGuide/cross-service-confused-deputy-prevention.html
 *
 * @param document as IAM gives it: JSON, encoded as in an address
 * @param home null: not known, so that no condition can be judged
 */
export function trustOf(document: string, taker: Taker, home: Home | null): Trust {
  const { Statement: given = [] } = JSON.parse(decodeURIComponent(document)) as {
    Statement?: Statement | Statement[]
  }
  const all = [given].flat()
  const statements = all.filter(
    (each) => each.Effect === 'Allow' && names(each.Principal, taker) && listed(each.Action).some(takesOn),
  )
  if (statements.length === 0) return { kind: 'refused', why: `its trust policy does not name ${taker}` }
  if (all.some((each) => each.Effect === 'Deny' && listed(each.Action).some(takesOn))) {
    return { kind: 'unclear', why: 'its trust policy denies something too, which cannot be judged from here' }
  }
  const verdicts = statements.map((each) => judge(each, taker, home))
  return (
    verdicts.find(({ kind }) => kind === 'trusted') ??
    verdicts.find(({ kind }) => kind === 'unclear') ??
    verdicts[0]!
  )
}

function names(principal: Statement['Principal'], taker: Taker): boolean {
  return typeof principal === 'object' && listed(principal['Service']).includes(taker)
}

function takesOn(action: string): boolean {
  return like(action.toLowerCase(), TAKING_ON.toLowerCase())
}

function judge({ Condition = {} }: Statement, taker: Taker, home: Home | null): Trust {
  const conditions = Object.entries(Condition).flatMap(([operator, keys]) =>
    Object.entries(keys).map(([key, values]) => ({ operator, key, values: listed(values) })),
  )
  const judged = conditions.map((each) => ({ ...each, holds: holds(each, taker, home) }))
  const failing = judged.find((each) => each.holds === false)
  if (failing !== undefined) {
    return {
      kind: 'refused',
      why: `its trust policy lets ${taker} take it on for ${failing.key} ${failing.values.join(' or ')} only`,
    }
  }
  const unclear = judged.find((each) => each.holds === null)
  return unclear === undefined
    ? { kind: 'trusted' }
    : {
        kind: 'unclear',
        why: `its trust policy names ${taker} under a condition on ${unclear.key}, which cannot be judged from here`,
      }
}

interface Condition {
  operator: string
  key: string
  values: readonly string[]
}

/** Null: nobody can tell from here. */
function holds({ operator, key, values }: Condition, taker: Taker, home: Home | null): boolean | null {
  if (home === null || !/^(?:String(?:Equals|Like)|Arn(?:Equals|Like))(?:IfExists)?$/.test(operator))
    return null
  switch (key.toLowerCase()) {
    case 'aws:sourceaccount':
      return values.some((value) => like(value, home.account))
    case 'aws:sourcearn':
      return sourceHolds(values, taker, home)
    default:
      return null
  }
}

/**
 * The scheduler comes in the name of the group of the schedule. Of ECS it is documented that the last part is to be `*`, and
 * nothing else of it: who names something there may know more.
 */
function sourceHolds(values: readonly string[], taker: Taker, home: Home): boolean | null {
  const { partition, region, account } = home
  if (taker === 'scheduler.amazonaws.com') {
    const source = `arn:${partition}:scheduler:${region}:${account}:schedule-group/default`
    return values.some((value) => like(value, source))
  }
  const place = `arn:${partition}:ecs:${region}:${account}:`
  if (values.some((value) => value.endsWith('*') && like(value, place))) return true
  return values.some((value) => like(value.split(':').slice(0, 5).join(':'), place.slice(0, -1)))
    ? null
    : false
}

/** `*` stands for any text, `?` for any character. */
function like(pattern: string, text: string): boolean {
  const literal = pattern.replaceAll(/[$+.()[\]{}|^\\]/g, String.raw`\$&`)
  return new RegExp(`^${literal.replaceAll('*', '[^]*').replaceAll('?', '[^]')}$`).test(text)
}

function listed(value: string | readonly string[] | undefined): readonly string[] {
  return typeof value === 'string' ? [value] : (value ?? [])
}
