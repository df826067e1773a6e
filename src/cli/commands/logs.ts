import type { CommandUnknownOpts } from '@commander-js/extra-typings'

import type { LogLine } from '../../engine/logs.ts'
import { cleanLog } from '../../report/clean.ts'
import { painter } from '../../report/colour.ts'
import { aboutApp } from '../app-option.ts'
import { connectToApp } from '../connect.ts'
import { examples } from '../help.ts'
import { listenForInterrupt } from '../interrupt.ts'
import { MOST_LOG_LINES, readLineCount, readDeployment } from '../numbers.ts'
import { hasColour, note, print } from '../output.ts'
import { readSince } from '../since.ts'

/** How many lines without being told what to look at. */
const LINES = 100

const EXAMPLES = examples(
  'gantry logs -f',
  'gantry logs worker -n 500',
  'gantry logs task.migrate',
  'gantry logs --since 10m',
  'gantry logs web --deployment 12',
)

export function addLogs(program: CommandUnknownOpts): void {
  aboutApp(
    program
      .command('logs')
      .description('show what processes and tasks have written, of all instances in the order of time')
      .argument('[process]', 'only this process, or a task: task.NAME')
      .option('-f, --follow', 'go on with what is written from now on')
      .option(
        '-n, --lines <number>',
        `how many of the last lines to begin with; default: ${LINES}, or ${MOST_LOG_LINES} with --since and --deployment`,
        readLineCount,
      )
      .option('--since <time>', 'only what was written since: 10m, 2h, 1d, or an ISO time', (text) =>
        readSince(text, Date.now()),
      )
      .option('--instance <id>', 'only what this instance wrote, also one that is gone: web.1-3f9c2a')
      .option(
        '--deployment <number>',
        "only what was written from this deployment's start to the start of the next one",
        readDeployment,
      )
      .option('--json', 'print each line as JSON'),
  )
    .addHelpText('after', EXAMPLES)
    .action(async (process_, options) => {
      const control = await connectToApp(options)
      const { follow = false, since, instance, deployment } = options
      const narrowed = since !== undefined || deployment !== undefined
      const lines = options.lines ?? (narrowed ? MOST_LOG_LINES : LINES)
      const show = options.json ? JSON.stringify : createLogRenderer(hasColour(process.stdout))
      // Following is ended by Ctrl-C: that is no failure, and nothing is said about it.
      using interrupt = listenForInterrupt()
      const wish = {
        process: process_ ?? null,
        lines,
        follow,
        signal: interrupt.signal,
        ...(since !== undefined && { since }),
        ...(instance !== undefined && { instance }),
        ...(deployment !== undefined && { deployment }),
      }
      let shown = 0
      for await (const line of control.logs(wish)) {
        print(show(line))
        shown += 1
      }
      if (follow) return
      if (shown === 0) note('nothing was written that would be shown here')
      else if (narrowed && shown >= lines) note(`these are the last ${lines} lines: there may be more`)
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
