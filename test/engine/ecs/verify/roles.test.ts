import { beforeEach, describe, expect, it } from 'vitest'

import type { App } from '../../../../src/app/app.ts'
import { FakeAws } from '../../../fakes/aws/fake-aws.ts'
import { trusting } from '../../../fakes/aws/iam.ts'
import { aTask } from '../../../plan/fixtures.ts'
import { anEcsApp, Yard } from '../yard.ts'
import { checkOf, checksOf, PINNED, web } from './looking.ts'

let fake: FakeAws
beforeEach(async () => {
  fake = await FakeAws.start()
  return () => fake[Symbol.asyncDispose]()
})

const ROLE = 'ecs.execution_role'
const has = (text: string): unknown => expect.stringContaining(text)
const app = (): App => anEcsApp({ processes: [web()] })

describe('a role', () => {
  it('is there, and ECS may take it on', async () => {
    expect(await checkOf(fake, ROLE, app())).toMatchObject({
      status: 'ok',
      found: 'ecs-tasks.amazonaws.com may take arn:aws:iam::123456789012:role/execution on',
    })
  })

  it('may be given by its name', async () => {
    const named = anEcsApp({ processes: [web()] }, { execution_role: 'execution', task_role: 'execution' })
    for (const subject of [ROLE, 'ecs.task_role']) {
      expect(await checkOf(fake, subject, named)).toMatchObject({ status: 'ok' })
    }
  })

  it('that is not there fails, and nothing is said of its permissions', async () => {
    fake.iam.gone.add('execution')
    expect(await checkOf(fake, ROLE, app())).toMatchObject({
      status: 'failed',
      found: has('there is no arn:aws:iam::123456789012:role/execution'),
    })
    expect(await checksOf(fake, `permissions of ${ROLE}`, app())).toEqual([])
  })

  it('whose ARN lacks its path fails, with its ARN', async () => {
    fake.iam.role('execution').path = '/teams/shop/'
    expect(await checkOf(fake, ROLE, app())).toMatchObject({
      status: 'failed',
      found: has('only arn:aws:iam::123456789012:role/teams/shop/execution'),
    })
  })

  it('that ECS may not take on fails, with the command that changes it', async () => {
    fake.iam.role('execution').trust = trusting('ec2.amazonaws.com')
    expect(await checkOf(fake, ROLE, app())).toMatchObject({
      status: 'failed',
      found: 'its trust policy does not name ecs-tasks.amazonaws.com',
      hint: has('aws iam update-assume-role-policy --role-name execution'),
    })
  })

  it('under a condition that nobody can judge is skipped', async () => {
    const condition = { StringEquals: { 'aws:SourceOrgID': 'o-1' } }
    fake.iam.role('execution').trust = trusting('ecs-tasks.amazonaws.com', condition)
    expect(await checkOf(fake, ROLE, app())).toMatchObject({
      status: 'skipped',
      found: has('a condition on aws:SourceOrgID'),
      hint: has('aws iam get-role --role-name execution'),
    })
  })

  it('of another account is none for it', async () => {
    const role = 'arn:aws:iam::999999999999:role/execution'
    const foreign = anEcsApp({ processes: [web()] }, { execution_role: role })
    expect(await checkOf(fake, ROLE, foreign)).toMatchObject({
      status: 'failed',
      found: has('no role of account 123456789012'),
    })
  })

  it('of the scheduler is looked at where something has a schedule', async () => {
    expect(await checksOf(fake, 'ecs.scheduler_role', app())).toEqual([])
    const report = aTask('report', { ...PINNED, schedule: '0 3 * * *' })
    const scheduled = anEcsApp({ tasks: [report] })
    expect(await checkOf(fake, 'ecs.scheduler_role', scheduled)).toMatchObject({ status: 'ok' })
    fake.iam.role('scheduler').trust = trusting('ecs-tasks.amazonaws.com')
    expect(await checkOf(fake, 'ecs.scheduler_role', scheduled)).toMatchObject({
      status: 'failed',
      found: has('does not name scheduler.amazonaws.com'),
    })
  })
})

describe('the permissions of the execution role', () => {
  const SUBJECT = `permissions of ${ROLE}`

  it('are those of the policy that AWS offers, which reads no secrets', async () => {
    expect(await checkOf(fake, SUBJECT, app())).toMatchObject({
      status: 'ok',
      found: 'it has AmazonECSTaskExecutionRolePolicy',
    })
    const secrets = { A: 'ssm:/a', B: 'secretsmanager:b' }
    expect(await checkOf(fake, SUBJECT, anEcsApp({ processes: [web({ secrets })] }))).toMatchObject({
      status: 'skipped',
      hint: has('--action-names ssm:GetParameters secretsmanager:GetSecretValue'),
    })
  })

  it('of policies of somebody’s own are for IAM to simulate', async () => {
    fake.iam.role('execution').policies = ['Own']
    expect(await checkOf(fake, SUBJECT, app())).toMatchObject({
      status: 'skipped',
      hint: has(
        'aws iam simulate-principal-policy --policy-source-arn arn:aws:iam::123456789012:role/execution --action-names ecr:GetAuthorizationToken',
      ),
    })
  })
})

describe('roles that nobody may look at', () => {
  const SUBJECTS = [ROLE, `permissions of ${ROLE}`]
  const running = (): App =>
    anEcsApp({ processes: [web({ command: '/fake/stays-up' })] }, { namespace: null })

  it('are known to work where something runs with them', async () => {
    await using yard = await Yard.open()
    yard.fake.faults.add({ when: ({ service }) => service === 'iam', kind: 'denied' })
    for (const subject of SUBJECTS) {
      expect(await checkOf(yard.fake, subject, running())).toMatchObject({
        status: 'skipped',
        hint: has('aws iam'),
      })
    }
    await yard.deploy(running())
    for (const subject of SUBJECTS) {
      expect(await checkOf(yard.fake, subject, running())).toMatchObject({
        status: 'ok',
        found: has('runs with'),
      })
    }
  })

  it('are skipped where the endpoint has no IAM', async () => {
    fake.missing.add('iam')
    for (const subject of SUBJECTS) {
      expect(await checkOf(fake, subject, app())).toMatchObject({ status: 'skipped', hint: has('aws iam') })
    }
  })
})
