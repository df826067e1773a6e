import { beforeEach, describe, expect, it } from 'vitest'

import type { App } from '../../../../src/app/app.ts'
import type { Account } from '../../../../src/engine/ecs/account.ts'
import { adapt } from '../../../../src/engine/ecs/adapt.ts'
import { openAccount } from '../../../../src/engine/ecs/open.ts'
import { verify } from '../../../../src/engine/ecs/verify/verify.ts'
import type { Check } from '../../../../src/engine/check.ts'
import { FakeAws } from '../../../fakes/aws/fake-aws.ts'
import { aProcess, aTask } from '../../../plan/fixtures.ts'
import { awsOf } from '../aws.ts'
import { anEcsApp, Yard } from '../yard.ts'
import { PINNED, web } from './looking.ts'

let fake: FakeAws
let account: Account
beforeEach(async () => {
  fake = await FakeAws.start()
  account = openAccount({ region: null, cluster: null }, { clock: fake.clock, aws: awsOf(fake) })
  return () => fake[Symbol.asyncDispose]()
})

const look = (app: App, { readSecrets = false } = {}): Promise<Check[]> =>
  verify(account, adapt(app).app, { readSecrets, signal: new AbortController().signal })

async function checksOf(subject: string, app: App, options = {}): Promise<Check[]> {
  return (await look(app, options)).filter((each) => each.subject === subject)
}

async function checkOf(subject: string, app: App, options = {}): Promise<Check> {
  const found = await checksOf(subject, app, options)
  expect(found).toHaveLength(1)
  return found[0]!
}

describe('looking at everything', () => {
  it('only reads', async () => {
    const target_group = fake.elb.createTargetGroup({
      name: 'web',
      port: 80,
      healthCheckPath: '/',
      targetType: 'ip',
    })
    const secrets = { A: 'ssm:/a', B: 'secretsmanager:b#key', C: 'gantry' }
    const process = web({ port: 8000, secrets, ecs: { ...aProcess('web').ecs, target_group } })
    const checks = await look(anEcsApp({ processes: [process], tasks: [aTask('migrate', PINNED)] }))
    expect(fake.calls.filter((call) => call.writes)).toEqual([])
    expect(checks.length).toBeGreaterThan(10)
  })

  it('stops at a cluster that is not there, and says how to make it', async () => {
    const checks = await verify(
      { ...account, cluster: 'prod' },
      adapt(anEcsApp({ processes: [web()] })).app,
      {
        readSecrets: false,
        signal: new AbortController().signal,
      },
    )
    expect(checks).toMatchObject([
      { subject: 'cluster prod', status: 'failed', hint: expect.stringContaining('--cluster-name prod') },
    ])
  })

  it.each([
    ['ecs', 'DescribeClusters', 'cluster default'],
    ['ecs', 'DescribeServices', 'services'],
    ['ssm', 'GetParameters', 'ledger'],
    ['ssm', 'DescribeParameters', 'parameters in SSM'],
    ['logs', 'DescribeLogGroups', 'log group /gantry/orderdesk/default'],
    ['elb', 'DescribeTargetGroups', 'target group of web'],
    ['secretsmanager', 'DescribeSecret', 'secret secretsmanager:b'],
    ['ec2', 'DescribeSubnets', 'subnets'],
    ['ec2', 'DescribeRouteTables', 'way to AWS'],
    ['ec2', 'DescribeSecurityGroups', 'security groups'],
    ['iam', 'GetRole', 'ecs.execution_role'],
    ['iam', 'ListAttachedRolePolicies', 'permissions of ecs.execution_role'],
  ])(
    'skips what %s:%s may not be called for, and fails nothing for it',
    async (service, operation, subject) => {
      const target_group = fake.elb.createTargetGroup({
        name: 'web',
        port: 80,
        healthCheckPath: '/',
        targetType: 'ip',
      })
      await (await account.aws.ssm()).putParameter({ Name: '/a', Value: 'a', Type: 'SecureString' })
      fake.secrets.create('b', 'value')
      fake.faults.add({
        when: (call) => call.service === service && call.operation === operation,
        kind: 'denied',
      })
      const secrets = { A: 'ssm:/a', B: 'secretsmanager:b' }
      const process = web({ port: 8000, secrets, ecs: { ...aProcess('web').ecs, target_group } })
      const checks = await look(anEcsApp({ processes: [process] }))
      const denied = checks.find((each) => each.subject === subject)
      expect(denied).toMatchObject({ status: 'skipped', hint: expect.stringContaining(operation) })
      expect(checks.filter((each) => each.status === 'failed')).toEqual([])
    },
  )

  it('stops where there are no credentials, with one line', async () => {
    fake.faults.add({ when: () => true, kind: 'error' })
    const checks = await look(anEcsApp({ processes: [web()] }))
    expect(checks).toMatchObject([{ subject: 'cluster default', status: 'failed' }])
  })
})

