import type { CommandUnknownOpts } from '@commander-js/extra-typings'

import type { TaskResult } from '../../engine/engine.ts'
import { cleanLog } from '../../report/clean.ts'
import { linesIn } from '../../report/lines.ts'
import { appOption, connectToApp } from '../app-option.ts'
import { path, ServerError } from '../client.ts'
import { examples } from '../help.ts'
import { homeOption } from '../home.ts'
import { exitInterrupted, listenForInterrupt } from '../interrupt.ts'
import { hasColour, note, print } from '../output.ts'
import { shellLine } from '../shell-line.ts'

type RunEvent = { line: string } | Pick<TaskResult, 'exit_code' | 'reason'>

export function addRun(program: CommandUnknownOpts): void {
  program
    .command('run')
    .description(
      'run a command once, in the image and with the variables of what is deployed. It has no standard input and no terminal yet',
    )
    .argument('<command...>', 'a program and its arguments, or a shell line as one word')
    .passThroughOptions()
    .option('--json', 'print each line and the result as JSON')
    .addOption(appOption())
    .addOption(homeOption())
    .addHelpText(
      'after',
      examples('gantry run python manage.py check', "gantry run --app hello 'env | sort'"),
    )
    .action(async (words, options) => {
      const command = shellLine(words)
      const { client, app } = await connectToApp(options)
      using interrupt = listenForInterrupt()
      let result: Extract<RunEvent, { reason: unknown }> | null = null
      // Closing the stream is what stops the command.
      const events = client.events<RunEvent>('POST', path`/apps/${app}/runs`, { command }, interrupt.signal)
      for await (const event of events) {
        if (options.json) print(JSON.stringify(event))
        else if ('line' in event) print(shown(event.line))
        if ('reason' in event) result = event
      }
      if (result !== null) endWith(result)
      else if (interrupt.signal.aborted) exitInterrupted()
      else throw new ServerError('the server stopped telling about the command before it ended')
    })
}

/** What goes into a file or a pipe stays as it is; a terminal is protected. */
function shown(line: string): string {
  return process.stdout.isTTY ? cleanLog(line, hasColour(process.stdout)) : line
}

/** The command's exit code becomes ours. One that something else ended has none. */
function endWith({ exit_code, reason }: Pick<TaskResult, 'exit_code' | 'reason'>): void {
  if (reason !== null) note(linesIn(hasColour(process.stderr)).problem(`the command was ended: ${reason}`))
  process.exitCode = exit_code ?? 1
}
