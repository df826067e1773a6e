import { approximated, descriptive, honoured, unsupported } from '../catalogue/catalogue.ts'
import type { KeyRule, Section } from '../catalogue/catalogue.ts'
import { oneOf, TimeZone } from '../gantry-yml/scalars.ts'
import type { System } from './context.ts'
import { instanceRules, webStartRules, workerSection } from './instance-keys.ts'
import {
  CronSpec,
  CronTimeout,
  FlagOrPath,
  Folder,
  Line,
  LocationPath,
  Role,
  Runtime,
  ShutdownTimeout,
  Text,
} from './rules.ts'
import { BUILD_HINT, IMAGE_HINT, IMAGE_TEXT, PASSTHRU_HINT, STATIC_HINT, STATIC_TEXT } from './sentences.ts'

const staticFiles = (): KeyRule => unsupported(STATIC_TEXT, STATIC_HINT)

function webSection(system: System): Section {
  const old = unsupported(`${system} has \`locations\` in its place`, STATIC_HINT)
  return {
    title: 'The `web` instance',
    keys: {
      commands: honoured('what it runs'),
      ...webStartRules(),
      'upstream.socket_family': honoured('`tcp`: the process listens on `PORT`', {
        value: oneOf(['tcp', 'unix']),
      }),
      'upstream.protocol': honoured('`http`', { value: oneOf(['http', 'fastcgi']) }),
      locations: honoured('as said of each'),
      'locations.*': approximated('requests for it go to the process, as all do', {
        hint: PASSTHRU_HINT,
        name: LocationPath,
      }),
      'locations.*.passthru': honoured('requests go to the process', { value: FlagOrPath }),
      'locations.*.root': staticFiles(),
      'locations.*.index': staticFiles(),
      'locations.*.expires': staticFiles(),
      'locations.*.allow': staticFiles(),
      'locations.*.scripts': staticFiles(),
      'locations.*.headers': staticFiles(),
      'locations.*.rules': staticFiles(),
      'locations.*.request_buffering': unsupported(
        'requests are passed on as they come in',
        'Set it in the proxy or load balancer in front.',
      ),
      document_root: old,
      passthru: old,
      index_files: old,
      whitelist: old,
      blacklist: old,
      expires: old,
      move_to_root: old,
      ...instanceRules(system),
    },
  }
}

const CRON: Section = {
  title: 'A cron',
  keys: {
    spec: honoured('`schedule`; each `H` is a value of its own, always the same for one app and cron', {
      value: CronSpec,
      required: true,
      rows: 'UP-09',
    }),
    commands: honoured('what it runs'),
    'commands.start': honoured('`command`, a line for the shell', { value: Line, required: true }),
    'commands.stop': unsupported('a run is ended with SIGTERM', 'Let the command end itself on SIGTERM.'),
    cmd: honoured('`command`, as it was written at first', { value: Line }),
    shutdown_timeout: honoured('`stop_timeout`; 10 s where there is none', { value: ShutdownTimeout }),
    timeout: honoured('`max_hours`; 24 where there is none', { value: CronTimeout }),
  },
}

const OPERATION: Section = {
  title: 'An operation',
  keys: {
    role: approximated(
      'a token of the server with the scope `operate` runs commands, or on ECS a right in IAM',
      {
        hint: 'Give such tokens and rights to those alone who may run it.',
        value: Role,
      },
    ),
    commands: honoured('what it runs', { required: true }),
    'commands.start': honoured('`command`, a line for the shell', { value: Line, required: true }),
    'commands.*': unsupported(
      'only `start` is run, and a run is ended with SIGTERM',
      'Let the command end itself on SIGTERM.',
    ),
  },
}

/** The keys of an app. An unknown one is an error, as in the validator of the systems. */
export function appSection(system: System, own: Record<string, KeyRule>): Section {
  const hook = {
    hint: 'To let a failure end the deployment, write `on_failure: abort` in gantry.yml.',
    value: Text.nullable(),
    rows: 'UP-20',
  }
  return {
    title: 'An app',
    keys: {
      ...own,
      type: approximated(IMAGE_TEXT, { hint: IMAGE_HINT, value: Runtime }),
      stack: approximated(IMAGE_TEXT, { hint: IMAGE_HINT }),
      'source.root': honoured('`build.context`', { value: Folder }),
      'source.operations': unsupported('Gantry changes no source code', 'Do it where you build.'),
      web: honoured('the process `web`', { section: webSection(system), rows: 'UP-32' }),
      workers: honoured('processes that nobody reaches from outside', { rows: 'UP-27, UP-32' }),
      'workers.*': honoured('the process of that name, in lower case', {
        section: workerSection(system),
        rows: 'UP-27, UP-32, UP-39',
      }),
      ...instanceRules(system),
      timezone: honoured('`timezone` of the crons; UTC where there is none', { value: TimeZone }),
      hooks: honoured('as said of each'),
      'hooks.build': approximated('`build.command` of the local engine; on ECS the Dockerfile does it', {
        ...hook,
        hint: 'On ECS, do the same in the Dockerfile.',
      }),
      'hooks.deploy': approximated(
        'the task `deploy-hook`, with `run: pre_deploy` and `on_failure: continue`, in an instance of its own with the settings of `web`; it runs when the image or the task changed',
        hook,
      ),
      'hooks.post_deploy': approximated(
        'the task `post-deploy-hook`, with `run: post_deploy` and `on_failure: continue`, in an instance of its own with the settings of `web`; it runs when the image or the task changed',
        hook,
      ),
      crons: honoured('tasks with a schedule', { rows: 'UP-08, UP-20' }),
      'crons.*': approximated(
        'the task of that name, with `concurrency: forbid`, in an instance of its own with the settings of `web`; it starts on the minute, and blocks no deployment',
        {
          hint: 'Keep files that it shares with `web` in a mount with the source `storage`, in a bucket or a database.',
          section: CRON,
          rows: 'UP-08, UP-10',
        },
      ),
      operations: honoured('tasks that nothing starts by itself'),
      'operations.*': approximated('a task of that name, which nothing starts by itself', {
        hint: 'Run it with `gantry task run NAME`.',
        section: OPERATION,
      }),
      'build.flavor': unsupported('nothing is built but what is said', BUILD_HINT),
      'build.caches': unsupported('layers of images are kept between builds', BUILD_HINT),
      dependencies: unsupported('nothing is installed but what is said', BUILD_HINT),
      runtime: unsupported('there is no runtime but that of the image', BUILD_HINT),
      'preflight.enabled': unsupported(
        'Gantry does not check what an app depends on',
        'Check it before you push.',
      ),
      'preflight.ignored_rules': descriptive(),
    },
  }
}
