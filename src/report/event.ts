import type { Diagnostic } from '../app/errors.ts'
import type { DeployEvent, DeployEventType } from '../deploy/events.ts'
import { renderDiagnostics, warningLine } from './config.ts'
import { linesIn, type Lines } from './lines.ts'
import { outcomeLines } from './outcome.ts'
import { inside, planSummary, planTable, type PlanLayout } from './plan.ts'
import { Progress } from './progress.ts'
import { counted, showBytes, showElapsed } from './units.ts'

/**
 * Turns the events of one deployment, in order, into lines for a terminal or a pusher.
 *
 * @param over whether it has ended by now: then there is nothing to watch or cancel
 */
export function createEventRenderer(
  layout: PlanLayout,
  { over = false }: { over?: boolean } = {},
): (event: DeployEvent) => string[] {
  const context = { progress: new Progress(), lines: linesIn(layout.colour), layout, over }
  return (event) => {
    context.progress.note(event)
    const render = RENDERERS[event.type] as (event: DeployEvent, context: Context) => string[]
    return render(event, context)
  }
}

interface Context {
  progress: Progress
  lines: Lines
  layout: PlanLayout
  over: boolean
}

type Of<Type extends DeployEventType> = Extract<DeployEvent, { type: Type }>

const RENDERERS: { readonly [Type in DeployEventType]: (event: Of<Type>, context: Context) => string[] } = {
  'deployment.started': startedLines,
  'deployment.waiting': ({ behind }, { lines }) => [lines.step(`Waiting for deployment ${behind} to finish`)],
  'config.read': ({ files, diagnostics }, context) => [
    context.lines.step(`Config from ${files.join(', ')}`),
    ...diagnosticLines(diagnostics, context),
  ],
  'plan.made': ({ plan }, context) => [
    context.lines.step(`Plan: ${planSummary(plan)}`),
    ...planTable(plan, inside(context.layout, MARGIN.length)).map((line) => `${MARGIN}${line}`),
    ...diagnosticLines(plan.warnings, context),
    ...plan.blocked.map(context.lines.problem),
  ],
  'image.building': ({ key, files, bytes }, { lines }) => [
    lines.step(`Building image ${shortKey(key)} (${counted(files, 'file')}, ${showBytes(bytes)})`),
  ],
  'image.log': ({ key, line }, { lines, progress }) => [lines.log(progress.ofImage(key, line))],
  'image.built': ({ key, seconds }, { lines }) => [
    lines.detail(`Image ${shortKey(key)} built in ${showElapsed(seconds)}`),
  ],
  'image.reused': ({ key, used_by }, { lines }) => [
    lines.step(`Image ${shortKey(key)} exists: nothing to build for ${used_by.join(', ')}`),
  ],
  'task.started': ({ task, command }, { lines }) => [lines.step(`Running task ${task}: ${command}`)],
  'task.log': ({ line }, { lines }) => [lines.log(line)],
  'task.finished': taskFinishedLines,
  'process.rolling': ({ process, action }, { lines }) => [lines.step(`${process}: ${action}`)],
  'process.steady': ({ process, instances, at }, { lines, progress }) => [
    lines.detail(`${steady(process, instances)}${took(progress.seconds(process, at))}`),
  ],
  'process.waiting': ({ process, reason }, { lines }) => [lines.detail(`${process} waits: ${reason}`)],
  // Its instance has said so just before; the whole story comes at the end.
  'process.failed': () => [],
  'instance.started': ({ instance }, { lines }) => [lines.detail(`${shortInstance(instance)} starting`)],
  'instance.up': ({ instance, address, at }, { lines, progress }) => {
    const where = address === null ? '' : ` at ${address}`
    return [lines.detail(`${shortInstance(instance)} up${where}${took(progress.seconds(instance, at))}`)]
  },
  'instance.failed': ({ instance, reason }, { lines }) => [
    lines.problem(`${shortInstance(instance)} failed: ${reason}`),
  ],
  'instance.stopped': ({ instance }, { lines, progress }) => [
    lines.detail(`${progress.began(instance) ? '' : 'old '}${shortInstance(instance)} stopped`),
  ],
  'rollback.started': ({ processes, reason }, { lines }) => [
    lines.step(`Rolling back ${processes.join(', ')}: ${reason}`),
  ],
  'rollback.failed': ({ process, reason }, { lines }) => [
    lines.problem(`${process} could not be rolled back: ${reason}`),
  ],
  notice: ({ text }, { lines }) => [lines.detail(text)],
  'deployment.finished': (event, context) => [
    ...outcomeLines(event, context.progress, context.lines),
    ...diagnosticLines(event.diagnostics, context),
  ],
}

/** The width of `-----> `. */
const MARGIN = ' '.repeat(7)

function startedLines(event: Of<'deployment.started'>, { lines, over }: Context): string[] {
  const { app, environment, number, commit, title } = event
  const where = environment === 'default' ? app : `${app} (${environment})`
  const what = commit === null ? title : `${commit.slice(0, 12)} ${title}`
  const which = environment === 'default' ? `--app ${app}` : `--app ${app} -e ${environment}`
  const first = lines.step(`Deployment ${number} of ${where}: ${what}`)
  if (over) return [first]
  return [
    first,
    lines.detail(`Watch it with \`gantry deployment logs ${number} ${which} -f\``),
    lines.detail(`Cancel it with \`gantry deployment cancel ${number} ${which}\``),
  ]
}

function taskFinishedLines(event: Of<'task.finished'>, { lines }: Context): string[] {
  const { task, exit_code, seconds, reason } = event
  if (exit_code === 0) return [lines.detail(`Task ${task} done (${showElapsed(seconds)})`)]
  const how = exit_code === null ? 'was ended' : `failed with exit code ${exit_code}`
  const why = reason === null ? '' : `: ${reason}`
  return [lines.problem(`Task ${task} ${how}${why} (${showElapsed(seconds)})`)]
}

function steady(process: string, instances: number): string {
  return instances === 0
    ? `${process} has no instances now`
    : `${process} is steady: ${counted(instances, 'instance')}`
}

function took(seconds: number | null): string {
  return seconds === null ? '' : ` (${showElapsed(seconds)})`
}

function diagnosticLines(diagnostics: readonly Diagnostic[], { progress, layout, lines }: Context): string[] {
  const untold = progress.untold(diagnostics)
  const errors = untold.filter(({ severity }) => severity === 'error')
  const warnings = untold.filter(({ severity }) => severity === 'warning')
  return [
    ...warnings.map((each) => lines.detail(warningLine(each))),
    ...(errors.length === 0 ? [] : renderDiagnostics(errors, layout).trimEnd().split('\n').map(lines.log)),
  ]
}

function shortKey(key: string): string {
  return key.slice(0, 12)
}

/**
 * `web.1` of `web.1-3f9c2a`: what comes after tells apart those that had the place before. Where instances have no places,
 * as on ecs, it is all there is: `web-3f9c2a1b`.
 */
function shortInstance(id: string): string {
  return id.replace(/(\.\d+)-[0-9a-f]+$/, '$1')
}
