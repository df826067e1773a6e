import type { Aws } from '../../../../src/engine/ecs/aws.ts'
import { parameterRoot } from '../../../../src/engine/ecs/names.ts'
import { EcsLedger } from '../../../../src/engine/ecs/parameters/ledger.ts'
import { LEASE } from '../../../../src/engine/ecs/parameters/lock-value.ts'
import type { FakeAws } from '../../../fakes/aws/fake-aws.ts'
import { awsOf } from '../aws.ts'
import { machine, namesUnder } from '../parameters/account.ts'
import { APP } from './scenario.ts'

const CLUSTER = 'default'

export interface Reality extends Record<string, unknown> {
  /** How many revisions of a content are active. */
  definitions: Record<string, number>
}

/**
 * Everything that there is of an app, as AWS shows it, apart from what differs from one deployment to the next: numbers,
 * times, ids. What nothing needs would show here as well.
 */
export async function realityOf(fake: FakeAws): Promise<Reality> {
  // What a dead one held of the lock has expired, and what was begun is over.
  await fake.clock.sleep(LEASE * 2)
  const aws = awsOf(fake, 'observer')
  const ecs = await aws.ecs()
  const { taskDefinitionArns = [] } = await ecs.listTaskDefinitions({ status: 'ACTIVE' })
  return {
    services: await services(fake, aws),
    // Every one that is not gone belongs to a service.
    tasks: counted(
      fake.ecs.tasks().flatMap(({ lastStatus, group }) => (lastStatus === 'STOPPED' ? [] : group)),
    ),
    definitions: counted(taskDefinitionArns.map((arn) => contentOf(fake, arn))),
    ...(await scaling(aws)),
    schedules: await schedules(fake, aws),
    ...(await rest(aws)),
    ...(await parameters(fake)),
  }
}

async function services(fake: FakeAws, aws: Aws): Promise<unknown> {
  const ecs = await aws.ecs()
  const { serviceArns = [] } = await ecs.listServices({ cluster: CLUSTER })
  const input = { cluster: CLUSTER, services: serviceArns, include: ['TAGS' as const] }
  const { services = [] } = await ecs.describeServices(input)
  const entries = services.map((service) => {
    const tags = service.tags?.map(({ key, value = '' }) => [key, value.replace(/:\d+:/, ':')])
    const deployments = service.deployments?.map((each) => ({
      status: each.status,
      state: each.rolloutState,
      definition: contentOf(fake, each.taskDefinition!),
    }))
    const { status, desiredCount, runningCount, pendingCount, capacityProviderStrategy } = service
    const { deploymentConfiguration, availabilityZoneRebalancing, networkConfiguration } = service
    return [
      service.serviceName,
      { status, desiredCount, runningCount, pendingCount, capacityProviderStrategy },
      { deploymentConfiguration, availabilityZoneRebalancing, networkConfiguration },
      { tags: Object.fromEntries(tags ?? []) as unknown, deployments },
    ] as const
  })
  return Object.fromEntries(entries.map(([name, ...facts]) => [name, Object.assign({}, ...facts) as unknown]))
}

async function scaling(aws: Aws): Promise<{ targets: unknown; policies: unknown }> {
  const api = await aws.autoscaling()
  const { ScalableTargets = [] } = await api.describeScalableTargets({ ServiceNamespace: 'ecs' })
  const { ScalingPolicies = [] } = await api.describeScalingPolicies({ ServiceNamespace: 'ecs' })
  return {
    targets: Object.fromEntries(
      ScalableTargets.map(({ ResourceId, MinCapacity, MaxCapacity, SuspendedState }) => [
        ResourceId,
        { MinCapacity, MaxCapacity, SuspendedState },
      ]),
    ),
    policies: Object.fromEntries(
      ScalingPolicies.map(({ ResourceId, PolicyName, TargetTrackingScalingPolicyConfiguration }) => [
        `${ResourceId} ${PolicyName}`,
        TargetTrackingScalingPolicyConfiguration,
      ]),
    ),
  }
}

/** Those that stop a task at its deadline, and then delete themselves, may stay behind. */
async function schedules(fake: FakeAws, aws: Aws): Promise<unknown> {
  const api = await aws.scheduler()
  const { Schedules = [] } = await api.listSchedules({})
  const all = await Promise.all(Schedules.map(({ Name }) => api.getSchedule({ Name: Name! })))
  return Object.fromEntries(
    all
      .filter(({ ActionAfterCompletion }) => ActionAfterCompletion !== 'DELETE')
      .map(({ Name, ScheduleExpression, ScheduleExpressionTimezone, State, Target }) => {
        const { TaskDefinition, ...input } = JSON.parse(Target!.Input!) as Record<string, unknown>
        const definition = contentOf(fake, TaskDefinition as string)
        return [Name, { ScheduleExpression, ScheduleExpressionTimezone, State, definition, input }]
      }),
  )
}

async function rest(aws: Aws): Promise<{ images: unknown; logGroups: unknown }> {
  const [ecr, logs] = await Promise.all([aws.ecr(), aws.logs()])
  const { repositories = [] } = await ecr.describeRepositories({})
  const pages = await Promise.all(
    repositories.map(({ repositoryName }) => ecr.listImages({ repositoryName })),
  )
  const imageIds = pages.flatMap((page) => page.imageIds ?? [])
  const { logGroups = [] } = await logs.describeLogGroups({})
  return {
    images: imageIds.map(({ imageTag = '' }) => imageTag).toSorted((one, other) => one.localeCompare(other)),
    logGroups: logGroups.map(({ logGroupName, retentionInDays }) => ({ logGroupName, retentionInDays })),
  }
}

async function parameters(fake: FakeAws): Promise<Record<string, unknown>> {
  const account = machine(fake, 'observer')
  const ledger = new EcsLedger(account)
  const [release] = await ledger.releases(APP, 1)
  const names = await namesUnder(fake, parameterRoot(APP))
  const running = (await ledger.unfinished(APP)).filter(({ status }) => status === 'running')
  return {
    running: running.map(({ number }) => number),
    // A lock that is not renewed any more is anybody's: see `lock-value.ts`. Deployments are as many as were tried.
    parameters: names.filter((name) => name !== 'lock' && !/^deployments\/\d+$/.test(name)),
    release: release && { ...release, by: null, deployment: null, created_at: null },
  }
}

/** What a revision says, which its number does not. */
function contentOf(fake: FakeAws, revision: string): string {
  const { family, content } = fake.ecs.taskDefinition(revision)
  return `${family} ${JSON.stringify(content)}`
}

function counted(all: readonly string[]): Record<string, number> {
  const groups = Map.groupBy(all, (each) => each)
  return Object.fromEntries([...groups].map(([name, each]) => [name, each.length]))
}
