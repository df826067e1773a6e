import { arn } from '../../fakes/aws/arn.ts'
import type { FakeAws } from '../../fakes/aws/fake-aws.ts'
import type { Call } from '../../fakes/aws/faults.ts'
import type { Request } from './evaluate.ts'

type Input = Record<string, unknown>
type Asked = Omit<Request, 'action'>

/** The prefix of a service's actions, where it is not what the fake calls it. */
const PREFIXES: Readonly<Record<string, string>> = {
  // Of the fake, and of CALLS.
  elb: 'elasticloadbalancing',
  loadBalancing: 'elasticloadbalancing',
  autoscaling: 'application-autoscaling',
}

const EVERYTHING: Asked = { resource: '*', context: {} }

/** What IAM is asked when this call comes in: about the call itself, and about what else it does. */
export function requestsOf(call: Call, fake: FakeAws): Request[] {
  const action = `${PREFIXES[call.service] ?? call.service}:${call.operation}`
  return [...askedOf(call, fake).map((asked) => ({ action, ...asked })), ...alsoAsked(call)]
}

function askedOf({ service, operation, input }: Call, fake: FakeAws): Asked[] {
  if (service === 'ecs') return ecsAsked(operation, input, fake)
  if (service === 'ecr') return ecrAsked(input)
  if (service === 'ssm') return ssmAsked(operation, input)
  if (service === 'logs') return [logsAsked(operation, input)]
  if (service === 'secretsmanager')
    return [{ resource: arn(service, `secret:${text(input, 'SecretId')}-AbCdEf`), context: {} }]
  if (service === 'autoscaling') return [scalingAsked(operation, input)]
  if (service === 'scheduler' && operation !== 'ListSchedules') {
    return [{ resource: arn('scheduler', `schedule/default/${text(input, 'Name')}`), context: {} }]
  }
  if (service === 'iam') {
    const { Role } = fake.iam.handle('GetRole', { RoleName: text(input, 'RoleName') }) as {
      Role: { Arn: string }
    }
    return [{ resource: Role.Arn, context: {} }]
  }
  return [EVERYTHING]
}

/** A login is for the whole registry. */
function ecrAsked(input: Input): Asked[] {
  const names = 'repositoryNames' in input ? texts(input, 'repositoryNames') : [text(input, 'repositoryName')]
  return names.map((name) =>
    name === '' ? EVERYTHING : { resource: arn('ecr', `repository/${name}`), context: {} },
  )
}

function ecsAsked(operation: string, input: Input, fake: FakeAws): Asked[] {
  const cluster = nameOf(text(input, 'cluster'))
  const context = { 'ecs:cluster': arn('ecs', `cluster/${cluster}`) }
  const service = (name: string): Asked => ({
    resource: arn('ecs', `service/${cluster}/${nameOf(name)}`),
    context,
  })
  const task = (id: string): Asked => {
    const resource = arn('ecs', `task/${cluster}/${nameOf(id)}`)
    return { resource, context: { ...context, ...tagsOf(fake, resource) } }
  }
  switch (operation) {
    case 'CreateService':
      return [service(text(input, 'serviceName'))]
    case 'UpdateService':
    case 'DeleteService':
    case 'ListServiceDeployments':
      return [service(text(input, 'service'))]
    case 'DescribeClusters':
      return texts(input, 'clusters').map((name) => ({
        resource: arn('ecs', `cluster/${name}`),
        context: {},
      }))
    case 'DescribeServices':
      return texts(input, 'services').map(service)
    case 'DescribeServiceDeployments':
      return texts(input, 'serviceDeploymentArns').map((resource) => ({ resource, context: {} }))
    case 'StopServiceDeployment':
      return [{ resource: text(input, 'serviceDeploymentArn'), context: {} }]
    case 'DescribeTasks':
      return texts(input, 'tasks').map(task)
    case 'StopTask':
      return [task(text(input, 'task'))]
    case 'RunTask':
      return [{ resource: definition(text(input, 'taskDefinition')), context }]
    case 'RegisterTaskDefinition':
      return [{ resource: definition(`${text(input, 'family')}:1`), context: {} }]
    case 'TagResource':
    case 'UntagResource':
      return [{ resource: text(input, 'resourceArn'), context: {} }]
    case 'ListServices':
    case 'ListTasks':
      return [{ resource: '*', context }]
    default:
      return [EVERYTHING]
  }
}

