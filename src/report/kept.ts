import { isDeepStrictEqual } from 'node:util'

import { DEFAULT_ROLLOUT } from '../plan/operator-process.ts'
import type { KeptField } from '../plan/types.ts'
import { clean } from './clean.ts'
import { isMap, showValue } from './values.ts'

/**
 * What an operator has set and a plan keeps, a line each: `memory 2 GB (set by operator; config says 1 GB)`. Of a map, which
 * is owned as a whole, the entries that are not what they would be otherwise.
 */
export function showKept({ field, value, config }: KeptField): string[] {
  // Of one that only an operator knows nothing is said, and what it would be is the default.
  const otherwise = config === undefined && field === 'rollout' ? DEFAULT_ROLLOUT : config
  if (!isMap(value) || !isMap(otherwise)) return [showOne({ field, value, config })]
  const differing = Object.entries(value).filter(([key, each]) => !isDeepStrictEqual(each, otherwise[key]))
  if (differing.length === 0) {
    return [
      `${clean(field)} (set by operator; ${config === undefined ? 'as by default' : 'config says the same'})`,
    ]
  }
  return differing.map(([key, each]) =>
    showOne({ field: `${field}.${key}`, value: each, ...(isMap(config) && { config: config[key] }) }),
  )
}

function showOne({ field, value, config }: KeptField): string {
  const name = clean(field)
  if (/^(?:env|secrets)\./.test(field))
    return `${name} (set by hand; config says ${showValue(field, config)})`
  const says =
    config === undefined
      ? ''
      : isDeepStrictEqual(value, config)
        ? '; config says the same'
        : `; config says ${showValue(field, config)}`
  return `${name} ${showValue(field, value)} (set by operator${says})`
}
