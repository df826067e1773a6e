import { posix } from 'node:path'

import { checkKeys } from '../catalogue/check.ts'
import { foldName } from '../names.ts'
import type { Reading } from '../reading.ts'
import { describeValue, quote } from '../text.ts'
import { isEmpty, placeOf, unshared } from '../value.ts'
import type { Value } from '../value.ts'
import { parseYaml } from '../yaml.ts'
import { PROCFILE_KEYS } from './procfile-keys.ts'
import { tellFolded } from './processes.ts'
import { ProcessType } from './rules.ts'

/**
 * The commands of the Procfile of a module, from the first folder that has one. BlueKing reads it as YAML, a map of
 * process types to lines for the shell. Null when there is none.
 */
export async function readProcfile(
  folders: readonly string[],
  reading: Reading,
): Promise<ReadonlyMap<string, Value> | null> {
  for (const folder of new Set(folders)) {
    const source = await reading.open(posix.join(folder, 'Procfile'))
    if (source === null) continue
    const root = parseYaml(source, reading)
    // What is empty, or has comments only, is no map for BlueKing.
    const found = isEmpty(root) ? 'nothing' : describeValue(root)
    if (root.kind === 'table' && !isEmpty(root)) {
      return commandsOf(checkKeys(unshared(root), PROCFILE_KEYS, reading).entries, reading)
    }
    return reading.fail(`${source.file} must be a map of process types to commands; found ${found}`, {
      place: placeOf(root),
      hint: 'Write one `type: command` a line.',
    })
  }
  return null
}

function commandsOf(entries: ReadonlyMap<string, Value>, reading: Reading): ReadonlyMap<string, Value> {
  const commands = new Map<string, Value>()
  for (const [type, command] of entries) {
    const name = ProcessType.safeParse(type).success ? foldName(type) : null
    if (command.kind !== 'scalar' || command.text.trim() === '' || name === null) {
      reading.error(`${quote(type)} is no process with a command`, {
        place: command.key ?? placeOf(command),
        hint: 'Write `type: command`; a type has letters, digits and hyphens, at most 12.',
      })
    } else if (commands.has(name)) {
      reading.error(`${quote(type)} is here for the second time, as soon as case is folded`, {
        place: command.key ?? placeOf(command),
        hint: 'Leave one out.',
      })
    } else {
      tellFolded(type, command.key, reading)
      commands.set(name, command)
    }
  }
  return commands
}
