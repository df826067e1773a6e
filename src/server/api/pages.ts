import { z } from 'zod'

import { Limit } from './input.ts'

/** A part of a list, the newest first. */
export interface Page<T> {
  items: T[]
  /** Behind which entry the rest begins; null at the end. */
  next: unknown
}

const LONGEST_CURSOR = 500

/**
 * The parameters of a list. A cursor names the last entry that was given, so pages neither repeat nor leave out what was
 * there when the first one was given, whatever comes meanwhile.
 */
export function pageQuery<Key extends z.ZodType>(key: Key) {
  return z.strictObject({
    limit: Limit,
    cursor: z
      .string()
      .max(LONGEST_CURSOR)
      .transform((text, context): z.output<Key> => {
        const read = key.safeParse(decodeCursor(text))
        if (read.success) return read.data
        context.addIssue('not a cursor of this list: take the one of its `Link` header')
        return z.NEVER
      })
      .exactOptional()
      .meta({ description: 'Where to go on, from the `Link` header of the page before.' }),
  })
}

/** Asks for one more than is given, to know whether there is more. */
export async function pageOf<T>(
  limit: number,
  fetch: (limit: number) => Promise<T[]> | T[],
  keyOf: (last: T) => unknown,
): Promise<Page<T>> {
  const found = await fetch(limit + 1)
  const items = found.slice(0, limit)
  return { items, next: found.length > limit ? keyOf(items.at(-1)!) : null }
}

export function encodeCursor(key: unknown): string {
  return Buffer.from(JSON.stringify(key)).toString('base64url')
}

function decodeCursor(text: string): unknown {
  try {
    return JSON.parse(Buffer.from(text, 'base64url').toString('utf8')) as unknown
  } catch {
    return undefined
  }
}
