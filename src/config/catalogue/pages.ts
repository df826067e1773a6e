import { VERSION_2 } from '../blueking/v2-keys.ts'
import { VERSION_3 } from '../blueking/v3-keys.ts'
import { APP_JSON_KEYS, PROCFILE_KEYS } from '../procfile/keys.ts'
import type { Catalogue } from './catalogue.ts'

/** A page of `docs/formats`: what becomes of the keys of one system's files. */
export interface FormatPage {
  /** The page's file name, without its ending. */
  name: string
  title: string
  /** What is to be known beside the keys: paragraphs of Markdown. */
  notes: readonly string[]
  catalogues: readonly Catalogue[]
}

export const FORMAT_PAGES: readonly FormatPage[] = [
  {
    name: 'blueking',
    title: 'BlueKing',
    notes: [
      'Gantry reads `app_desc.yaml` (or `app_desc.yml`) of versions 2 and 3 in the root of the repository. Version 1, or none, is refused, unless there is a Procfile: then only that is read.',
      'A `Procfile` in the folder of the module, or in the root, decides which processes there are and what they run; the other settings of a process stay. It is read as YAML, and its commands are lines for the shell. BlueKing itself has refused two files that differ since July 2025; a warning names each difference.',
      'The environments are `stag` and `prod`. Where the file is silent, the defaults of BlueKing hold: 1 GB of memory, 30 s between SIGTERM and SIGKILL, 1 s for a probe to answer, port 5000 for `web`, and in version 2 two instances of `web` in `prod`.',
      'A command is split into words and run without a shell, as in BlueKing, with the variables in it replaced. One that is written for a shell (`&&`, `|`, `>`, `NAME=value` in front) runs in one, with a warning.',
    ],
    catalogues: [VERSION_2, VERSION_3],
  },
  {
    name: 'heroku',
    title: 'Heroku',
    notes: [
      'Gantry reads the `Procfile` in the root of the repository, and the `app.json` beside it.',
      'Where the files are silent, the default of Heroku holds: 30 s between SIGTERM and SIGKILL. Each process has one instance.',
    ],
    catalogues: [PROCFILE_KEYS, APP_JSON_KEYS],
  },
]
