import type { DeployEvent } from '../deploy/events.ts'
import type { Deployment, Outcome } from '../engine/ledger.ts'
import { createEventRenderer } from '../report/event.ts'
import { path, withQuery, ServerError, type Client } from './client.ts'
import { exitInterrupted, listenForInterrupt } from './interrupt.ts'
import { layoutOf, note, print, printJson } from './output.ts'

export interface FollowOptions {
  /** Only the deployment as it ended goes to stdout; its events go to stderr. */
  json?: boolean | undefined
}

/**
 * Shows a deployment until it ends, and lets its outcome decide what this process exits with; null when it was left. The first Ctrl-C ends the
 * watching only: like one that came with a push, the deployment goes on.
 */
export async function followDeployment(
  client: Client,
  app: string,
  number: number,
  { json = false }: FollowOptions = {},
): Promise<Outcome | null> {
  using interrupt = listenForInterrupt()
  const [write, stream] = json ? [note, process.stderr] : [print, process.stdout]
  const render = createEventRenderer(layoutOf(stream))
  let outcome: Outcome | null = null
  const events = withQuery(path`/apps/${app}/deployments/${number}/events`, { follow: true })
  for await (const event of client.events<DeployEvent>('GET', events, null, interrupt.signal)) {
    for (const line of render(event)) write(line)
    if (event.type === 'deployment.finished') outcome = event.outcome
  }
  if (outcome === null) {
    if (!interrupt.signal.aborted) throw notEnded(number)
    leaveDeployment(app, number)
    return null
  }
  if (json) await printDeployment(client, app, number)
  if (!isGood(outcome)) process.exitCode = 1
  return outcome
}

/** Says how to come back to a deployment that nobody watches any more. */
export function leaveDeployment(app: string, number: number): void {
  note(`-----> Deployment ${number} of ${app} goes on without you`)
  note(`       Watch it with \`gantry deployment logs ${number} --app ${app} -f\``)
  note(`       Cancel it with \`gantry deployment cancel ${number} --app ${app}\``)
  exitInterrupted()
}

export async function printDeployment(client: Client, app: string, number: number): Promise<void> {
  printJson(await client.get<Deployment>(path`/apps/${app}/deployments/${number}`))
}

export function isGood(outcome: Deployment['status']): boolean {
  return outcome === 'succeeded' || outcome === 'unchanged'
}

function notEnded(number: number): ServerError {
  return new ServerError(`the server stopped telling about deployment #${number} before it ended`, {
    hint: `see what became of it: gantry deployment show ${number}`,
  })
}
