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

/** Reads `12`, `#12` and `v12`: the number of a deployment as it is shown. */
export function readDeployment(text: string): number {
  return readNumber(text, 'It is the number of a deployment, as in 12: see `gantry deployment list`.')
}

/** Reads `3`, `#3` and `v3`: the number of a release as it is shown. */
export function readRelease(text: string): number {
  return readNumber(text, 'It is the number of a release, as in v3: see `gantry release list`.')
}

function readNumber(text: string, expected: string): number {
  const [, digits] = /^[#v]?([1-9]\d{0,8})$/.exec(text) ?? []
  if (digits === undefined) throw new InvalidArgumentError(expected)
  return Number(digits)
}
