import { ACCOUNT } from '../arn.ts'
import type { Route, RouteTable, Rule, SecurityGroup, Subnet, VpcEndpoint } from './network.ts'

/** How EC2 names the target of a route by the kind of its id: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Route.html */
const TARGETS: Readonly<Record<string, string>> = {
  nat: 'natGatewayId',
  tgw: 'transitGatewayId',
  pcx: 'vpcPeeringConnectionId',
  eni: 'networkInterfaceId',
}

// Members are named as in the XML, which begins each with a small letter and calls lists sets.

export function subnetWire(id: string, { vpc, zone, state, free, owner }: Subnet): object {
  return {
    subnetId: id,
    state,
    vpcId: vpc,
    cidrBlock: '10.0.0.0/24',
    availableIpAddressCount: free,
    availabilityZone: zone,
    defaultForAz: false,
    mapPublicIpOnLaunch: false,
    ownerId: owner,
  }
}

export function securityGroupWire(id: string, { vpc, lets_in, lets_out }: SecurityGroup): object {
  return {
    ownerId: ACCOUNT,
    groupId: id,
    groupName: id,
    groupDescription: id,
    vpcId: vpc,
    ipPermissions: lets_in.map(ruleWire),
    ipPermissionsEgress: lets_out.map(ruleWire),
  }
}

function ruleWire({ protocol, ports, cidr, group }: Rule): object {
  return {
    ipProtocol: protocol,
    fromPort: ports?.[0],
    toPort: ports?.[1],
    groups: group === undefined ? [] : [{ userId: ACCOUNT, groupId: group }],
    ipRanges: cidr === undefined ? [] : [{ cidrIp: cidr }],
    ipv6Ranges: [],
    prefixListIds: [],
  }
}

export function routeTableWire(id: string, { vpc, subnets, main, routes }: RouteTable): object {
  const association = (more: object) => ({
    routeTableAssociationId: `rtbassoc-${id}`,
    routeTableId: id,
    associationState: { state: 'associated' },
    ...more,
  })
  return {
    routeTableId: id,
    vpcId: vpc,
    routeSet: [routeWire({ to: '10.0.0.0/16', by: 'local' }), ...routes.map(routeWire)],
    associationSet: [
      ...(main ? [association({ main: true })] : []),
      ...subnets.map((subnetId) => association({ main: false, subnetId })),
    ],
  }
}

/** The route of a gateway endpoint is to a list of prefixes instead of a range. */
function routeWire({ to, by, blackhole = false }: Route): object {
  const [kind = ''] = by.split('-')
  return {
    [to.startsWith('pl-') ? 'destinationPrefixListId' : 'destinationCidrBlock']: to,
    [TARGETS[kind] ?? 'gatewayId']: by,
    state: blackhole ? 'blackhole' : 'active',
    origin: by === 'local' ? 'CreateRouteTable' : 'CreateRoute',
  }
}

export function endpointWire(id: string, endpoint: VpcEndpoint): object {
  return {
    vpcEndpointId: id,
    vpcEndpointType: endpoint.type,
    vpcId: endpoint.vpc,
    serviceName: endpoint.service,
    state: endpoint.state,
    routeTableIdSet: endpoint.route_tables,
    privateDnsEnabled: endpoint.private_dns,
    ownerId: ACCOUNT,
  }
}
