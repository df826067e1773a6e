import type { CommandUnknownOpts } from '@commander-js/extra-typings'

import type { RunEvent } from '../../deploy/run-once.ts'
import { UserError } from '../../app/errors.ts'
import { aboutApp } from '../app-option.ts'
import { endWith, shown } from '../command-output.ts'
import { connectToApp } from '../connect.ts'
import { examples } from '../help.ts'
import { exitInterrupted, listenForInterrupt } from '../interrupt.ts'
import { noteOptionsBehind } from '../options-behind.ts'
import { print } from '../output.ts'
import { aboutRun, readRunKeys, splitKeys } from '../run-keys.ts'
import { converse } from '../shell-converse.ts'
import { shellLine } from '../shell-line.ts'
import { aboutTerminal } from '../terminal-option.ts'
import { terminalFor } from '../terminal.ts'
import { noteUnreadInput } from '../unread-input.ts'

type Ended = Extract<RunEvent, { reason: unknown }>

export function addRun(program: CommandUnknownOpts): void {
  aboutTerminal(
    aboutRun(
      aboutApp(
        program
          .command('run')
          .description(
            'run a command once, in the image and with the variables of what is deployed: a shell, for example. At a terminal you talk to it; into a pipe it writes lines, and has no input',
          )
          .argument(
            '<command...>',
            'a program and its arguments, or a shell line as one word; key=value in front of it, or behind a single word: memory, cpu, docker_tag, image, max_hours',
          )
          .passThroughOptions()
          .option('--json', 'print each line and the result as JSON; without a terminal'),
      ),
    ),
  )
    .addHelpText(
      'after',
      examples(
        'gantry run bash',
        'gantry run python manage.py check',
        "gantry run --app hello 'env | sort'",
        "gantry run 'bin/report | tail' memory=2 max_hours=1",
      ),
    )
    .action(async (given, options, self) => {
      const { command, keys } = splitKeys(given)
      const set = readRunKeys(keys, options)
      if (command.length === 0) throw new UserError('which command is to run?')
      noteOptionsBehind(self, command)
      const words = { command: shellLine(command), set }
      const terminal = options.json ? null : terminalFor(options)
      const control = await connectToApp(options)
      if (terminal !== null) return converse(control, { kind: 'run', terminal, ...words })
      noteUnreadInput()
      using interrupt = listenForInterrupt()
      let result: Ended | null = null
      for await (const event of control.run(words, interrupt.signal)) {
        if (options.json) print(JSON.stringify(event))
        else if ('line' in event) print(shown(event.line))
        if ('reason' in event) result = event
      }
      if (result === null) exitInterrupted()
      else endWith(result)
    })
}
