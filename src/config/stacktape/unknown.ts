/** Why a value cannot be known when the file is read, and what to do about it. */
export interface Unknown {
  text: string
  hint: string
  /** Where the value is kept, for those that may be secrets of a process. */
  reference?: string
}

const WRITE_IT = 'Write the value itself, or set it in gantry.yml.'
const FILES: Unknown = { text: 'Gantry reads no further files for values', hint: WRITE_IT }
const OUTPUTS: Unknown = { text: 'Gantry reads no outputs of CloudFormation stacks', hint: WRITE_IT }

/** The directives whose values Gantry does not know (docs.stacktape.com/configuration/directives). */
const REASONS: Readonly<Record<string, Unknown>> = {
  Region: {
    text: 'the region is not said',
    hint: 'Write `ecs: {region: NAME}` in gantry.yml.',
  },
  CliArgs: {
    text: 'there are no arguments of a command, and it has no default',
    hint: "Give it a default as its second argument: `$CliArgs('name', 'default')`.",
  },
  File: FILES,
  FileRaw: FILES,
  GitInfo: {
    text: 'every commit would replace the instances for it alone',
    hint: 'Let the build write it into a file.',
  },
  StackOutput: OUTPUTS,
  CfStackOutput: OUTPUTS,
  Profile: { text: 'a deployment has no AWS profile', hint: WRITE_IT },
  AwsAccountId: { text: 'the account is known only to the deployment', hint: WRITE_IT },
  CfResourceParam: { text: 'Gantry makes no CloudFormation resources', hint: WRITE_IT },
}

/** The directives that are evaluated. */
const EVALUATED = ['Stage', 'Var', 'This', 'Format', 'CfFormat', 'Secret', 'SsmParam', 'ResourceParam']

export const DIRECTIVES: readonly string[] = [...EVALUATED, ...Object.keys(REASONS)]

/** Those whose value comes to be during a deployment: they stand in resources and scripts only. */
export const AT_DEPLOYMENT: ReadonlySet<string> = new Set([
  'Secret',
  'SsmParam',
  'ResourceParam',
  'CfResourceParam',
  'CfFormat',
  'CfStackOutput',
])

export const CUSTOM: Unknown = {
  text: 'Gantry runs no code of the repository to read a config',
  hint: WRITE_IT,
}

/** The reason of a directive of Stacktape's own; undefined for any other. */
export function whyUnknown(name: string): Unknown | undefined {
  return Object.hasOwn(REASONS, name) ? REASONS[name] : undefined
}

/** A reference to a secret, which only a variable may have as its value. */
export function secretUnknown(reference: string): Unknown {
  return {
    text: 'a secret can only be the value of a variable',
    hint: 'Give it to the code as a variable under `environment`.',
    reference,
  }
}

export function resourceUnknown(resource: string): Unknown {
  return { text: `it is known to Stacktape only, which makes "${resource}"`, hint: WRITE_IT }
}
