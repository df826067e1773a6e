import type { CommandUnknownOpts } from '@commander-js/extra-typings'

import { showDuration } from '../../app/duration.ts'
import { showReference } from '../../app/image.ts'
import { showCpu, showMemory } from '../../app/size.ts'
import { durationOf, type TaskRun } from '../../engine/task-run.ts'
import type { LogLine } from '../../engine/logs.ts'
import { clean, cleanLog } from '../../report/clean.ts'
import { table } from '../../report/table.ts'
import { age } from '../age.ts'
import { aboutApp } from '../app-option.ts'
import { connectToApp } from '../connect.ts'
import { examples } from '../help.ts'
import { listenForInterrupt } from '../interrupt.ts'
import { readCount } from '../numbers.ts'
import { hasColour, note, print, printJson, printTable } from '../output.ts'
import { createLogRenderer } from './logs.ts'
import { addCreate } from './task-create.ts'
import { addRun } from './task-run.ts'

/** How much of a command stands in a list. */
const SHORT = 60
/** How many lines of its log are shown with a run. */
const LAST_LINES = 20

export function addTask(program: CommandUnknownOpts): void {
  const task = program
    .command('task')
    .description('start, list, show, watch and stop what runs once: tasks of the config, and commands')
    .addHelpText(
      'after',
      examples(
        'gantry task run migrate -w',
        "gantry task create -w 'bin/backfill --all'",
        'gantry task list',
        'gantry task logs ID -f',
      ),
    )
  addRun(task)
  addCreate(task)
  addList(task)
  addShow(task)
  addLogs(task)
  addDelete(task)
}

/** `task=ID` is how others write it. */
function readId(text: string): string {
  return text.replace(/^task=/, '')
}

function addList(task: CommandUnknownOpts): void {
  aboutApp(
    task
      .command('list')
      .description('list the runs of tasks, newest first: of deployments, of schedules and by hand')
      .option('-n, --limit <number>', 'how many at most', readCount, 20)
      .option('--json', 'print JSON'),
  )
    .addHelpText('after', examples('gantry task list', 'gantry task list -n 100 --json'))
    .action(async (options) => {
      const control = await connectToApp(options)
      const runs = await control.tasks(options.limit)
      if (options.json) printJson(runs)
      else if (runs.length === 0) note(`no task of ${control.app} is remembered`)
      else printTable(['ID', 'STATUS', 'EXIT', 'AGE', 'DURATION', 'BY', 'COMMAND'], runs.map(cellsOf))
    })
}

function cellsOf(run: TaskRun): string[] {
  return [
    run.id,
    run.status,
    run.exit_code === null ? '-' : String(run.exit_code),
    age(run.started_at),
    shownDuration(run) ?? '-',
    run.initiated_by,
    clean(run.command, SHORT),
  ]
}

function addShow(task: CommandUnknownOpts): void {
  aboutApp(
    task
      .command('show')
      .argument('<id>', 'of the run', readId)
      .description('show a run: how it went, who started it, what it was given, and the end of its log')
      .option('--json', 'print JSON'),
  )
    .addHelpText(
      'after',
      examples('gantry task show task.run-3f9c2a', 'gantry task show task.run-3f9c2a --json'),
    )
    .action(async (id, options) => {
      const control = await connectToApp(options)
      const run = await control.task(id)
      const query = { follow: false, signal: new AbortController().signal }
      const log: LogLine[] = []
      for await (const line of control.taskLogs(id, query)) {
        log.push(line)
        if (log.length > LAST_LINES) log.shift()
      }
      if (options.json) return printJson({ ...run, log })
      for (const line of table(rowsOf(run))) print(line)
      if (log.length > 0) print('log')
      for (const { text } of log) print(`  ${cleanLog(text, hasColour(process.stdout))}`)
    })
}

function rowsOf(run: TaskRun): string[][] {
  const rows = {
    task: run.id,
    status: run.status,
    exit_code: run.exit_code === null ? null : String(run.exit_code),
    reason: run.reason,
    command: run.command,
    initiated_by: run.initiated_by,
    deployment: run.deployment === null ? null : `#${run.deployment}`,
    started: run.started_at,
    ended: run.ended_at,
    duration: shownDuration(run),
    image: showReference(run.image),
    cpu: showCpu(run.cpu),
    memory: showMemory(run.memory),
    max_hours: String(run.max_hours),
  }
  return Object.entries(rows).flatMap(([name, value]) =>
    value === null ? [] : [[name, clean(value, 1_000)]],
  )
}

function shownDuration(run: TaskRun): string | null {
  const seconds = durationOf(run, Date.now())
  return seconds === null ? null : showDuration(Math.round(seconds))
}

function addLogs(task: CommandUnknownOpts): void {
  aboutApp(
    task
      .command('logs')
      .argument('<id>', 'of the run', readId)
      .description('show all that a run has written')
      .option('-f, --follow', 'go on until it has ended; Ctrl-C ends the watching only')
      .option('--json', 'print each line as JSON'),
  )
    .addHelpText('after', examples('gantry task logs task.run-3f9c2a', 'gantry task logs task.run-3f9c2a -f'))
    .action(async (id, options) => {
      const control = await connectToApp(options)
      using interrupt = listenForInterrupt()
      const show = options.json ? JSON.stringify : createLogRenderer(hasColour(process.stdout))
      const query = { follow: options.follow ?? false, signal: interrupt.signal }
      for await (const line of control.taskLogs(id, query)) print(show(line))
    })
}

function addDelete(task: CommandUnknownOpts): void {
  aboutApp(
    task
      .command('delete')
      .argument('<id>', 'of the run', readId)
      .description('stop a run that goes on, or take one that has ended out of the list')
      .option('--json', 'print JSON'),
  )
    .addHelpText('after', examples('gantry task delete task.run-3f9c2a'))
    .action(async (id, options) => {
      const control = await connectToApp(options)
      const { deleted, run } = await control.deleteTask(id)
      if (options.json) printJson({ deleted, run })
      else if (deleted === 'removed') note(`${run.id} is out of the list`)
      else note(`${run.id} is stopped; it stays in the list until it is deleted once more`)
    })
}
