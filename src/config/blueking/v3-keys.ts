import { z } from 'zod'

import { approximated, descriptive, honoured, unsupported } from '../catalogue/catalogue.ts'
import type { Catalogue, KeyRule, Section } from '../catalogue/catalogue.ts'
import { ImageReference, oneOf } from '../gantry-yml/scalars.ts'
import { camel, probesRules } from './probe-keys.ts'
import {
  AtLeastOne,
  CommandLine,
  Count,
  Environment,
  Flag,
  Language,
  Nothing,
  OwnVariableKey,
  Plan,
  Port,
  PortNumber,
  ProcessType,
  ProgramAndWords,
  Replicas,
  SourceFolder,
  SYSTEM,
  Text,
  Texts,
} from './rules.ts'
import {
  ADDON_HINT,
  DISCOVERY_HINT,
  HOOK_TEXT,
  LANGUAGE_HINT,
  LANGUAGE_TEXT,
  METRICS_HINT,
  PLAN_HINT,
  PLAN_TEXT,
  SIGNAL_TEXT,
  SOURCE_DIR_TEXT,
} from './sentences.ts'

const Version = z.literal(3, { error: '2 or 3' })
const SERVICE_NAME_RULE = 'a DNS label: lower-case letters, digits and hyphens, at most 63 characters'
const ServiceName = z
  .string({ error: SERVICE_NAME_RULE })
  .regex(/^[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?$/, { error: SERVICE_NAME_RULE })
const MOUNT_HINT = 'Put the file into the image, or its contents into a variable.'

const commandRules = (prefix: string): Record<string, KeyRule> => ({
  [`${prefix}.command`]: honoured('`entry_point`: it takes the place of that of the image', {
    value: ProgramAndWords,
    rows: 'BK-09, BK-12',
  }),
  [`${prefix}.args`]: honoured('`command`: the words that the entry point gets', {
    value: Texts,
    rows: 'BK-12',
  }),
  [`${prefix}.procCommand`]: honoured('`command`: words, run without a shell; variables are replaced', {
    value: CommandLine.nullable(),
    rows: 'BK-12',
  }),
})

const autoscalingRules = (prefix: string, nullable: boolean): Record<string, KeyRule> => ({
  [prefix]: honoured(
    '`demand_count`, `scale_count` and `autoscaling_cpu_threshold`',
    nullable ? { value: Nothing } : {},
  ),
  [`${prefix}.minReplicas`]: honoured('`demand_count`', { value: AtLeastOne, required: true }),
  [`${prefix}.maxReplicas`]: honoured('`demand_count` + `scale_count`', {
    value: AtLeastOne,
    required: true,
  }),
  [`${prefix}.policy`]: honoured('scales at 85 % of CPU', { value: oneOf(['default']) }),
})

const overlayRules = (list: string): Record<string, KeyRule> => ({
  [`${list}[]`]: honoured('what differs in one environment'),
  [`${list}[].envName`]: honoured('the environment that it is for', { value: Environment, required: true }),
})

const SPEC: Section = {
  title: 'The `spec` of a module',
  keys: {
    build: honoured('the image', { value: Nothing }),
    'build.image': honoured('`image` of all processes and tasks', {
      value: z.union([ImageReference, z.literal('')], { error: 'an image reference' }).nullable(),
    }),
    'build.imagePullPolicy': approximated(
      'an image is fetched when an instance starts where it is not there yet',
      {
        value: oneOf(['IfNotPresent', 'Always', 'Never']),
        hint: 'Leave it out.',
      },
    ),
    'build.imageCredentialsName': unsupported(
      'Gantry keeps no passwords of registries',
      'Log in to the registry where the engine fetches images: `docker login`, or the execution role on ECS.',
    ),
    processes: honoured('the processes', { rows: 'BK-01, BK-10, BK-24' }),
    'processes[]': honoured('a process'),
    'processes[].name': honoured('the name of the process, in lower case', {
      value: ProcessType,
      required: true,
      rows: 'BK-17, BK-18, BK-19, BK-20',
    }),
    'processes[].replicas': honoured('`demand_count`', { value: Replicas.nullable(), rows: 'BK-01' }),
    'processes[].resQuotaPlan': approximated(PLAN_TEXT, {
      value: Plan.nullable(),
      rows: 'BK-06',
      hint: PLAN_HINT,
    }),
    ...commandRules('processes[]'),
    'processes[].targetPort': honoured('`port`, where no service says another one', {
      value: PortNumber.nullable(),
    }),
    'processes[].services': honoured('who reaches the process, and at which port', {
      value: Nothing,
      rows: 'BK-23',
    }),
    'processes[].services[].name': approximated('the other processes reach it by the name of the process', {
      value: ServiceName,
      required: true,
      hint: 'Use the name of the process in addresses, or give the service that name.',
    }),
    'processes[].services[].targetPort': honoured('`port`', { value: Port, required: true, rows: 'BK-26' }),
    'processes[].services[].port': approximated('it is reached at the port of the proxy or load balancer', {
      value: PortNumber.nullable(),
      hint: 'Leave it out, and use that port in addresses.',
    }),
    'processes[].services[].protocol': honoured('TCP', { value: oneOf(['TCP', 'UDP']) }),
    'processes[].services[].exposedType': honoured('`expose: public`', {
      value: Nothing,
      rows: 'BK-23, BK-25',
    }),
    'processes[].services[].exposedType.name': honoured('`expose: public`', {
      value: oneOf(['bk/http', 'bk/grpc']),
      required: true,
    }),
    ...autoscalingRules('processes[].autoscaling', true),
    ...probesRules('processes[].probes', camel),
    'processes[].gracefulShutdownSeconds': approximated(`\`stop_timeout\`; ${SIGNAL_TEXT}`, {
      value: Count.nullable(),
      hint: 'Set `stop_timeout` in gantry.yml for another time.',
    }),
    'processes[].components': unsupported(
      'components are parts of the BlueKing platform',
      'Describe what they do in gantry.yml: another process, a variable or an image.',
    ),
    'configuration.env[].name': honoured('the name of the variable', {
      value: OwnVariableKey,
      required: true,
    }),
    'configuration.env[].value': honoured('its value', { value: Text, required: true }),
    'configuration.env[].description': descriptive(),
    addons: unsupported('Gantry makes no databases, queues and caches', ADDON_HINT),
    mounts: unsupported('there are no config maps', MOUNT_HINT),
    hooks: honoured('tasks', { value: Nothing }),
    'hooks.preRelease': honoured(HOOK_TEXT, { value: Nothing }),
    ...commandRules('hooks.preRelease'),
    envOverlay: honoured('the environments `stag` and `prod`'),
    ...overlayRules('envOverlay.replicas'),
    'envOverlay.replicas[].process': honoured('the process', { value: Text, required: true }),
    'envOverlay.replicas[].count': honoured('`demand_count` there', { value: Replicas, required: true }),
    ...overlayRules('envOverlay.resQuotas'),
    'envOverlay.resQuotas[].process': honoured('the process', { value: Text, required: true }),
    'envOverlay.resQuotas[].plan': approximated(PLAN_TEXT, {
      value: Plan.nullable(),
      rows: 'BK-06',
      hint: PLAN_HINT,
    }),
    ...overlayRules('envOverlay.envVariables'),
    'envOverlay.envVariables[].name': honoured('the name of the variable', {
      value: OwnVariableKey,
      required: true,
    }),
    'envOverlay.envVariables[].value': honoured('its value there', { value: Text, required: true }),
    ...overlayRules('envOverlay.autoscaling'),
    ...autoscalingRules('envOverlay.autoscaling[]', false),
    'envOverlay.autoscaling[].process': honoured('the process', { value: Text, required: true }),
    'envOverlay.mounts': unsupported('there are no config maps', MOUNT_HINT),
    svcDiscovery: unsupported('the addresses of other apps are not looked up', DISCOVERY_HINT),
    domainResolution: unsupported(
      'names are looked up as the engine does it',
      'Put the names into the DNS that instances use.',
    ),
    observability: unsupported('Gantry collects no metrics of apps', METRICS_HINT),
  },
}

const MODULE: Section = {
  title: 'A module',
  keys: {
    name: honoured('what `module:` in gantry.yml names', { value: Text }),
    isDefault: honoured('one of several modules must be it; which one is deployed, `module:` says', {
      value: Flag,
    }),
    language: approximated(LANGUAGE_TEXT, {
      value: Language,
      required: true,
      hint: LANGUAGE_HINT,
      rows: 'BK-11',
    }),
    sourceDir: honoured(SOURCE_DIR_TEXT, { value: SourceFolder }),
    spec: honoured('what the module runs', { section: SPEC, required: true }),
  },
}

/** `app_desc.yaml` of version 3, for cloud-native apps. Its platform ignores most keys that it does not know. */
export const VERSION_3: Catalogue = {
  system: SYSTEM,
  unknown: 'warning',
  root: {
    title: '`app_desc.yaml`, version 3',
    keys: {
      specVersion: honoured('the version of the format', { value: Version }),
      spec_version: honoured('the version of the format', { value: Version }),
      appVersion: descriptive(),
      app: descriptive(),
      module: honoured('the only module', { section: MODULE }),
      'modules[]': honoured('a module; `module:` in gantry.yml says which one is deployed', {
        section: MODULE,
      }),
    },
  },
}
