import type { CommandUnknownOpts } from '@commander-js/extra-typings'

import { note } from './output.ts'

/**
 * Says so where what stands behind a program looks like an option of ours. Only long ones do: programs have short ones
 * of all letters.
 */
export function noteOptionsBehind(
  self: Pick<CommandUnknownOpts, 'options'>,
  command: readonly string[],
): void {
  const [program = '', ...rest] = command
  const flags = new Set(self.options.map(({ long }) => long))
  const found = rest.map((word) => word.replace(/=.*$/s, '')).find((word) => flags.has(word))
  // Who writes `--` has told them apart.
  if (found === undefined || process.argv.includes('--')) return
  note(
    `       ${found} is given to ${program}: options of gantry stand in front of that, and \`--\` between them says that you know`,
  )
}
