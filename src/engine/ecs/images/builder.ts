import type { Build } from '../../../app/app.ts'
import type { ImageIo } from '../../engine.ts'

/** What makes an image of a folder and brings it into a registry. */
export interface Builder {
  /** Resolves when the registry has it under the reference. Rejects with a UserError that says what went wrong. */
  build(request: BuildRequest, io: ImageIo): Promise<void>
}

export interface BuildRequest {
  /** The materialised context: exactly the entries of the content key. */
  context: string
  build: Build
  /** `<registry>/<repository>:<tag>` */
  reference: string
  /** A reference of the same repository whose tag may move: where layers are kept for the next build of this kind. */
  cache: string
  /** Values of `build.secrets` by id. */
  secrets: Readonly<Record<string, string>>
  /** Whether neither kept layers nor kept base images may be used. */
  anew: boolean
  login: RegistryLogin
}

export interface RegistryLogin {
  /** Host, and port where it has one. */
  registry: string
  /** base64 of `user:password`. */
  auth: string
}
