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

export function showImage(image: Image): string {
  if (image.kind === 'pinned') return showReference(image.reference)
  return image.digest === null ? `${short(image.key)} (to be built)` : short(image.digest)
}

/** A reference as it stands, but for a digest at its end: `ghcr.io/acme/relay@sha256:3f9c2a7d1e0b`. */
export function showReference(reference: string): string {
  return reference.replace(/(?<=@sha256:)[0-9a-f]{64}$/, short)
}

/** Twelve digits are enough for a person to tell images apart. */
function short(digest: string): string {
  return digest.replace(/^sha256:/, '').slice(0, 12)
}
