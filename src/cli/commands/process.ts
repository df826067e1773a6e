import type { CommandUnknownOpts } from '@commander-js/extra-typings'

import { showImage } from '../../app/image.ts'
import { instanceCount } from '../../app/spec.ts'
import type { RunningProcess } from '../../engine/running.ts'
import { aboutApp } from '../app-option.ts'
import { connectToApp } from '../connect.ts'
import { examples } from '../help.ts'
import { note, printJson, printTable } from '../output.ts'
import { addProcessChanges } from './process-changes.ts'
import { addCreate } from './process-create.ts'
import { addDelete } from './process-delete.ts'
import { addShow } from './process-show.ts'

export function addProcess(program: CommandUnknownOpts): void {
  const process = program
    .command('process')
    .description('look at processes, and make, change and delete them by hand')
    .addHelpText(
      'after',
      examples('gantry process list', 'gantry process set worker memory=2', 'gantry process stop worker'),
    )
  addList(process)
  addShow(process)
  addCreate(process)
  addProcessChanges(process)
  addDelete(process)
}

function addList(process: CommandUnknownOpts): void {
  aboutApp(
    process
      .command('list')
      .description('list the processes with their counts and what was set by hand')
      .option('--json', 'print JSON'),
  )
    .addHelpText('after', examples('gantry process list', 'gantry process list --app hello --json'))
    .action(async (options) => {
      const control = await connectToApp(options)
      const { processes } = await control.running({ instances: true })
      if (options.json) printJson(processes)
      else if (processes.length === 0) note(`nothing was deployed to ${control.app} yet`)
      else
        printTable(
          ['NAME', 'STATE', 'UP', 'DEMAND', 'SPOT', 'EXTRAS', 'IMAGE', 'MADE BY', 'SET BY OPERATOR'],
          processes.map(cellsOf),
        )
    })
}

function cellsOf({ spec, owned, origin, instances }: RunningProcess): string[] {
  const up = instances.filter(({ state }) => state === 'up').length
  return [
    spec.name,
    spec.disabled ? 'stopped' : 'started',
    `${up} of ${instanceCount(spec)}`,
    String(spec.demand_count),
    String(spec.spot_count),
    spec.scale_type === 'none' ? '-' : `${spec.scale_count} ${spec.scale_type}`,
    showImage(spec.image),
    origin,
    Object.keys(owned).join(', ') || '-',
  ]
}
