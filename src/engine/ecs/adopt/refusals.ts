import type { ContainerDefinition, Service, TaskDefinition } from '@aws-sdk/client-ecs'

import type { Process } from '../../../app/app.ts'
import type { ProcessSpec } from '../../../app/spec.ts'
import { DEMAND, sameStrategy, SPOT, strategyOf } from '../capacity.ts'
import { sharedName } from '../definition/carry-over.ts'
import { TAG } from '../names.ts'
import { controllerRefusals, type Refusal } from '../services/controller.ts'
import { isSettled } from '../services/service-state.ts'
import { strategyIn } from '../services/shape.ts'

/** Tags that one resource can have: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_TagResource.html */
const MOST_TAGS = 50
const FARGATE: readonly (string | undefined)[] = [DEMAND, SPOT]

/** What of a service Gantry can neither say nor leave alone. */
export function serviceRefusals(service: Service): Refusal[] {
  const { serviceName: name, deploymentConfiguration } = service
  const found = controllerRefusals(service)
  const refuse = (reason: string, hint: string): void => void found.push({ reason, hint })
  const strategy = deploymentConfiguration?.strategy ?? 'ROLLING'
  if (strategy !== 'ROLLING') {
    refuse(
      `its deployment strategy is ${strategy}, and Gantry's is ROLLING`,
      `set that first: aws ecs update-service --service ${name} --deployment-configuration strategy=ROLLING`,
    )
  }
  if (service.schedulingStrategy === 'DAEMON') {
    refuse('it runs one task on every machine', 'a process is a service of type REPLICA')
  }
  if (service.resourceManagementType === 'ECS') {
    refuse('ECS itself manages it (Express Mode)', 'each would undo what the other does: leave it to ECS')
  }
  const providers = strategyIn(service).map((each) => each.capacityProvider)
  if (providers.length === 0 || !providers.every((each) => FARGATE.includes(each))) {
    const runsOn = providers.join(', ') || (service.launchType ?? 'EC2')
    refuse(`it runs on ${runsOn}, and Gantry knows only Fargate`, 'move it to Fargate first')
  }
  if (!isSettled(service)) {
    refuse('a deployment of it is under way, or has failed', 'wait until it is steady')
  }
  if (service.loadBalancers?.some((each) => each.loadBalancerName !== undefined) === true) {
    refuse('it is behind a Classic Load Balancer', 'put it behind a target group first')
  }
  if (!/:service\/[^/]+\/[^/]+$/.test(service.serviceArn ?? '')) {
    refuse(
      'its ARN is of the old form, which takes no tags',
      'turn the long form on (`aws ecs put-account-setting-default --name serviceLongArnFormat --value enabled`), and make the service anew',
    )
  }
  return found
}

/** What of a definition Gantry can neither say nor carry over. */
export function definitionRefusals(
  definition: TaskDefinition,
  service: Service,
  container: string,
): Refusal[] {
  const found: Refusal[] = []
  const system = definition.runtimePlatform?.operatingSystemFamily ?? 'LINUX'
  if (system !== 'LINUX') {
    found.push({
      reason: `it runs on ${system}, and Gantry builds for Linux`,
      hint: 'leave it to whoever made it',
    })
  }
  const [behind] = (service.loadBalancers ?? []).flatMap((each) => each.containerName ?? [])
  if (behind !== undefined && behind !== container) {
    found.push({
      reason: `its load balancer sends requests to the container ${behind}, not to ${container}`,
      hint: `a process is what gets the requests: say --container ${behind}, or send them to ${container}`,
    })
  }
  return found
}

/** Containers of the config that its service would have twice. */
export function containerRefusals({ containers }: Pick<Process, 'containers'>, container: string): Refusal[] {
  if (!Object.hasOwn(containers, container)) return []
  const { message, hint = '' } = sharedName(container)
  return [{ reason: message, hint }]
}

/** Gantry has one strategy for each pair of counts. Any other would be replaced with the first change. */
export function strategyRefusals(service: Service, spec: ProcessSpec): Refusal[] {
  const actual = strategyIn(service)
  const ours = strategyOf(spec)
  const isOnFargate = actual.every((each) => FARGATE.includes(each.capacityProvider))
  if (!isOnFargate || sameStrategy(actual, ours)) return []
  const counts = `${spec.demand_count} on demand and ${spec.spot_count} on spot`
  return [
    {
      reason: `its capacity provider strategy is ${shown(actual)}, and that of ${counts} is ${shown(ours)}`,
      hint: `set that first, which replaces its tasks: aws ecs update-service --service ${service.serviceName} --force-new-deployment --capacity-provider-strategy ${ours.map(argumentOf).join(' ')}`,
    },
  ]
}

/** Nobody but its autoscaler may write the count of a service that has one. */
export function autoscalingRefusals(service: Service, cluster: string, isScaled: boolean): Refusal[] {
  if (!isScaled) return []
  return [
    {
      reason: 'an autoscaler that Gantry did not set up decides how many tasks it has',
      hint: `say \`scale_count\` and its thresholds in the config, and take that one away: aws application-autoscaling deregister-scalable-target --service-namespace ecs --scalable-dimension ecs:service:DesiredCount --resource-id service/${cluster}/${service.serviceName}`,
    },
  ]
}

/** @param count how many tags it gets */
export function tagRefusals({ tags = [] }: Service, process: string, count: number): Refusal[] {
  const valueOf = (key: string) => tags.find((each) => each.key === key)?.value
  const owner = valueOf(TAG.app)
  if (owner !== undefined) {
    const its = valueOf(TAG.process) ?? '?'
    return [
      {
        reason: `it is process ${its} of ${owner} (${valueOf(TAG.environment) ?? '?'}) already`,
        hint:
          its === process
            ? 'if that is this app, nothing is left to adopt: `gantry plan` shows what a deploy would change'
            : 'take its tags that begin with `gantry:` away first, if that one is no more',
      },
    ]
  }
  const own = tags.filter(({ key }) => !key?.startsWith('aws:')).length
  if (own + count <= MOST_TAGS) return []
  return [
    {
      reason: `it has ${own} tags, and ${count} more would be over ${MOST_TAGS}`,
      hint: 'take some away first',
    },
  ]
}

/** Name of the container that is the process, or why nobody can tell. */
export function containerOf(
  { containerDefinitions: all = [] }: TaskDefinition,
  { process, asked }: { process: string; asked: string | null },
): string | Refusal {
  const names = all.map(nameOf)
  const hint = `say ${names.map((name) => `--container ${name}`).join(' or ')}`
  if (asked !== null) {
    return names.includes(asked) ? asked : { reason: `its definition has no container ${asked}`, hint }
  }
  const essential = all.filter((each) => each.essential !== false).map(nameOf)
  const one = essential.length === 1 ? essential[0] : essential.find((name) => name === process)
  return one ?? { reason: `which of its containers is the process: ${essential.join(' or ')}?`, hint }
}

function nameOf({ name = '' }: ContainerDefinition): string {
  return name
}

type Strategy = ReturnType<typeof strategyIn>

function shown(strategy: Strategy): string {
  return strategy
    .map(
      ({ capacityProvider, base = 0, weight = 0 }) => `${capacityProvider} (base ${base}, weight ${weight})`,
    )
    .join(' and ')
}

function argumentOf({ capacityProvider, base = 0, weight = 0 }: Strategy[number]): string {
  return `capacityProvider=${capacityProvider},base=${base},weight=${weight}`
}
