import { NotFoundError } from '../../app/errors.ts'
import type { Image } from '../../app/image.ts'

const TAG = /^(?:(?:key:)?(?<key>[0-9a-f]{6,64})|(?:release:)?(?<release>v\d+))$/

/** What stands for tags here: `key:HEX` or the digits alone, `release:vN` or `vN`. */
export function taggedImage(tag: string): Image {
  const { key, release } = TAG.exec(tag)?.groups ?? {}
  if (key !== undefined) return { kind: 'pinned', reference: `key:${key}` }
  if (release !== undefined) return { kind: 'pinned', reference: `release:${release}` }
  throw new NotFoundError(`no image here has the tag ${JSON.stringify(tag.slice(0, 80))}`, {
    hint: 'name a release, `release:v3`, or the digits of a content key, `key:3f9c2a`',
  })
}
