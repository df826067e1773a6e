import type { AppId } from '../app/app.ts'
import { NotFoundError } from '../app/errors.ts'
import type { Deployment, Ledger } from '../engine/ledger.ts'

/** @throws NotFoundError */
export async function findDeployment(ledger: Ledger, app: AppId, number: number): Promise<Deployment> {
  const deployment = await ledger.deployment(app, number)
  if (deployment !== null) return deployment
  throw new NotFoundError(`${app.name} has no deployment #${number}`, {
    hint: '`gantry deployment list` shows them',
  })
}
