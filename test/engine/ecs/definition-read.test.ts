import type { ContainerDefinition, TaskDefinition } from '@aws-sdk/client-ecs'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import type { AppId } from '../../../src/app/app.ts'
import { FIELD_NAMES, FIELDS } from '../../../src/app/fields.ts'
import type { Image } from '../../../src/app/image.ts'
import type { ProcessSpec } from '../../../src/app/spec.ts'
import { LABEL } from '../../../src/engine/ecs/definition/label.ts'
import { readProcessDefinition } from '../../../src/engine/ecs/definition/read.ts'
import { renderProcess } from '../../../src/engine/ecs/definition/render.ts'
import { isRegistered } from '../../../src/engine/ecs/definition/same.ts'
import { aContainer } from '../../app/fixtures.ts'
import { processSpec } from '../specs.ts'
import { BUILT, spec as anySpec } from './generators.ts'

const APP: AppId = { name: 'shop', environment: 'production' }
const URI = '123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop/production'
const SECRET = 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:shop/smtp-AbCdEf'
const VARIABLE = '/gantry/shop/production/env'

const valueFrom = (spec: Pick<ProcessSpec, 'secrets' | 'variables'>, name: string): string => {
  const reference = Object.hasOwn(spec.variables, name) ? 'gantry' : spec.secrets[name]!
  const version = Object.hasOwn(spec.variables, name) ? spec.variables[name] : 1
  if (reference === 'gantry') return `${VARIABLE}/${name}/${version}`
  if (reference.startsWith('ssm:')) return reference.slice('ssm:'.length)
  return reference.endsWith('#key') ? `${SECRET}:key::` : SECRET
}

const referenceTo = (image: Image): string =>
  image.kind === 'built' ? `${URI}@${image.digest}` : image.reference

function inputOf(spec: ProcessSpec) {
  const names = [...Object.keys(spec.secrets), ...Object.keys(spec.variables)]
  return renderProcess(APP, spec, {
    family: 'shop--production--web',
    image: referenceTo(spec.image),
    region: 'eu-west-1',
    logGroup: '/gantry/shop/production',
    valueFrom: Object.fromEntries(names.map((name) => [name, valueFrom(spec, name)])),
    containers: Object.fromEntries(
      Object.entries(spec.containers).map(([name, { image, secrets }]) => [
        name,
        {
          image: referenceTo(image),
          valueFrom: Object.fromEntries(
            Object.keys(secrets).map((each) => [each, valueFrom({ secrets, variables: {} }, each)]),
          ),
        },
      ]),
    ),
  })
}

/** As DescribeTaskDefinition shows it: with what ECS adds, and variables in another order. */
function described(spec: ProcessSpec, changed: Partial<ContainerDefinition> = {}): TaskDefinition {
  const { tags: _tags, containerDefinitions, executionRoleArn, taskRoleArn, ...task } = inputOf(spec)
  const [main, ...others] = containerDefinitions!
  const arnOf = (role: string) => (role.startsWith('arn:') ? role : `arn:aws:iam::123456789012:role/${role}`)
  return {
    ...task,
    ...(executionRoleArn !== undefined && { executionRoleArn: arnOf(executionRoleArn) }),
    ...(taskRoleArn !== undefined && { taskRoleArn: arnOf(taskRoleArn) }),
    taskDefinitionArn: 'arn:aws:ecs:eu-west-1:123456789012:task-definition/shop--production--web:7',
    revision: 7,
    status: 'ACTIVE',
    volumes: (task.volumes ?? []).map((each) => ({ ...each, host: {} })),
    placementConstraints: [],
    compatibilities: ['EC2', 'FARGATE'],
    requiresAttributes: [{ name: 'ecs.capability.task-eni' }],
    registeredAt: new Date(0),
    registeredBy: 'arn:aws:iam::123456789012:user/deployer',
    containerDefinitions: [{ ...describedContainer(main!), ...changed }, ...others.map(describedContainer)],
  }
}

function describedContainer(container: ContainerDefinition): ContainerDefinition {
  const { environment = [], secrets = [], portMappings = [] } = container
  return {
    cpu: 0,
    mountPoints: [],
    volumesFrom: [],
    systemControls: [],
    ...container,
    environment: environment.toReversed(),
    secrets: secrets.toReversed(),
    portMappings: portMappings.map((each) => ({ ...each, hostPort: each.containerPort! })),
  }
}

