import type { Behaviour, ContainerRun } from '../../test/fakes/aws/ecs/behaviour.ts'

/** What the programs of examples/parcels do, where no container really runs; times in seconds. */
export function parcels({ command, environment }: ContainerRun): Behaviour {
  const line = command.join(' ')
  if (line.includes('/bin/migrate')) {
    return { lines: ['create table parcels', 'add column weight'], exit: { after: 2, code: 0 } }
  }
  if (line.includes('--express')) {
    return { lines: ['/bin/worker: unknown option --express'], exit: { after: 3, code: 2 } }
  }
  if (line.includes('/bin/worker')) {
    return { lines: [`sorts a parcel every ${environment['PAUSE'] ?? '5'} s`, 'parcel sorted'], exit: null }
  }
  return { lines: [`listening on ${environment['PORT'] ?? '8000'}`], exit: null }
}
