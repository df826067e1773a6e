import { InvalidArgumentError } from '@commander-js/extra-typings'

import { parseDuration } from '../app/duration.ts'

const ISO_TIME = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:\d\d)?)?$/

/**
 * Reads how long ago, as in `10m`, or an ISO time: a day begins in UTC, a time without an offset is local.
 *
 * @param now milliseconds since the epoch
 * @returns an ISO time in UTC
 * @throws InvalidArgumentError
 */
export function readSince(text: string, now: number): string {
  const seconds = parseDuration(text)
  // What was never cannot be counted back to.
  if (seconds !== null) return new Date(Math.max(0, now - seconds * 1_000)).toISOString()
  const time = ISO_TIME.test(text) ? Date.parse(text) : NaN
  if (Number.isNaN(time)) {
    throw new InvalidArgumentError('It is how long ago, as in 10m, or an ISO time: 2026-03-10T12:00:00Z.')
  }
  return new Date(time).toISOString()
}
