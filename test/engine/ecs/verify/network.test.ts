import { beforeEach, describe, expect, it } from 'vitest'

import type { App } from '../../../../src/app/app.ts'
import { FakeAws, REGION } from '../../../fakes/aws/fake-aws.ts'
import type { VpcEndpoint } from '../../../fakes/aws/ec2/network.ts'
import { aProcess, aTask } from '../../../plan/fixtures.ts'
import { anEcsApp, Yard } from '../yard.ts'
import { checkOf, checksOf, PINNED, web } from './looking.ts'

let fake: FakeAws
beforeEach(async () => {
  fake = await FakeAws.start()
  return () => fake[Symbol.asyncDispose]()
})

const has = (text: string): unknown => expect.stringContaining(text)

describe('subnets', () => {
  const two = (): App => anEcsApp({ processes: [web()] }, { subnets: ['subnet-1', 'subnet-2'] })

  it('are told with their VPC, their free addresses and their zones', async () => {
    expect(await checkOf(fake, 'subnets', two())).toMatchObject({
      status: 'ok',
      found: 'in vpc-fake, 500 addresses free, in eu-west-1a, eu-west-1b',
    })
  })

  it('in one zone are said to be', async () => {
    fake.ec2.subnet('subnet-2').zone = fake.ec2.subnet('subnet-1').zone
    const check = await checkOf(fake, 'subnets', two())
    expect(check).toMatchObject({ status: 'ok', found: has('eu-west-1b alone') })
  })

  it('that are not there, not ready or in several VPCs fail', async () => {
    fake.ec2.gone.add('subnet-2')
    expect(await checkOf(fake, 'subnets', two())).toMatchObject({
      status: 'failed',
      found: has('there is no subnet-2'),
      hint: has('ecs.subnets'),
    })
    fake.ec2.gone.clear()
    Object.assign(fake.ec2.subnet('subnet-2'), { state: 'pending', vpc: 'vpc-other' })
    expect(await checksOf(fake, 'subnets', two())).toMatchObject([
      { status: 'failed', found: 'subnet-2 is pending' },
      { status: 'failed', found: 'subnet-1 in vpc-fake; subnet-2 in vpc-other' },
    ])
  })

  it('need an address for every instance, and for old and new ones at once where those overlap', async () => {
    const app = (overlap: boolean): App => {
      const { rollout } = aProcess('web')
      const process = web({ command: '/fake/stays-up', demand_count: 2, rollout: { ...rollout, overlap } })
      return anEcsApp({ processes: [process, web({ name: 'off', disabled: true })] }, { namespace: null })
    }
    await using yard = await Yard.open()
    const subnet = yard.fake.ec2.subnet('subnet-1')
    subnet.free = 1
    expect(await checkOf(yard.fake, 'subnets', app(true))).toMatchObject({
      status: 'failed',
      found: has('1 of their addresses are free, and a deployment of every process needs 2'),
    })
    subnet.free = 2
    expect(await checkOf(yard.fake, 'subnets', app(true))).toMatchObject({ status: 'ok' })
    await yard.deploy(app(true))
    expect(await checkOf(yard.fake, 'subnets', app(true))).toMatchObject({ status: 'ok' })
    subnet.free = 1
    expect(await checkOf(yard.fake, 'subnets', app(true))).toMatchObject({ status: 'failed' })
    subnet.free = 0
    expect(await checkOf(yard.fake, 'subnets', app(false))).toMatchObject({ status: 'ok' })
  })
})

