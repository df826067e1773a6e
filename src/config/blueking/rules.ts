import { z } from 'zod'

import { number, oneOf, RepositoryPath, wholeNumber } from '../gantry-yml/scalars.ts'

// What BlueKing itself accepts (blueking-paas: validations/v2.py, serializers/v1alpha2.py, bkapp_webhook.go).

export const SYSTEM = 'BlueKing'
export const ENVIRONMENTS = ['stag', 'prod'] as const
export const GLOBAL = '_global_'
export const LANGUAGES = ['Python', 'PHP', 'Go', 'NodeJS', 'Java'] as const
export const MAX_PROCESSES = 16
const MAX_REPLICAS = 5

/** Memory of the plans in MiB. Those of version 2 have the limit of replicas in their name. */
export const PLAN_MEMORY: Readonly<Record<string, number>> = {
  Starter: 1024,
  '4C1G5R': 1024,
  '4C2G5R': 2048,
  '4C4G5R': 4096,
  default: 1024,
  '4C1G': 1024,
  '4C2G': 2048,
  '4C4G': 4096,
}

/** Where `null` means that nothing is said. */
export const Nothing = z.null({ error: 'null' })
export const Text = z.union([z.string(), z.number()], { error: 'a text' })
export const Texts = z.array(Text, { error: 'a list of texts' }).nullable()
export const Flag = z.boolean({ error: 'true or false' })

const TYPE_RULE = 'letters, digits and hyphens, not beginning with a hyphen, at most 12 characters'
export const ProcessType = z
  .string({ error: TYPE_RULE })
  .regex(/^[a-z0-9][-a-z0-9]{0,11}$/i, { error: TYPE_RULE })

const VARIABLE_RULE = 'capital letters, digits and underscores, beginning with a letter'
export const VariableKey = z
  .string({ error: VARIABLE_RULE })
  .regex(/^[A-Z][A-Z0-9_]{0,1023}$/, { error: VARIABLE_RULE })
export const OwnVariableKey = VariableKey.regex(/^(?!BKPAAS_|KUBERNETES_)/, {
  error: 'another one: names that begin with BKPAAS_ or KUBERNETES_ are protected',
})

export const Description = z
  .string({ error: 'a text' })
  .max(200, { error: 'a text of at most 200 characters' })
  .nullable()
export const Environment = oneOf(ENVIRONMENTS)
export const EnvironmentOrAll = oneOf([...ENVIRONMENTS, GLOBAL])
export const Language = z
  .string({ error: `one of ${LANGUAGES.join(', ')}` })
  .refine((text) => LANGUAGES.some((each) => each.toLowerCase() === text.toLowerCase()), {
    error: `one of ${LANGUAGES.join(', ')}`,
    params: { allowed: LANGUAGES },
  })

export const Replicas = wholeNumber(0, MAX_REPLICAS)
export const AtLeastOne = wholeNumber(1, MAX_REPLICAS)
export const Plan = oneOf(['default', '4C1G', '4C2G', '4C4G'])
export const Seconds = number(0, Infinity)
export const Count = wholeNumber(1, 1_000_000)
export const PortNumber = wholeNumber(1, 65_535)

const PORT_RULE = 'a port from 1 to 65535, or "${PORT}"'
export const Port = z.union(
  [PortNumber, z.string().regex(/^(?:\$\{?PORT\}?|\d{1,5})$/, { error: PORT_RULE })],
  { error: PORT_RULE },
)
export const UrlPath = z.string({ error: 'a text' }).max(128, { error: 'a path of at most 128 characters' })
export const SourceFolder = z.union([z.literal(''), RepositoryPath], {
  error: 'a path inside of the repository, from its root',
})
