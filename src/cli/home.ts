import { homedir } from 'node:os'
import { join, resolve } from 'node:path'

import { Option } from '@commander-js/extra-typings'

/** The folder that a server keeps everything in, and by which the command line finds that server. */
export function homeOption(): Option<'--home <dir>'> {
  return new Option('--home <dir>', 'the home of the server').env('GANTRY_HOME')
}

/** Without one that was named: the machine's for root, the user's own for everyone else. */
export function homeFolder(named: string | undefined): string {
  if (named !== undefined && named !== '') return resolve(named)
  return process.getuid?.() === 0 ? '/var/lib/gantry' : join(homedir(), '.gantry')
}
