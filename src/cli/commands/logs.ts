import type { CommandUnknownOpts } from '@commander-js/extra-typings'

import type { LogLine } from '../../engine/engine.ts'
import { cleanLog } from '../../report/clean.ts'
import { painter } from '../../report/colour.ts'
import { appOption, connectToApp } from '../app-option.ts'
import { path, withQuery } from '../client.ts'
import { examples } from '../help.ts'
import { homeOption } from '../home.ts'
import { listenForInterrupt } from '../interrupt.ts'
import { readCount } from '../numbers.ts'
import { hasColour, print } from '../output.ts'

export function addLogs(program: CommandUnknownOpts): void {
  program
    .command('logs')
    .description('show what processes and tasks have written')
    .argument('[process]', 'only this process, or a task: task.NAME')
    .option('-f, --follow', 'go on with what is written from now on')
    .option('-n, --lines <number>', 'how many of the last lines to begin with', readCount, 100)
    .option('--json', 'print each line as JSON')
    .addOption(appOption())
    .addOption(homeOption())
    .addHelpText('after', examples('gantry logs -f', 'gantry logs worker -n 500', 'gantry logs task.migrate'))
    .action(async (process_, options) => {
      const { client, app } = await connectToApp(options)
      const { lines, follow = false } = options
      const query = { lines, follow, ...(process_ !== undefined && { process: process_ }) }
      const show = options.json ? JSON.stringify : createLogRenderer(hasColour(process.stdout))
      // Following is ended by Ctrl-C: that is no failure, and nothing is said about it.
      using interrupt = listenForInterrupt()
      const logs = withQuery(path`/apps/${app}/logs`, query)
      for await (const line of client.events<LogLine>('GET', logs, null, interrupt.signal)) print(show(line))
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
