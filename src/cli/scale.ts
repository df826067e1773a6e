import type { Process } from '../app/app.ts'
import { UserError } from '../app/errors.ts'

/** What is asked for one process: a number of on-demand instances, or more or fewer of them; and of spot instances. */
export type Scaling = { process: string } & ({ demand: number; spot: number | null } | { by: number })

type Counts = Pick<Process, 'name' | 'demand_count' | 'spot_count'>

const NAME = '[a-z0-9]+(?:-[a-z0-9]+)*'
const ABSOLUTE = new RegExp(`^(${NAME})=(\\d{1,6})(?:\\+(\\d{1,6}))?$`)
const RELATIVE = new RegExp(`^(${NAME})([+-]\\d{1,6})$`)

/**
 * Reads `web=3` (on-demand instances), `worker=2+1` (on-demand and spot), `beat+1` and `web-1` (more, fewer).
 *
 * @throws UserError
 */
export function parseScaling(words: readonly string[]): Scaling[] {
  const scalings = words.map(parseWord)
  const twice = scalings.find(
    ({ process }, index) => scalings.findIndex((each) => each.process === process) !== index,
  )
  if (twice !== undefined) throw new UserError(`${twice.process} is given twice`)
  return scalings
}

function parseWord(word: string): Scaling {
  const [, process, demand, spot] = ABSOLUTE.exec(word) ?? []
  if (process !== undefined)
    return { process, demand: Number(demand), spot: spot === undefined ? null : Number(spot) }
  const [, name, by] = RELATIVE.exec(word) ?? []
  if (name !== undefined) return { process: name, by: Number(by) }
  throw new UserError(`cannot scale by ${JSON.stringify(word)}`, {
    hint: 'write web=3, worker=2+1 (on-demand + spot instances), web+1 or web-1',
  })
}

/**
 * The fields to set, from the counts as they are now.
 *
 * @throws UserError when there would be fewer than none, or nobody knows how many there are
 */
export function scaledFields(scaling: Scaling, processes: readonly Counts[]): Record<string, string> {
  if ('demand' in scaling) {
    const { demand, spot } = scaling
    return { demand_count: String(demand), ...(spot !== null && { spot_count: String(spot) }) }
  }
  const now = processes.find(({ name }) => name === scaling.process)
  if (now === undefined) {
    throw new UserError(`there is no process ${scaling.process}`, {
      hint: `there are: ${processes.map(({ name }) => name).join(', ') || 'none yet'}`,
    })
  }
  const demand = now.demand_count + scaling.by
  if (demand < 0)
    throw new UserError(`${scaling.process} has ${now.demand_count} on-demand instances, no more can go`)
  return { demand_count: String(demand) }
}

/** The counts as words that can be fed back: `web=3 worker=2+1`. */
export function showScaling(processes: readonly Counts[]): string {
  return processes
    .map(
      ({ name, demand_count, spot_count }) =>
        `${name}=${demand_count}${spot_count > 0 ? `+${spot_count}` : ''}`,
    )
    .join(' ')
}
