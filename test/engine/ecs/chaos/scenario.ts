import { ACCOUNT, REGION } from '../../../fakes/aws/fake-aws.ts'

export const APP = { name: 'orderdesk', environment: 'production' }

const UP = '/fake/stays-up'
const role = (name: string): string => `arn:aws:iam::${ACCOUNT}:role/${name}`
const COMMON = {
  app: APP.name,
  engine: 'ecs',
  ecs: {
    region: REGION,
    subnets: ['subnet-1'],
    security_groups: ['sg-1'],
    execution_role: role('execution'),
    scheduler_role: role('scheduler'),
  },
}
const TASKS = {
  migrate: { command: '/fake/prints migrated 0', run: 'pre_deploy' },
  warm: { command: '/fake/prints warm 0', run: 'post_deploy' },
  report: { command: '/fake/prints report 0', schedule: '0 3 * * *' },
}
const AUDIT = { command: '/fake/prints audit 0', schedule: '0 5 * * 1' }
const WEB = {
  command: UP,
  expose: 'none',
  demand_count: 1,
  spot_count: 1,
  scale_count: 3,
  scale_type: 'spot',
  autoscaling_cpu_threshold: 70,
}
const BEAT = { command: UP, rollout: { overlap: false } }

const PINNED = { command: UP, image: 'example.com/pinned:1' }

export interface Code {
  config: object
  code: string
}

/** From nothing: an image, a migration, five processes, of which one is mixed and scaled and one never there twice. */
const FIRST: Code = {
  code: 'one',
  config: {
    ...COMMON,
    processes: {
      web: WEB,
      beat: BEAT,
      worker: { ...PINNED, demand_count: 2 },
      legacy: PINNED,
      notify: PINNED,
    },
    tasks: { ...TASKS, audit: AUDIT },
  },
}

/** On top of it: updates, scales, creates, removes, stops, and changes the schedules. */
const SECOND: Code = {
  code: 'two',
  config: {
    ...COMMON,
    processes: {
      web: { ...WEB, env: { COLOUR: 'blue' }, scale_count: 4, autoscaling_cpu_threshold: 50 },
      beat: BEAT,
      worker: { ...PINNED, demand_count: 3 },
      notify: { ...PINNED, disabled: true },
      mailer: { command: UP },
    },
    tasks: {
      ...TASKS,
      report: { ...TASKS.report, schedule: '0 4 * * *' },
      sweep: { command: '/fake/prints sweep 0', schedule: '30 5 * * *' },
    },
  },
}

/** On top of the first as well: changes as much, and one process fails. */
const FAILING: Code = {
  code: 'three',
  config: {
    ...COMMON,
    processes: {
      web: { ...WEB, command: '/fake/fails' },
      beat: BEAT,
      worker: { ...PINNED, demand_count: 3 },
      legacy: PINNED,
      notify: { ...PINNED, disabled: true },
      mailer: { command: UP },
    },
    tasks: { ...TASKS, audit: AUDIT },
  },
}

const SMALL: Code = { code: 'one', config: { ...COMMON, processes: { worker: PINNED } } }

/** The same in a service of another name. */
const MOVED: Code = {
  code: 'one',
  config: { ...COMMON, processes: { worker: { ...PINNED, ecs: { service: 'workers' } } } },
}

export const CODES = { first: FIRST, second: SECOND, failing: FAILING, small: SMALL, moved: MOVED }
