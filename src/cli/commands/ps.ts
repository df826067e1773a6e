import type { CommandUnknownOpts } from '@commander-js/extra-typings'

import { instanceCount } from '../../app/spec.ts'
import type { Instance, RunningProcess } from '../../engine/running.ts'
import { age } from '../age.ts'
import { aboutApp } from '../app-option.ts'
import { connectToApp } from '../connect.ts'
import { examples } from '../help.ts'
import { note, printJson, printTable } from '../output.ts'
import { findProcess } from '../running.ts'

export function addPs(program: CommandUnknownOpts): void {
  aboutApp(
    program
      .command('ps')
      .description('list what runs: each instance with its state, age and address')
      .argument('[process]', 'only this process')
      .option('--json', 'print JSON'),
  )
    .addHelpText('after', examples('gantry ps', 'gantry ps worker', 'gantry ps --app hello --json'))
    .action(async (process, options) => {
      const control = await connectToApp(options)
      const running = await control.running({ instances: true })
      const processes =
        process === undefined ? running.processes : [findProcess(running, control.app, process)]
      if (options.json) printJson({ ...running, processes })
      else if (processes.length === 0) note(`nothing was deployed to ${control.app} yet`)
      else
        printTable(
          ['NAME', 'STATE', 'AGE', 'ADDRESS', 'RESTARTS', 'LAST EXIT', 'IMAGE'],
          processes.flatMap(rowsOf),
        )
    })
}

function rowsOf({ spec, instances }: RunningProcess): string[][] {
  if (instances.length > 0) return instances.map(rowOf)
  return [[spec.name, spec.disabled ? 'stopped' : `none of ${instanceCount(spec)}`]]
}

function rowOf({ id, state, since, address, restarts, last_exit, image }: Instance): string[] {
  const shortImage = /^[0-9a-f]{40,}$/.test(image) ? image.slice(0, 12) : image
  return [id, state, age(since), address ?? '-', String(restarts), last_exit ?? '-', shortImage]
}
