import type { IncomingMessage } from 'node:http'

import type { UserError } from '../app/errors.ts'
import { noGantry } from './connection-error.ts'
import type { Endpoint } from './endpoint.ts'

/** Bytes of an answer: more than the longest list of anything. */
const LARGEST = 64 * 1024 * 1024

/** Bytes of an answer that says why not. */
export const LARGEST_REFUSAL = 1024 * 1024

/** Milliseconds that a server may keep quiet in the middle of an answer. */
export const LONGEST_SILENCE = 60_000

/** What an answer holds, as text. Rejects where it is larger than that, and with whatever cut it off. */
export async function bodyOf(response: IncomingMessage, largest = LARGEST): Promise<string> {
  response.setTimeout(LONGEST_SILENCE, () => response.destroy(new Error('it said nothing any more')))
  let [body, size] = ['', 0]
  for await (const chunk of response.setEncoding('utf8') as AsyncIterable<string>) {
    size += chunk.length
    if (size > largest) throw new RangeError(`it sent more than ${largest / 1024 / 1024} MB`)
    body += chunk
  }
  return body
}

/** What an answer or an event says. */
export function jsonOf(endpoint: Endpoint, text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    throw foreign(endpoint, 'what it sent as JSON is none')
  }
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export function objectOf(endpoint: Endpoint, value: unknown): object {
  if (isObject(value)) return value
  throw foreign(endpoint, 'it sent something else than was asked for')
}

export function listOf(endpoint: Endpoint, value: unknown): object[] {
  if (Array.isArray(value) && value.every(isObject)) return value
  throw foreign(endpoint, 'it sent something else than the list that was asked for')
}

/** What is said where an answer is not one of Gantry's API. */
export function foreign(endpoint: Endpoint, because: string): UserError {
  return noGantry(endpoint.kind === 'home' ? endpoint.socketPath : endpoint.name, because)
}
