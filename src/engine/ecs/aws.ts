import type { ApplicationAutoScaling } from '@aws-sdk/client-application-auto-scaling'
import type { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs'
import type { ECR } from '@aws-sdk/client-ecr'
import type { ECS } from '@aws-sdk/client-ecs'
import type { ElasticLoadBalancingV2 } from '@aws-sdk/client-elastic-load-balancing-v2'
import type { Scheduler } from '@aws-sdk/client-scheduler'
import type { SecretsManager } from '@aws-sdk/client-secrets-manager'
import type { SSM } from '@aws-sdk/client-ssm'

import type { Ec2 } from './aws-ec2.ts'
import type { Iam } from './aws-iam.ts'

/**
 * Every call that the engine can make. The types of the clients have no other, so a call that is missing here does not
 * compile, and what an operator must allow can be read from here.
 */
export const CALLS = {
  ecs: [
    'createService',
    'deleteService',
    'deregisterTaskDefinition',
    'describeClusters',
    'describeServiceDeployments',
    'describeServices',
    'describeTaskDefinition',
    'describeTasks',
    'executeCommand',
    'listServiceDeployments',
    'listServices',
    'listTaskDefinitions',
    'listTasks',
    'registerTaskDefinition',
    'runTask',
    'stopServiceDeployment',
    'stopTask',
    'tagResource',
    'untagResource',
    'updateService',
  ],
  ecr: [
    'batchDeleteImage',
    'batchGetImage',
    'createRepository',
    'deleteRepository',
    'describeImages',
    'describeRepositories',
    'getAuthorizationToken',
    'getLifecyclePolicy',
    'listImages',
    'putImage',
    'putLifecyclePolicy',
  ],
  ssm: [
    'deleteParameters',
    'describeParameters',
    'getParameter',
    'getParameters',
    'putParameter',
    'terminateSession',
  ],
  secretsManager: ['describeSecret', 'getSecretValue'],
  logs: [
    'createLogGroup',
    'createLogStream',
    'deleteLogGroup',
    'describeLogGroups',
    'describeLogStreams',
    'filterLogEvents',
    'getLogEvents',
    'putLogEvents',
    'putRetentionPolicy',
  ],
  autoscaling: [
    'deleteScalingPolicy',
    'deregisterScalableTarget',
    'describeScalableTargets',
    'describeScalingPolicies',
    'putScalingPolicy',
    'registerScalableTarget',
  ],
  scheduler: ['createSchedule', 'deleteSchedule', 'getSchedule', 'listSchedules', 'updateSchedule'],
  loadBalancing: ['describeTargetGroups'],
  ec2: ['describeRouteTables', 'describeSecurityGroups', 'describeSubnets', 'describeVpcEndpoints'],
  iam: ['getRole', 'listAttachedRolePolicies'],
} as const satisfies {
  ecs: (keyof ECS)[]
  ecr: (keyof ECR)[]
  ssm: (keyof SSM)[]
  secretsManager: (keyof SecretsManager)[]
  logs: (keyof CloudWatchLogs)[]
  autoscaling: (keyof ApplicationAutoScaling)[]
  scheduler: (keyof Scheduler)[]
  loadBalancing: (keyof ElasticLoadBalancingV2)[]
  ec2: (keyof Ec2)[]
  iam: (keyof Iam)[]
}

type Allowed<Client, Service extends keyof typeof CALLS> = Pick<
  Client,
  (typeof CALLS)[Service][number] & keyof Client
>

export interface AwsOptions {
  /** Seconds in which a call has to be answered. */
  timeout?: number
  /** Null: from the environment, as every AWS tool reads it. */
  region: string | null
  /** Laid over what each client is made with: an endpoint, credentials, another way to retry. */
  config?: object
}

/** Seconds; a connection that takes longer is tried again. */
const CONNECTION_TIMEOUT = 5
const TIMEOUT = 30

/** Attempts of one call; what throttles longer than that is for whoever waits. */
export const ATTEMPTS = 10

/** The clients of AWS, each loaded and made when it is first used. */
export class Aws {
  readonly #options: AwsOptions
  readonly #made = new Map<string, Promise<unknown>>()

  constructor(options: AwsOptions) {
    this.#options = options
  }

  /** The region in which the clients work, wherever it comes from. */
  async region(): Promise<string> {
    const client = await this.#client('ecs', async () => (await import('@aws-sdk/client-ecs')).ECS)
    return client.config.region()
  }

  ecs(): Promise<Allowed<ECS, 'ecs'>> {
    return this.#client('ecs', async () => (await import('@aws-sdk/client-ecs')).ECS)
  }
  ecr(): Promise<Allowed<ECR, 'ecr'>> {
    return this.#client('ecr', async () => (await import('@aws-sdk/client-ecr')).ECR)
  }
  ssm(): Promise<Allowed<SSM, 'ssm'>> {
    return this.#client('ssm', async () => (await import('@aws-sdk/client-ssm')).SSM)
  }
  secretsManager(): Promise<Allowed<SecretsManager, 'secretsManager'>> {
    return this.#client(
      'secretsManager',
      async () => (await import('@aws-sdk/client-secrets-manager')).SecretsManager,
    )
  }
  logs(): Promise<Allowed<CloudWatchLogs, 'logs'>> {
    return this.#client('logs', async () => (await import('@aws-sdk/client-cloudwatch-logs')).CloudWatchLogs)
  }
  autoscaling(): Promise<Allowed<ApplicationAutoScaling, 'autoscaling'>> {
    return this.#client(
      'autoscaling',
      async () => (await import('@aws-sdk/client-application-auto-scaling')).ApplicationAutoScaling,
    )
  }
  scheduler(): Promise<Allowed<Scheduler, 'scheduler'>> {
    return this.#client('scheduler', async () => (await import('@aws-sdk/client-scheduler')).Scheduler)
  }
  loadBalancing(): Promise<Allowed<ElasticLoadBalancingV2, 'loadBalancing'>> {
    return this.#client(
      'loadBalancing',
      async () => (await import('@aws-sdk/client-elastic-load-balancing-v2')).ElasticLoadBalancingV2,
    )
  }
  ec2(): Promise<Allowed<Ec2, 'ec2'>> {
    return this.#client('ec2', async () => (await import('./aws-ec2.ts')).Ec2)
  }
  iam(): Promise<Allowed<Iam, 'iam'>> {
    return this.#client('iam', async () => (await import('./aws-iam.ts')).Iam)
  }

  #client<Client>(name: string, load: () => Promise<new (config: object) => Client>): Promise<Client> {
    let client = this.#made.get(name) as Promise<Client> | undefined
    if (client === undefined) {
      const { region, config, timeout = TIMEOUT } = this.#options
      client = load().then(
        (Made) =>
          new Made({
            retryMode: 'standard',
            maxAttempts: ATTEMPTS,
            userAgentAppId: 'gantry',
            // Without these a call whose answer is lost on the way would never end.
            requestHandler: {
              connectionTimeout: CONNECTION_TIMEOUT * 1_000,
              requestTimeout: timeout * 1_000,
              throwOnRequestTimeout: true,
            },
            ...(region !== null && { region }),
            ...config,
          }),
      )
      this.#made.set(name, client)
    }
    return client
  }
}
