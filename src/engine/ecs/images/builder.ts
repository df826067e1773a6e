import type { Build } from '../../../app/app.ts'
import type { ImageIo } from '../../engine.ts'

/** What makes an image of a folder and brings it into a registry. */
export interface Builder {
  /** Resolves when the registry has it under the reference. Rejects with a DeployError that says what went wrong. */
  build(request: BuildRequest, io: ImageIo): Promise<void>
}

export interface BuildRequest {
  /** The materialised context: exactly the entries of the content key. */
  context: string
  build: Build
  /** `<registry>/<repository>:<tag>` */
  reference: string
  login: RegistryLogin
}

export interface RegistryLogin {
  /** Host, and port where it has one. */
  registry: string
  /** base64 of `user:password`. */
  auth: string
}
