import type { CommandUnknownOpts } from '@commander-js/extra-typings'

import type { RunEvent } from '../../deploy/run-once.ts'
import { cleanLog } from '../../report/clean.ts'
import { linesIn } from '../../report/lines.ts'
import { aboutApp } from '../app-option.ts'
import { connectToApp } from '../connect.ts'
import { examples } from '../help.ts'
import { exitInterrupted, listenForInterrupt } from '../interrupt.ts'
import { hasColour, note, print } from '../output.ts'
import { shellLine } from '../shell-line.ts'

type Ended = Extract<RunEvent, { reason: unknown }>

export function addRun(program: CommandUnknownOpts): void {
  aboutApp(
    program
      .command('run')
      .description(
        'run a command once, in the image and with the variables of what is deployed. It has no standard input and no terminal yet',
      )
      .argument('<command...>', 'a program and its arguments, or a shell line as one word')
      .passThroughOptions()
      .option('--json', 'print each line and the result as JSON'),
  )
    .addHelpText(
      'after',
      examples('gantry run python manage.py check', "gantry run --app hello 'env | sort'"),
    )
    .action(async (words, options) => {
      const command = shellLine(words)
      const control = await connectToApp(options)
      using interrupt = listenForInterrupt()
      let result: Ended | null = null
      for await (const event of control.run(command, interrupt.signal)) {
        if (options.json) print(JSON.stringify(event))
        else if ('line' in event) print(shown(event.line))
        if ('reason' in event) result = event
      }
      if (result === null) exitInterrupted()
      else endWith(result)
    })
}

/** What goes into a file or a pipe stays as it is; a terminal is protected. */
function shown(line: string): string {
  return process.stdout.isTTY ? cleanLog(line, hasColour(process.stdout)) : line
}

/** The command's exit code becomes ours. One that something else ended has none. */
function endWith({ exit_code, reason }: Ended): void {
  if (reason !== null) note(linesIn(hasColour(process.stderr)).problem(`the command was ended: ${reason}`))
  process.exitCode = exit_code ?? 1
}
