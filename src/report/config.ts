import { styleText } from 'node:util'

import type { App, Process } from '../app/app.ts'
import { showCommand } from '../app/command.ts'
import type { Command } from '../app/command.ts'
import { showDuration } from '../app/duration.ts'
import type { Diagnostic } from '../app/errors.ts'
import { showCpu, showMemory } from '../app/size.ts'
import type { Provenance } from '../config/provenance.ts'
import type { ResolvedConfig } from '../config/read.ts'
import { shownVariable } from '../config/secret-like.ts'
import { printable } from '../config/text.ts'
import { linesIn } from './lines.ts'
import { counted } from './units.ts'

const MAX_VALUE_WIDTH = 60
const MAX_INLINE_HINT = 100

/**
 * The resolved app, one value a line with where it came from: `processes.web.memory  1 GB  gantry.yml:12`. Gantry's own
 * defaults are only counted, unless all are asked for.
 */
export function renderConfig(
  { app, provenance, files, recognised }: ResolvedConfig,
  { all = false }: { all?: boolean | undefined } = {},
): string {
  const { name, environment, processes, tasks, ...settings } = withoutSecrets(app)
  const values = new Map<string, string>([['app', name]])
  collect(settings, '', values)
  for (const [kind, members] of Object.entries({ processes, tasks })) {
    for (const { name, ...member } of members) collect(member, `${kind}.${name}.`, values)
  }
  const shown = [...values].filter(([path]) => all || !isOwnDefault(provenance[path]))
  const hidden = values.size - shown.length
  const rows = shown.map(
    ([path, value]) =>
      [
        path,
        cut(printable(value.trimEnd().replaceAll(/\r?\n/g, ' ⏎ '))),
        showProvenance(provenance[path]),
      ] as const,
  )
  const pathWidth = Math.max(...rows.map(([path]) => path.length))
  const valueWidth = Math.max(...rows.map(([, value]) => value.length))
  const lines = rows.map(
    ([path, value, from]) => `${path.padEnd(pathWidth)}  ${value.padEnd(valueWidth)}  ${from}`,
  )
  return [
    `environment ${environment}, read from ${showFiles({ files, recognised })}`,
    '',
    ...lines,
    ...hiddenLines(hidden, lines.length),
  ].join('\n')
}

/** The files that were read, and what the first of them was taken for where its name does not say it. */
export function showFiles({ files, recognised }: Pick<ResolvedConfig, 'files' | 'recognised'>): string {
  const [first, ...others] = files.map(printable)
  return [recognised === null ? first : `${first} (taken for ${recognised})`, ...others].join(', ')
}

/** Those of another system may surprise. */
function isOwnDefault(provenance: Provenance | undefined): boolean {
  return provenance?.kind === 'default' && provenance.of === undefined
}

function hiddenLines(hidden: number, shown: number): string[] {
  if (hidden === 0) return []
  return [...(shown > 0 ? [''] : []), `${counted(hidden, 'default')} not shown: see them with --all`]
}

/** The resolved app for programs: the app model in its units, where each value came from, and the warnings. */
export function configJson(config: ResolvedConfig): Omit<ResolvedConfig, 'shared'> {
  const { app, provenance, warnings, shared: _shared, ...others } = config
  return {
    app: withoutSecrets(app),
    provenance,
    warnings: warnings.map(withoutFrame),
    ...others,
  }
}

/** Values of variables that look like secrets are hidden wherever the app holds variables. */
function withoutSecrets(app: App): App {
  return {
    ...hideIn(app),
    processes: app.processes.map((each) => ({ ...hideIn(each), containers: hideInContainers(each) })),
    tasks: app.tasks.map(hideIn),
  }
}

function hideInContainers({ containers, build: own }: Process): Process['containers'] {
  return Object.fromEntries(
    Object.entries(containers).map(([name, each]) => {
      const { env, build } = hideIn({ env: each.env, build: each.build ?? own })
      return [name, { ...each, env, build: each.build && build }]
    }),
  )
}

function hideIn<Owner extends Pick<App, 'env' | 'build'>>(owner: Owner): Owner {
  const { env, build } = owner
  return { ...owner, env: hideValues(env), build: { ...build, args: hideValues(build.args) } }
}

function hideValues(variables: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(variables).map(([name, value]) => [name, shownVariable(name, value)]),
  )
}

