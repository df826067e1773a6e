import type { Deployment, Service, ServiceDeployment, ServiceDeploymentBrief } from '@aws-sdk/client-ecs'
import { describe, expect, it } from 'vitest'

import {
  judge,
  judgeAnswer,
  waitingFor,
  type Answer,
  type Sight,
  type Watched,
} from '../../../../src/engine/ecs/services/verdict.ts'

const NEW = 'ecs-svc/2'
const OLD = 'ecs-svc/1'

const watched: Watched = {
  process: 'web',
  service: 'web',
  deployment: NEW,
  revision: 'web:2',
  desired: 2,
  port: null,
  timeout: 900,
}

function deployment(more: Partial<Deployment> = {}): Deployment {
  return {
    id: NEW,
    status: 'PRIMARY',
    taskDefinition: 'arn:aws:ecs:eu-west-1:123456789012:task-definition/web:2',
    desiredCount: 2,
    runningCount: 2,
    rolloutState: 'COMPLETED',
    ...more,
  }
}

const old = (more: Partial<Deployment> = {}): Deployment =>
  deployment({ id: OLD, status: 'ACTIVE', taskDefinition: 'web:1', ...more })

function service(deployments: Deployment[], more: Partial<Service> = {}): Service {
  return { status: 'ACTIVE', desiredCount: 2, runningCount: 2, pendingCount: 0, deployments, ...more }
}

function sight(of: Service | null, more: Partial<Sight> = {}): Sight {
  const seen = of?.deployments?.find((each) => each.id === NEW) ?? null
  return { watched, service: of, seen, settling: false, complete: Infinity, ...more }
}

const outcome = (judgement: ReturnType<typeof judge>) =>
  typeof judgement === 'string' ? judgement : judgement.outcome

describe('a deployment, by its service', () => {
  it.each<[what: string, service: Service | null, expected: string]>([
    ['is steady when COMPLETED, alone and all run', service([deployment()]), 'steady'],
    [
      'is not yet when stable while its rollout goes on',
      service([deployment({ rolloutState: 'IN_PROGRESS' })]),
      'pending',
    ],
    ['is not yet beside an older one', service([deployment(), old()]), 'pending'],
    [
      'is not yet when COMPLETED and an instance was lost since',
      service([deployment()], { runningCount: 1 }),
      'pending',
    ],
    [
      'is steady by its counts where ECS tells no state',
      service([{ ...deployment(), rolloutState: undefined }]),
      'steady',
    ],
    [
      'with no instances is steady when none runs',
      service([deployment()], { desiredCount: 0, runningCount: 0 }),
      'steady',
    ],
    ['with no instances is not while one runs', service([deployment()], { desiredCount: 0 }), 'pending'],
    ['that FAILED is asked about', service([deployment({ rolloutState: 'FAILED' })]), 'ask'],
    [
      'that is not PRIMARY any more is asked about',
      service([old({ status: 'PRIMARY' }), deployment({ status: 'ACTIVE' })]),
      'ask',
    ],
    [
      'that has gone is asked about, however stable the service is',
      service([old({ status: 'PRIMARY' })]),
      'ask',
    ],
    ['of a service that is deleted fails', service([deployment()], { status: 'DRAINING' }), 'failed'],
    ['of a service that is gone fails', null, 'failed'],
    ['of a service that was deleted fails', service([], { status: 'INACTIVE' }), 'failed'],
  ])('%s', (_what, of, expected) => {
    expect(outcome(judge(sight(of)))).toBe(expected)
  })

  it.each<[what: string, service: Service | null]>([
    ['the service', null],
    ['the deployment', service([old({ status: 'PRIMARY' })])],
  ])('is waited for while ECS may not show %s yet', (_what, of) => {
    expect(judge(sight(of, { settling: true }))).toBe('pending')
  })

  it('that was seen and has gone is asked about at once', () => {
    const gone = service([old({ status: 'PRIMARY' })])
    expect(judge(sight(gone, { settling: true, seen: deployment() }))).toBe('ask')
  })
})