/** The tags that something has, as conditions name them. */
function tagsOf(fake: FakeAws, resourceArn: string): Record<string, string> {
  const { tags } = fake.ecs.handle('ListTagsForResource', { resourceArn }) as {
    tags: { key: string; value: string }[]
  }
  return Object.fromEntries(tags.map(({ key, value }) => [`aws:ResourceTag/${key}`, value]))
}

function ssmAsked(operation: string, input: Input): Asked[] {
  if (operation === 'DescribeParameters') return [EVERYTHING]
  const names = 'Names' in input ? texts(input, 'Names') : [text(input, 'Name')]
  // A version is not part of the resource.
  return names.map((name) => ({ resource: arn('ssm', `parameter${name.replace(/:\d+$/, '')}`), context: {} }))
}

function logsAsked(operation: string, input: Input): Asked {
  if (operation === 'DescribeLogGroups') return EVERYTHING
  const group = `log-group:${text(input, 'logGroupName')}`
  const stream = 'logStreamName' in input ? `:log-stream:${text(input, 'logStreamName')}` : ''
  return { resource: arn('logs', `${group}${stream}`), context: {} }
}

function scalingAsked(operation: string, input: Input): Asked {
  if (operation.startsWith('Describe')) return EVERYTHING
  return {
    resource: arn('application-autoscaling', 'scalable-target/0ec5abcdef0123456789'),
    context: {
      'application-autoscaling:service-namespace': text(input, 'ServiceNamespace'),
      'application-autoscaling:scalable-dimension': text(input, 'ScalableDimension'),
    },
  }
}

/** What has tags is tagged when it is made, and what has a role passes it on. */
function alsoAsked({ service, operation, input }: Call): Request[] {
  if (service === 'scheduler' && (operation === 'CreateSchedule' || operation === 'UpdateSchedule')) {
    return [passed((input['Target'] as Input)['RoleArn'], 'scheduler.amazonaws.com')]
  }
  if (service === 'ecr' && operation === 'CreateRepository') {
    return [
      {
        action: 'ecr:TagResource',
        resource: arn('ecr', `repository/${text(input, 'repositoryName')}`),
        context: {},
      },
    ]
  }
  if (service !== 'ecs' || operation === 'TagResource' || !('tags' in input)) return []
  const context = { 'ecs:CreateAction': operation }
  const tagged = (resource: string): Request => ({ action: 'ecs:TagResource', resource, context })
  const cluster = nameOf(text(input, 'cluster'))
  if (operation === 'CreateService')
    return [tagged(arn('ecs', `service/${cluster}/${text(input, 'serviceName')}`))]
  if (operation === 'RunTask') return [tagged(arn('ecs', `task/${cluster}/0123456789abcdef`))]
  const roles = [input['executionRoleArn'], input['taskRoleArn']].filter((role) => role !== undefined)
  return [
    tagged(definition(`${text(input, 'family')}:1`)),
    ...roles.map((role) => passed(role, 'ecs-tasks.amazonaws.com')),
  ]
}

function passed(role: unknown, service: string): Request {
  return { action: 'iam:PassRole', resource: String(role), context: { 'iam:PassedToService': service } }
}

function definition(revision: string): string {
  return arn('ecs', `task-definition/${nameOf(revision)}`)
}

function nameOf(nameOrArn: string): string {
  return nameOrArn.slice(nameOrArn.lastIndexOf('/') + 1)
}

function text(input: Input, member: string): string {
  const value = input[member]
  return typeof value === 'string' ? value : ''
}

function texts(input: Input, member: string): string[] {
  const value = input[member]
  return Array.isArray(value) ? value.map(String) : []
}
