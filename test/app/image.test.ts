import { expect, test } from 'vitest'

import { showImage, type Image } from '../../src/app/image.ts'

const HEX = '3f9c2a7d1e0b4c5f6a7b8c9d0e1f2a3b4c5d6e7f8091a2b3c4d5e6f708192a3b'
const built = (digest: string | null): Image => ({ kind: 'built', key: 'a'.repeat(64), digest })
const pinned = (reference: string): Image => ({ kind: 'pinned', reference })

test.each<[string, Image, string]>([
  ['one to be built, its key', built(null), 'aaaaaaaaaaaa (to be built)'],
  ['one of the local engine', built(HEX), '3f9c2a7d1e0b'],
  ['one of a registry', built(`sha256:${HEX}`), '3f9c2a7d1e0b'],
  ['a pin, as it was written', pinned('ghcr.io/acme/relay:1.4'), 'ghcr.io/acme/relay:1.4'],
  ['a pin by digest', pinned(`ghcr.io/acme/relay@sha256:${HEX}`), 'ghcr.io/acme/relay@sha256:3f9c2a7d1e0b'],
  ['a pin by tag and digest', pinned(`relay:1.4@sha256:${HEX}`), 'relay:1.4@sha256:3f9c2a7d1e0b'],
  ['a pin whose digest is none', pinned(`relay@sha256:${HEX}0`), `relay@sha256:${HEX}0`],
])('an image is shown with as many digits as tell it apart: %s', (_name, image, shown) => {
  expect(showImage(image)).toBe(shown)
})
