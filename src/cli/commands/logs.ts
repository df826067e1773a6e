import type { CommandUnknownOpts } from '@commander-js/extra-typings'

import type { LogLine } from '../../engine/engine.ts'
import { cleanLog } from '../../report/clean.ts'
import { painter } from '../../report/colour.ts'
import { aboutApp } from '../app-option.ts'
import { connectToApp } from '../connect.ts'
import { examples } from '../help.ts'
import { listenForInterrupt } from '../interrupt.ts'
import { readCount } from '../numbers.ts'
import { hasColour, print } from '../output.ts'

export function addLogs(program: CommandUnknownOpts): void {
  aboutApp(
    program
      .command('logs')
      .description('show what processes and tasks have written')
      .argument('[process]', 'only this process, or a task: task.NAME')
      .option('-f, --follow', 'go on with what is written from now on')
      .option('-n, --lines <number>', 'how many of the last lines to begin with', readCount, 100)
      .option('--json', 'print each line as JSON'),
  )
    .addHelpText('after', examples('gantry logs -f', 'gantry logs worker -n 500', 'gantry logs task.migrate'))
    .action(async (process_, options) => {
      const control = await connectToApp(options)
      const { lines, follow = false } = options
      const show = options.json ? JSON.stringify : createLogRenderer(hasColour(process.stdout))
      // Following is ended by Ctrl-C: that is no failure, and nothing is said about it.
      using interrupt = listenForInterrupt()
      const query = { process: process_ ?? null, lines, follow, signal: interrupt.signal }
      for await (const line of control.logs(query)) print(show(line))
    })
}

const COLOURS = [
  'cyan',
  'yellow',
  'green',
  'magenta',
  'blue',
  'cyanBright',
  'yellowBright',
  'greenBright',
] as const

/** `TIME instance | text`, where each instance has the next colour. */
export function createLogRenderer(colour: boolean): (line: LogLine) => string {
  const paint = painter(colour)
  const colours = new Map<string, (typeof COLOURS)[number]>()
  return ({ time, instance, stream, text }) => {
    const own = colours.get(instance) ?? COLOURS[colours.size % COLOURS.length]!
    colours.set(instance, own)
    const shown = cleanLog(text, colour)
    return `${paint(own, `${time} ${instance} |`)} ${stream === 'gantry' ? paint('dim', shown) : shown}`.trimEnd()
  }
}
