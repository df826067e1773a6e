import type { CommandUnknownOpts } from '@commander-js/extra-typings'

import { isGood } from '../../engine/ledger.ts'
import { aboutApp } from '../app-option.ts'
import { connectToApp } from '../connect.ts'
import { examples } from '../help.ts'
import { noteLeftVariables } from '../left-variables.ts'
import { note } from '../output.ts'
import { confirm } from '../prompt.ts'
import { findProcess } from '../running.ts'
import { watch } from '../watch.ts'

export function addDelete(process: CommandUnknownOpts): void {
  aboutApp(
    process
      .command('delete <name>')
      .description('stop a process that was made by hand, and delete it; one of the config is removed there')
      .option('--yes', 'do not ask')
      .option('--json', 'print the deployment as JSON when it has ended'),
  )
    .addHelpText('after', examples('gantry process delete mailer', 'gantry process delete mailer --yes'))
    .action(async (name, options) => {
      const control = await connectToApp(options)
      const { origin } = findProcess(await control.running(), control.app, name)
      // One of the config is refused anyway.
      if (!options.yes && origin === 'operator') {
        note(`-----> Delete ${name} of ${control.app} and all its instances`)
        await confirm()
      }
      const operations = [{ process: name, delete: true }]
      const outcome = await watch(
        control,
        (watching) => control.operate(`delete ${name}`, operations, watching),
        options,
      )
      if (outcome === null || !isGood(outcome)) return
      const left = (await control.variables()).filter(({ process: of }) => of === name)
      noteLeftVariables(
        name,
        left.map((each) => each.name),
      )
    })
}
