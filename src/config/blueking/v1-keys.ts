import { descriptive, honoured, unsupported } from '../catalogue/catalogue.ts'
import type { Catalogue } from '../catalogue/catalogue.ts'
import { SYSTEM } from './rules.ts'

export const VERSION_1_HINT =
  'Write `spec_version: 2` into it, with `module:` and its `language:`. Without the file, the Procfile is read as one of Heroku.'

const version = honoured('a file of this version is not read: the Procfile beside it is')

/** An `app_desc.yaml` of version 1, or of none, which is no more than a sign that the Procfile is one of BlueKing. */
export const VERSION_1: Catalogue = {
  system: SYSTEM,
  unknown: 'warning',
  root: {
    title: '`app_desc.yaml`, version 1',
    keys: {
      spec_version: version,
      specVersion: version,
      app_version: descriptive(),
      appVersion: descriptive(),
      app: descriptive(),
      '*': unsupported('the file is not read: only the Procfile is', VERSION_1_HINT),
    },
  },
}
