import type { CommandUnknownOpts } from '@commander-js/extra-typings'

import { showImage } from '../../app/image.ts'
import { instanceCount } from '../../app/spec.ts'
import type { RunningProcess } from '../../engine/engine.ts'
import { showValue } from '../../report/values.ts'
import { aboutApp } from '../app-option.ts'
import { connectToApp } from '../connect.ts'
import { examples } from '../help.ts'
import { note, printJson, printTable } from '../output.ts'
import { findProcess } from '../running.ts'
import { addProcessChanges } from './process-changes.ts'

export function addProcess(program: CommandUnknownOpts): void {
  const process = program
    .command('process')
    .description('look at processes, and change them by hand')
    .addHelpText(
      'after',
      examples('gantry process list', 'gantry process set worker memory=2', 'gantry process stop worker'),
    )
  addList(process)
  addShow(process)
  addProcessChanges(process)
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
          ['NAME', 'STATE', 'UP', 'DEMAND', 'SPOT', 'IMAGE', 'SET BY OPERATOR'],
          processes.map(cellsOf),
        )
    })
}

function cellsOf({ spec, owned, instances }: RunningProcess): string[] {
  const up = instances.filter(({ state }) => state === 'up').length
  return [
    spec.name,
    spec.disabled ? 'stopped' : 'started',
    `${up} of ${instanceCount(spec)}`,
    String(spec.demand_count),
    String(spec.spot_count),
    showImage(spec.image),
    Object.keys(owned).join(', ') || '-',
  ]
}

function addShow(process: CommandUnknownOpts): void {
  aboutApp(
    process
      .command('show <name>')
      .description('show every field of a process, and who set it')
      .option('--json', 'print JSON'),
  )
    .addHelpText('after', examples('gantry process show web', 'gantry process show web --json'))
    .action(async (name, options) => {
      const control = await connectToApp(options)
      const found = findProcess(await control.running({ instances: true }), control.app, name)
      if (options.json) printJson(found)
      else printTable(['FIELD', 'VALUE', 'SET BY'], fieldRows(found))
    })
}

function fieldRows({ spec, owned, origin }: RunningProcess): string[][] {
  const { name: _, restarts: __, image, env, secrets, variables, ...fields } = spec
  const setBy = (field: string) => (Object.hasOwn(owned, field) ? 'operator' : origin)
  return [
    ['image', showImage(image), setBy('image')],
    ...Object.entries(fields).flatMap(([field, value]) =>
      flattened(field, value).map(([name, each]) => [name, showValue(name, each), setBy(field)]),
    ),
    ...Object.entries(env).map(([key, value]) => [`env.${key}`, value, origin]),
    ...Object.entries(secrets).map(([key, reference]) => [`secrets.${key}`, reference, origin]),
    ...Object.entries(variables).map(([key, version]) => [
      `variables.${key}`,
      `version ${version}`,
      'operator',
    ]),
  ]
}

/** A map as one field for each of its entries: `rollout.timeout`. */
function flattened(field: string, value: unknown): [string, unknown][] {
  const isMap = typeof value === 'object' && value !== null && !Array.isArray(value)
  return isMap ? Object.entries(value).map(([key, each]) => [`${field}.${key}`, each]) : [[field, value]]
}
