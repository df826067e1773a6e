import { AwsError } from '../aws-error.ts'
import type { LogEvent } from './log-groups.ts'

/** A place between two events of a log: in front of the event with this time and number. */
export interface Position {
  timestamp: number
  id: number
  /** Whether the page in front of it was left empty on purpose: see `LogsFake.sparse`. */
  skipped: boolean
}

export type Direction = 'f' | 'b'

export const START: Position = { timestamp: 0, id: 0, skipped: false }
/** The last millisecond that a Date can hold. */
export const END: Position = { timestamp: 8_640_000_000_000_000, id: 0, skipped: false }

export function before({ timestamp, id }: LogEvent): Position {
  return { timestamp, id, skipped: false }
}

export function after({ timestamp, id }: LogEvent): Position {
  return { timestamp, id: id + 1, skipped: false }
}

export function isBefore(event: LogEvent, position: Position): boolean {
  return (
    event.timestamp < position.timestamp || (event.timestamp === position.timestamp && event.id < position.id)
  )
}

/** `f/1767225600000/17`, as the tokens of GetLogEvents: forward or backward from a position. */
export function writeToken(direction: Direction, { timestamp, id, skipped }: Position): string {
  return `${direction}/${timestamp}/${id}${skipped ? '/s' : ''}`
}

export function readToken(token: string): { direction: Direction; position: Position } {
  const [found, direction, timestamp, id, skipped] = /^([fb])\/(\d+)\/(\d+)(\/s)?$/.exec(token) ?? []
  if (found === undefined) {
    throw new AwsError('InvalidParameterException', 'The specified nextToken is invalid.')
  }
  return {
    direction: direction as Direction,
    position: { timestamp: Number(timestamp), id: Number(id), skipped: skipped !== undefined },
  }
}
