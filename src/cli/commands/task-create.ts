import type { CommandUnknownOpts } from '@commander-js/extra-typings'

import { UserError } from '../../app/errors.ts'
import { isName } from '../../config/names.ts'
import { aboutApp } from '../app-option.ts'
import { connectToApp } from '../connect.ts'
import type { Control } from '../control.ts'
import { examples } from '../help.ts'
import { parseKeyValue } from '../key-values.ts'
import { note } from '../output.ts'
import { aboutRun, readRunKeys, type RunOptions } from '../run-keys.ts'
import { aboutStart, startRun } from '../start-run.ts'

export function addCreate(task: CommandUnknownOpts): void {
  aboutRun(
    aboutStart(
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
          ),
      ),
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
      if (isName(command)) await noteTask(control, command)
      await startRun(control, () => control.startTask({ command, set }, by), options)
    })
}

/** Who runs a command that is called like a task may have meant that. */
async function noteTask(control: Control, name: string): Promise<void> {
  const [latest] = await control.releases(1)
  if (latest?.app.tasks.some((task) => task.name === name))
    note(
      `       ${name} is a task of the config: \`gantry task run ${name}\` starts that. This runs a command of the name`,
    )
}

type Options = RunOptions & { initiatedBy?: string | undefined }

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
