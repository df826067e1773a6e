import type { ECS, TaskDefinition } from '@aws-sdk/client-ecs'

import { awsOf } from '../test/engine/ecs/aws.ts'
import { Fleet, type Deployed, type FleetConfig } from '../test/engine/ecs/fleet.ts'
import { VirtualClock } from '../test/fakes/virtual-clock.ts'
import type { Measure } from './report.ts'

const SIZES = [1, 10, 50]

/** Real milliseconds that each call takes. */
const LATENCY = 40

/** Real milliseconds after which everybody is taken to wait: more than is computed between two calls. */
const QUIET = 40

/** What the waiter of the SDK sleeps between two looks, at least: its `minDelay` for `waitUntilServicesStable`. */
const WAITER_DELAY = 15

const CASES: readonly { what: string; config: FleetConfig }[] = [
  { what: 'all unchanged', config: {} },
  { what: 'one changed', config: { changed: 'process-1' } },
  { what: 'all changed', config: { changed: 'process-1', code: 'second' } },
]

interface Cost {
  calls: number
  writes: number
  seconds: number
}

/**
 * Calls and time of a deploy, against a workflow with one step of the AWS deploy action per service, which registers,
 * updates and waits, whether anything changed or not. Time is what somebody waits: that of the calls, and that of the
 * rollouts by the clock of the fake.
 */
export async function measureEcsCalls(): Promise<Measure[]> {
  const measures: Measure[] = []
  for (const processes of SIZES) {
    await using fleet = await Fleet.open({ processes, clock: new VirtualClock(QUIET) })
    await deployed(fleet, {})
    fleet.fake.latency = LATENCY
    const costs: Cost[] = []
    for (const { config } of CASES) costs.push(await deployed(fleet, config))
    const action = await deployAction(fleet)
    for (const [index, { what }] of CASES.entries()) {
      const gantry = costs[index]!
      const budget = what === CASES[0]!.what ? 2 + Math.ceil(processes / 10) : null
      measures.push({
        what: `${processes} ${processes === 1 ? 'process' : 'processes'}, ${what}`,
        value: shown(gantry),
        against: `a step of the AWS deploy action per service: ${shown(action)} (× ${(gantry.calls / action.calls).toFixed(2)} calls, × ${(gantry.seconds / action.seconds).toFixed(2)} time)`,
        budget: budget === null ? '' : `${budget} calls`,
        ok: budget === null || gantry.calls <= budget,
      })
    }
  }
  return measures
}

async function deployed(fleet: Fleet, config: FleetConfig): Promise<Cost> {
  const result: Deployed = await fleet.deploy(config)
  if (result.outcome !== 'succeeded' && result.outcome !== 'unchanged') {
    throw new Error(`the deploy is ${result.outcome}: ${result.reason}`)
  }
  return costOf(result.calls, result.seconds)
}

/**
 * One service after the other, as steps of a workflow run: what aws-actions/amazon-ecs-deploy-task-definition calls with
 * `wait-for-service-stability`, without the overhead of its start.
 */
async function deployAction(fleet: Fleet): Promise<Cost> {
  const { fake } = fleet
  const { clock, calls } = fake
  const ecs = await awsOf(fake, 'action').ecs()
  const { serviceArns = [] } = await ecs.listServices({ cluster: 'default', maxResults: 100 })
  calls.length = 0
  const seconds = fleet.stopwatch()
  for (const arn of serviceArns) {
    const service = arn.slice(arn.lastIndexOf('/') + 1)
    await ecs.updateService({ cluster: 'default', service, taskDefinition: await register(ecs, service) })
    while (!(await isStable(ecs, service))) await clock.sleep(WAITER_DELAY)
  }
  return costOf(calls, seconds())
}

/** The action is given a file; what is in it is that of the service here, and read before it counts. */
async function register(ecs: Pick<ECS, 'registerTaskDefinition'>, family: string): Promise<string> {
  const { containerDefinitions, executionRoleArn, cpu, memory } = DEFINITION
  const { taskDefinition } = await ecs.registerTaskDefinition({
    family,
    containerDefinitions,
    executionRoleArn,
    cpu,
    memory,
    networkMode: 'awsvpc',
    requiresCompatibilities: ['FARGATE'],
  })
  return taskDefinition!.taskDefinitionArn!
}

const DEFINITION: TaskDefinition = {
  containerDefinitions: [{ name: 'main', image: 'example.com/shop:1', command: ['/fake/stays-up'] }],
  executionRoleArn: 'arn:aws:iam::123456789012:role/execution',
  cpu: '256',
  memory: '512',
}

async function isStable(ecs: Pick<ECS, 'describeServices'>, service: string): Promise<boolean> {
  const { services = [] } = await ecs.describeServices({ cluster: 'default', services: [service] })
  const { deployments = [], runningCount, desiredCount } = services[0]!
  return deployments.length === 1 && runningCount === desiredCount
}

function costOf(calls: readonly { writes: boolean }[], seconds: number): Cost {
  return { calls: calls.length, writes: calls.filter((call) => call.writes).length, seconds }
}

function shown({ calls, writes, seconds }: Cost): string {
  return `${calls} calls, ${writes} of them writes, ${seconds.toFixed(1)} s`
}
