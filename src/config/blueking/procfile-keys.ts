import { honoured } from '../catalogue/catalogue.ts'
import type { Catalogue } from '../catalogue/catalogue.ts'
import { SYSTEM } from './rules.ts'

/** The Procfile beside an `app_desc.yaml`: process types and their commands. */
export const PROCFILE_KEYS: Catalogue = {
  system: SYSTEM,
  unknown: 'error',
  root: {
    title: '`Procfile` beside it',
    keys: {
      '*': honoured(
        'the process of that name, in lower case; this command counts, whatever the app_desc.yaml says',
        { rows: 'BK-13, BK-14, BK-15, BK-24' },
      ),
    },
  },
}
