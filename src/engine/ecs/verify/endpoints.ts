import type { VpcEndpoint } from '@aws-sdk/client-ec2'

import type { App } from '../../../app/app.ts'
import { imageUsers } from '../../../app/image-users.ts'
import type { Variable } from '../../engine.ts'
import { parseReference, type ParsedReference } from '../definition/secret-reference.ts'
import { isInEcr } from './images.ts'

/** `ecr.api`: the end of the name of a service, as endpoints name it. */
export type Wanted = string

const OF_ECR: readonly Wanted[] = ['ecr.api', 'ecr.dkr', 's3']

/**
 * What Fargate asks before anything of the app runs; the layers of images in ECR are in S3.
 * https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html
 */
export function servicesNeeded(app: App, variables: readonly Variable[] | null): Wanted[] {
  const kinds = secretKinds(app)
  const usesParameters = kinds.has('ssm') || kinds.has('gantry') || (variables ?? []).length > 0
  return [
    ...(imageUsers(app).some(({ image }) => image === null || isInEcr(image)) ? OF_ECR : []),
    'logs',
    ...(usesParameters ? ['ssm'] : []),
    ...(kinds.has('secretsmanager') ? ['secretsmanager'] : []),
  ]
}

/** Where the secrets that the config names are. */
export function secretKinds({ processes, tasks }: App): Set<ParsedReference['kind']> {
  const containers = processes.flatMap((each) => Object.values(each.containers))
  const references = [...processes, ...containers, ...tasks].flatMap(({ secrets }) => Object.values(secrets))
  return new Set(references.map((each) => parseReference(each).kind))
}

/** Those of them that have no endpoint which tasks with this route table find by the usual name. */
export function servicesMissing(
  wanted: readonly Wanted[],
  endpoints: readonly VpcEndpoint[],
  { region, table }: { region: string; table: string },
): Wanted[] {
  return wanted.filter(
    (each) =>
      !endpoints.some(
        ({ ServiceName = '', State, VpcEndpointType, RouteTableIds = [], PrivateDnsEnabled }) =>
          ServiceName.endsWith(`.${region}.${each}`) &&
          State?.toLowerCase() === 'available' &&
          (VpcEndpointType === 'Gateway' ? RouteTableIds.includes(table) : PrivateDnsEnabled === true),
      ),
  )
}
