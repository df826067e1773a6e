import { expect, it } from 'vitest'

import { hintFor, type Evidence } from '../../../../src/engine/ecs/services/hints.ts'

const AUTH =
  'ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed:'

it.each<[what: string, evidence: Partial<Evidence>, hint: string, heals: boolean]>([
  [
    'an image that is not there',
    {
      reason:
        'CannotPullContainerError: pull image manifest has been retried 1 time(s): failed to resolve ref r/app:2: r/app:2: not found',
    },
    '--rebuild',
    false,
  ],
  [
    'an image that may not be pulled',
    {
      reason:
        'CannotPullContainerError: ref pull has been retried 1 time(s): unexpected status code 403 Forbidden',
    },
    'execution_role may not pull',
    false,
  ],
  [
    'a registry that may not be logged in to',
    {
      reason: `${AUTH} unable to retrieve ecr registry auth: AccessDeniedException: User is not authorized to perform: ecr:GetAuthorizationToken`,
    },
    'execution_role may not pull',
    false,
  ],
  [
    'too many pulls',
    {
      reason:
        'CannotPullContainerError: inspect image has been retried 5 time(s): 429 toomanyrequests: You have reached your pull rate limit',
    },
    'ECR',
    true,
  ],
  [
    'an image for another processor, at its pull',
    {
      reason:
        "CannotPullContainerError: image Manifest does not contain descriptor matching platform 'linux/amd64'",
    },
    'build.platform',
    false,
  ],
  [
    'an image for another processor, at its start',
    { exit_code: 255, log: ['exec /app/web: exec format error'] },
    'build.platform',
    false,
  ],
  [
    'a missing secret of Secrets Manager',
    {
      reason: `${AUTH} unable to retrieve secret from asm: service call has been retried 1 time(s): ResourceNotFoundException: Secrets Manager can't find the specified secret.`,
    },
    'under secrets',
    false,
  ],
  [
    'a missing key of a secret',
    {
      reason: `${AUTH} unable to retrieve secret from asm: service call has been retried 1 time(s): retrieved secret from Secrets Manager did not contain json key TOKEN`,
    },
    'under secrets',
    false,
  ],
  [
    'a missing parameter',
    {
      reason: `${AUTH} unable to retrieve secrets from ssm: service call has been retried 1 time(s): invalid parameters: /shop/token`,
    },
    'under secrets',
    false,
  ],
  [
    'a secret that may not be read',
    {
      reason: `${AUTH} unable to retrieve secret from asm: AccessDeniedException: User is not authorized to perform: secretsmanager:GetSecretValue`,
    },
    'may not read a secret',
    false,
  ],
  [
    'no route to ECR',
    {
      reason: `${AUTH} unable to retrieve ecr registry auth: service call has been retried 3 time(s): RequestError: send request failed caused by: Post "https://api.ecr/": dial tcp 52.46.0.1:443: i/o timeout`,
    },
    'NAT gateway',
    true,
  ],
  [
    'no route to a secret',
    {
      reason: `${AUTH} unable to retrieve secret from asm: RequestError: send request failed caused by: dial tcp 1.2.3.4:443: i/o timeout`,
    },
    'NAT gateway',
    true,
  ],
  [
    'a log that it cannot write',
    {
      reason:
        'ResourceInitializationError: failed to validate logger args: create stream has been retried 1 times: failed to create Cloudwatch log stream: AccessDeniedException',
    },
    'logs:CreateLogStream',
    false,
  ],
  [
    'a role that cannot be assumed',
    { reason: "ECS was unable to assume the role 'arn:aws:iam::1:role/x' that was provided for this task." },
    'ecs-tasks.amazonaws.com',
    false,
  ],
  [
    'subnets without addresses',
    {
      reason:
        'unable to place a task. Reason: The subnet subnet-1 has insufficient free addresses: InsufficientFreeAddressesInSubnet',
    },
    'ecs.subnets',
    true,
  ],
  [
    'no capacity',
    {
      reason:
        'was unable to place a task. Reason: Capacity is unavailable at this time. Please try again later or in a different availability zone.',
    },
    'demand_count',
    true,
  ],
  [
    'memory',
    {
      reason: 'Essential container in task exited: OutOfMemoryError: Container killed due to memory usage',
      exit_code: 137,
    },
    '`memory`',
    true,
  ],
  [
    'memory by the log',
    { exit_code: 134, log: ['FATAL ERROR: Reached heap limit - JavaScript heap out of memory'] },
    '`memory`',
    true,
  ],
  [
    'a command that is not there',
    { reason: 'Essential container in task exited', exit_code: 127 },
    'command',
    false,
  ],
  [
    'a command that is not there, by containerd',
    {
      reason:
        'CannotStartContainerError: ResourceInitializationError: failed to create new container runtime task: exec: "web": executable file not found in $PATH',
    },
    'command',
    false,
  ],
  [
    'a port that is taken',
    { exit_code: 1, log: ['Error: listen EADDRINUSE: address already in use :::3000'] },
    '$PORT',
    true,
  ],
  [
    'a container health check',
    { reason: 'Task failed container health checks', exit_code: 137 },
    'start_period',
    true,
  ],
  [
    'a load balancer that gets a wrong status',
    {
      reason:
        'Task failed ELB health checks in (target-group x) Health checks failed with these codes: [404]',
    },
    'another status',
    true,
  ],
  [
    'a load balancer that gets no answer',
    { reason: 'Task failed ELB health checks in (target-group x) Request timed out' },
    '0.0.0.0',
    true,
  ],
  [
    'a zone that the load balancer does not serve',
    { reason: 'is unhealthy: Target is in an Availability Zone that is not enabled for the load balancer' },
    'zone',
    true,
  ],
  ['draining', { reason: 'old instances are still draining' }, 'deregistration delay', true],
  [
    'a process that is done',
    { reason: 'Essential container in task exited', exit_code: 0 },
    'is a task',
    true,
  ],
])('knows what to do about %s', (_what, evidence, hint, heals) => {
  const found = hintFor({ reason: '', exit_code: null, log: [], ...evidence })
  expect(found?.hint).toContain(hint)
  expect(found?.heals).toBe(heals)
})

it('says nothing about an error of the program itself', () => {
  const evidence = { reason: 'Essential container in task exited', exit_code: 1, log: ['ValueError: bad'] }
  expect(hintFor(evidence)).toBeNull()
})
