import { posix } from 'node:path'

import { checkKeys } from '../catalogue/check.ts'
import type { Format } from '../formats.ts'
import type { Reading } from '../reading.ts'
import { quote } from '../text.ts'
import { given, itemsOf, placeOf, table, textAt, unshared } from '../value.ts'
import type { Table, Value } from '../value.ts'
import { openWhole, openYaml, resolveApp, resolveApps } from './files.ts'
import { Includes, Scope } from './include.ts'
import { PLATFORM_APP, PLATFORM_APPS, PLATFORM_ROUTES, PLATFORM_SERVICES } from './keys.ts'
import { appsOf, deploy } from './read.ts'

const ONE_APP = '.platform.app.yaml'
const ALL_APPS = '.platform/applications.yaml'
const SERVICES = '.platform/services.yaml'
const ROUTES = '.platform/routes.yaml'

/** The files of Platform.sh: that of one app or of several, with those of services and routes. */
export const PLATFORM_SH: Format = {
  name: 'Platform.sh',
  files: [ONE_APP, ALL_APPS],
  async read(path, reading, context) {
    const root = await openYaml(path, reading)
    if (root === null) return null
    const folder = posix.dirname(path)
    const isForAll = `/${path}`.endsWith(`/${ALL_APPS}`)
    const isOne = !isForAll && root.kind !== 'list'
    // The root of an app is where its file is, unless that is the one of all apps.
    const base = isForAll ? posix.dirname(folder) : folder
    const scope = new Scope([folder, base], [path])
    const includes = new Includes(reading)
    const apps = isOne
      ? oneApp(await resolveApp(root, scope, base, includes), reading)
      : severalApps(await resolveApps(root, scope, base, includes), reading)
    const services = await openWhole(SERVICES, reading)
    const routes = await openWhole(ROUTES, reading)
    const project = {
      apps,
      isWhole: !isOne,
      services: services === null ? undefined : checkKeys(unshared(services), PLATFORM_SERVICES, reading),
      routes: routes === null ? undefined : checkKeys(unshared(routes), PLATFORM_ROUTES, reading),
    }
    const place = placeOf(root)!
    return deploy({ system: 'Platform.sh', project, base, file: path, place }, context, reading)
  },
}

function oneApp(root: Value, reading: Reading): Map<string, Table> {
  const app = checkKeys(unshared(root), PLATFORM_APP, reading)
  return new Map([[textAt(app, 'name')!, app]])
}

/** A map of apps by name, or a list of apps that have one. */
function severalApps(root: Value, reading: Reading): Map<string, Table> {
  const named = root.kind === 'list' ? byName(root, reading) : root
  const apps = appsOf(checkKeys(unshared(named), PLATFORM_APPS, reading))
  for (const [key, app] of apps) {
    const name = given(app, 'name')
    if (name === undefined || textAt(app, 'name') === key) continue
    const why = `the key above it names the app: ${quote(key)}`
    reading.keys.change(name, 'unsupported', why, 'Leave it out.')
  }
  return apps
}

function byName(list: Value, reading: Reading): Table {
  const apps = new Map<string, Value>()
  for (const app of itemsOf(list)) {
    const name = textAt(app, 'name')
    if (name === undefined) reading.error('An app of a list must have a name', { place: placeOf(app) })
    else if (apps.has(name)) {
      reading.error(`The app ${quote(name)} is here for the second time`, { place: placeOf(app) })
    } else apps.set(name, app)
  }
  return table(apps, list.origin)
}