describe('capacity providers', () => {
  it('are those that the processes ask for', async () => {
    const app = anEcsApp({ processes: [web({ spot_count: 1 })] })
    expect(await checkOf('capacity providers', app)).toMatchObject({
      status: 'ok',
      found: 'FARGATE, FARGATE_SPOT',
    })
    fake.ecs.addCluster('default').capacityProviders = ['FARGATE']
    expect(await checkOf('capacity providers', app)).toMatchObject({
      status: 'failed',
      found: 'the cluster has no FARGATE_SPOT',
      hint: expect.stringContaining('--capacity-providers FARGATE FARGATE_SPOT'),
    })
  })
})

describe('secrets', () => {
  const withSecret = (reference: string): App =>
    anEcsApp({ processes: [web({ secrets: { KEY: reference } })] })

  it('in SSM are there, with their type and without their value', async () => {
    await (
      await account.aws.ssm()
    ).putParameter({ Name: '/shop/key', Value: 'hunter2', Type: 'SecureString' })
    const check = await checkOf('secret ssm:/shop/key', withSecret('ssm:/shop/key'))
    expect(check).toMatchObject({ status: 'ok', found: 'SecureString, for KEY of web' })
    expect(JSON.stringify(fake.calls)).not.toContain('"WithDecryption":true')
    expect(await checkOf('secret ssm:/shop/none', withSecret('ssm:/shop/none'))).toMatchObject({
      status: 'failed',
      hint: expect.stringContaining('put-parameter'),
    })
  })

  it('in Secrets Manager are there; their keys are looked for only when that is asked for', async () => {
    fake.secrets.create('smtp', { key: 'hunter2' })
    const [there, missing] = ['secretsmanager:smtp#key', 'secretsmanager:smtp#other']
    expect(await checkOf(`secret ${there}`, withSecret(there))).toMatchObject({
      status: 'skipped',
      hint: expect.stringContaining('--read-secrets'),
    })
    expect(fake.calls.some((call) => call.operation === 'GetSecretValue')).toBe(false)
    const readSecrets = { readSecrets: true }
    const read = await checkOf(`secret ${there}`, withSecret(there), readSecrets)
    expect(read).toMatchObject({ status: 'ok', found: 'there, with the key key, for KEY of web' })
    expect(JSON.stringify(read)).not.toContain('hunter2')
    expect(await checkOf(`secret ${missing}`, withSecret(missing), readSecrets)).toMatchObject({
      status: 'failed',
      found: 'the secret has no key other, which KEY of web refers to',
    })
    expect(await checkOf('secret secretsmanager:none', withSecret('secretsmanager:none'))).toMatchObject({
      status: 'failed',
    })
  })

  it('that people set by hand are set', async () => {
    const app = withSecret('gantry')
    expect(await checkOf('secret KEY of web', app)).toMatchObject({
      status: 'failed',
      hint: 'gantry env set KEY --secret',
    })
    await using yard = await Yard.open()
    await yard.engine.setVariable(app, { name: 'KEY', value: 'v', process: 'web', secret: true })
    account = { ...account, aws: awsOf(yard.fake) }
    expect(await checkOf('secret KEY of web', app)).toMatchObject({ status: 'ok' })
  })
})

