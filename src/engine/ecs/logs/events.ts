import type { Account } from '../account.ts'
import { isNamed } from '../aws-error.ts'
import { CONTAINER, instanceName, logGroup } from '../names.ts'
import type { AppId } from '../../../app/app.ts'
import type { LogLine } from '../../logs.ts'

/** What one instance wrote at one moment: a line, or several. */
export interface LogEvent {
  id: string
  /** Milliseconds since the epoch. */
  time: number
  instance: string
  text: string
}

export interface EventQuery {
  app: AppId
  /** `web`, `task.migrate`; null: all. */
  component: string | null
  /** As `instanceName` has it; null: all. */
  instance: string | null
  /** Milliseconds since the epoch, both inclusive; `to` null: whatever is there. */
  from: number
  to: number | null
  signal: AbortSignal
}

const STREAM = /^([a-z0-9.-]+)\/([a-z0-9-]+)\/([\w-]+)$/

/** A component and the beginning of the id of an ECS task: `web-3f9c2a11`. */
const INSTANCE = /^([a-z0-9./-]+)-(\w{1,8})$/

/** Whose output a stream is: its component and the id of the ECS task. Null for what is no output of an instance. */
export function ownerOf(stream: string): { component: string; taskId: string } | null {
  const [, component, container, taskId] = STREAM.exec(stream) ?? []
  if (component === undefined || container === undefined || taskId === undefined) return null
  return { component: outputOf(component, container), taskId }
}

/** What the output of a container is called: `web`, or `web/proxy` for what runs beside it. */
export function outputOf(component: string, container: string): string {
  return container === CONTAINER ? component : `${component}/${container}`
}

/** What the names of the streams of an output begin with. */
export function streamsOf(output: string): string {
  return output.includes('/') ? `${output}/` : `${output}/${CONTAINER}/`
}

/** What was written in a span of time, oldest first as far as CloudWatch knows. Nothing where there is no log group. */
export async function* eventsIn({ aws }: Account, query: EventQuery): AsyncGenerator<LogEvent> {
  const { app, from, to, signal } = query
  const prefix = prefixOf(query)
  const logs = await aws.logs()
  let token: string | undefined
  do {
    const page = await logs
      .filterLogEvents(
        {
          logGroupName: logGroup(app),
          ...(prefix !== null && { logStreamNamePrefix: prefix }),
          startTime: Math.max(from, 0),
          ...(to !== null && { endTime: to }),
          ...(token !== undefined && { nextToken: token }),
        },
        { abortSignal: signal },
      )
      .catch((error: unknown) => {
        if (isNamed(error, 'ResourceNotFoundException')) return { events: [], nextToken: undefined }
        throw error
      })
    for (const { eventId, timestamp, logStreamName = '', message = '' } of page.events ?? []) {
      const owner = ownerOf(logStreamName)
      if (owner === null || eventId === undefined || timestamp === undefined) continue
      const instance = instanceName(owner.component, owner.taskId)
      if (!isWanted(query, owner.component, instance)) continue
      yield { id: eventId, time: timestamp, instance, text: message }
    }
    token = page.nextToken
  } while (token !== undefined && !signal.aborted)
}

/** What the names of the wanted streams begin with; null where that may be anything. */
function prefixOf({ component, instance }: EventQuery): string | null {
  const [, owner, taskId] = INSTANCE.exec(instance ?? '') ?? []
  if (owner !== undefined) return `${streamsOf(owner)}${taskId}`
  return component === null ? null : `${component}/`
}

function isWanted(query: EventQuery, component: string, instance: string): boolean {
  const asked = query.component ?? component
  // Of a process what runs beside it as well.
  const isOf = asked === component || component.startsWith(`${asked}/`)
  return isOf && (query.instance ?? instance) === instance
}

/** Containers have one output for both: CloudWatch does not know what was written to standard error. */
export function linesOf({ time, instance, text }: LogEvent): LogLine[] {
  const at = new Date(time).toISOString()
  return splitLines(text).map((line) => ({ time: at, instance, stream: 'out', text: line }))
}

/** The lines of an event: a driver may have been told to make one of several, and a program may overwrite its line. */
export function splitLines(text: string): string[] {
  return text.replace(/[\r\n]+$/, '').split(/\r\n|\r|\n/)
}
