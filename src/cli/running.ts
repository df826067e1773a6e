import type { Running, RunningProcess } from '../engine/running.ts'
import { noProcess } from '../engine/no-process.ts'

/** @throws NotFoundError that names those there are */
export function findProcess({ processes }: Running, app: string, name: string): RunningProcess {
  const found = processes.find(({ spec }) => spec.name === name)
  if (found !== undefined) return found
  throw noProcess(
    app,
    name,
    processes.map(({ spec }) => spec.name),
  )
}
