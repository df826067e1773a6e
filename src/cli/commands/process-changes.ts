import type { CommandUnknownOpts } from '@commander-js/extra-typings'

import { UserError } from '../../app/errors.ts'
import type { OperationWords } from '../../deploy/operations.ts'
import { aboutApp } from '../app-option.ts'
import { connectToApp } from '../connect.ts'
import type { Control } from '../control.ts'
import { examples } from '../help.ts'
import { fieldName, parseFieldWords, showFieldWords } from '../key-values.ts'
import { noteSetVariables } from '../left-variables.ts'
import { watch } from '../watch.ts'

/** The verbs of `gantry process` that make a deployment. */
export function addProcessChanges(process: CommandUnknownOpts): void {
  addSet(process)
  addUnset(process)
  for (const verb of VERBS) addVerb(process, verb)
}

function addSet(process: CommandUnknownOpts): void {
  aboutApp(
    process
      .command('set')
      .argument('<words...>')
      .usage('[options] [name] <key=value...>')
      .description(
        'set fields by hand; later deploys keep them. The name may be left out where there is one process',
      )
      .option('--json', 'print the deployment as JSON when it has ended'),
  )
    .addHelpText(
      'after',
      examples(
        'gantry process set worker memory=2 cpu=0.5',
        'gantry process set web image=release:v3',
        'gantry process set web image=""',
        'gantry process set health_check.path=/healthz env.LOG_LEVEL=debug',
      ),
    )
    .action(async (words, options) => {
      const control = await connectToApp(options)
      const [first = '', ...rest] = words
      const named = !first.includes('=')
      const fields = named ? rest : words
      if (fields.length === 0)
        throw new UserError(`what is to be set of ${first}?`, { hint: 'add key=value' })
      const set = parseFieldWords(fields)
      const name = named ? first : await onlyProcess(control)
      const title = `set ${name} ${showFieldWords(fields)}`
      const operations = [{ process: name, set }]
      const outcome = await watch(
        control,
        (watching) => control.operate(title, operations, watching),
        options,
      )
      noteSetVariables(name, set, outcome)
    })
}

async function onlyProcess(control: Control): Promise<string> {
  const [only, ...others] = (await control.running()).processes.map(({ spec }) => spec.name)
  if (only !== undefined && others.length === 0) return only
  throw new UserError('which process?', {
    hint:
      only === undefined
        ? `nothing was deployed to ${control.app} yet`
        : `there are: ${[only, ...others].join(', ')}`,
  })
}

function addUnset(process: CommandUnknownOpts): void {
  aboutApp(
    process
      .command('unset <name> <key...>')
      .description('hand fields back: what the config says holds again')
      .option('--json', 'print the deployment as JSON when it has ended'),
  )
    .addHelpText(
      'after',
      examples('gantry process unset worker memory cpu', 'gantry process unset worker env.LOG_LEVEL'),
    )
    .action(async (name, keys, options) => {
      const control = await connectToApp(options)
      const unset = keys.map(fieldName)
      const title = `unset ${name} ${unset.join(' ')}`
      const operations = [{ process: name, unset }]
      await watch(control, (watching) => control.operate(title, operations, watching), options)
    })
}

interface Verb {
  verb: string
  description: string
  change: Omit<OperationWords, 'process'>
}

const VERBS: readonly Verb[] = [
  {
    verb: 'start',
    description: 'start stopped processes, with the counts they had',
    change: { set: { disabled: 'false' } },
  },
  {
    verb: 'stop',
    description: 'stop processes; deploys leave them stopped',
    change: { set: { disabled: 'true' } },
  },
  {
    verb: 'restart',
    description: 'replace instances by new ones, which get the variables as they are now',
    change: { restart: true },
  },
]

function addVerb(process: CommandUnknownOpts, { verb, description, change }: Verb): void {
  aboutApp(
    process
      .command(`${verb} <name...>`)
      .description(description)
      .option('--json', 'print the deployment as JSON when it has ended'),
  )
    .addHelpText('after', examples(`gantry process ${verb} worker`, `gantry process ${verb} web worker`))
    .action(async (names, options) => {
      const control = await connectToApp(options)
      const operations = [...new Set(names)].map((process) => ({ process, ...change }))
      const title = `${verb} ${names.join(' ')}`
      await watch(control, (watching) => control.operate(title, operations, watching), options)
    })
}
