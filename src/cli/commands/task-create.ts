import type { CommandUnknownOpts } from '@commander-js/extra-typings'

import { TaskError, UserError } from '../../app/errors.ts'
import { showCpu, showMemory } from '../../app/size.ts'
import { isOver, type TaskRun } from '../../engine/task-run.ts'
import { aboutApp } from '../app-option.ts'
import { endWith, shown } from '../command-output.ts'
import { connectToApp } from '../connect.ts'
import type { Control } from '../control.ts'
import { examples } from '../help.ts'
import { exitInterrupted, listenForInterrupt } from '../interrupt.ts'
import { parseKeyValue } from '../key-values.ts'
import { note, print, printJson } from '../output.ts'
import { aboutRun, readRunKeys, type RunOptions } from '../run-keys.ts'

export function addCreate(task: CommandUnknownOpts): void {
  aboutRun(
    aboutApp(
      task
        .command('create')
        .argument(
          '<command>',
          'a shell line as one word: in single quotes, its variables are those of the app',
        )
        .argument('[words...]', 'key=value')
        .usage('[options] <command> [key=value...]')
        .description(
          'start a command in the image and with the variables of what is deployed. Keys: memory, cpu, docker_tag, image, max_hours, initiated_by, and env.NAME for variables of this run alone, which are no secrets: whoever may look at the run may see them. It goes on by itself; with --wait, Ctrl-C ends the waiting only',
        )
        .option('-w, --wait', 'show its output until it has ended, and exit with its code')
        .option('--initiated-by <text>', 'initiated_by=TEXT: who or what starts it; default: you')
        .option('--json', 'print the run as JSON; with --wait, as it ended'),
    ),
  )
    .addHelpText(
      'after',
      examples(
        "gantry task create 'bin/backfill --all' memory=2 max_hours=6",
        'gantry task create -w \'psql $DATABASE_URL -c "select 1"\'',
        'gantry task create bin/report env.MONTH=2026-10 initiated_by="the finance team"',
      ),
    )
    .action(async (command, words, options) => {
      const { set, by } = readWords(words, options)
      const control = await connectToApp(options)
      if (options.wait) return wait(control, { command, set }, by, options)
      const run = await control.startTask({ command, set }, by)
      if (options.json) return printJson(run)
      print(run.id)
      noteSize(run)
      noteHowToWatch(run, watchedAs(control, options))
    })
}

type Options = RunOptions & {
  initiatedBy?: string | undefined
  json?: true | undefined
  environment?: string | undefined
}

/** The keys of the run; `initiator` is how others call who started it. */
function readWords(
  words: readonly string[],
  options: Options,
): { set: Record<string, string>; by: string | null } {
  const stray = words.find((word) => parseKeyValue(word) === null)
  if (stray !== undefined) {
    throw new UserError(`${JSON.stringify(stray)} is not of the form key=value`, {
      hint: "the command is one word: quote it, as in gantry task create 'bin/backfill --all'",
    })
  }
  const { initiator, initiated_by, ...set } = readRunKeys(words, options)
  const [by = '', ...others] = [initiator, initiated_by, options.initiatedBy].filter(
    (each) => each !== undefined,
  )
  if (others.length > 0) throw new UserError('initiated_by is given twice')
  return { set, by: by === '' ? null : by }
}

async function wait(
  control: Control,
  words: Parameters<Control['startTask']>[0],
  initiated_by: string | null,
  options: Options,
): Promise<void> {
  using interrupt = listenForInterrupt()
  const started = await control.startTask(words, initiated_by)
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

function watchedAs(control: Control, { environment }: Options): string {
  return environment ? `${control.app} -e ${environment}` : control.app
}
