import { z } from 'zod'

import { ACCOUNT, REGION } from '../arn.ts'
import { AwsError } from '../aws-error.ts'
import { operation, perform } from '../operation.ts'
import { page } from '../page.ts'
import type { FakeService, Input } from '../service.ts'
import { VPC, type RouteTable, type SecurityGroup, type Subnet, type VpcEndpoint } from './network.ts'
import { endpointWire, routeTableWire, securityGroupWire, subnetWire } from './wire.ts'

const ZONES = ['a', 'b', 'c']

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Filter.html */
const Filters = z
  .array(z.strictObject({ Name: z.string(), Value: z.array(z.string()).min(1).max(200) }))
  .max(50)
  .default([])

/** What a list is searched by: a filter of its own for an id, and `vpc-id`. */
interface Listed<Item> {
  all: ReadonlyMap<string, Item>
  /** The filter for the id. */
  byId: string
  /** The list in the answer. */
  set: string
  wire: (id: string, item: Item) => object
  /** Fewest and most of a page. */
  limits: readonly [least: number, most: number]
}

/**
 * Networks of EC2: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/. Every subnet and security group that somebody
 * asks for is there, in one VPC that leads to the internet through a NAT gateway, until a test says otherwise.
 */
export class Ec2Fake implements FakeService {
  readonly routeTables = new Map<string, RouteTable>([
    ['rtb-main', { vpc: VPC, subnets: [], main: true, routes: [{ to: '0.0.0.0/0', by: 'nat-fake' }] }],
  ])
  readonly endpoints = new Map<string, VpcEndpoint>()
  /** Ids of what is not there. */
  readonly gone = new Set<string>()
  readonly #subnets = new Map<string, Subnet>()
  readonly #groups = new Map<string, SecurityGroup>()

  /** For a test to read and to change. */
  subnet(id: string): Subnet {
    const zone = `${REGION}${ZONES[this.#subnets.size % ZONES.length]}`
    return kept(this.#subnets, id, { vpc: VPC, zone, state: 'available', free: 250, owner: ACCOUNT })
  }

  /** As one is when it is made, but that it lets in everything. */
  securityGroup(id: string): SecurityGroup {
    const everything = { protocol: '-1', cidr: '0.0.0.0/0' }
    return kept(this.#groups, id, { vpc: VPC, lets_in: [everything], lets_out: [everything] })
  }

  handle(name: string, input: Input): unknown {
    return perform(this.#operations, { name, input, invalid: 'InvalidParameterValue' })
  }

  readonly #operations = {
    DescribeSubnets: this.#describe(() => ({
      all: this.#subnets,
      byId: 'subnet-id',
      set: 'subnetSet',
      wire: subnetWire,
      limits: [5, 1_000],
    })),
    DescribeSecurityGroups: this.#describe(() => ({
      all: this.#groups,
      byId: 'group-id',
      set: 'securityGroupInfo',
      wire: securityGroupWire,
      limits: [5, 1_000],
    })),
    DescribeRouteTables: this.#describe(() => ({
      all: this.routeTables,
      byId: 'route-table-id',
      set: 'routeTableSet',
      wire: routeTableWire,
      limits: [5, 100],
    })),
    DescribeVpcEndpoints: this.#describe(() => ({
      all: this.endpoints,
      byId: 'vpc-endpoint-id',
      set: 'vpcEndpointSet',
      wire: endpointWire,
      limits: [1, 1_000],
    })),
  }

  #describe<Item extends { vpc: string }>(listed: () => Listed<Item>) {
    const schema = z.strictObject({
      Filter: Filters,
      MaxResults: z.coerce.number().int().optional(),
      NextToken: z.string().optional(),
    })
    return operation(schema, ({ Filter, MaxResults, NextToken }) => {
      const { all, byId, set, wire, limits } = listed()
      const [least, most] = limits
      if (MaxResults !== undefined && (MaxResults < least || MaxResults > most)) {
        throw new AwsError(
          'InvalidParameterValue',
          `Value ( ${MaxResults} ) for parameter maxResults is invalid`,
        )
      }
      for (const { Name, Value } of Filter) {
        if (Name !== byId && Name !== 'vpc-id') {
          throw new AwsError('InvalidParameterValue', `The filter '${Name}' is invalid`)
        }
        if (Name === 'subnet-id') for (const id of Value) this.subnet(id)
        if (Name === 'group-id') for (const id of Value) this.securityGroup(id)
      }
      const found = [...all].filter(
        ([id, { vpc }]) =>
          !this.gone.has(id) &&
          Filter.every(({ Name, Value }) => Value.includes(Name === 'vpc-id' ? vpc : id)),
      )
      const { items, token } = page(found, {
        key: ([id]) => id,
        limit: MaxResults ?? most,
        token: NextToken,
        invalid: 'InvalidNextToken',
      })
      return { [set]: items.map(([id, item]) => wire(id, item)), nextToken: token }
    })
  }
}

function kept<Item>(items: Map<string, Item>, id: string, item: Item): Item {
  const found = items.get(id) ?? item
  items.set(id, found)
  return found
}
