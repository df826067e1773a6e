const OBJECT_ID = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/

/** A full SHA-1 or SHA-256 name, as git prints it. */
export function isObjectId(text: string): boolean {
  return OBJECT_ID.test(text)
}

/** `000…0`, which stands for "no such ref" in pushes and ref updates. */
export function isZero(id: string): boolean {
  return /^0+$/.test(id)
}

/** Zeros as long as the names of this repository's objects. */
export function zeroLike(id: string): string {
  return '0'.repeat(id.length)
}
