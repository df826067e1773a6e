import { z } from 'zod'

import { ACCOUNT } from './arn.ts'
import { AwsError } from './aws-error.ts'
import { operation, perform } from './operation.ts'
import { page } from './page.ts'
import type { FakeService, Input } from './service.ts'

export interface Role {
  /** `/`, `/teams/shop/`. */
  path: string
  /** The trust policy. */
  trust: object
  /** Names of managed policies of AWS, with their path: `service-role/AmazonECSTaskExecutionRolePolicy`. */
  policies: string[]
}

const RoleName = z.string().regex(/^[\w+=,.@-]{1,64}$/)

/** The trust of a role that one of these services may take on. */
export function trusting(services: string | string[], condition?: object): object {
  const statement = { Effect: 'Allow', Principal: { Service: services }, Action: 'sts:AssumeRole' }
  return { Version: '2012-10-17', Statement: [{ ...statement, ...(condition && { Condition: condition }) }] }
}

/**
 * Roles of IAM: https://docs.aws.amazon.com/IAM/latest/APIReference/. Every role that somebody asks for is there, for ECS and the
 * scheduler alike and with what AWS offers for starting tasks, until a test says otherwise.
 */
export class IamFake implements FakeService {
  /** Names of roles that are not there. */
  readonly gone = new Set<string>()
  readonly #roles = new Map<string, Role>()

  /** For a test to read and to change. */
  role(name: string): Role {
    const role = this.#roles.get(name) ?? {
      path: '/',
      trust: trusting(['ecs-tasks.amazonaws.com', 'scheduler.amazonaws.com']),
      policies: ['service-role/AmazonECSTaskExecutionRolePolicy'],
    }
    this.#roles.set(name, role)
    return role
  }

  handle(name: string, input: Input): unknown {
    return perform(this.#operations, { name, input, invalid: 'ValidationError' })
  }

  readonly #operations = {
    GetRole: operation(z.strictObject({ RoleName }), (input) => {
      const { path, trust } = this.#find(input.RoleName)
      return {
        Role: {
          Path: path,
          RoleName: input.RoleName,
          RoleId: 'AROAFAKEFAKEFAKEFAKE1',
          Arn: `arn:aws:iam::${ACCOUNT}:role${path}${input.RoleName}`,
          CreateDate: '2026-01-01T00:00:00Z',
          AssumeRolePolicyDocument: encodeURIComponent(JSON.stringify(trust)),
        },
      }
    }),
    ListAttachedRolePolicies: operation(
      z.strictObject({
        RoleName,
        MaxItems: z.coerce.number().int().min(1).max(1_000).default(100),
        Marker: z.string().optional(),
      }),
      (input) => {
        const { policies } = this.#find(input.RoleName)
        const { items, token } = page(policies, {
          key: (each) => each,
          limit: input.MaxItems,
          token: input.Marker,
          invalid: 'ValidationError',
        })
        return {
          AttachedPolicies: items.map((each) => ({
            PolicyName: each.slice(each.lastIndexOf('/') + 1),
            PolicyArn: `arn:aws:iam::aws:policy/${each}`,
          })),
          IsTruncated: token !== undefined,
          Marker: token,
        }
      },
    ),
  }

  #find(name: string): Role {
    if (this.gone.has(name)) {
      throw new AwsError('NoSuchEntity', `The role with name ${name} cannot be found.`, 404)
    }
    return this.role(name)
  }
}
