import { page } from '../page.ts'
import { invalid } from './refusals.ts'

export interface PageInput {
  maxResults?: number | undefined
  nextToken?: string | undefined
}

export interface PageRules<Item> {
  key: (item: Item) => string
  descending?: boolean
  /** Most items of a page, and how many there are when nobody asks. */
  most: number
  normal: number
}

/** A page in the terms of ECS: `maxResults` and `nextToken`. */
export function ecsPage<Item>(
  items: readonly Item[],
  { maxResults, nextToken }: PageInput,
  { key, descending = false, most, normal }: PageRules<Item>,
): { items: Item[]; nextToken: string | undefined } {
  const limit = maxResults ?? normal
  if (limit < 1 || limit > most) invalid(`maxResults must be between 1 and ${most}.`)
  const found = page(items, {
    key,
    descending,
    limit,
    token: nextToken,
    invalid: 'InvalidParameterException',
  })
  return { items: found.items, nextToken: found.token }
}
