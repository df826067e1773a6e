import { UserError } from '../../app/errors.ts'
import type { LogLine, LogQuery } from '../../engine/logs.ts'
import type { StreamedEvent } from './events.ts'

type Lines = AsyncIterable<LogLine>
type Named = AsyncGenerator<StreamedEvent<LogLine>>

/** For a stream that has the same lines every time: a line's id is how many there are up to it. */
export function countedFrom(lastEventId: string | null): (lines: Lines) => Named {
  if (lastEventId !== null && !/^\d{1,15}$/.test(lastEventId)) throw unknownId()
  const seen = Number(lastEventId ?? 0)
  return async function* (lines) {
    let count = 0
    for await (const data of lines) {
      count += 1
      if (count > seen) yield { id: String(count), data }
    }
  }
}

/**
 * For a stream of the last lines and what comes: a line's id is its time, and how many of that very time there are up to
 * it. `narrow` asks for what is missing, however much that is.
 */
export function timedFrom(lastEventId: string | null): {
  narrow: (query: Omit<LogQuery, 'signal'>) => Omit<LogQuery, 'signal'>
  from: (lines: Lines) => Named
} {
  const last = lastEventId === null ? null : positionOf(lastEventId)
  return {
    narrow: (query) => {
      if (last === null) return query
      const since = query.since !== undefined && query.since > last.time ? query.since : last.time
      return { ...query, since, lines: Infinity }
    },
    from: async function* (lines) {
      let time = ''
      let count = 0
      for await (const data of lines) {
        // What arrives late takes nobody back: it would make those behind it come twice.
        if (data.time >= time) {
          count = data.time === time ? count + 1 : 1
          time = data.time
          if (time === last?.time && count <= last.count) continue
        }
        yield { id: `${time}/${count}`, data }
      }
    },
  }
}

function positionOf(lastEventId: string): { time: string; count: number } {
  const [, time, count] = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)\/(\d{1,9})$/.exec(lastEventId) ?? []
  if (time === undefined) throw unknownId()
  return { time, count: Number(count) }
}

function unknownId(): UserError {
  return new UserError('this Last-Event-ID is not of this stream')
}
