import { createHash } from 'node:crypto'

import { z } from 'zod'

import type { Clock } from '../../../../src/app/clock.ts'
import { AwsError } from '../aws-error.ts'
import { operation, perform } from '../operation.ts'
import { page } from '../page.ts'
import type { FakeService, Input } from '../service.ts'
import { Filters, isAt, matches } from './filters.ts'
import { parameterArn, parseName } from './parameter-name.ts'
import { ParameterStore, type Version } from './parameter-store.ts'
import { PutInput, putParameter } from './put-parameter.ts'

const Name = z.string().min(1).max(2_048)
const Names = z.array(Name).min(1).max(10)
const Decrypt = z.boolean().default(false)
const Token = z.string().optional()

/** The Parameter Store: https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_Operations.html */
export class SsmFake implements FakeService {
  readonly #store: ParameterStore
  /** Ids of sessions that were started and not ended. */
  readonly sessions = new Set<string>()

  constructor(clock: Clock) {
    this.#store = new ParameterStore(clock)
  }

  /** Seconds by which reads lag behind writes, as they may in a store of eventual consistency. 0 at first. */
  set lag(seconds: number) {
    this.#store.lag = seconds
  }

  /** Whether there is a parameter that `/a/b` or `arn:aws:ssm:…:parameter/a/b` names: what a container asks for. */
  has(nameOrArn: string): boolean {
    return this.#store.current(parseName(nameOrArn).name) !== null
  }

  handle(name: string, input: Input): unknown {
    return perform(this.#operations, { name, input, invalid: 'ValidationException' })
  }

  readonly #operations = {
    PutParameter: operation(PutInput, (input) => putParameter(this.#store, input)),

    GetParameter: operation(z.strictObject({ Name, WithDecryption: Decrypt }), ({ Name, WithDecryption }) => {
      const { name, version } = parseName(Name)
      const found = this.#store.read(name, version)
      if (found !== null) return { Parameter: parameter(found, WithDecryption, version) }
      const known = this.#store.read(name, null) !== null
      throw new AwsError(known ? 'ParameterVersionNotFound' : 'ParameterNotFound', Name)
    }),

    GetParameters: operation(
      z.strictObject({ Names, WithDecryption: Decrypt }),
      ({ Names, WithDecryption }) => {
        const asked = Names.toSorted().map((given) => ({ given, ...parseName(given) }))
        const found = asked.map((each) => ({ ...each, version: this.#store.read(each.name, each.version) }))
        return {
          Parameters: found.flatMap(({ version }) =>
            version === null ? [] : [parameter(version, WithDecryption)],
          ),
          InvalidParameters: found.flatMap(({ given, version }) => (version === null ? [given] : [])),
        }
      },
    ),

    GetParametersByPath: operation(
      z.strictObject({
        Path: Name.startsWith('/'),
        Recursive: z.boolean().default(false),
        ParameterFilters: Filters,
        WithDecryption: Decrypt,
        MaxResults: z.int().min(1).max(10).default(10),
        NextToken: Token,
      }),
      ({ Path, Recursive, ParameterFilters = [], WithDecryption, MaxResults, NextToken }) => {
        const found = this.#store
          .all()
          .filter((version) => isAt(version, Path, Recursive) && matches(version, ParameterFilters, ['Type']))
        const { items, token } = pageOf(found, MaxResults, NextToken)
        return { Parameters: items.map((version) => parameter(version, WithDecryption)), NextToken: token }
      },
    ),

    GetParameterHistory: operation(
      z.strictObject({
        Name,
        WithDecryption: Decrypt,
        MaxResults: z.int().min(1).max(50).default(50),
        NextToken: Token,
      }),
      ({ Name, WithDecryption, MaxResults, NextToken }) => {
        const versions = this.#store.history(parseName(Name).name)
        if (versions.length === 0) throw new AwsError('ParameterNotFound', Name)
        const { items, token } = pageOf(versions, MaxResults, NextToken)
        return {
          Parameters: items.map((version) => ({
            ...metadata(version),
            Value: valueOf(version, WithDecryption),
          })),
          NextToken: token,
        }
      },
    ),

    DescribeParameters: operation(
      z.strictObject({
        ParameterFilters: Filters,
        MaxResults: z.int().min(1).max(50).default(50),
        NextToken: Token,
      }),
      ({ ParameterFilters = [], MaxResults, NextToken }) => {
        const found = this.#store
          .all()
          .filter((version) => matches(version, ParameterFilters, ['Name', 'Path', 'Type', 'Tier']))
        const { items, token } = pageOf(found, MaxResults, NextToken)
        return {
          Parameters: items.map((version) => ({ ...metadata(version), ARN: parameterArn(version.name) })),
          NextToken: token,
        }
      },
    ),

    TerminateSession: operation(z.strictObject({ SessionId: z.string().min(1).max(96) }), ({ SessionId }) => {
      this.sessions.delete(SessionId)
      return { SessionId }
    }),

    DeleteParameter: operation(z.strictObject({ Name }), ({ Name }) => {
      if (!this.#store.delete(Name)) throw new AwsError('ParameterNotFound', Name)
      return {}
    }),

    DeleteParameters: operation(z.strictObject({ Names }), ({ Names }) => {
      const deleted = new Set(Names.filter((name) => this.#store.delete(name)))
      return {
        DeletedParameters: [...deleted],
        InvalidParameters: Names.filter((name) => !deleted.has(name)),
      }
    }),
  }
}

function pageOf(versions: readonly Version[], limit: number, token: string | undefined) {
  const key = ({ name, version }: Version) => `${name}:${String(version).padStart(9, '0')}`
  return page(versions, { key, limit, token, invalid: 'InvalidNextToken' })
}

function parameter(version: Version, decrypt: boolean, selected: number | null = null): object {
  return {
    Name: version.name,
    Type: version.type,
    Value: valueOf(version, decrypt),
    Version: version.version,
    LastModifiedDate: version.modified / 1_000,
    ARN: parameterArn(version.name),
    DataType: 'text',
    ...(selected !== null && { Selector: `:${selected}` }),
  }
}

function metadata(version: Version): object {
  return {
    Name: version.name,
    Type: version.type,
    KeyId: version.keyId,
    Description: version.description,
    Version: version.version,
    Tier: version.tier,
    LastModifiedDate: version.modified / 1_000,
    DataType: 'text',
  }
}

function valueOf({ type, name, version, value }: Version, decrypt: boolean): string {
  if (type !== 'SecureString' || decrypt) return value
  const sealed = createHash('sha512')
    .update(JSON.stringify([name, version, value]))
    .digest('base64')
  return `AQICAH${sealed}`
}