describe('new counts', () => {
  const counts = { ...watched, deployment: null }
  it.each<[what: string, service: Service, more: Partial<Sight>, expected: string]>([
    ['are steady when so many run', service([deployment()]), {}, 'steady'],
    [
      'are steady however the deployment ended long ago',
      service([deployment({ rolloutState: 'FAILED' })]),
      {},
      'steady',
    ],
    ['are not yet while one is on its way', service([deployment()], { pendingCount: 1 }), {}, 'pending'],
    [
      'are not yet when the instances have run for a moment',
      service([deployment()]),
      { complete: 1 },
      'pending',
    ],
    ['are not yet beside an older deployment', service([deployment(), old()]), {}, 'pending'],
    [
      'are waited for while ECS shows the old ones',
      service([deployment()], { desiredCount: 1, runningCount: 1 }),
      { settling: true },
      'pending',
    ],
    [
      'that somebody changes again are what the service says',
      service([deployment()], { desiredCount: 1, runningCount: 1 }),
      {},
      'steady',
    ],
    ['are superseded by another revision', service([old({ status: 'PRIMARY' })]), {}, 'superseded'],
    [
      'fail with a deployment that ECS gave up',
      service([deployment({ rolloutState: 'FAILED' })], { runningCount: 1 }),
      {},
      'failed',
    ],
  ])('%s', (_what, of, more, expected) => {
    expect(outcome(judge({ ...sight(of), watched: counts, ...more }))).toBe(expected)
  })
})

describe('the service-deployments API', () => {
  const target = { arn: 'revision/2' }
  const stable = service([old({ status: 'PRIMARY' })])
  const stalled = service([deployment({ rolloutState: 'FAILED' })])
  const other: ServiceDeploymentBrief = { targetServiceRevisionArn: 'revision/3' }
  const says = (answer: Partial<ServiceDeployment>, later: ServiceDeploymentBrief[] = []): Answer => ({
    known: true,
    deployment: { targetServiceRevision: target, ...answer },
    later,
  })

  it.each<[what: string, service: Service, answer: Answer, expected: string, rolledBack: boolean]>([
    ['ROLLBACK_SUCCESSFUL is a failure', stable, says({ status: 'ROLLBACK_SUCCESSFUL' }), 'failed', true],
    [
      'ROLLBACK_SUCCESSFUL is one also when another came later',
      stable,
      says({ status: 'ROLLBACK_SUCCESSFUL' }, [other]),
      'failed',
      true,
    ],
    ['ROLLBACK_FAILED is a failure', stalled, says({ status: 'ROLLBACK_FAILED' }), 'failed', false],
    [
      'STOPPED with another deployment later is superseded',
      stable,
      says({ status: 'STOPPED' }, [other]),
      'superseded',
      false,
    ],
    [
      'STOPPED with the same target again later is not',
      stable,
      says({ status: 'STOPPED' }, [{ targetServiceRevisionArn: 'revision/2' }]),
      'failed',
      false,
    ],
    [
      'STOPPED by the circuit breaker is a failure, whatever came later',
      stalled,
      says({ status: 'STOPPED', deploymentCircuitBreaker: { status: 'TRIGGERED' } }, [other]),
      'failed',
      false,
    ],
    [
      'STOPPED by an alarm is one',
      stalled,
      says({ status: 'STOPPED', alarms: { status: 'TRIGGERED' } }),
      'failed',
      false,
    ],
    [
      'STOPPED with a reason that says failed is one',
      stalled,
      says({ status: 'STOPPED', statusReason: 'Service deployment failed.' }, [other]),
      'failed',
      false,
    ],
    [
      'STOPPED by somebody is one',
      stalled,
      says({ status: 'STOPPED', statusReason: 'Service deployment stopped by user.' }),
      'failed',
      false,
    ],
    [
      'SUCCESSFUL and replaced since is superseded',
      stable,
      says({ status: 'SUCCESSFUL' }),
      'superseded',
      false,
    ],
  ])('ecs.md §4.5: %s', (_what, of, answer, expected, rolledBack) => {
    expect(judgeAnswer(sight(of), answer)).toMatchObject({ outcome: expected, rolledBack })
  })

  it.each([
    'PENDING',
    'IN_PROGRESS',
    'STOP_REQUESTED',
    'ROLLBACK_REQUESTED',
    'ROLLBACK_IN_PROGRESS',
  ] as const)('ecs.md §4.5: %s is waited for', (status) =>
    expect(judgeAnswer(sight(stalled), says({ status }))).toBe('pending'),
  )

  it('says why', () => {
    const reason = 'Service deployment rolled back because the circuit breaker threshold was exceeded.'
    const answer = says({ status: 'ROLLBACK_SUCCESSFUL', rollback: { reason } })
    expect(judgeAnswer(sight(stable), answer)).toMatchObject({
      reason: `ECS rolled it back: ${reason.slice(0, -1)}`,
    })
  })
})

