import { isDeepStrictEqual } from 'node:util'

import type { App } from '../app/app.ts'
import type { BuiltImage, Image } from '../app/image.ts'
import { imageUsers } from '../app/image-users.ts'
import type { ImageChange } from './types.ts'

/** One component and the image that it is to run, or would run if no operator had pinned another one. */
export interface ImageUse {
  /** `web`, `web/proxy`, `task migrate` */
  component: string
  image: Image
}

/**
 * Every component of the config, also one for which an operator has pinned another image: a release has to be whole, so
 * that one can roll back to it and hand an image back to it.
 */
export function usesOf(app: App, images: ReadonlyMap<string, Image>): ImageUse[] {
  return imageUsers(app).map(({ id, name }) => ({ component: name, image: imageOf(images, id) }))
}

/** The images that the components need, and what has to be done for them. Pinned ones need nothing. */
export function imageChanges(uses: readonly ImageUse[], rebuild: ReadonlySet<string>): ImageChange[] {
  const built = uses.filter((use): use is ImageUse & { image: BuiltImage } => use.image.kind === 'built')
  return [...Map.groupBy(built, (use) => use.image.key)].map(([key, users]) => ({
    key,
    used_by: users.map((use) => use.component),
    action: rebuild.has(key) ? 'rebuild' : users.some((use) => use.image.digest === null) ? 'build' : 'reuse',
  }))
}

/** The image of the app's own build: what processes run that only an operator knows. Null when nothing is built so. */
export function defaultImage(app: App, images: ReadonlyMap<string, Image>): BuiltImage | null {
  for (const { id, build } of imageUsers(app)) {
    if (!isDeepStrictEqual(build, app.build)) continue
    const image = imageOf(images, id)
    if (image.kind === 'built') return image
  }
  return null
}

/** The image that a component is to run. Each has one: anything else is a bug of the caller. */
export function imageOf(images: ReadonlyMap<string, Image>, component: string): Image {
  const image = images.get(component)
  if (image === undefined) throw new Error(`no image was given for ${component}`)
  // Only what identifies it: what is compared with what runs must not carry more.
  return image.kind === 'built'
    ? { kind: 'built', key: image.key, digest: image.digest }
    : { kind: 'pinned', reference: image.reference }
}
