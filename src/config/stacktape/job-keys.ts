import { approximated, honoured, unsupported } from '../catalogue/catalogue.ts'
import type { KeyRule, Section } from '../catalogue/catalogue.ts'
import { accessRules, imageRules, loggingRules } from './container-keys.ts'
import { Flag, Gpu, JobCpu, Memory, Schedule, Seconds } from './rules.ts'
import { resourceSection } from './service-keys.ts'

/** What becomes of an event that is no schedule. */
export const NO_EVENT = {
  text: 'only a schedule, a deployment or a person starts a task',
  hint: 'Let a process wait for it, or give the job a schedule.',
}
const INPUT_HINT = 'Give it as variables under `environment`.'
const NO_INPUT = unsupported('a task gets no event', INPUT_HINT)

const SCHEDULE: Section = {
  title: 'The event `schedule`',
  keys: {
    type: honoured('`schedule`, in UTC'),
    properties: honoured('when', { required: true }),
    'properties.scheduleRate': honoured('`schedule`: a rate begins at midnight or with the hour', {
      value: Schedule,
      required: true,
      rows: 'SW-13',
    }),
    'properties.input': NO_INPUT,
    'properties.inputPath': NO_INPUT,
    'properties.inputTransformer': NO_INPUT,
  },
}

const OTHER_EVENT: Section = {
  title: 'Any other event',
  keys: {
    type: unsupported(NO_EVENT.text, NO_EVENT.hint),
    properties: unsupported(NO_EVENT.text, NO_EVENT.hint),
  },
}

export const SCHEDULE_EVENT = 'schedule'

const OTHER_EVENTS = [
  'http-api-gateway',
  's3',
  'sns',
  'sqs',
  'kinesis-stream',
  'dynamo-db-stream',
  'cloudwatch-log',
  'application-load-balancer',
  'event-bus',
] as const

const JOB: Readonly<Record<string, KeyRule>> = {
  container: honoured('what runs', { required: true }),
  ...Object.fromEntries(Object.entries(imageRules).map(([key, rule]) => [`container.${key}`, rule])),
  resources: honoured('the size', { required: true }),
  'resources.cpu': honoured('`cpu`', { value: JobCpu, required: true }),
  'resources.memory': honoured('`memory`; 1 GB where there is none', { value: Memory }),
  'resources.gpu': unsupported('Fargate has no GPUs', 'Run it elsewhere.', { value: Gpu }),
  timeout: honoured('`max_hours`; 168 hours where there is none', { value: Seconds }),
  useSpotInstances: approximated('tasks run on demand: it costs more, and nothing interrupts it', {
    value: Flag,
    hint: 'Leave it out.',
  }),
  retryConfig: unsupported('a task that failed is not started again', 'Let the command try again itself.'),
  ...loggingRules(''),
  'events[]': honoured('what starts it', {
    variants: {
      by: 'type',
      sections: {
        [SCHEDULE_EVENT]: SCHEDULE,
        ...Object.fromEntries(OTHER_EVENTS.map((type) => [type, OTHER_EVENT])),
      },
    },
  }),
  ...accessRules,
}

export const JOBS: Readonly<Record<string, Section>> = {
  'batch-job': resourceSection('batch-job', honoured('a task', { rows: 'SW-13' }), JOB),
}
