import type { Command, OptionValues } from '@commander-js/extra-typings'

import { TaskError } from '../app/errors.ts'
import { showCpu, showMemory } from '../app/size.ts'
import { isOver, type TaskRun } from '../engine/task-run.ts'
import { endWith, shown } from './command-output.ts'
import type { Control } from './control.ts'
import { exitInterrupted, listenForInterrupt } from './interrupt.ts'
import { note, print, printJson } from './output.ts'

export interface StartOptions {
  wait?: true | undefined
  json?: true | undefined
  environment?: string | undefined
}

type Start = () => Promise<TaskRun>

/** Gives a command the options of what starts a run. */
export function aboutStart<Args extends unknown[], Opts extends OptionValues>(command: Command<Args, Opts>) {
  return command
    .option('-w, --wait', 'show its output until it has ended, and exit with its code')
    .option('--initiated-by <text>', 'initiated_by=TEXT: who or what starts it; default: you')
    .option('--json', 'print the run as JSON; with --wait, as it ended')
}

/** Starts a run, which goes on by itself, and says how to watch it; with `wait` shows it until it has ended. */
export async function startRun(control: Control, start: Start, options: StartOptions): Promise<void> {
  if (options.wait) return wait(control, start, options)
  const run = await start()
  if (options.json) return printJson(run)
  print(run.id)
  noteSize(run)
  noteHowToWatch(run, watchedAs(control, options))
}

async function wait(control: Control, start: Start, options: StartOptions): Promise<void> {
  using interrupt = listenForInterrupt()
  const started = await start()
  noteSize(started)
  const query = { follow: true, signal: interrupt.signal }
  for await (const { stream, text } of control.taskLogs(started.id, query)) {
    // What is said about the run is no output of its program.
    if (options.json || stream === 'gantry') note(shown(text))
    else print(shown(text))
  }
  if (interrupt.signal.aborted) {
    note(`-----> ${started.id} goes on without you`)
    noteHowToWatch(started, watchedAs(control, options))
    return exitInterrupted()
  }
  const run = await control.task(started.id)
  if (!isOver(run)) {
    throw new TaskError(`nobody tells any more what ${run.id} does: it may still run`, {
      hint: `see what became of it: gantry task show ${run.id}`,
    })
  }
  if (options.json) printJson(run)
  endWith(run)
}

/** What the engine has made of the size that was asked for. */
function noteSize({ id, cpu, memory, max_hours }: TaskRun): void {
  note(`-----> ${id} runs with ${showCpu(cpu)} and ${showMemory(memory)}, for ${max_hours} h at most`)
}

function noteHowToWatch({ id }: TaskRun, app: string): void {
  note(`       Watch it with \`gantry task logs ${id} --app ${app} -f\``)
  note(`       Stop it with \`gantry task delete ${id} --app ${app}\``)
}

function watchedAs(control: Control, { environment }: StartOptions): string {
  return environment ? `${control.app} -e ${environment}` : control.app
}
