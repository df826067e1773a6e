import { z } from 'zod'

import { oneOf, RepositoryPath } from '../gantry-yml/scalars.ts'
import { integer } from './numbers.ts'

// What BlueKing itself accepts (blueking-paas: validations/v2.py, serializers/v1alpha2.py, bkapp_webhook.go).

export const SYSTEM = 'BlueKing'
export const ENVIRONMENTS = ['stag', 'prod'] as const
export const GLOBAL = '_global_'
export const LANGUAGES = ['Python', 'PHP', 'Go', 'NodeJS', 'Java'] as const
export const MAX_PROCESSES = 16
const MAX_REPLICAS = 5

/** The plans of a version: their memory in MiB. */
export type Plans = Readonly<Record<string, number>>
/** With the limit of replicas in their names. */
export const PLANS_2: Plans = { Starter: 1024, '4C1G5R': 1024, '4C2G5R': 2048, '4C4G5R': 4096 }
export const PLANS_3 = { default: 1024, '4C1G': 1024, '4C2G': 2048, '4C4G': 4096 } as const

/** Where `null` means that nothing is said. */
export const Nothing = z.null({ error: 'null' })
export const Text = z.union([z.string(), z.number()], { error: 'a text' })
export const Texts = z.array(Text, { error: 'a list of texts' }).nullable()
/** Of the words of a command, the first is what is run. */
export const PROGRAM_FIRST = { error: 'a program', path: [0] }
export const namesProgram = (words: readonly unknown[]): boolean => words[0] !== ''
export const ProgramAndWords = z
  .array(Text, { error: 'a list of texts' })
  .refine(namesProgram, PROGRAM_FIRST)
  .nullable()
const COMMAND_RULE = 'a command'
export const CommandLine = z.union([z.string().regex(/\S/, { error: COMMAND_RULE }), z.number()], {
  error: COMMAND_RULE,
})
/** Yes in the words of YAML 1.1, which BlueKing reads. */
export const YES = /^(?:y|yes|true|on|1)$/i
const FLAG_RULE = 'true or false'
const FlagWord = z.string().regex(/^(?:y|yes|true|on|1|n|no|false|off|0)$/i, { error: FLAG_RULE })
export const Flag = z.union([z.boolean(), z.literal(0), z.literal(1), FlagWord], { error: FLAG_RULE })

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

export const Replicas = integer(0, MAX_REPLICAS)
export const AtLeastOne = integer(1, MAX_REPLICAS)
export const Plan = oneOf(['default', '4C1G', '4C2G', '4C4G'])
export const Seconds = integer(0)
export const Count = integer(1)
export const PortNumber = integer(1, 65_535)

const PORT_RULE = 'a port from 1 to 65535, or "${PORT}"'
export const Port = z.union(
  [integer(1, 65_535, PORT_RULE), z.string().regex(/^\$\{?PORT\}?$/, { error: PORT_RULE })],
  { error: PORT_RULE },
)
const PORT_OR_NAME_RULE = 'a port from 1 to 65535, a name, or "${PORT}"'
/** A name of Kubernetes has a letter in it (core/v1, ContainerPort). */
const PortName = z.string().regex(/^(?=.*[a-z])[a-z0-9](?:-?[a-z0-9]){0,14}$/, { error: PORT_OR_NAME_RULE })
export const PortOrName = z.union([Port, PortName], { error: PORT_OR_NAME_RULE })
export const UrlPath = z
  .string({ error: 'a text' })
  .max(128, { error: 'a path of at most 128 characters' })
  .regex(/^[^\s\p{Cc}]*$/u, { error: 'a path without blanks' })
export const SourceFolder = z.union([z.literal(''), RepositoryPath], {
  error: 'a path inside of the repository, from its root',
})
