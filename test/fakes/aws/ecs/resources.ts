import type { TaskState } from './state.ts'
import type { World } from './world.ts'

/** What Fargate says when it cannot get what a task needs before its image; null when it can. */
export function resourceProblem(world: World, task: TaskState): string | null {
  for (const { definition } of task.containers) {
    const secret = definition.secrets?.find(({ valueFrom = '' }) => !isReadable(world, valueFrom))
    if (secret !== undefined) return secretProblem(secret.valueFrom ?? '')
    const group = definition.logConfiguration?.options?.['awslogs-group']
    if (group !== undefined && definition.logConfiguration?.logDriver === 'awslogs') {
      if (!world.aws.logs.has(group)) return logProblem(group)
    }
  }
  return null
}

function isReadable({ aws, troubles }: World, valueFrom: string): boolean {
  if (troubles.unreadableSecrets.has(valueFrom)) return false
  if (!valueFrom.startsWith('arn:aws:secretsmanager:')) return aws.ssm.has(valueFrom)
  // Behind the name come a JSON key, a version stage and a version id.
  return aws.secrets.has(valueFrom.split(':').slice(0, 7).join(':'))
}

function secretProblem(valueFrom: string): string {
  const problem =
    'ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed:'
  return valueFrom.startsWith('arn:aws:secretsmanager:')
    ? `${problem} unable to retrieve secret from asm: service call has been retried 1 time(s): ResourceNotFoundException: Secrets Manager can't find the specified secret.`
    : `${problem} unable to retrieve secrets from ssm: service call has been retried 1 time(s): invalid parameters: ${valueFrom}`
}

function logProblem(group: string): string {
  return `ResourceInitializationError: failed to validate logger args: create stream has been retried 1 times: failed to create Cloudwatch log stream: ResourceNotFoundException: The specified log group does not exist. : ${group}`
}
