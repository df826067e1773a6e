import type { RegisterTaskDefinitionCommandInput, TaskDefinition } from '@aws-sdk/client-ecs'
import { describe, expect, it } from 'vitest'

import { carryOver } from '../../../src/engine/ecs/definition/carry-over.ts'

const ASKED: RegisterTaskDefinitionCommandInput = {
  family: 'shop--default--web',
  requiresCompatibilities: ['FARGATE'],
  networkMode: 'awsvpc',
  runtimePlatform: { cpuArchitecture: 'ARM64', operatingSystemFamily: 'LINUX' },
  cpu: '1024',
  memory: '2048',
  executionRoleArn: 'arn:aws:iam::123456789012:role/execution',
  containerDefinitions: [
    {
      name: 'main',
      image: 'web:2',
      stopTimeout: 15,
      portMappings: [{ containerPort: 9000, name: 'main', protocol: 'tcp' }],
      logConfiguration: { logDriver: 'awslogs' },
      dockerLabels: { 'gantry.hash': 'h' },
    },
  ],
  tags: [{ key: 'gantry:app', value: 'shop' }],
}

const READ_ONLY = [
  'taskDefinitionArn',
  'revision',
  'status',
  'compatibilities',
  'requiresAttributes',
  'registeredAt',
  'deregisteredAt',
  'registeredBy',
]

const RUNS: TaskDefinition = {
  taskDefinitionArn: 'arn:aws:ecs:eu-west-1:123456789012:task-definition/legacy:7',
  family: 'legacy',
  revision: 7,
  status: 'ACTIVE',
  registeredBy: 'somebody',
  registeredAt: new Date(0),
  deregisteredAt: new Date(1),
  requiresAttributes: [{ name: 'com.amazonaws.ecs.capability.docker-remote-api.1.18' }],
  compatibilities: ['EC2', 'FARGATE'],
  networkMode: 'awsvpc',
  cpu: '512',
  memory: '1024',
  taskRoleArn: 'arn:aws:iam::123456789012:role/task',
  ephemeralStorage: { sizeInGiB: 50 },
  pidMode: 'task',
  containerDefinitions: [
    { name: 'log', image: 'log:1', memory: 128 },
    {
      name: 'app',
      image: 'web:1',
      command: ['old'],
      environment: [{ name: 'A', value: '1' }],
      secrets: [{ name: 'B', valueFrom: '/b' }],
      memory: 1024,
      cpu: 256,
      portMappings: [
        { containerPort: 8000, hostPort: 8000, appProtocol: 'http' },
        { containerPort: 9090, name: 'metrics' },
      ],
      logConfiguration: { logDriver: 'splunk' },
      dockerLabels: { team: 'shop' },
    },
  ],
}

const TAGS = [
  { key: 'cost-centre', value: '42' },
  { key: 'gantry:app', value: 'other' },
  { key: 'aws:cloudformation:stack-name', value: 'legacy' },
]
const made = carryOver(ASKED, { definition: RUNS, tags: TAGS }, 'app')
const [main, log] = made.containerDefinitions!

describe('the definition of an adopted process', () => {
  it('has the family, size, roles and tags that the process asks for, and no more of those', () => {
    expect(made).toMatchObject({
      family: ASKED.family,
      cpu: '1024',
      memory: '2048',
      executionRoleArn: ASKED.executionRoleArn,
      runtimePlatform: ASKED.runtimePlatform,
    })
    for (const gone of ['taskRoleArn', 'ephemeralStorage']) expect(made).not.toHaveProperty(gone)
  })

  it('ecs.md §4.3: has nothing of what only ECS may say of a revision', () => {
    for (const gone of READ_ONLY) {
      expect(RUNS).toHaveProperty(gone)
      expect(made).not.toHaveProperty(gone)
    }
  })

  it('has the tags that somebody gave it, beside those of the process', () => {
    expect(made.tags).toEqual([
      { key: 'cost-centre', value: '42' },
      { key: 'gantry:app', value: 'shop' },
    ])
  })

  it('keeps the settings that a process has no words for', () => {
    expect(made).toMatchObject({ pidMode: 'task', requiresCompatibilities: ['FARGATE'] })
    expect(log).toEqual(RUNS.containerDefinitions![0])
    expect(main).toMatchObject({ name: 'app', logConfiguration: { logDriver: 'splunk' } })
  })

  it('has image, command, variables and secrets of the process alone', () => {
    expect(main).toMatchObject({ image: 'web:2', stopTimeout: 15 })
    for (const gone of ['command', 'environment', 'secrets']) expect(main).not.toHaveProperty(gone)
    expect(main!.dockerLabels).toEqual({ team: 'shop', 'gantry.hash': 'h' })
  })

  it('has the port of the process in the place of the first one', () => {
    expect(main!.portMappings).toEqual([
      { containerPort: 9000, appProtocol: 'http', name: 'main' },
      { containerPort: 9090, name: 'metrics' },
    ])
  })

  it('raises a limit of the container that was all that the task had, and no other', () => {
    expect(main).toMatchObject({ memory: 2048, cpu: 256 })
  })

  it('cannot be made without the container', () => {
    expect(() => carryOver(ASKED, { definition: RUNS, tags: [] }, 'gone')).toThrow('has no container gone')
  })
})
