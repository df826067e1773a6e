import { NotFoundError } from '../app/errors.ts'
import type { Running, RunningProcess } from '../engine/engine.ts'
import { path, type Client } from './client.ts'

export function readRunning(client: Client, app: string): Promise<Running> {
  return client.get<Running>(path`/apps/${app}/running`)
}

/** @throws NotFoundError that names those there are */
export function findProcess({ processes }: Running, app: string, name: string): RunningProcess {
  const found = processes.find(({ spec }) => spec.name === name)
  if (found !== undefined) return found
  throw new NotFoundError(`${app} has no process ${JSON.stringify(name)}`, {
    hint: `there are: ${processes.map(({ spec }) => spec.name).join(', ') || 'none yet'}`,
  })
}
