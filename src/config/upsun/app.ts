import { Draft } from '../draft.ts'
import { foldName } from '../names.ts'
import type { Reading } from '../reading.ts'
import { quote } from '../text.ts'
import { child, derived, entriesOf, given, itemsOf, placeOf, scalar, textAt } from '../value.ts'
import type { Table } from '../value.ts'
import { readHook, readStart } from './commands.ts'
import { byDefault } from './context.ts'
import type { AppContext, Project, System } from './context.ts'
import { rootOf } from './files.ts'
import { addSettings, readInstance } from './instance.ts'
import { addRoutes } from './routes.ts'
import { checkServices } from './services.ts'
import { addDefaultSize } from './sizes.ts'
import { addTasks } from './tasks.ts'
import { addWeb } from './web.ts'

/** Time from SIGTERM to SIGKILL (platformsh-docs: create-apps/workers.md; row UP-05). */
const STOP_TIMEOUT = '15s'
const INSTANCES = 1

/** The app to deploy, of a project whose keys are checked. */
export interface Chosen {
  system: System
  project: Project
  name: string
  /** The folder that the root of the app begins in. */
  base: string
}

/** Reads an app into the terms of `gantry.yml`. */
export function readApp({ system, project, name, base }: Chosen, reading: Reading): Table {
  const app = project.apps.get(name)!
  const draft = new Draft(app.origin)
  const context: AppContext = { system, reading, draft, project, name, app, runtime: runtimeOf(app) }
  if (child(app, 'type') === undefined && child(app, 'stack') === undefined) {
    reading.error('The app has neither a type nor a stack', {
      place: app.key ?? placeOf(app),
      hint: 'Write `type: python:3.12`, for example.',
    })
  }
  checkServices(project.services, reading)
  draft.set(['defaults', 'stop_timeout'], scalar(STOP_TIMEOUT, byDefault(context)))
  draft.set(['defaults', 'demand_count'], scalar(INSTANCES, byDefault(context)))
  addDefaultSize(context)
  addBuild(base, context)
  addAppSettings(context)
  draft.open(['processes'], app)
  const web = addWeb(context)
  const workers = addWorkers(context)
  addTasks([...(web.runs ? ['web'] : []), ...workers], web.settings, context)
  addRoutes(web.runs, context)
  return draft.table()
}

function addBuild(base: string, { app, draft, reading }: AppContext): void {
  const root = child(child(app, 'source'), 'root')
  const folder = rootOf(app, base)
  if (folder !== '.') draft.set(['build', 'context'], derived(folder, root ?? app))
  const command = readHook('build', app, reading)
  if (command !== null) draft.set(['build', 'command'], command)
  const flavor = given(child(app, 'build'), 'flavor')
  if (flavor?.kind === 'scalar' && flavor.text === 'none') {
    reading.keys.change(flavor, 'honoured', 'nothing is built but what is said')
  }
}

/** What the app says is for all of its processes and tasks. */
function addAppSettings(context: AppContext): void {
  const settings = readInstance(context.app, context)
  const env = settings.get('env')
  if (env !== undefined) context.draft.set(['env'], env)
  settings.delete('env')
  addSettings(['defaults'], settings, context)
}

/** Adds the workers; gives their names. */
function addWorkers(context: AppContext): Set<string> {
  const { app, draft, reading } = context
  const names = new Set<string>()
  for (const [written, worker] of entriesOf(child(app, 'workers'))) {
    const name = foldName(written)
    const place = worker.key ?? placeOf(worker)
    if (name === null || name === 'web' || names.has(name)) {
      const what =
        name === null ? 'has no letter and no digit in its name' : 'has the name of another process'
      reading.error(`The worker ${quote(written)} ${what}`, { place, hint: 'Rename it.' })
      continue
    }
    if (name !== written) {
      reading.warn(`The worker ${quote(written)} is the process "${name}" here`, {
        place,
        hint: 'Names have lower-case letters, digits and single hyphens.',
      })
    }
    names.add(name)
    draft.open(['processes', name], worker)
    addSettings(['processes', name], readStart(worker, reading)!, context)
    addSettings(['processes', name], readInstance(worker, context), context)
  }
  return names
}

/** The language of an app: of `python:3.12`, or of the first runtime of a composable image. */
function runtimeOf(app: Table): string {
  const type = textAt(app, 'type')?.split(':')[0] ?? ''
  if (type !== '' && type !== 'composable') return type
  const stack = child(app, 'stack')
  const first = itemsOf(child(stack, 'runtimes'))[0] ?? itemsOf(stack)[0]
  const name = first?.kind === 'scalar' ? first.text : (entriesOf(first)[0]?.[0] ?? '')
  return name.split(/[@:]/)[0]!
}
