import type { Reading } from '../reading.ts'
import { describeValue } from '../text.ts'
import { placeOf } from '../value.ts'
import type { Table } from '../value.ts'
import { parseYaml } from '../yaml.ts'

export const GANTRY_YML = 'gantry.yml'

/** A gantry.yml as it is written, not validated yet; null when the file does not exist. */
export async function readGantryYml(path: string, reading: Reading): Promise<Table | null> {
  const source = await reading.open(path)
  if (source === null) return null
  const root = parseYaml(source, reading)
  if (root.kind === 'table') return root
  return reading.fail(`${path} must be a map; found ${describeValue(root)}`, {
    place: placeOf(root),
    hint: MINIMAL_HINT,
  })
}

export const MINIMAL_HINT = `A small gantry.yml is:

processes:
  web:
    command: bin/serve --port $PORT`
