import type { CommandUnknownOpts } from '@commander-js/extra-typings'

import { aboutApp } from '../app-option.ts'
import { connectToApp } from '../connect.ts'
import { examples } from '../help.ts'
import { aboutStart, startRun } from '../start-run.ts'

export function addRun(task: CommandUnknownOpts): void {
  aboutStart(
    aboutApp(
      task
        .command('run')
        .argument('<task>', 'its name in the config')
        .description(
          'start a task of the config, as the last release has it and with the variables of now. It goes on by itself; with --wait, Ctrl-C ends the waiting only',
        ),
    ),
  )
    .addHelpText(
      'after',
      examples('gantry task run migrate -w', 'gantry task run report --initiated-by "the finance team"'),
    )
    .action(async (name, options) => {
      const control = await connectToApp(options)
      await startRun(control, () => control.startConfigured(name, options.initiatedBy ?? null), options)
    })
}
