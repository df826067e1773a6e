export interface ServerEvent {
  /** What the last event that had an id had; empty before the first one. */
  id: string
  data: string
}

/** Characters of one event: more than the longest line of output, or all that is wrong with a config. */
const LARGEST_EVENT = 16 * 1024 * 1024

/**
 * The events of a stream of Server-Sent Events (HTML standard, 9.2). Comments and other fields are passed over, and so
 * is an event that the stream's end cuts off.
 *
 * @throws RangeError for an event without an end
 */
export async function* serverEvents(chunks: AsyncIterable<string>): AsyncGenerator<ServerEvent> {
  let rest = ''
  let data: string[] = []
  let id = ''
  let size = 0
  for await (const chunk of chunks) {
    const lines = (rest + chunk).split('\n')
    rest = lines.pop()!
    if (size + rest.length > LARGEST_EVENT) throw new RangeError('it sent an event without an end')
    for (const line of lines.map((each) => each.replace(/\r$/, ''))) {
      id = valueOf('id', line) ?? id
      const more = valueOf('data', line)
      if (more !== null) {
        data.push(more)
        size += more.length
      }
      if (line !== '' || data.length === 0) continue
      yield { id, data: data.join('\n') }
      data = []
      size = 0
    }
  }
}

function valueOf(field: string, line: string): string | null {
  return line.startsWith(`${field}:`) ? line.slice(field.length + 1).replace(/^ /, '') : null
}
