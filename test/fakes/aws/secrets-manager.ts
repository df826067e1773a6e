import { createHash } from 'node:crypto'

import { z } from 'zod'

import type { Clock } from '../../../src/app/clock.ts'
import { arn } from './arn.ts'
import { AwsError } from './aws-error.ts'
import { operation, perform } from './operation.ts'
import type { FakeService, Input } from './service.ts'

interface Secret {
  arn: string
  name: string
  value: string
  /** Milliseconds since the epoch. */
  created: number
}

const OneSecret = z.strictObject({ SecretId: z.string().min(1).max(2_048) })

/** Secrets Manager: https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_DescribeSecret.html */
export class SecretsManagerFake implements FakeService {
  readonly #clock: Clock
  readonly #secrets = new Map<string, Secret>()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** Makes a secret, or gives it another value, and answers with its ARN. */
  create(name: string, value: string | object): string {
    const text = typeof value === 'string' ? value : JSON.stringify(value)
    // Six characters at random, the same for the same name.
    const suffix = createHash('sha256').update(name).digest('hex').slice(0, 6)
    const secret = {
      arn: arn('secretsmanager', `secret:${name}-${suffix}`),
      name,
      value: text,
      created: this.#clock.now(),
    }
    this.#secrets.set(name, secret)
    return secret.arn
  }

  /**
   * Whether a container gets a value for this `valueFrom`: the ARN, and behind it, where given, a JSON key that the
   * secret has, a version's stage and a version's id.
   */
  has(valueFrom: string): boolean {
    const parts = valueFrom.split(':')
    const secret = this.#find(parts.slice(0, 7).join(':'))
    const [key = '', stage = '', version = ''] = parts.slice(7)
    if (secret === undefined || parts.length < 7 || version !== '') return false
    return (key === '' || key in parse(secret.value)) && ['', 'AWSCURRENT'].includes(stage)
  }

  handle(name: string, input: Input): unknown {
    return perform(this.#operations, { name, input, invalid: 'InvalidParameterException' })
  }

  readonly #operations = {
    DescribeSecret: operation(OneSecret, ({ SecretId }) => {
      const secret = this.#existing(SecretId)
      return {
        ARN: secret.arn,
        Name: secret.name,
        CreatedDate: secret.created / 1_000,
        LastChangedDate: secret.created / 1_000,
        VersionIdsToStages: { 'fake-version': ['AWSCURRENT'] },
      }
    }),

    GetSecretValue: operation(OneSecret, ({ SecretId }) => {
      const { arn, name, value, created } = this.#existing(SecretId)
      return {
        ARN: arn,
        Name: name,
        VersionId: 'fake-version',
        VersionStages: ['AWSCURRENT'],
        SecretString: value,
        CreatedDate: created / 1_000,
      }
    }),
  }

  #existing(id: string): Secret {
    const secret = this.#find(id)
    if (secret !== undefined) return secret
    throw new AwsError('ResourceNotFoundException', "Secrets Manager can't find the specified secret.")
  }

  /** By its name, its ARN, or its ARN without the last seven characters. */
  #find(id: string): Secret | undefined {
    const named = this.#secrets.get(id)
    return named ?? [...this.#secrets.values()].find(({ arn }) => arn === id || arn.slice(0, -7) === id)
  }
}

function parse(text: string): object {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? value : {}
  } catch {
    return {}
  }
}
