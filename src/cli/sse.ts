export interface ServerEvent {
  /** What the last event that had an id had; empty before the first one. */
  id: string
  data: string
}

/**
 * The events of a stream of Server-Sent Events (HTML standard, 9.2). Comments and other fields are passed over, and so
 * is an event that the stream's end cuts off.
 */
export async function* serverEvents(chunks: AsyncIterable<string>): AsyncGenerator<ServerEvent> {
  let rest = ''
  let data: string[] = []
  let id = ''
  for await (const chunk of chunks) {
    const lines = (rest + chunk).split('\n')
    rest = lines.pop()!
    for (const line of lines.map((each) => each.replace(/\r$/, ''))) {
      id = valueOf('id', line) ?? id
      const more = valueOf('data', line)
      if (more !== null) data.push(more)
      if (line !== '' || data.length === 0) continue
      yield { id, data: data.join('\n') }
      data = []
    }
  }
}

function valueOf(field: string, line: string): string | null {
  return line.startsWith(`${field}:`) ? line.slice(field.length + 1).replace(/^ /, '') : null
}
