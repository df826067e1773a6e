import { NotFoundError } from '../app/errors.ts'

/** Why nothing can be done with a process of this name. */
export function noProcess(app: string, name: string, known: readonly string[]): NotFoundError {
  return new NotFoundError(`${app} has no process ${JSON.stringify(name.slice(0, 80))}`, {
    hint: `there are: ${known.join(', ') || 'none yet'}`,
  })
}
