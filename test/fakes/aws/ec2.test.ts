import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import type { Ec2 } from '../../../src/engine/ecs/aws-ec2.ts'
import { awsOf } from '../../engine/ecs/aws.ts'
import { FakeAws } from './fake-aws.ts'

let fake: FakeAws
let ec2: Awaited<ReturnType<ReturnType<typeof awsOf>['ec2']>>

beforeEach(async () => {
  fake = await FakeAws.start()
  ec2 = await awsOf(fake).ec2()
})
afterEach(() => fake[Symbol.asyncDispose]())

const by = (Name: string, ...Values: string[]) => ({ Filters: [{ Name, Values }] })

describe('subnets', () => {
  it('are there when somebody asks for them, unless they are gone', async () => {
    fake.ec2.gone.add('subnet-9')
    const { Subnets } = await ec2.describeSubnets(by('subnet-id', 'subnet-1', 'subnet-2', 'subnet-9'))
    expect(Subnets).toMatchObject([
      { SubnetId: 'subnet-1', State: 'available', VpcId: 'vpc-fake', AvailabilityZone: 'eu-west-1a' },
      { SubnetId: 'subnet-2', AvailableIpAddressCount: 250, AvailabilityZone: 'eu-west-1b' },
    ])
  })

  it('meet every filter and any of its values, and no filter that is none', async () => {
    fake.ec2.subnet('subnet-1')
    fake.ec2.subnet('subnet-2').vpc = 'vpc-other'
    const both = by('subnet-id', 'subnet-1', 'subnet-2').Filters
    const filtered = await ec2.describeSubnets({ Filters: [...both, ...by('vpc-id', 'vpc-other').Filters] })
    expect(filtered.Subnets?.map((each) => each.SubnetId)).toEqual(['subnet-2'])
    await expect(ec2.describeSubnets(by('colour', 'red'))).rejects.toMatchObject({
      name: 'InvalidParameterValue',
      message: "The filter 'colour' is invalid",
    })
  })

  it('are paged', async () => {
    for (let n = 1; n <= 12; n++) fake.ec2.subnet(`subnet-${n}`)
    const first = await ec2.describeSubnets({ MaxResults: 8 })
    const second = await ec2.describeSubnets({ MaxResults: 8, NextToken: first.NextToken })
    expect([first.Subnets?.length, second.Subnets?.length]).toEqual([8, 4])
    expect(second.NextToken).toBeUndefined()
    await expect(ec2.describeSubnets({ MaxResults: 4 })).rejects.toMatchObject({
      name: 'InvalidParameterValue',
    })
  })
})

it('security groups have rules of one protocol and a range of ports, or of everything', async () => {
  fake.ec2.securityGroup('sg-1').lets_in = [{ protocol: 'tcp', ports: [80, 90], group: 'sg-2' }]
  const { SecurityGroups } = await ec2.describeSecurityGroups(by('group-id', 'sg-1'))
  expect(SecurityGroups).toMatchObject([
    {
      GroupId: 'sg-1',
      VpcId: 'vpc-fake',
      IpPermissions: [
        {
          IpProtocol: 'tcp',
          FromPort: 80,
          ToPort: 90,
          UserIdGroupPairs: [{ GroupId: 'sg-2' }],
          IpRanges: [],
        },
      ],
      IpPermissionsEgress: [{ IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] }],
    },
  ])
  expect(SecurityGroups?.[0]?.IpPermissionsEgress?.[0]).not.toHaveProperty('FromPort')
})

it('route tables say whose they are and what they lead to, by its kind', async () => {
  fake.ec2.routeTables.set('rtb-own', {
    vpc: 'vpc-fake',
    subnets: ['subnet-1'],
    main: false,
    routes: [
      { to: '0.0.0.0/0', by: 'igw-1', blackhole: true },
      { to: '10.1.0.0/16', by: 'tgw-1' },
      { to: 'pl-1', by: 'vpce-1' },
    ],
  })
  const { RouteTables } = await ec2.describeRouteTables(by('vpc-id', 'vpc-fake'))
  expect(RouteTables).toMatchObject([
    {
      RouteTableId: 'rtb-main',
      Associations: [{ Main: true }],
      Routes: [
        { GatewayId: 'local', State: 'active' },
        { DestinationCidrBlock: '0.0.0.0/0', NatGatewayId: 'nat-fake' },
      ],
    },
    {
      RouteTableId: 'rtb-own',
      Associations: [{ Main: false, SubnetId: 'subnet-1' }],
      Routes: [
        {},
        { GatewayId: 'igw-1', State: 'blackhole' },
        { TransitGatewayId: 'tgw-1' },
        { DestinationPrefixListId: 'pl-1', GatewayId: 'vpce-1' },
      ],
    },
  ])
})

it('endpoints say for what they are, and how they are found', async () => {
  fake.ec2.endpoints.set('vpce-1', {
    vpc: 'vpc-fake',
    service: 'com.amazonaws.eu-west-1.s3',
    type: 'Gateway',
    state: 'available',
    route_tables: ['rtb-main'],
    private_dns: false,
  })
  const { VpcEndpoints } = await ec2.describeVpcEndpoints(by('vpc-id', 'vpc-fake'))
  expect(VpcEndpoints).toMatchObject([
    {
      ServiceName: 'com.amazonaws.eu-west-1.s3',
      VpcEndpointType: 'Gateway',
      State: 'available',
      RouteTableIds: ['rtb-main'],
      PrivateDnsEnabled: false,
    },
  ])
  expect((await ec2.describeVpcEndpoints(by('vpc-id', 'vpc-other'))).VpcEndpoints ?? []).toEqual([])
})

it('says no in its own words', async () => {
  fake.faults.add({ when: ({ service }) => service === 'ec2', kind: 'denied' })
  const calls: (keyof Ec2 & `describe${string}`)[] = ['describeSubnets', 'describeVpcEndpoints']
  for (const call of calls) {
    await expect(ec2[call]({})).rejects.toMatchObject({
      name: 'UnauthorizedOperation',
      message: expect.stringContaining('not authorized to perform: ec2:Describe'),
    })
  }
})
