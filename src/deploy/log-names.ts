import type { AppId } from '../app/app.ts'
import { NotFoundError } from '../app/errors.ts'
import type { Engine } from '../engine/engine.ts'

/**
 * A name that never wrote anything is a mistake, and an empty answer would hide it.
 *
 * @throws NotFoundError that names those there are
 */
export async function checkLogName(engine: Engine, app: AppId, name: string): Promise<void> {
  const names = await engine.logNames(app)
  if (names.includes(name)) return
  const { processes } = await engine.observe(app)
  if (processes.some(({ spec }) => spec.name === name)) return
  const known = [...new Set([...processes.map(({ spec }) => spec.name), ...names])].toSorted()
  throw new NotFoundError(`${app.name} has no output of ${JSON.stringify(name.slice(0, 80))}`, {
    hint: known.length === 0 ? 'nothing has run yet' : `there is output of ${known.join(', ')}`,
  })
}