function definitionFields(spec: ProcessSpec): Partial<ProcessSpec> {
  const fields = FIELD_NAMES.filter((field) => FIELDS[field] === 'definition')
  return Object.fromEntries(fields.map((field) => [field, spec[field]]))
}

const PLACEMENT: ProcessSpec['placement'] = {
  subnets: ['subnet-1'],
  security_groups: ['sg-1'],
  assign_public_ip: true,
  namespace: null,
  execution_role: 'execution',
  task_role: 'task',
  scheduler_role: null,
  architecture: 'arm64',
}
const WEB = processSpec('web', 'bin/web --fast', BUILT, {
  placement: PLACEMENT,
  port: 8000,
  env: { LOG_LEVEL: 'info' },
  secrets: { API_KEY: 'gantry', SMTP: 'secretsmanager:shop/smtp#key', URL: 'ssm:/shop/url' },
  variables: { API_KEY: 3, FLAG: 1 },
  restarts: 2,
})

test('what is read of a definition is what it was made from, whatever that is', () => {
  fc.assert(
    fc.property(anySpec, (spec) => {
      expect(readProcessDefinition(described(spec))).toEqual(definitionFields(spec))
    }),
  )
})

test('ecs.md §4.3: what ECS fills in does not make a definition another one', () => {
  fc.assert(
    fc.property(anySpec, (spec) => {
      expect(isRegistered(inputOf(spec), described(spec))).toBe(true)
    }),
  )
})

describe('what other hands changed is what one reads, and is no longer what was registered', () => {
  const read = (changed: Partial<ContainerDefinition>) => readProcessDefinition(described(WEB, changed))
  const [container] = described(WEB).containerDefinitions!

  test.each<[string, Partial<ContainerDefinition>, Partial<ProcessSpec>]>([
    ['the image', { image: 'nginx:1' }, { image: { kind: 'pinned', reference: 'nginx:1' } }],
    ['the command', { command: ['bin/other'] }, { command: ['bin/other'] }],
    [
      'an entry point',
      { entryPoint: ['tini'], command: ['bin/other'] },
      { entry_point: ['tini'], command: ['bin/other'] },
    ],
    [
      'the environment',
      {
        environment: [
          { name: 'LOG_LEVEL', value: 'debug' },
          { name: 'PORT', value: '8000' },
        ],
      },
      { env: { LOG_LEVEL: 'debug' } },
    ],
    [
      'PORT',
      {
        environment: [
          { name: 'LOG_LEVEL', value: 'info' },
          { name: 'PORT', value: '1' },
        ],
      },
      { env: { LOG_LEVEL: 'info', PORT: '1' } },
    ],
    ['the port', { portMappings: [{ containerPort: 9000 }] }, { port: 9000 }],
    ['the stop timeout', { stopTimeout: 60 }, { stop_timeout: 60 }],
    [
      'a health check that comes',
      { healthCheck: { command: ['CMD-SHELL', 'curl localhost'] } },
      {
        health_check: {
          path: null,
          command: 'curl localhost',
          tcp: false,
          interval: 30,
          timeout: 5,
          retries: 3,
          start_period: 0,
        },
      },
    ],
    ['all secrets', { secrets: [] }, { secrets: {}, variables: {} }],
    [
      'where secrets come from',
      {
        secrets: [
          { name: 'API_KEY', valueFrom: '/other/key' },
          { name: 'SMTP', valueFrom: `${SECRET}:key:AWSPREVIOUS:` },
          { name: 'URL', valueFrom: `${SECRET}:other::` },
          { name: 'NEW', valueFrom: SECRET },
        ],
      },
      {
        secrets: {
          API_KEY: 'ssm:/other/key',
          SMTP: `${SECRET}:key:AWSPREVIOUS:`,
          URL: `secretsmanager:${SECRET}#other`,
          NEW: `secretsmanager:${SECRET}`,
        },
        variables: {},
      },
    ],
  ])('%s', (_name, changed, fields) => {
    expect(read(changed)).toEqual({ ...definitionFields(WEB), ...fields })
    expect(isRegistered(inputOf(WEB), described(WEB, changed))).toBe(false)
  })

  test('sizes, disk, architecture and roles', () => {
    const changed: TaskDefinition = {
      ...described(WEB),
      cpu: '1024',
      memory: '2048',
      ephemeralStorage: { sizeInGiB: 50 },
      runtimePlatform: { cpuArchitecture: 'X86_64' },
      taskRoleArn: 'arn:aws:iam::123456789012:role/other',
    }
    expect(readProcessDefinition(changed)).toEqual({
      ...definitionFields(WEB),
      cpu: 1024,
      memory: 2048,
      ephemeral_storage_gb: 50,
      placement: { ...PLACEMENT, architecture: 'x86_64', task_role: changed.taskRoleArn },
    })
    expect(isRegistered(inputOf(WEB), changed)).toBe(false)
  })

  test('what Gantry never sets is still seen to be somebody else’s', () => {
    expect(isRegistered(inputOf(WEB), described(WEB, { user: 'nobody' }))).toBe(false)
    const sidecar = {
      ...described(WEB),
      containerDefinitions: [container!, { name: 'proxy', image: 'envoy' }],
    }
    expect(isRegistered(inputOf(WEB), sidecar)).toBe(false)
    expect(isRegistered(inputOf(WEB), { ...described(WEB), volumes: [{ name: 'data' }] })).toBe(false)
  })

  test('a secret by the ARN of its parameter is the one that its name means', () => {
    const secrets = container!.secrets!.map((each) =>
      each.valueFrom!.startsWith('/')
        ? { ...each, valueFrom: `arn:aws:ssm:eu-west-1:123456789012:parameter${each.valueFrom}` }
        : each,
    )
    expect(read({ secrets })).toEqual(definitionFields(WEB))
  })

  test('another version of a variable is what the container gets', () => {
    const secrets = container!.secrets!.map(({ name, valueFrom }) => ({
      name,
      valueFrom: valueFrom!.replace(/(\/env\/\w+)\/\d+$/, '$1/77'),
    }))
    const variables = Object.fromEntries(Object.keys(WEB.variables).map((name) => [name, 77]))
    expect(Object.keys(variables)).not.toEqual([])
    expect(read({ secrets })).toEqual({ ...definitionFields(WEB), variables })
  })
})

