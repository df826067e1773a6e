/** What an instance runs. */
export type Image = BuiltImage | PinnedImage

/** Made from a commit. Known by its content key before it exists; by its digest once it does. */
export interface BuiltImage {
  kind: 'built'
  /** Hash of everything that goes into it: 64 hex digits. */
  key: string
  /** What the engine calls the made image; null: still to be built. */
  digest: string | null
}

/** A reference that deploys never change. */
export interface PinnedImage {
  kind: 'pinned'
  /** As the user wrote it: `ghcr.io/acme/relay:1.4`, `key:<hex>`, `release:v3`. */
  reference: string
}

export function sameImage(a: Image, b: Image): boolean {
  if (a.kind === 'pinned') return b.kind === 'pinned' && a.reference === b.reference
  return b.kind === 'built' && a.key === b.key && a.digest === b.digest
}

/** Twelve digits are enough for a person to tell images apart. */
export function showImage(image: Image): string {
  if (image.kind === 'pinned') return image.reference
  return image.digest === null ? `${image.key.slice(0, 12)} (to be built)` : image.digest.slice(0, 12)
}