describe('the way to AWS', () => {
  const SUBJECT = 'way to AWS'
  const built = (assign_public_ip = false): App =>
    anEcsApp({ processes: [aProcess('web')] }, { assign_public_ip })
  const lead = (by: string | null, more: object = {}): void => {
    fake.ec2.routeTables.get('rtb-main')!.routes = by === null ? [] : [{ to: '0.0.0.0/0', by, ...more }]
  }
  const endpoint = (service: string, more: Partial<VpcEndpoint> = {}): void => {
    const name = `com.amazonaws.${REGION}.${service}`
    fake.ec2.endpoints.set(`vpce-${service}`, {
      vpc: 'vpc-fake',
      service: name,
      type: service === 's3' ? 'Gateway' : 'Interface',
      state: 'available',
      route_tables: service === 's3' ? ['rtb-main'] : [],
      private_dns: service !== 's3',
      ...more,
    })
  }

  it('is a NAT gateway, with a public address and without', async () => {
    for (const app of [built(true), built(false)]) {
      expect(await checkOf(fake, SUBJECT, app)).toMatchObject({ status: 'ok', found: 'subnet-1 by nat-fake' })
    }
  })

  it('is an internet gateway for instances with a public address only', async () => {
    lead('igw-1')
    expect(await checkOf(fake, SUBJECT, built(true))).toMatchObject({ status: 'ok', found: has('igw-1') })
    expect(await checkOf(fake, SUBJECT, built(false))).toMatchObject({
      status: 'failed',
      found: has('subnet-1 leads to the internet by igw-1, which instances without a public address'),
      hint: has('assign_public_ip: true'),
    })
  })

  it('is missing where the route leads nowhere, or there is none', async () => {
    for (const lost of [() => lead(null), () => lead('nat-1', { blackhole: true })]) {
      lost()
      expect(await checkOf(fake, SUBJECT, built(true))).toMatchObject({
        status: 'failed',
        found:
          'subnet-1 has no route to the internet, and its VPC no endpoint for ecr.api, ecr.dkr, s3, logs',
      })
    }
  })

  it('is by VPC endpoints for all that is needed', async () => {
    lead(null)
    for (const each of ['ecr.api', 'ecr.dkr', 's3', 'logs']) endpoint(each)
    expect(await checkOf(fake, SUBJECT, built())).toMatchObject({
      status: 'ok',
      found: 'subnet-1 by VPC endpoints',
    })
    const secrets = { A: 'ssm:/a', B: 'secretsmanager:b' }
    const withSecrets = anEcsApp({ processes: [aProcess('web', { secrets })] })
    expect(await checkOf(fake, SUBJECT, withSecrets)).toMatchObject({
      status: 'failed',
      found: has('no endpoint for ssm, secretsmanager'),
    })
    expect(await checkOf(fake, SUBJECT, anEcsApp({ tasks: [aTask('migrate', PINNED)] }))).toMatchObject({
      status: 'ok',
    })
  })

  it.each<[string, string, Partial<VpcEndpoint>]>([
    ['is not ready', 'ecr.api', { state: 'pending' }],
    ['has no private name', 'ecr.dkr', { private_dns: false }],
    ['is in no route table of the subnet', 's3', { route_tables: ['rtb-other'] }],
    ['is of another region', 'logs', { service: 'com.amazonaws.eu-west-2.logs' }],
    ['is of another VPC', 'logs', { vpc: 'vpc-other' }],
  ])('is not by an endpoint that %s', async (_name, service, more) => {
    lead(null)
    for (const each of ['ecr.api', 'ecr.dkr', 's3', 'logs']) endpoint(each)
    endpoint(service, more)
    expect(await checkOf(fake, SUBJECT, built())).toMatchObject({
      status: 'failed',
      found: has(`no endpoint for ${service}`),
    })
  })

  it('is that of the route table which a subnet has of its own', async () => {
    fake.ec2.routeTables.set('rtb-own', {
      vpc: 'vpc-fake',
      subnets: ['subnet-2'],
      main: false,
      routes: [{ to: 'pl-6da54004', by: 'vpce-s3' }],
    })
    const app = anEcsApp({ processes: [aProcess('web')] }, { subnets: ['subnet-1', 'subnet-2'] })
    expect(await checksOf(fake, SUBJECT, app)).toMatchObject([
      { status: 'failed', found: has('subnet-2 has no') },
    ])
  })

  it('of a subnet that another account shares is for that to see', async () => {
    lead('igw-1')
    fake.ec2.subnet('subnet-1').owner = '999999999999'
    expect(await checkOf(fake, SUBJECT, built(true))).toMatchObject({ status: 'ok' })
    const shared = { status: 'skipped', found: has('subnet-1 is of account 999999999999') }
    expect(await checkOf(fake, SUBJECT, built(false))).toMatchObject(shared)
    fake.ec2.routeTables.clear()
    expect(await checkOf(fake, SUBJECT, built(true))).toMatchObject(shared)
  })

  it('through another network cannot be judged, unless something runs that takes it', async () => {
    await using yard = await Yard.open()
    const [table] = yard.fake.ec2.routeTables.values()
    table!.routes = [{ to: '10.0.0.0/8', by: 'tgw-1' }]
    const app = anEcsApp({ processes: [web({ command: '/fake/stays-up' })] }, { namespace: null })
    expect(await checkOf(yard.fake, SUBJECT, app)).toMatchObject({
      status: 'skipped',
      found: has('subnet-1 leads to tgw-1'),
      hint: has('aws ec2 describe-route-tables'),
    })
    await yard.deploy(app)
    expect(await checkOf(yard.fake, SUBJECT, app)).toMatchObject({
      status: 'ok',
      found: has('runs in subnet-1'),
    })
  })
})

