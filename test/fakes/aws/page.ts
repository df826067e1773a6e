import { AwsError } from './aws-error.ts'

export interface PageRequest<Item> {
  /** What the items are sorted by: unique, and the same in every call. */
  key: (item: Item) => string
  descending?: boolean
  limit: number
  token: string | undefined
  /** The error code for a token that no page gave out. */
  invalid: string
}

/**
 * One page of a list. The token names the last item of the page, so that what is added or removed between two pages neither hides nor
 * repeats another item.
 */
export function page<Item>(
  items: readonly Item[],
  { key, descending = false, limit, token, invalid }: PageRequest<Item>,
): { items: Item[]; token: string | undefined } {
  const order = (one: string, other: string) => (descending ? compare(other, one) : compare(one, other))
  const sorted = items.toSorted((one, other) => order(key(one), key(other)))
  const after = token === undefined ? null : read(token, invalid)
  const rest = after === null ? sorted : sorted.filter((item) => order(key(item), after) > 0)
  const taken = rest.slice(0, limit)
  const last = taken.at(-1)
  const more = rest.length > taken.length && last !== undefined
  return { items: taken, token: more ? write(key(last)) : undefined }
}

function compare(one: string, other: string): number {
  if (one === other) return 0
  return one < other ? -1 : 1
}

function write(key: string): string {
  return Buffer.from(JSON.stringify({ after: key })).toString('base64url')
}

function read(token: string, invalid: string): string {
  try {
    const { after } = JSON.parse(Buffer.from(token, 'base64url').toString()) as { after?: unknown }
    if (typeof after === 'string') return after
  } catch {
    // No token of ours: refused below.
  }
  throw new AwsError(invalid, 'The specified token is not valid.')
}
