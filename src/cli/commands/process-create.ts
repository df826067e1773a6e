import type { CommandUnknownOpts } from '@commander-js/extra-typings'

import { UserError } from '../../app/errors.ts'
import { aboutApp } from '../app-option.ts'
import { connectToApp } from '../connect.ts'
import { examples } from '../help.ts'
import { parseFieldWords, showFieldWords } from '../key-values.ts'
import { noteSetVariables } from '../left-variables.ts'
import { watch } from '../watch.ts'

export function addCreate(process: CommandUnknownOpts): void {
  aboutApp(
    process
      .command('create')
      .argument('<name>', 'letters, digits and hyphens')
      .argument('[fields...]', 'key=value, as in the config: health_check.path=/up, env.LOG_LEVEL=debug')
      .usage('[options] <name> [key=value...]')
      .description(
        'make a process that the config does not name; later deploys keep it and give it new images',
      )
      .option('--json', 'print the deployment as JSON when it has ended'),
  )
    .addHelpText(
      'after',
      examples(
        "gantry process create mailer command='bin/mailer --queue mail' memory=1 spot_count=2",
        'gantry process create pgbouncer image=bitnami/pgbouncer:1.23 port=6432 expose=private',
      ),
    )
    .action(async (name, words, options) => {
      if (name.includes('=')) {
        throw new UserError('what is the process to be called?', {
          hint: `the name comes first: gantry process create NAME ${name}`,
        })
      }
      const set = parseFieldWords(words)
      const control = await connectToApp(options)
      const title = `create ${[name, showFieldWords(words)].join(' ').trim()}`
      const operations = [{ process: name, create: true, set }]
      const outcome = await watch(
        control,
        (watching) => control.operate(title, operations, watching),
        options,
      )
      noteSetVariables(name, set, outcome)
    })
}
