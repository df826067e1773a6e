import type { Command, OptionValues } from '@commander-js/extra-typings'

/** Gives a command what says whether it is for a terminal. */
export function aboutTerminal<Args extends unknown[], Opts extends OptionValues>(
  command: Command<Args, Opts>,
) {
  return command
    .option('-t, --tty', 'with a terminal; default: where input and output are one')
    .option('-T, --no-tty', 'without a terminal')
}
