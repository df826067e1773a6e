import { createHash } from 'node:crypto'

/** SHA-256 of a JSON value, in hex; the order of keys makes no difference. */
export function fingerprintOf(value: unknown): string {
  return createHash('sha256').update(canonicalJson(value)).digest('hex')
}

function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, each: unknown) =>
    typeof each === 'object' && each !== null && !Array.isArray(each)
      ? // An array of pairs keeps a key called `__proto__`, which an assignment would lose.
        Object.entries(each).sort(([a], [b]) => (a < b ? -1 : 1))
      : each,
  )
}
