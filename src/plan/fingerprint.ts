import { createHash } from 'node:crypto'

import { canonicalJson } from '../app/canonical-json.ts'

/** SHA-256 of a JSON value, in hex; the order of keys makes no difference. */
export function fingerprintOf(value: unknown): string {
  return createHash('sha256').update(canonicalJson(value)).digest('hex')
}
