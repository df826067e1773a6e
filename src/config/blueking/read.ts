import { posix } from 'node:path'

import { checkKeys } from '../catalogue/check.ts'
import { Draft } from '../draft.ts'
import type { Format, FormatContext } from '../formats.ts'
import { refuseModule } from '../module.ts'
import type { Reading } from '../reading.ts'
import { describeValue } from '../text.ts'
import { child, given, placeOf, unshared } from '../value.ts'
import type { Table, Value } from '../value.ts'
import { parseYaml } from '../yaml.ts'
import type { ModuleContext } from './context.ts'
import { selectModule } from './modules.ts'
import { addDefaultCount, addProcesses, exposeWeb } from './processes.ts'
import { readProcfile } from './procfile.ts'
import { ENVIRONMENTS } from './rules.ts'
import { addDefaults } from './sizes.ts'
import { VERSION_1, VERSION_1_HINT } from './v1-keys.ts'
import { VERSION_2 } from './v2-keys.ts'
import { readVersion2 } from './v2.ts'
import { VERSION_3 } from './v3-keys.ts'
import { readVersion3 } from './v3.ts'

/** `app_desc.yaml` of BlueKing PaaS, with the Procfile beside it. */
export const BLUEKING: Format = {
  name: 'BlueKing',
  files: ['app_desc.yaml', 'app_desc.yml'],
  async read(path, reading, context) {
    const source = await reading.open(path)
    if (source === null) return null
    const root = parseYaml(source, reading)
    const version = versionOf(root, reading)
    if (root.kind === 'table' && isOld(version)) return await readOld(path, root, version, context, reading)
    const isVersion3 = version?.kind === 'scalar' && version.value === 3
    const checked = checkKeys(unshared(root), isVersion3 ? VERSION_3 : VERSION_2, reading)
    const module = selectModule(checked, path, context.module, reading)
    const sources = given(module, isVersion3 ? 'sourceDir' : 'source_dir')
    const folder = sources?.kind === 'scalar' ? posix.normalize(sources.text || '.') : '.'
    const target: ModuleContext = {
      reading,
      draft: draftOf(module),
      procfile: await readProcfile([folder, posix.dirname(path), '.'], reading),
    }
    if (sources !== undefined && folder !== '.') target.draft.set(['build', 'context'], sources)
    const read = isVersion3 ? readVersion3 : readVersion2
    read(module, target)
    return target.draft.table()
  },
}

/** Under either spelling; undefined where there is none. */
function versionOf(root: Value, reading: Reading): Value | undefined {
  const [first, second] = ['spec_version', 'specVersion'].flatMap((key) => given(root, key) ?? [])
  if (first === undefined) return undefined
  if (second !== undefined && describeValue(first) !== describeValue(second)) {
    const both = `${describeValue(first)} and ${describeValue(second)}`
    reading.fail(`spec_version and specVersion say two versions: ${both}`, {
      place: second.key,
      hint: 'Leave out one of them.',
    })
  }
  if (first.kind === 'scalar' && typeof first.value === 'string' && /^\d+$/.test(first.value)) {
    const key = child(root, 'spec_version') === first ? 'spec_version' : 'specVersion'
    reading.fail(`${key} must be a number; found ${describeValue(first)}`, {
      place: placeOf(first),
      hint: 'Leave out the quotes.',
    })
  }
  return first
}

/** With the defaults of BlueKing and its two environments. */
function draftOf(at: Value): Draft {
  const draft = new Draft(at.origin)
  addDefaults(draft)
  for (const each of ENVIRONMENTS) draft.open(['environments', each], at)
  return draft
}

function isOld(version: Value | undefined): boolean {
  return version === undefined || (version.kind === 'scalar' && version.value === 1)
}

/** Version 1 described apps for another platform. BlueKing refuses it, unless a Procfile says what to run. */
async function readOld(
  path: string,
  root: Table,
  version: Value | undefined,
  context: FormatContext,
  reading: Reading,
): Promise<Table> {
  const place = version === undefined ? placeOf(root) : (version.key ?? placeOf(version))
  const procfile = await readProcfile([posix.dirname(path), '.'], reading)
  const found = version === undefined ? 'no spec_version' : 'spec_version 1'
  if (procfile === null) {
    return reading.fail(`${path} has ${found}: versions 2 and 3 are read`, {
      place,
      hint: 'Write `spec_version: 2`, with `module:` and its `processes:`.',
    })
  }
  refuseModule(path, context.module, placeOf(root)!, reading)
  checkKeys(unshared(root), VERSION_1, reading)
  reading.warn(`${path} has ${found} and is not read: only the Procfile is`, { place, hint: VERSION_1_HINT })
  const target: ModuleContext = { reading, draft: draftOf(root), procfile }
  const deployed = addProcesses([], root, target)
  exposeWeb(deployed, target)
  for (const name of deployed.keys()) addDefaultCount(name, target.draft)
  return target.draft.table()
}
