import type {
  ListTagsForResourceRequest,
  Tag,
  TagResourceRequest,
  UntagResourceRequest,
} from '@aws-sdk/client-ecs'

import { definitionOf } from './definitions.ts'
import { invalid } from './refusals.ts'
import type { World } from './world.ts'

const MOST_TAGS = 50
const ALLOWED = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u

/** Refuses what the model's Tag says of keys and values. */
export function checkTags(tags: readonly Tag[]): void {
  for (const { key, value = '' } of tags) {
    if (key === undefined || key.length < 1 || key.length > 128) {
      invalid('Tag keys must be between 1 and 128 characters.')
    }
    if (value.length > 256) invalid(`The value of tag ${key} is longer than 256 characters.`)
    if (!ALLOWED.test(key) || !ALLOWED.test(value)) {
      invalid(`Tag ${key} contains invalid characters. Allowed are letters, spaces, numbers and _.:/=+-@`)
    }
    if (key.toLowerCase().startsWith('aws:')) invalid(`Tag key ${key} is reserved: it starts with aws:`)
  }
  if (new Set(tags.map(({ key }) => key)).size < tags.length) invalid('Duplicate tag keys found.')
  if (tags.length > MOST_TAGS) invalid(`A resource can have ${MOST_TAGS} tags at most.`)
}

export function tagResource(world: World, { resourceArn = '', tags = [] }: TagResourceRequest): unknown {
  const resource = tagged(world, resourceArn)
  checkTags(tags)
  const names = new Set(tags.map(({ key }) => key))
  const merged = [...resource.tags.filter(({ key }) => !names.has(key)), ...tags]
  const counted = merged.filter(({ key }) => !key?.startsWith('aws:'))
  if (counted.length > MOST_TAGS) invalid(`A resource can have ${MOST_TAGS} tags at most.`)
  resource.tags = merged
  return {}
}

export function untagResource(
  world: World,
  { resourceArn = '', tagKeys = [] }: UntagResourceRequest,
): unknown {
  const resource = tagged(world, resourceArn)
  resource.tags = resource.tags.filter(({ key }) => !tagKeys.includes(key ?? ''))
  return {}
}

export function listTagsForResource(world: World, { resourceArn = '' }: ListTagsForResourceRequest): unknown {
  return { tags: tagged(world, resourceArn).tags }
}

function tagged(world: World, resourceArn: string): { tags: Tag[] } {
  const [, kind, path = ''] = /^arn:aws:ecs:[^:]*:[^:]*:([^/]+)\/(.+)$/.exec(resourceArn) ?? []
  const [cluster = '', name = ''] = path.split('/')
  if (kind === 'task-definition') return definitionOf(world, path) ?? missing()
  if (kind === 'cluster') return world.clusters.get(path) ?? missing()
  if (kind === 'task') return world.tasks.get(name) ?? missing()
  if (kind !== 'service') return invalid('Invalid identifier: Unsupported resource type')
  const service = world.service(world.cluster(cluster), name)
  return service === undefined || service.status === 'INACTIVE' ? missing() : service
}

function missing(): never {
  invalid('The specified resource could not be found.')
}
