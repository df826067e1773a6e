/** A subnet, as far as somebody asks for it. */
export interface Subnet {
  vpc: string
  /** `eu-west-1a`. */
  zone: string
  state: 'pending' | 'available' | 'unavailable'
  /** Addresses that nobody has. */
  free: number
  /** The account: another one may share its subnets. */
  owner: string
}

/** What a security group lets in or out; ports are none where it is all traffic. */
export interface Rule {
  /** `tcp`; `-1`: all traffic. */
  protocol: string
  ports?: readonly [from: number, to: number]
  /** `0.0.0.0/0`. */
  cidr?: string
  /** Those who have another group, or the same. */
  group?: string
}

export interface SecurityGroup {
  vpc: string
  lets_in: Rule[]
  lets_out: Rule[]
}

/** `{ to: '0.0.0.0/0', by: 'igw-1' }`. */
export interface Route {
  to: string
  by: string
  /** Whether what it leads to is gone. */
  blackhole?: boolean
}

export interface RouteTable {
  vpc: string
  /** Those that have it explicitly. */
  subnets: string[]
  /** Whether every other subnet of the VPC has it. */
  main: boolean
  routes: Route[]
}

export interface VpcEndpoint {
  vpc: string
  /** `com.amazonaws.eu-west-1.ecr.api`. */
  service: string
  type: 'Interface' | 'Gateway'
  state: 'pending' | 'available' | 'deleting'
  /** Of a gateway. */
  route_tables: string[]
  /** Of an interface: whether the usual name of the service leads to it. */
  private_dns: boolean
}

export const VPC = 'vpc-fake'
