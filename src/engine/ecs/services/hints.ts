import { lacksCapacity } from './stopped.ts'

/** What is known of an instance that failed, or of a rollout that does not go on. */
export interface Evidence {
  /** Everything that ECS says about it. */
  reason: string
  exit_code: number | null
  /** Its last lines. */
  log: readonly string[]
}

export interface Hint {
  hint: string
  /** False: the next instance cannot do better. */
  heals: boolean
}

interface Rule extends Hint {
  matches: (reason: string, evidence: Evidence) => boolean
}

const PULL = /CannotPull\w*Error/
const BEFORE_START = /ResourceInitializationError|CannotPull\w*Error/
const UNREACHABLE =
  /i\/o timeout|dial tcp|context deadline exceeded|Client\.Timeout|request canceled|connection timed out|no such host|RequestError: send request failed|RequestCanceled/
const REFUSED = /AccessDenied|not authorized|unauthorized|denied|\b40[13]\b|no basic auth|insufficient_scope/i
const ABSENT =
  /not found|ResourceNotFound|ParameterNotFound|can't find|does not exist|invalid (?:ssm )?parameters?|did not contain json key|unknown/i
const SECRET = /secrets? from|from (?:asm|ssm)|secretsmanager|ssm:GetParameter|Secrets Manager/i

/**
 * The common causes, those that explain others first. The texts are those of ECS:
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/stopped-task-error-codes.html and
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-event-messages-list.html
 */
const RULES: readonly Rule[] = [
  {
    matches: (reason) => /unable to assume the role|not authorized to perform: sts:AssumeRole/i.test(reason),
    hint: 'ECS may not use ecs.execution_role or ecs.task_role: it must exist, and its trust policy must allow ecs-tasks.amazonaws.com',
    heals: false,
  },
  {
    matches: (reason, { log }) =>
      /descriptor matching platform/i.test(reason) || /exec format error/i.test(reason + log.join('\n')),
    hint: 'the image is made for another kind of processor: set build.platform (linux/amd64 or linux/arm64), or pin an image for the right one',
    heals: false,
  },
  {
    matches: (reason) => PULL.test(reason) && /toomanyrequests|rate limit/i.test(reason),
    hint: 'the registry limits how much is pulled without logging in: keep the image in ECR',
    heals: true,
  },
  {
    matches: (reason) => BEFORE_START.test(reason) && UNREACHABLE.test(reason),
    hint: 'its subnets have no route to ECR and the other services of AWS: ecs.assign_public_ip in public subnets, a NAT gateway, or VPC endpoints; security groups must let HTTPS out',
    heals: true,
  },
  {
    matches: (reason) => BEFORE_START.test(reason) && SECRET.test(reason) && REFUSED.test(reason),
    hint: 'ecs.execution_role may not read a secret: allow ssm:GetParameters or secretsmanager:GetSecretValue on it, and kms:Decrypt where it has a key of its own',
    heals: false,
  },
  {
    matches: (reason) => BEFORE_START.test(reason) && SECRET.test(reason) && ABSENT.test(reason),
    hint: 'a secret is not where the config says: make it there, or correct its reference under secrets',
    heals: false,
  },
  {
    matches: (reason) =>
      /ResourceInitializationError/.test(reason) &&
      /log (?:group|stream)|logger|logging driver/i.test(reason),
    hint: 'it cannot write its log: ecs.execution_role needs logs:CreateLogStream and logs:PutLogEvents',
    heals: false,
  },
  {
    matches: (reason) => PULL.test(reason) && /manifest unknown|not found|no such image/i.test(reason),
    hint: 'its image is not in the registry any more: build it again with `gantry deploy --rebuild`, or correct the image that is pinned',
    heals: false,
  },
  {
    matches: (reason) => BEFORE_START.test(reason) && REFUSED.test(reason),
    hint: 'ecs.execution_role may not pull the image, or it does not exist: the role needs what AmazonECSTaskExecutionRolePolicy allows',
    heals: false,
  },
  {
    matches: (reason) =>
      /free (?:ip )?addresses|InsufficientFreeAddresses|RESOURCE:ENI|AttachmentLimit/i.test(reason),
    hint: 'its subnets have no free addresses left: name more or larger ones in ecs.subnets',
    heals: true,
  },
  {
    matches: lacksCapacity,
    hint: 'AWS has no capacity to give at the moment: name subnets of more zones in ecs.subnets, or run fewer instances on spot (spot_count) and more on demand (demand_count)',
    heals: true,
  },
  {
    matches: (reason, { log }) =>
      /OutOfMemory|out of memory/i.test(reason) ||
      /heap out of memory|MemoryError|Cannot allocate memory/.test(log.join('\n')),
    hint: 'it used more memory than it has: give it more with `memory`',
    heals: true,
  },
  {
    matches: (reason, { exit_code }) =>
      exit_code === 126 ||
      exit_code === 127 ||
      /executable file not found|exec: .*(?:no such file|permission denied)/i.test(reason),
    hint: 'its command was not found in the image or cannot be run: correct the command, or make the file executable',
    heals: false,
  },
  {
    matches: (_reason, { log }) => /EADDRINUSE|[Aa]ddress already in use/.test(log.join('\n')),
    hint: 'something else in the container has the port already: listen on $PORT, once',
    heals: true,
  },
  {
    matches: (reason) => /failed container health checks/i.test(reason),
    hint: 'its health check fails: see its log, run the command of the check in the image, or give it longer with health_check.start_period',
    heals: true,
  },
  {
    matches: (reason) => /failed with these codes/i.test(reason),
    hint: 'the load balancer wants another status: correct the path and the codes of the health check of its target group, or what answers there',
    heals: true,
  },
  {
    matches: (reason) => /zone that is not enabled/i.test(reason),
    hint: 'the load balancer does not serve the zone of one of ecs.subnets: enable the zone there, or leave that subnet out',
    heals: true,
  },
  {
    matches: (reason) => /ELB health checks|is unhealthy in \(target-group|Request timed out/i.test(reason),
    hint: 'the load balancer gets no answer: listen on 0.0.0.0 and on the port of the process, let the load balancer in with ecs.security_groups, or give it longer with ecs.health_check_grace_period',
    heals: true,
  },
  {
    matches: (reason) => /still (?:run|draining)/.test(reason),
    hint: "what ran before takes long to go: lower the target group's deregistration delay (300 s unless set) or stop_timeout, or raise rollout.timeout",
    heals: true,
  },
  {
    matches: (_reason, { exit_code }) => exit_code === 0,
    hint: 'a process must not end by itself: what ends when it is done is a task',
    heals: true,
  },
]

/** What to do about the common causes; null where the reason and the log have to speak for themselves. */
export function hintFor(evidence: Evidence): Hint | null {
  return RULES.find((rule) => rule.matches(evidence.reason, evidence)) ?? null
}
