import { unsupported } from '../catalogue/catalogue.ts'
import type { Section } from '../catalogue/catalogue.ts'

/** What is made of a resource that does not run on ECS, and what to do instead. */
export interface Other {
  title: string
  text: string
  hint: string
}

const STORE_HINT =
  'Create it yourself, and give its address and password with `gantry env set NAME --secret`.'
const QUEUE_HINT = 'Create it yourself, and give its address with `gantry env set NAME`.'
const FRONT_HINT = 'Create it yourself, and name its target group under `ecs.target_group` of the process.'
const FUNCTION_HINT = 'Deploy it otherwise, or let a process do it.'
const SCRIPT_HINT = 'Write a task with `run: post_deploy` in gantry.yml.'
const WEB_HINT = 'Deploy it otherwise, or run its server as a process.'
const AWS_HINT = 'Create it yourself.'

const KINDS: readonly (readonly [Other, ...string[]])[] = [
  [
    { title: 'Databases and caches', text: 'Gantry makes no databases and caches', hint: STORE_HINT },
    'relational-database',
    'dynamo-db-table',
    'redis-cluster',
    'mongo-db-atlas-cluster',
    'upstash-redis',
    'open-search-domain',
  ],
  [
    {
      title: 'Queues, topics and streams',
      text: 'Gantry makes no queues, topics and streams',
      hint: QUEUE_HINT,
    },
    'sqs-queue',
    'sns-topic',
    'event-bus',
    'kinesis-stream',
  ],
  [{ title: 'Buckets', text: 'Gantry makes no buckets', hint: QUEUE_HINT }, 'bucket', 'hosting-bucket'],
  [
    {
      title: 'File systems',
      text: 'Gantry makes no file systems: what mounts one gets a folder of the storage of the app',
      hint: 'On ECS, keep files in a bucket.',
    },
    'efs-filesystem',
  ],
  [
    {
      title: 'Load balancers and gateways',
      text: 'Gantry makes no load balancers and gateways',
      hint: FRONT_HINT,
    },
    'application-load-balancer',
    'network-load-balancer',
    'http-api-gateway',
    'web-app-firewall',
  ],
  [
    { title: 'Functions', text: 'Gantry runs no functions', hint: FUNCTION_HINT },
    'function',
    'edge-lambda-function',
    'state-machine',
  ],
  [
    { title: 'Scripts of a deployment', text: 'Gantry runs no functions', hint: SCRIPT_HINT },
    'deployment-script',
  ],
  [
    { title: 'Pages', text: 'Gantry publishes no pages', hint: WEB_HINT },
    'nextjs-web',
    'astro-web',
    'nuxt-web',
    'sveltekit-web',
    'solidstart-web',
    'tanstack-web',
    'remix-web',
  ],
  [
    {
      title: 'Other resources',
      text: 'Gantry makes no resources of AWS but services and schedules',
      hint: AWS_HINT,
    },
    'user-auth-pool',
    'bastion',
    'aws-cdk-construct',
    'custom-resource-instance',
    'custom-resource-definition',
    'convex',
    'agentcore-runtime',
    'agentcore-memory',
    'agentcore-gateway',
    'agentcore-browser',
    'agentcore-code-interpreter',
  ],
]

/** The types of resources that nothing is made of. */
export const OTHERS: ReadonlyMap<string, Other> = new Map(
  KINDS.flatMap(([other, ...types]) => types.map((type) => [type, other] as const)),
)

/** One section for each kind of them. */
export const OTHER_SECTIONS: Readonly<Record<string, Section>> = Object.fromEntries(
  KINDS.flatMap(([{ title, text, hint }, ...types]) => {
    const section: Section = {
      title,
      keys: {
        type: unsupported(text, hint),
        properties: unsupported(text, hint),
        overrides: unsupported(text, hint),
      },
    }
    return types.map((type) => [type, section])
  }),
)