/** The lines around a place are for people who read a terminal. */
function withoutFrame(diagnostic: Diagnostic): Diagnostic {
  const { frame: _, ...rest } = diagnostic
  return rest
}

/** Diagnostics as compilers print them: place, severity and message, the lines around it, a hint. */
export function renderDiagnostics(
  diagnostics: readonly Diagnostic[],
  { colour = false }: { colour?: boolean | undefined } = {},
): string {
  const style = (format: Parameters<typeof styleText>[0], text: string) =>
    colour ? styleText(format, text, { validateStream: false }) : text
  return diagnostics
    .map(({ severity, message, path, place, hint, frame }) => {
      const where =
        place === undefined ? '' : style('bold', `${printable(place.file)}:${place.line}:${place.column}: `)
      const kind = style(severity === 'error' ? 'red' : 'yellow', severity)
      const lines = [`${where}${kind}: ${withPath(message, path)}`]
      if (frame !== undefined) lines.push(style('dim', indent(frame)))
      if (hint !== undefined) lines.push(indent(`hint: ${hint}`))
      return lines.join('\n')
    })
    .join('\n\n')
}

/**
 * What is wrong with an input: where it is known, as compilers print it, and without a place as any other problem of
 * the command line.
 */
export function renderProblems(
  diagnostics: readonly Diagnostic[],
  { colour = false }: { colour?: boolean | undefined } = {},
): string {
  const lines = linesIn(colour)
  const placed = diagnostics.filter((each) => each.place !== undefined)
  const others = diagnostics.filter((each) => each.place === undefined)
  const told = others.flatMap(({ severity, message, path, hint }) => [
    severity === 'error'
      ? lines.problem(withPath(message, path))
      : lines.detail(`warning: ${withPath(message, path)}`),
    ...(hint === undefined ? [] : hint.split('\n').map(lines.log)),
  ])
  return [told.join('\n'), renderDiagnostics(placed, { colour })].filter((part) => part !== '').join('\n\n')
}

/** Beside what happens, a warning takes one line: `warning: gantry.yml:3:5 message; hint`. */
export function warningLine({ message, path, place, hint }: Diagnostic): string {
  const where = place === undefined ? '' : `${printable(place.file)}:${place.line}:${place.column} `
  const isShort = hint !== undefined && hint.length <= MAX_INLINE_HINT && !hint.includes('\n')
  return `warning: ${where}${withPath(message, path)}${isShort ? `; ${hint}` : ''}`
}

function withPath(message: string, path: string | undefined): string {
  return path === undefined || message.includes(path) ? message : `${message} (${path})`
}

function collect(settings: object, prefix: string, values: Map<string, string>): void {
  for (const [key, value] of Object.entries(settings) as [string, unknown][]) {
    const isMap = typeof value === 'object' && value !== null && !Array.isArray(value)
    if (isMap && Object.keys(value).length > 0) collect(value, `${prefix}${key}.`, values)
    else values.set(prefix + key, showValue(key, value))
  }
}

const DURATIONS = new Set([
  'stop_timeout',
  'interval',
  'timeout',
  'start_period',
  'min_up',
  'max_age',
  'retention',
  'health_check_grace_period',
])

const COMMANDS = new Set(['entry_point', 'command', 'pre_start'])

function showValue(key: string, value: unknown): string {
  if (value === null) return '-'
  if (COMMANDS.has(key)) return showCommand(value as Command)
  if (typeof value === 'number') return showNumber(key, value)
  return typeof value === 'string' ? value : JSON.stringify(value)
}

function showNumber(key: string, value: number): string {
  if (key === 'memory') return showMemory(value)
  if (key === 'cpu') return showCpu(value)
  if (key === 'ephemeral_storage_gb') return `${value} GB`
  return DURATIONS.has(key) ? showDuration(value) : String(value)
}

function showProvenance(provenance: Provenance | undefined): string {
  if (provenance === undefined) return ''
  if (provenance.kind === 'default')
    return provenance.of === undefined ? 'default' : `default of ${provenance.of}`
  const place = `${printable(provenance.file)}:${provenance.line}`
  return provenance.kind === 'file' ? place : `inherited from ${provenance.from} (${place})`
}

function cut(text: string): string {
  return text.length > MAX_VALUE_WIDTH ? `${text.slice(0, MAX_VALUE_WIDTH - 1)}…` : text
}

function indent(text: string): string {
  return text.replaceAll(/^/gm, '  ')
}
