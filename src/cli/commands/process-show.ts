import type { CommandUnknownOpts } from '@commander-js/extra-typings'

import { showImage } from '../../app/image.ts'
import type { ContainerSpec } from '../../app/spec.ts'
import type { Instance, RunningProcess } from '../../engine/running.ts'
import { showValue } from '../../report/values.ts'
import { age } from '../age.ts'
import { aboutApp } from '../app-option.ts'
import { connectToApp } from '../connect.ts'
import { examples } from '../help.ts'
import { print, printJson, printTable } from '../output.ts'
import { findProcess } from '../running.ts'

export function addShow(process: CommandUnknownOpts): void {
  aboutApp(
    process
      .command('show <name>')
      .description('show every field of a process and who set it, its instances, and what happened lately')
      .option('--json', 'print JSON'),
  )
    .addHelpText('after', examples('gantry process show web', 'gantry process show web --json'))
    .action(async (name, options) => {
      const control = await connectToApp(options)
      const found = findProcess(await control.running({ instances: true }), control.app, name)
      if (options.json) return printJson(found)
      printTable(['FIELD', 'VALUE', 'SET BY'], fieldRows(found))
      if (found.instances.length > 0) {
        print('')
        printTable(
          ['INSTANCE', 'STATE', 'AGE', 'ADDRESS', 'RESTARTS', 'LAST EXIT'],
          found.instances.map(instanceRow),
        )
      }
      if (found.events.length > 0) {
        print('')
        printTable(
          ['AGO', 'EVENT'],
          found.events.map(({ at, text }) => [age(at), text]),
        )
      }
    })
}

function fieldRows({ spec, owned, origin }: RunningProcess): string[][] {
  const { name, restarts, image, env, secrets, variables, containers, ...fields } = spec
  const isOurs = origin === 'operator'
  const setBy = (field: string): string => {
    if (Object.hasOwn(owned, field)) return 'operator'
    return isOurs ? 'default' : 'config'
  }
  return [
    ['name', name, origin],
    ['image', showImage(image), setBy('image')],
    ...Object.entries(fields).flatMap(([field, value]) =>
      flattened(field, value).map(([entry, each]) => [entry, showValue(entry, each), setBy(field)]),
    ),
    ...Object.entries(containers).flatMap(([beside, container]) =>
      containerRows(`containers.${beside}`, container, setBy('containers')),
    ),
    ...(restarts === 0 ? [] : [['restarts', String(restarts), 'operator']]),
    ...Object.entries(env).map(([key, value]) => [`env.${key}`, value, 'config']),
    ...Object.entries(secrets).map(([key, reference]) => [`secrets.${key}`, reference, 'config']),
    ...Object.entries(variables).map(([key, version]) => [
      `variables.${key}`,
      `version ${version}`,
      'operator',
    ]),
  ]
}

function containerRows(path: string, { image, ...fields }: ContainerSpec, setBy: string): string[][] {
  return [
    [`${path}.image`, showImage(image), setBy],
    ...Object.entries(fields).flatMap(([field, value]) =>
      flattened(`${path}.${field}`, value).map(([entry, each]) => [entry, showValue(entry, each), setBy]),
    ),
  ]
}

/** A map as one field for each of its entries: `rollout.timeout`. */
function flattened(field: string, value: unknown): [string, unknown][] {
  const isMap = typeof value === 'object' && value !== null && !Array.isArray(value)
  return isMap ? Object.entries(value).map(([key, each]) => [`${field}.${key}`, each]) : [[field, value]]
}

function instanceRow({ id, state, since, address, restarts, last_exit }: Instance): string[] {
  return [id, state, age(since), address ?? '-', String(restarts), last_exit ?? '-']
}