describe('security groups', () => {
  const SUBJECT = 'security groups'
  const app = (): App => {
    const target_group = fake.elb.createTargetGroup({
      name: 'web',
      port: 80,
      healthCheckPath: '/',
      targetType: 'ip',
    })
    return anEcsApp({ processes: [web({ port: 8000, ecs: { ...aProcess('web').ecs, target_group } })] })
  }

  it('are there, in the VPC of the subnets', async () => {
    expect(await checkOf(fake, SUBJECT, app())).toMatchObject({ status: 'ok', found: 'sg-1 in vpc-fake' })
    fake.ec2.securityGroup('sg-1').vpc = 'vpc-other'
    expect(await checkOf(fake, SUBJECT, app())).toMatchObject({
      status: 'failed',
      found: 'sg-1 is in vpc-other, and the subnets are in vpc-fake',
    })
    fake.ec2.gone.add('sg-1')
    expect(await checkOf(fake, SUBJECT, app())).toMatchObject({
      status: 'failed',
      found: has('there is no sg-1'),
    })
  })

  it('that let nothing in to a port that a load balancer looks at are told of', async () => {
    const group = fake.ec2.securityGroup('sg-1')
    group.lets_in = [{ protocol: 'tcp', ports: [80, 90], cidr: '10.0.0.0/16' }]
    expect(await checkOf(fake, SUBJECT, app())).toMatchObject({
      status: 'ok',
      found: has('none lets anything in to port 8000, where the load balancer looks for web'),
    })
    group.lets_in.push({ protocol: 'tcp', ports: [8000, 8000], group: 'sg-balancer' })
    expect(await checkOf(fake, SUBJECT, app())).toMatchObject({ found: 'sg-1 in vpc-fake' })
  })

  it('that let no HTTPS out are told of', async () => {
    fake.ec2.securityGroup('sg-1').lets_out = [{ protocol: 'udp', ports: [0, 65_535], cidr: '0.0.0.0/0' }]
    expect(await checkOf(fake, SUBJECT, app())).toMatchObject({ found: has('none lets HTTPS out') })
  })
})

describe('a network that nobody may look at', () => {
  const app = (): App => anEcsApp({ processes: [web({ command: '/fake/stays-up' })] }, { namespace: null })
  const SUBJECTS = ['subnets', 'security groups']

  it('is known to work where something runs in it', async () => {
    await using yard = await Yard.open()
    yard.fake.faults.add({ when: ({ service }) => service === 'ec2', kind: 'denied' })
    for (const subject of SUBJECTS) {
      expect(await checkOf(yard.fake, subject, app())).toMatchObject({
        status: 'skipped',
        hint: has('aws ec2'),
      })
    }
    await yard.deploy(app())
    for (const subject of SUBJECTS) {
      expect(await checkOf(yard.fake, subject, app())).toMatchObject({ status: 'ok', found: has('runs in') })
    }
  })

  it('is skipped where the endpoint has no EC2', async () => {
    fake.missing.add('ec2')
    for (const subject of SUBJECTS) {
      expect(await checkOf(fake, subject, app())).toMatchObject({
        status: 'skipped',
        found: 'the endpoint does not know it',
        hint: has('aws ec2 describe-'),
      })
    }
  })
})
