import { Argument, type CommandUnknownOpts } from '@commander-js/extra-typings'

import { SCRIPTS, SHELLS } from '../completion/scripts.ts'
import { examples } from '../help.ts'

export function addCompletion(program: CommandUnknownOpts): void {
  program
    .command('completion')
    .description(
      'print the script with which your shell completes commands, options and the names of processes',
    )
    .addArgument(new Argument('<shell>', 'your shell').choices(SHELLS))
    .addHelpText(
      'after',
      examples(
        'source <(gantry completion bash)',
        'source <(gantry completion zsh)',
        'gantry completion fish > ~/.config/fish/completions/gantry.fish',
      ),
    )
    .action((shell) => void process.stdout.write(SCRIPTS[shell]))
}
