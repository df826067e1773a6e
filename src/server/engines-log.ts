import type { AppId } from '../app/app.ts'
import { isoNow, type Clock } from '../app/clock.ts'
import { messageOf } from '../app/errors.ts'
import { EventBatches } from '../deploy/event-batches.ts'
import type { DeployEvent } from '../deploy/events.ts'
import { findDeployment } from '../deploy/find-deployment.ts'
import type { TellInterrupted } from '../deploy/interrupted.ts'
import type { DeploymentLog } from '../deploy/remote.ts'
import type { AppEngine } from './engines.ts'
import type { EntryQuery, EventLog, LogEntry } from './event-log.ts'

/** Where the events of one deployment go. */
export interface EventSink {
  emit(event: DeployEvent): void
  /** Where the engine leaves it to the next deployment to finish what one has left that died. */
  tellInterrupted?: TellInterrupted
  /** Resolves when all is stored that could be. */
  close(): Promise<void>
}

/** Of one that this server carries out: its own log, and the one that other doors to the engine read. */
export function sinkOf(
  events: EventLog,
  { remote }: AppEngine,
  { app, number, clock }: { app: AppId; number: number; clock: Clock },
): EventSink {
  events.open(app, number)
  const keep = (event: DeployEvent): void => events.append(app, number, event)
  if (remote === null) return { emit: keep, close: async () => {} }
  return sharedSink(remote.log, events, { app, number, clock, keep })
}

function sharedSink(
  log: DeploymentLog,
  events: EventLog,
  {
    app,
    number,
    clock,
    keep,
  }: { app: AppId; number: number; clock: Clock; keep: (event: DeployEvent) => void },
): EventSink {
  const batches = new EventBatches(log, app, clock, (error) => {
    const text = `other doors do not see the log of this deployment: ${messageOf(error)}`
    keep({ at: isoNow(clock), type: 'notice', text })
  })
  return {
    emit: (event) => {
      batches.add(number, event)
      keep(event)
    },
    tellInterrupted: (interrupted, event) => {
      batches.add(interrupted.number, event)
      // One of another door is read from there.
      if (events.has(app, interrupted.number)) events.append(app, interrupted.number, event)
    },
    close: () => batches.close(),
  }
}

/** The events of a deployment, whichever door has carried it out. */
export async function* entriesOf(
  events: EventLog,
  { engine, remote }: AppEngine,
  { app, number }: { app: AppId; number: number },
  query: EntryQuery,
): AsyncGenerator<LogEntry> {
  if (remote === null || events.has(app, number)) {
    yield* events.entries(app, number, query)
    return
  }
  const { after, follow, signal } = query
  const { finished_at } = await findDeployment(engine.ledger, app, number)
  let sequence = 0
  for await (const line of remote.log.read(app, number, follow && finished_at === null, signal)) {
    sequence += 1
    if (sequence > after) yield { sequence, event: JSON.parse(line) as DeployEvent }
  }
}
