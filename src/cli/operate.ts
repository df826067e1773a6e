import type { Deployment } from '../engine/ledger.ts'
import { path, type Client } from './client.ts'
import { followDeployment, type FollowOptions } from './follow.ts'

/** What is asked of one process: fields to set as raw texts, which the server reads, and fields to hand back. */
export interface Operation {
  process: string
  set?: Record<string, string>
  unset?: readonly string[]
  restart?: boolean
}

/** What the API takes as the title of a deployment. */
const LONGEST_TITLE = 300

/** Changes processes by hand and watches the deployment that makes it true. */
export async function operate(
  client: Client,
  app: string,
  title: string,
  operations: readonly Operation[],
  options: FollowOptions,
): Promise<void> {
  const { number } = await client.post<Deployment>(path`/apps/${app}/operations`, {
    title: title.slice(0, LONGEST_TITLE),
    operate: operations,
  })
  await followDeployment(client, app, number, options)
}
