import { child, entriesOf, given, placeOf, scalar, textAt } from '../value.ts'
import type { Value } from '../value.ts'
import { readStart } from './commands.ts'
import { byDefault } from './context.ts'
import type { AppContext } from './context.ts'
import { addSettings, readInstance } from './instance.ts'
import { PASSTHRU_HINT } from './sentences.ts'

/** The port that the containers are given as `PORT`; the documentation names none, but this is what it is. */
const PORT = 8888
/** What starts a PHP app that says no command (platformsh-docs: image-properties/web.md). */
const START_PHP = '/usr/bin/start-php-app'

/** What `web` is, and the settings of its own that hooks and crons share with it. */
export interface Web {
  runs: boolean
  settings: ReadonlyMap<string, Value>
}

/** Adds the process `web`, where the app starts something: without it the systems serve files only. */
export function addWeb(context: AppContext): Web {
  const { app, draft, reading, runtime } = context
  const web = child(app, 'web')
  const settings = web === undefined ? new Map<string, Value>() : readInstance(web, context)
  if (web !== undefined) tellHow(web, context)
  const own = web === undefined ? null : readStart(web, reading)
  const start = own ?? (runtime === 'php' ? new Map([['command', startPhp(context)]]) : null)
  if (start === null) {
    if (web !== undefined) tellNothing(web, context)
    return { runs: false, settings }
  }
  const path = ['processes', 'web']
  draft.open(path, web ?? app)
  addSettings(path, start, context)
  draft.set([...path, 'port'], scalar(PORT, byDefault(context)))
  addSettings(path, settings, context)
  return { runs: true, settings }
}

function startPhp(context: AppContext): Value {
  const { app, reading, system } = context
  const type = child(app, 'type') ?? child(app, 'stack') ?? app
  reading.warn(`web starts PHP-FPM with ${START_PHP}, which only the images of ${system} have`, {
    place: type.key ?? placeOf(type),
    hint: 'Set `command` of `web` in gantry.yml to what starts it in your image.',
  })
  return scalar(START_PHP, byDefault(context))
}

function tellNothing(web: Value, { reading, system }: AppContext): void {
  const commands = child(web, 'commands')
  if (commands !== undefined) {
    reading.error('web.commands.start is missing', { place: commands.key ?? placeOf(commands) })
    return
  }
  const why = `it starts nothing: ${system} serves files for it, and Gantry does not`
  reading.keys.change(web, 'unsupported', why, 'Start a web server with `web.commands.start`.')
}

function tellHow(web: Value, { reading }: AppContext): void {
  const upstream = child(web, 'upstream')
  const family = given(upstream, 'socket_family')
  if (family?.kind === 'scalar' && family.text === 'unix') {
    const why = 'requests reach an instance at its port only, and there is no SOCKET'
    reading.keys.change(family, 'unsupported', why, 'Listen on `PORT`.')
  }
  const protocol = given(upstream, 'protocol')
  if (protocol?.kind === 'scalar' && protocol.text === 'fastcgi') {
    const why = 'requests reach an instance over HTTP only'
    reading.keys.change(protocol, 'unsupported', why, 'Put a web server into the image.')
  }
  for (const [, location] of entriesOf(child(web, 'locations'))) tellLocation(location, { reading })
}

function tellLocation(location: Value, { reading }: Pick<AppContext, 'reading'>): void {
  const passthru = child(location, 'passthru')
  if (textAt(location, 'passthru') === 'true') {
    if (entriesOf(location).length > 1) return
    reading.keys.change(location, 'honoured', 'requests go to the process')
  } else if (passthru !== undefined) {
    const how = 'requests go to the process with the path that they have'
    reading.keys.change(passthru, 'approximated', how, PASSTHRU_HINT)
  }
}