describe('a target group', () => {
  const withGroup = (
    group: Partial<Parameters<FakeAws['elb']['createTargetGroup']>[0]>,
    path = '/up',
  ): App => {
    const target_group = fake.elb.createTargetGroup({
      name: 'web',
      port: 80,
      healthCheckPath: '/up',
      targetType: 'ip',
      ...group,
    })
    const health_check = {
      path,
      command: null,
      tcp: false,
      interval: 30,
      timeout: 5,
      retries: 3,
      start_period: 0,
    }
    return anEcsApp({
      processes: [web({ port: 8000, health_check, ecs: { ...aProcess('web').ecs, target_group } })],
    })
  }

  it('that fits is ok, whatever its own port is', async () => {
    expect(await checkOf('target group of web', withGroup({}))).toMatchObject({
      status: 'ok',
      found: 'HTTP to port 8000 in vpc-fake, checks /up',
    })
  })

  it.each([
    [
      'of another type',
      { targetType: 'instance' as const },
      'it is for targets of type instance',
      '--target-type ip',
    ],
    ['without a load balancer', { isUsed: false }, 'no load balancer uses it', 'listener'],
    [
      'that checks another path',
      { healthCheckPath: '/' },
      'it checks /, and the config says /up',
      '--health-check-path /up',
    ],
    ['that checks another port', { healthCheckPort: 9000 }, 'it checks port 9000', 'traffic-port'],
    [
      'that checks no path',
      { protocol: 'TCP' as const },
      'only whether the port accepts (TCP)',
      '--health-check-protocol HTTP',
    ],
  ])('%s fails, with what to do', async (_name, group, found, hint) => {
    expect(await checkOf('target group of web', withGroup(group))).toMatchObject({
      status: 'failed',
      found: expect.stringContaining(found),
      hint: expect.stringContaining(hint),
    })
  })

  it('that has several faults tells of each, and one that is not there of that', async () => {
    const app = withGroup({ targetType: 'instance', isUsed: false })
    expect(await checksOf('target group of web', app)).toHaveLength(2)
    const [process] = app.processes
    process!.ecs.target_group += '0'
    expect(await checkOf('target group of web', app)).toMatchObject({
      status: 'failed',
      found: expect.stringContaining('there is no arn:aws'),
    })
  })
})

describe('images', () => {
  const reference = (): string => `${fake.ecr.host}/relay:1`
  const withPin = (image: string): App => anEcsApp({ processes: [web({ image })] })

  async function putIndex(...architectures: string[]): Promise<void> {
    const ecr = await account.aws.ecr()
    const digests = architectures.map((each) => fake.ecr.putImage('relay', [each]))
    const manifests = digests.map((digest, index) => ({
      mediaType: 'application/vnd.oci.image.manifest.v1+json',
      digest,
      size: 1,
      platform: { os: 'linux', architecture: architectures[index] },
    }))
    await ecr.putImage({
      repositoryName: 'relay',
      imageTag: '1',
      imageManifest: JSON.stringify({
        schemaVersion: 2,
        mediaType: 'application/vnd.oci.image.index.v1+json',
        manifests,
      }),
    })
  }

  beforeEach(async () => {
    await (await account.aws.ecr()).createRepository({ repositoryName: 'relay' })
  })

  it('are there, for the architecture that they run on', async () => {
    await putIndex('amd64', 'unknown')
    expect(await checkOf(`image ${reference()}`, withPin(reference()))).toMatchObject({
      status: 'ok',
      found: 'there, for amd64',
    })
  })

  it('for another architecture fail', async () => {
    await putIndex('arm64')
    expect(await checkOf(`image ${reference()}`, withPin(reference()))).toMatchObject({
      status: 'failed',
      found: 'it is for arm64, and has to run on amd64',
    })
  })

  it('that are missing fail, and what cannot be known is skipped', async () => {
    expect(await checkOf(`image ${reference()}`, withPin(reference()))).toMatchObject({ status: 'failed' })
    fake.ecr.putImage('relay', ['1'])
    expect(await checkOf(`image ${reference()}`, withPin(reference()))).toMatchObject({
      status: 'skipped',
      found: expect.stringContaining('does not say what it was built for'),
    })
    expect(await checkOf('image ghcr.io/acme/shop:1', withPin('ghcr.io/acme/shop:1'))).toMatchObject({
      status: 'skipped',
      hint: expect.stringContaining('docker manifest inspect ghcr.io/acme/shop:1'),
    })
  })
})

it('a service of that name that is somebody else’s fails, with the way to hand it over', async () => {
  await using yard = await Yard.open()
  const app = anEcsApp({ processes: [web({ command: '/fake/stays-up' })] })
  await yard.deploy(app)
  account = { ...account, aws: awsOf(yard.fake) }
  expect(await checkOf('service of web', app)).toMatchObject({
    status: 'ok',
    found: expect.stringContaining('runs 1 of 1'),
  })
  const ecs = await yard.aws.ecs()
  const { arn } = yard.fake.ecs.service('orderdesk--default--web')
  await ecs.untagResource({ resourceArn: arn, tagKeys: ['gantry:process'] })
  expect(await checkOf('service of web', app)).toMatchObject({
    status: 'failed',
    hint: expect.stringContaining('gantry adopt web'),
  })
})
