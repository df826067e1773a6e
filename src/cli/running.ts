import { NotFoundError } from '../app/errors.ts'
import type { Running, RunningProcess } from '../engine/engine.ts'

/** @throws NotFoundError that names those there are */
export function findProcess({ processes }: Running, app: string, name: string): RunningProcess {
  const found = processes.find(({ spec }) => spec.name === name)
  if (found !== undefined) return found
  throw new NotFoundError(`${app} has no process ${JSON.stringify(name)}`, {
    hint: `there are: ${processes.map(({ spec }) => spec.name).join(', ') || 'none yet'}`,
  })
}
