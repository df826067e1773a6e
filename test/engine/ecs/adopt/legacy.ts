import type { CreateServiceCommandInput, RegisterTaskDefinitionCommandInput } from '@aws-sdk/client-ecs'

import type { App, EcsSettings, Process } from '../../../../src/app/app.ts'
import { aProcess } from '../../../plan/fixtures.ts'
import { anEcsApp } from '../yard.ts'

export const SERVICE = 'legacy-web'
export const IMAGE = 'registry.test/web:1'
export const ROLE = 'arn:aws:iam::123456789012:role/task'
export const MAPPED = { target_group: null, service: SERVICE, health_check_grace_period: null }
/** What the test's config says of the process. */
export const SAYS: Partial<Process> = { command: ['/fake/stays-up'], image: IMAGE, port: 8000, ecs: MAPPED }
export const NAMED = ['command', 'image', 'port', 'ecs.service'].map((field) => `processes.web.${field}`)
export const NETWORK = ['ecs.subnets', 'ecs.security_groups', 'ecs.assign_public_ip', 'ecs.execution_role']

export type Container = NonNullable<RegisterTaskDefinitionCommandInput['containerDefinitions']>[number]

export function anApp(process: Partial<Process> = {}, ecs: Partial<EcsSettings> = {}): App {
  return anEcsApp({ processes: [aProcess('web', { ...SAYS, ...process })] }, { namespace: null, ...ecs })
}

export interface Legacy {
  container?: Partial<Container>
  others?: Container[]
  definition?: Partial<RegisterTaskDefinitionCommandInput>
  service?: Partial<CreateServiceCommandInput>
}

/** Settings of every kind that the config has no words for. */
export const ODD: Legacy = {
  others: [{ name: 'datadog', image: 'datadog/agent:7', essential: false, command: ['/fake/stays-up'] }],
  container: {
    entryPoint: ['/bin/tini', '--'],
    ulimits: [{ name: 'nofile', softLimit: 4096, hardLimit: 8192 }],
    logConfiguration: {
      logDriver: 'splunk',
      options: { 'splunk-url': 'https://splunk.test', 'splunk-token': 't' },
    },
    mountPoints: [{ sourceVolume: 'scratch', containerPath: '/scratch' }],
    dockerLabels: { team: 'shop' },
    stopTimeout: 60,
  },
  definition: { volumes: [{ name: 'scratch' }] },
  service: {
    tags: [{ key: 'cost-centre', value: '42' }],
    deploymentConfiguration: { minimumHealthyPercent: 50, maximumPercent: 150 },
    enableECSManagedTags: false,
    propagateTags: 'SERVICE',
    enableExecuteCommand: true,
  },
}
