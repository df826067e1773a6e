import { z } from 'zod'

import { AwsError } from '../aws-error.ts'
import { checkName } from './parameter-name.ts'
import type { ParameterStore, Version } from './parameter-store.ts'

/** Bytes: https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-advanced-parameters.html */
const MAX_BYTES = { Standard: 4_096, Advanced: 8_192 } as const

/** Seconds: https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_DeleteParameter.html */
const REUSE = 30

export const PutInput = z.strictObject({
  Name: z.string().min(1).max(2_048),
  Value: z.string().min(1),
  Description: z.string().max(1_024).optional(),
  Type: z.enum(['String', 'StringList', 'SecureString']).optional(),
  KeyId: z
    .string()
    .max(256)
    .regex(/^[a-zA-Z0-9:/_-]+$/)
    .optional(),
  Overwrite: z.boolean().default(false),
  Tags: z
    .array(
      z.strictObject({
        Key: z
          .string()
          .min(1)
          .max(128)
          .regex(/^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u),
        Value: z
          .string()
          .max(256)
          .regex(/^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u),
      }),
    )
    .max(50)
    .optional(),
  Tier: z.enum(['Standard', 'Advanced', 'Intelligent-Tiering']).optional(),
  DataType: z.literal('text').optional(),
})

type Put = z.output<typeof PutInput>

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_PutParameter.html */
export function putParameter(store: ParameterStore, input: Put): object {
  const name = input.Name.trim()
  checkName(name)
  const before = store.current(name)
  if (before !== null && !input.Overwrite) {
    throw new AwsError(
      'ParameterAlreadyExists',
      'The parameter already exists. To overwrite this value, set the overwrite option in the request to true.',
    )
  }
  const gone = store.goneFor(name)
  if (gone !== null && gone < REUSE) {
    throw invalid(`The parameter was deleted ${gone} s ago: wait for ${REUSE} s before it is created again.`)
  }
  if (input.Overwrite && input.Tags !== undefined) {
    throw invalid("Invalid request: tags and overwrite can't be used together.")
  }
  if (/\{\{[^]*\}\}/.test(input.Value)) {
    throw invalid('Parameter value can\'t nest another parameter. Do not use "{{}}" in the value.')
  }
  const type = typeOf(input, before)
  if (input.KeyId !== undefined && type !== 'SecureString') {
    throw invalid(`A parameter of the type ${type} is not encrypted, and takes no KeyId.`)
  }
  const written = store.write({
    name: before?.name ?? name,
    type,
    value: input.Value,
    tier: tierOf(input, before),
    description: input.Description ?? before?.description,
    keyId: type === 'SecureString' ? (input.KeyId ?? 'alias/aws/ssm') : undefined,
  })
  return { Version: written.version, Tier: written.tier }
}

function typeOf({ Type }: Put, before: Version | null): Version['type'] {
  const type = Type ?? before?.type
  if (type === undefined) throw invalid('A parameter type is required when you create a parameter.')
  if (before !== null && before.type !== type) {
    throw new AwsError(
      'HierarchyTypeMismatchException',
      `The type of a parameter cannot change from ${before.type} to ${type}.`,
    )
  }
  return type
}

function tierOf({ Tier, Value }: Put, before: Version | null): Version['tier'] {
  const bytes = Buffer.byteLength(Value)
  if (before?.tier === 'Advanced' && Tier === 'Standard') {
    throw invalid('This parameter uses the advanced-parameter tier and cannot be downgraded.')
  }
  const asked = Tier ?? before?.tier ?? 'Standard'
  const grows = asked === 'Intelligent-Tiering' && (before?.tier === 'Advanced' || bytes > MAX_BYTES.Standard)
  const tier = asked === 'Advanced' || grows ? 'Advanced' : 'Standard'
  if (bytes > MAX_BYTES[tier]) {
    throw invalid(
      `${tier} tier parameters support a maximum parameter value of ${MAX_BYTES[tier]} characters.`,
    )
  }
  return tier
}

function invalid(message: string): AwsError {
  return new AwsError('ValidationException', message)
}
