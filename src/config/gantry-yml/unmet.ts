import { z } from 'zod'

import type { Connection } from '../../app/unmet.ts'
import { oneOf, orNull, PlainName, PlainValue, YesOrNo } from './scalars.ts'

// What no engine carries out yet.

const NAME_RULE = 'the name of a service or resource: one line of at most 255 characters'
/** The key of a map as well, so it is never what an object has anyway. */
const ServiceName = z.string({ error: NAME_RULE }).regex(/^(?!__proto__$)[^\p{Cc}]{1,255}$/u, {
  error: NAME_RULE,
})

const ONE_RULE = 'the name of a service, or {service: NAME, endpoint: NAME}'
const OneConnection = z.union(
  [ServiceName, z.strictObject({ service: ServiceName.optional(), endpoint: ServiceName.optional() })],
  { error: ONE_RULE },
)

const CONNECT_RULE = 'a list of services, or a map of names and services'
export const ConnectTo = z
  .union([z.array(ServiceName), z.record(ServiceName, OneConnection)], { error: CONNECT_RULE })
  .transform((written): Record<string, Connection> => {
    const entries = Array.isArray(written)
      ? written.map((name) => [name, name] as const)
      : Object.entries(written)
    return Object.fromEntries(entries.map(([name, each]) => [name, connection(name, each)]))
  })
  .meta({
    id: 'connect_to',
    description:
      'Services and other resources that the code uses: a list, or a map by what the code calls them. Replaces the inherited ones; `{}` clears them. It is kept; no engine makes permissions, network rules or variables of it yet.',
  })

function connection(name: string, written: z.output<typeof OneConnection>): Connection {
  const { service, endpoint } = typeof written === 'string' ? { service: written } : written
  return { service: service ?? name, endpoint: endpoint ?? null }
}

export const Access = z
  .strictObject({
    ssh: orNull(oneOf(['admin', 'contributor', 'viewer'])).describe('The least role that may get a shell.'),
  })
  .meta({
    id: 'access',
    description:
      'Who may get a shell in an instance. Replaces the inherited one; `{}` clears it. It is kept; no engine knows roles yet.',
  })

const TEXTS_RULE = 'a text or a list of texts'
const Texts = z
  .union([PlainValue, z.array(PlainValue)], { error: TEXTS_RULE })
  .transform((texts) => (Array.isArray(texts) ? texts : [texts]))

const STATEMENTS_RULE = 'a list of statements'
/** Of what IAM takes that which Stacktape takes as well. */
const IamRoleStatement = z
  .strictObject(
    {
      sid: orNull(PlainValue).describe('What the statement is called.'),
      effect: oneOf(['Allow', 'Deny']).default('Allow').describe('Whether it is allowed or forbidden.'),
      action: Texts.default([]).describe('What may be done: `s3:GetObject`.'),
      resource: Texts.describe('With what: ARNs, or `*`.'),
      condition: orNull(z.record(z.string(), z.record(z.string(), Texts))).describe(
        'When: an operator, a key and its values.',
      ),
    },
    { error: 'a statement: {effect: Allow, action: […], resource: […]}' },
  )
  .meta({ id: 'iam_role_statement', description: 'A statement of an IAM policy.' })

export const IamRoleStatements = z
  .array(IamRoleStatement, { error: STATEMENTS_RULE })
  .default([])
  .describe(
    'What the code is to be allowed in AWS. Replaces the inherited ones; `[]` clears them. It is kept; Gantry makes no roles yet.',
  )

/** Of processes and tasks. */
export const unmet = {
  connect_to: ConnectTo.optional(),
  access: Access.prefault({}),
  iam_role_statements: IamRoleStatements,
}

/** Of processes alone. */
export const unmetOfProcess = {
  instance_types: z
    .array(PlainName, { error: 'a list of EC2 instance types' })
    .default([])
    .describe('EC2 types to run on, the preferred one first. It is kept; instances run on Fargate.'),
  enable_warm_pool: YesOrNo.default(false).describe(
    'Whether stopped EC2 instances of the one type are kept for a faster start. It is kept; Fargate has none.',
  ),
}