describe('a definition that is not ours', () => {
  const { image: _image, build: _build, ...bare } = aContainer()
  const FOREIGN: TaskDefinition = {
    family: 'old-web',
    revision: 3,
    cpu: '512',
    memory: '1024',
    executionRoleArn: 'arn:aws:iam::123456789012:role/execution',
    containerDefinitions: [
      { name: 'log-router', image: 'fluentbit', essential: false },
      {
        name: 'app',
        image: 'acme/web:3',
        environment: [{ name: 'PORT', value: '80' }],
        secrets: [{ name: 'URL', valueFrom: 'arn:aws:ssm:eu-west-1:123456789012:parameter/web/url' }],
        portMappings: [{ containerPort: 80 }],
        healthCheck: { command: ['CMD', 'check', '-q'], interval: 60 },
      },
    ],
  }

  test('reads as well as it can', () => {
    expect(readProcessDefinition(FOREIGN)).toEqual({
      image: { kind: 'pinned', reference: 'acme/web:3' },
      entry_point: null,
      command: null,
      pre_start: null,
      restarts: 0,
      cpu: 512,
      memory: 1024,
      ephemeral_storage_gb: null,
      expose: 'none',
      port: 80,
      env: {},
      secrets: { URL: 'ssm:arn:aws:ssm:eu-west-1:123456789012:parameter/web/url' },
      variables: {},
      health_check: {
        path: null,
        command: ['check', '-q'],
        tcp: false,
        interval: 60,
        timeout: 5,
        retries: 3,
        start_period: 0,
      },
      readiness: null,
      mounts: {},
      containers: {
        'log-router': {
          ...bare,
          image: { kind: 'pinned', reference: 'fluentbit' },
          essential: false,
          stop_timeout: 30,
        },
      },
      depends_on: {},
      stop_timeout: 30,
      ecs: { target_group: null, service: null, health_check_grace_period: null },
      placement: {
        subnets: [],
        security_groups: [],
        assign_public_ip: false,
        namespace: null,
        execution_role: 'arn:aws:iam::123456789012:role/execution',
        task_role: null,
        scheduler_role: null,
        architecture: 'x86_64',
      },
    })
  })

  test.each(['{', '"text"', 'null', '[]'])('a label that says %s counts as none', (label) => {
    const [router, app] = FOREIGN.containerDefinitions!
    const labelled = { ...app!, dockerLabels: { [LABEL.spec]: label } }
    const definition = { ...FOREIGN, containerDefinitions: [router!, labelled] }
    expect(readProcessDefinition(definition)).toEqual(readProcessDefinition(FOREIGN))
  })
})
