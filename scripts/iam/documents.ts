import {
  agentPolicy,
  deployerPolicy,
  executionPolicy,
  plannerPolicy,
  schedulerPolicy,
  shellPolicy,
  verifyPolicy,
  type Policy,
} from './policies.ts'
import type { Scope } from './scope.ts'
import { githubTrust, schedulerTrust, tasksTrust, type GitHubRepository } from './trust.ts'

/** Whoever reads the page puts their own values in place of these, or has the policies printed with them. */
export const EXAMPLE: Scope = {
  account: '123456789012',
  region: 'eu-west-1',
  cluster: 'default',
  app: 'shop',
  environment: null,
  roles: { execution: 'shop-execution', task: 'shop-task', scheduler: 'shop-scheduler' },
}

export const EXAMPLE_REPOSITORY: GitHubRepository = {
  owner: 'acme',
  ownerId: 123456,
  name: 'shop',
  id: 456789,
}

/** The JSON documents of the page, by the name that they are asked for with. */
export const DOCUMENTS = {
  deployer: deployerPolicy,
  planner: plannerPolicy,
  execution: executionPolicy,
  scheduler: schedulerPolicy,
  shell: shellPolicy,
  agent: agentPolicy,
  verify: verifyPolicy,
  'deployer-trust': (scope) =>
    githubTrust(scope, EXAMPLE_REPOSITORY, [
      'ref:refs/heads/main',
      `environment:${scope.environment ?? 'production'}`,
    ]),
  'planner-trust': (scope) => githubTrust(scope, EXAMPLE_REPOSITORY, ['pull_request']),
  'tasks-trust': tasksTrust,
  'scheduler-trust': schedulerTrust,
} as const satisfies Record<string, (scope: Scope) => Policy>

export type DocumentName = keyof typeof DOCUMENTS

export const DOCUMENT_NAMES = Object.keys(DOCUMENTS) as DocumentName[]

export function documentJson(name: DocumentName, scope: Scope): string {
  return JSON.stringify(DOCUMENTS[name](scope), null, 2)
}
