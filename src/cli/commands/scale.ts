import type { CommandUnknownOpts } from '@commander-js/extra-typings'

import { appOption, connectToApp } from '../app-option.ts'
import { examples } from '../help.ts'
import { homeOption } from '../home.ts'
import { operate } from '../operate.ts'
import { note, print, printJson } from '../output.ts'
import { readRunning } from '../running.ts'
import { parseScaling, scaledFields, showScaling } from '../scale.ts'

export function addScale(program: CommandUnknownOpts): void {
  program
    .command('scale')
    .description('change how many instances processes have; without arguments, show it')
    .argument('[counts...]', 'NAME=DEMAND, NAME=DEMAND+SPOT, NAME+MORE or NAME-FEWER')
    .option('--json', 'print JSON: the counts, or the deployment when it has ended')
    .addOption(appOption())
    .addOption(homeOption())
    .addHelpText(
      'after',
      examples('gantry scale', 'gantry scale web=3 worker=2+1', 'gantry scale web+1 beat-1'),
    )
    .action(async (words, options) => {
      const scalings = parseScaling(words)
      const { client, app } = await connectToApp(options)
      const specs = (await readRunning(client, app)).processes.map(({ spec }) => spec)
      if (scalings.length > 0) {
        const operations = scalings.map((scaling) => ({
          process: scaling.process,
          set: scaledFields(scaling, specs),
        }))
        await operate(client, app, `scale ${words.join(' ')}`, operations, options)
      } else if (options.json) {
        printJson(specs.map(({ name, demand_count, spot_count }) => ({ name, demand_count, spot_count })))
      } else if (specs.length === 0) note(`nothing was deployed to ${app} yet`)
      else print(showScaling(specs))
    })
}
