import type { CommandUnknownOpts } from '@commander-js/extra-typings'

import { aboutApp } from '../app-option.ts'
import { connectToApp } from '../connect.ts'
import { examples } from '../help.ts'
import { note, print, printJson } from '../output.ts'
import { parseScaling, scaledFields, showScaling } from '../scale.ts'
import { watch } from '../watch.ts'

export function addScale(program: CommandUnknownOpts): void {
  aboutApp(
    program
      .command('scale')
      .description('change how many instances processes have; without arguments, show it')
      .argument('[counts...]', 'NAME=DEMAND, NAME=DEMAND+SPOT, NAME+MORE or NAME-FEWER')
      .option('--json', 'print JSON: the counts, or the deployment when it has ended'),
  )
    .addHelpText(
      'after',
      examples('gantry scale', 'gantry scale web=3 worker=2+1', 'gantry scale web+1 beat-1'),
    )
    .action(async (words, options) => {
      const scalings = parseScaling(words)
      const control = await connectToApp(options)
      const specs = (await control.running()).processes.map(({ spec }) => spec)
      if (scalings.length > 0) {
        const operations = scalings.map((scaling) => ({
          process: scaling.process,
          set: scaledFields(scaling, specs),
        }))
        const title = `scale ${words.join(' ')}`
        await watch(control, (watching) => control.operate(title, operations, watching), options)
      } else if (options.json) {
        printJson(specs.map(({ name, demand_count, spot_count }) => ({ name, demand_count, spot_count })))
      } else if (specs.length === 0) note(`nothing was deployed to ${control.app} yet`)
      else print(showScaling(specs))
    })
}
