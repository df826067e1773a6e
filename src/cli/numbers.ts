import { InvalidArgumentError } from '@commander-js/extra-typings'

/** What the API gives at once. */
export const MOST_LINES = 1_000

/** What the API gives of the output of instances. */
export const MOST_LOG_LINES = 10_000

/** Reads how many of something are asked for. */
export function readCount(text: string): number {
  return readUpTo(MOST_LINES, text)
}

/** Reads how many lines of logs are asked for. */
export function readLineCount(text: string): number {
  return readUpTo(MOST_LOG_LINES, text)
}

function readUpTo(most: number, text: string): number {
  const count = /^\d{1,9}$/.test(text) ? Number(text) : 0
  if (count < 1 || count > most) throw new InvalidArgumentError(`It is a number from 1 to ${most}.`)
  return count
}

/** Reads `12`, `#12` and `v12`: numbers of deployments and releases as they are shown. */
export function readNumber(text: string): number {
  const [, digits] = /^[#v]?([1-9]\d{0,8})$/.exec(text) ?? []
  if (digits === undefined) throw new InvalidArgumentError('It is a number, as in 12.')
  return Number(digits)
}
