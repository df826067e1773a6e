import type { AppId } from '../../../app/app.ts'
import type { Clock } from '../../../app/clock.ts'
import { KEPT_RELEASES } from '../../ledger.ts'
import { parameterRoot } from '../names.ts'
import { readHead, readPartName } from './document-format.ts'
import { KEPT_DEPLOYMENTS } from './ledger-entries.ts'
import { lockParameter } from './parameter-names.ts'
import { REUSE, type ListedParameter, type ParameterStore } from './parameter-store.ts'
import type { State } from './state.ts'

/** Seconds after which nobody can still be at work on a document whose parts were written. */
const WRITE_LIMIT = 3_600

/** Deletes what is too old to be kept, and parts that belong to no value any more. */
export async function deleteOld(
  store: ParameterStore,
  clock: Clock,
  app: AppId,
  state: State,
): Promise<void> {
  const listed = await store.list(parameterRoot(app))
  const old = new Set(listed.filter(({ name }) => isOld(app, name, state)).map(({ name }) => name))
  const parts = listed.filter(
    ({ name, modified }) =>
      !old.has(name) && readPartName(name) !== null && clock.now() - modified > WRITE_LIMIT * 1_000,
  )
  await store.delete([...old, ...(await orphans(store, parts))])
}

/**
 * Deletes everything of an app. The lock goes last: until then nobody else begins anything. Resolves when an app of the same
 * name may be made.
 */
export async function deleteAll(store: ParameterStore, clock: Clock, app: AppId): Promise<void> {
  const names = (await store.list(parameterRoot(app))).map(({ name }) => name)
  const lock = lockParameter(app)
  await store.delete(names.filter((name) => name !== lock))
  await store.delete(names.filter((name) => name === lock))
  await clock.sleep(REUSE)
}

function isOld(app: AppId, name: string, { deployment, release, settled }: State): boolean {
  const [, kind, text] =
    /^(deployments|releases|cancel)\/(\d+)(?:\.|$)/.exec(name.slice(parameterRoot(app).length)) ?? []
  const number = Number(text)
  if (kind === 'releases') return number <= release - KEPT_RELEASES
  if (kind === 'cancel') return number <= settled
  return kind === 'deployments' && number <= Math.min(settled, deployment - KEPT_DEPLOYMENTS)
}

/** The parts whose document is gone, or is of another value by now. */
async function orphans(store: ParameterStore, parts: readonly ListedParameter[]): Promise<string[]> {
  const found = parts.map(({ name }) => ({ name, ...readPartName(name)! }))
  const heads = await store.get([...new Set(found.map(({ head }) => head))])
  return found
    .filter(({ head, hash }) => {
      const parameter = heads.get(head)
      return parameter === undefined || readHead(head, parameter.value).hash !== hash
    })
    .map(({ name }) => name)
}
