import { posix } from 'node:path'

import { checkKeys } from '../catalogue/check.ts'
import type { Format, FormatContext } from '../formats.ts'
import { chooseModule } from '../module.ts'
import type { Reading } from '../reading.ts'
import { suggest } from '../suggest.ts'
import { printable, quote } from '../text.ts'
import { child, entriesOf, placeOf, unshared } from '../value.ts'
import type { Table, Value } from '../value.ts'
import { readApp } from './app.ts'
import type { Project, System } from './context.ts'
import { MERGED, openMerged, UPSUN_FOLDER } from './files.ts'
import { UPSUN_KEYS } from './keys.ts'

/** The YAML files of `.upsun`, all of them together. */
export const UPSUN: Format = {
  name: 'Upsun',
  files: ['.upsun/config.yaml', '.upsun/*.yaml', '.upsun/*.yml'],
  async read(path, reading, context) {
    const folder = posix.dirname(path)
    const isWhole = posix.basename(folder) === UPSUN_FOLDER
    const base = isWhole ? posix.dirname(folder) : folder
    const root = await openMerged(path, base, reading)
    if (root === null) return null
    const checked = checkKeys(unshared(root), UPSUN_KEYS, reading)
    const applications = child(checked, 'applications')!
    tellMisspelled(checked, reading)
    const project: Project = {
      apps: appsOf(applications),
      isWhole: true,
      services: child(checked, 'services'),
      routes: child(checked, 'routes'),
    }
    const place = applications.key ?? placeOf(applications)!
    return deploy(
      { system: 'Upsun', project, base, file: printable(isWhole ? folder : path), place },
      context,
      reading,
    )
  },
}

/** A key that is none of Upsun may be there for its anchors, or be a slip of the finger. */
function tellMisspelled(root: Table, reading: Reading): void {
  for (const [key, value] of entriesOf(root)) {
    const meant = MERGED.includes(key) ? null : suggest(key, MERGED)
    if (meant === null) continue
    reading.keys.change(value, 'unsupported', 'Upsun has no such key', `Did you mean ${quote(meant)}?`)
  }
}

/** The apps of a map. */
export function appsOf(map: Value): Map<string, Table> {
  return new Map(entriesOf(map).flatMap(([name, app]) => (app.kind === 'table' ? [[name, app]] : [])))
}

interface Read {
  system: System
  project: Project
  base: string
  /** What the apps are in, and where. */
  file: string
  place: NonNullable<Value['key']>
}

/** The config of the app to deploy. The others are deployed each by itself. */
export function deploy(read: Read, { module }: Pick<FormatContext, 'module'>, reading: Reading): Table {
  const { system, project, base, file, place } = read
  const { apps } = project
  if (apps.size === 0) reading.fail(`${file} has no app`, { place, hint: 'Describe one in it.' })
  const name = chooseModule({ file, what: 'app', names: [...apps.keys()], place }, module, reading)
  for (const [other, app] of apps) {
    if (other !== name) reading.keys.change(app, 'honoured', 'another app, which is deployed by itself')
  }
  reading.called = { name, place: undefined }
  return readApp({ system, project, name, base }, reading)
}
