import type { Route, RouteTable } from '@aws-sdk/client-ec2'

/** How the tasks in a subnet reach what is outside its VPC. */
export type WayOut =
  /** They do: `by` is a gateway of any kind that asks nothing of them. */
  | { kind: 'open'; by: string }
  /** Only those with a public address do. */
  | { kind: 'public'; by: string }
  /** Routes lead elsewhere, and what is there nobody sees from here. */
  | { kind: 'unclear'; by: string }
  | { kind: 'none' }

const DEFAULT = '0.0.0.0/0'

/** The route table of a subnet: one of its own, or the main one of the VPC. https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Route_Tables.html */
export function tableOf(subnet: string, tables: readonly RouteTable[]): RouteTable | undefined {
  const own = tables.find(({ Associations = [] }) => Associations.some((each) => each.SubnetId === subnet))
  return own ?? tables.find(({ Associations = [] }) => Associations.some((each) => each.Main === true))
}

/** Where a route table leads what is for no address of the VPC. */
export function wayOut({ Routes: routes = [] }: RouteTable): WayOut {
  const active = routes.filter((each) => each.State !== 'blackhole')
  const toAll = active.find((each) => each.DestinationCidrBlock === DEFAULT)
  if (toAll !== undefined) {
    const by = targetOf(toAll)
    return by.startsWith('igw-') ? { kind: 'public', by } : { kind: 'open', by }
  }
  // A network beside this one may have the endpoints that all its neighbours use.
  const elsewhere = active
    .map(targetOf)
    .find((target) => target !== 'local' && !/^(?:vpce|igw|eigw)-/.test(target))
  return elsewhere === undefined ? { kind: 'none' } : { kind: 'unclear', by: elsewhere }
}

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Route.html */
function targetOf(route: Route): string {
  return (
    route.GatewayId ??
    route.NatGatewayId ??
    route.TransitGatewayId ??
    route.VpcPeeringConnectionId ??
    route.EgressOnlyInternetGatewayId ??
    route.NetworkInterfaceId ??
    route.CarrierGatewayId ??
    route.LocalGatewayId ??
    route.CoreNetworkArn ??
    'another network'
  )
}
