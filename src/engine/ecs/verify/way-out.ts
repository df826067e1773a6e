import type { RouteTable, Subnet, VpcEndpoint } from '@aws-sdk/client-ec2'

import { failed, ok, skipped, type Check } from '../../check.ts'
import type { Account } from '../account.ts'
import { servicesMissing, type Wanted } from './endpoints.ts'
import { look } from './look.ts'
import { tableOf, wayOut } from './routes.ts'

const SUBJECT = 'way to AWS'

export interface Place {
  vpc: string
  subnets: readonly Subnet[]
  region: string
  /** Twelve digits; null: not known. */
  account: string | null
  assign_public_ip: boolean
  wanted: readonly Wanted[]
  /** What shows that tasks in these subnets reach what they need; null: nothing does. */
  proof: string | null
}

/** Looks at whether tasks reach what they are started from: without ECR, none of them ever runs. */
export async function wayOutChecks({ aws }: Account, place: Place): Promise<Check[]> {
  const { vpc, proof } = place
  const hint = `see that its routes lead to the internet: aws ec2 describe-route-tables --filters Name=vpc-id,Values=${vpc}`
  const Filters = [{ Name: 'vpc-id', Values: [vpc] }]
  return look(
    SUBJECT,
    async () => {
      const ec2 = await aws.ec2()
      const tables = await allOf(async (NextToken) => {
        const page = await ec2.describeRouteTables({ Filters, NextToken })
        return { items: page.RouteTables, next: page.NextToken }
      })
      const ways = place.subnets.map((subnet) => wayOf(place, subnet, tables))
      if (ways.every(({ kind }) => kind === 'open')) return ok(SUBJECT, sentenceOf(ways))
      const endpoints = await allOf(async (NextToken) => {
        const page = await ec2.describeVpcEndpoints({ Filters, NextToken })
        return { items: page.VpcEndpoints, next: page.NextToken }
      })
      const checks = ways.flatMap((way) => closedCheck(place, way, { endpoints, hint }))
      return checks.length > 0 ? checks : ok(SUBJECT, sentenceOf(ways))
    },
    { proof, hint },
  )
}

interface Way {
  subnet: string
  table: string
  kind: 'open' | 'needs address' | 'unclear' | 'closed'
  /** What it leads to, `nat-1`; where it is unclear, why: `leads to tgw-1, …`. */
  by: string
}

function wayOf({ assign_public_ip, account }: Place, found: Subnet, tables: readonly RouteTable[]): Way {
  const subnet = found.SubnetId!
  const table = tableOf(subnet, tables)
  const way = table === undefined ? null : wayOut(table)
  const to = { subnet, table: table?.RouteTableId ?? '' }
  if (way?.kind === 'open' || (way?.kind === 'public' && assign_public_ip)) {
    return { ...to, kind: 'open', by: way.by }
  }
  // Who shares a subnet shows neither its endpoints nor, as the case may be, its routes:
  // https://docs.aws.amazon.com/vpc/latest/userguide/vpc-sharing.html
  if (way === null || (account !== null && found.OwnerId !== account)) {
    return {
      ...to,
      kind: 'unclear',
      by: `is of account ${found.OwnerId}, which alone sees its routes and endpoints`,
    }
  }
  if (way.kind === 'public') return { ...to, kind: 'needs address', by: way.by }
  if (way.kind === 'none') return { ...to, kind: 'closed', by: '' }
  return {
    ...to,
    kind: 'unclear',
    by: `leads to ${way.by}, and what is behind that cannot be seen from here`,
  }
}

interface Seen {
  endpoints: readonly VpcEndpoint[]
  hint: string
}

/** What is wrong with a way that is not open, unless endpoints stand in for it. */
function closedCheck({ wanted, region, proof }: Place, way: Way, { endpoints, hint }: Seen): Check[] {
  const { subnet, table, kind, by } = way
  const missing = servicesMissing(wanted, endpoints, { region, table }).join(', ')
  if (kind === 'open' || missing === '') return []
  if (kind === 'unclear') {
    return [proof === null ? skipped(SUBJECT, `${subnet} ${by}`, hint) : ok(SUBJECT, proof)]
  }
  return [
    kind === 'needs address'
      ? failed(
          SUBJECT,
          `${subnet} leads to the internet by ${by}, which instances without a public address cannot use`,
          `say \`ecs.assign_public_ip: true\`, or name a subnet with a NAT gateway, or one with VPC endpoints for ${missing}`,
        )
      : failed(
          SUBJECT,
          `${subnet} has no route to the internet, and its VPC no endpoint for ${missing}`,
          'add a NAT gateway or those endpoints, with private DNS, or name another subnet',
        ),
  ]
}

function sentenceOf(ways: readonly Way[]): string {
  return ways
    .map(({ subnet, kind, by }) => `${subnet} by ${kind === 'open' ? by : 'VPC endpoints'}`)
    .join(', ')
}

async function allOf<Item>(
  ask: (token: string | undefined) => Promise<{ items?: Item[] | undefined; next?: string | undefined }>,
): Promise<Item[]> {
  const all: Item[] = []
  let token: string | undefined
  do {
    const { items = [], next } = await ask(token)
    all.push(...items)
    token = next
  } while (token !== undefined)
  return all
}