describe('without the service-deployments API', () => {
  const unknown: Answer = { known: false, why: 'it is not offered here' }
  const failedOne = deployment({
    status: 'ACTIVE',
    rolloutState: 'FAILED',
    rolloutStateReason: 'tasks failed to start.',
  })
  const event = (message: string) => ({ events: [{ message }] })

  it.each<[what: string, sight: Sight, expected: string, rolledBack?: boolean]>([
    [
      'one that FAILED and is still there is stalled',
      sight(service([deployment({ rolloutState: 'FAILED' })])),
      'failed',
      false,
    ],
    [
      'one that FAILED is rolled back when another has completed',
      sight(service([old({ status: 'PRIMARY' }), failedOne])),
      'failed',
      true,
    ],
    [
      'one that was seen to fail is, also when it has gone',
      sight(service([old({ status: 'PRIMARY' })]), { seen: failedOne }),
      'failed',
      true,
    ],
    [
      'one that has gone is rolled back when an event says that it failed',
      sight(
        service(
          [old({ status: 'PRIMARY' })],
          event(`(service web) (deployment ${NEW}) deployment failed: tasks failed to start.`),
        ),
      ),
      'failed',
      true,
    ],
    [
      'one that has gone without a word is superseded',
      sight(
        service(
          [old({ status: 'PRIMARY' })],
          event(`(service web) (deployment ${OLD}) deployment failed: tasks failed to start.`),
        ),
        { seen: deployment() },
      ),
      'superseded',
      false,
    ],
  ])('%s', (_what, of, expected, rolledBack) => {
    const judged = judgeAnswer(of, unknown)
    expect(judged).toMatchObject({ outcome: expected, rolledBack })
    expect(judged).toHaveProperty(
      'reason',
      expect.stringContaining('(not verified: it is not offered here)') as string,
    )
  })

  it('a rollback that goes on is waited for', () => {
    const back = service([old({ status: 'PRIMARY', rolloutState: 'IN_PROGRESS' }), failedOne])
    expect(judgeAnswer(sight(back), unknown)).toBe('pending')
  })
})

describe('what it waits for', () => {
  it.each<[service: Service | null, expected: string]>([
    [null, 'ECS does not show the service'],
    [service([old({ status: 'PRIMARY' })]), 'ECS does not show the deployment'],
    [
      service([old({ status: 'PRIMARY' }), deployment({ status: 'ACTIVE' })]),
      'ECS is going back to what ran before',
    ],
    [service([deployment({ runningCount: 1 })]), '1 of 2 instances run'],
    [service([deployment(), old()], { runningCount: 4 }), '2 old ones still run'],
    [service([deployment(), old()]), 'old instances are still draining'],
    [
      service([deployment({ rolloutState: 'IN_PROGRESS' })]),
      '2 of 2 instances run, and ECS does not call them healthy yet',
    ],
  ])('%#', (of, expected) => expect(waitingFor(sight(of))).toBe(expected))
})
