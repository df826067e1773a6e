import type { CommandUnknownOpts } from '@commander-js/extra-typings'

import { renderPlan } from '../../report/plan.ts'
import { aboutApp } from '../app-option.ts'
import { DEFAULT_COMMIT, noteUncommitted } from '../checkout.ts'
import { connectToApp } from '../connect.ts'
import { examples } from '../help.ts'
import { listenForInterrupt } from '../interrupt.ts'
import { layoutOf, printJson } from '../output.ts'

export function addPlan(program: CommandUnknownOpts): void {
  aboutApp(
    program
      .command('plan')
      .description(
        'show what deploying a commit would change, and change nothing; ends with 1 where a deploy would be refused',
      )
      .argument('[commit]', 'a commit of the checkout, or one that the server has', DEFAULT_COMMIT)
      .option('--allow-remove', 'plan as if removing much were allowed')
      .option('--refresh', 'trust nothing that was remembered: find what others have changed')
      .option('--json', 'print JSON'),
  )
    .addHelpText(
      'after',
      examples('gantry plan', 'gantry plan v1.4 --json', 'gantry plan -e production --refresh'),
    )
    .action(async (commit, options) => {
      const control = await connectToApp(options)
      await noteUncommitted(options.dir, commit)
      using interrupt = listenForInterrupt()
      const { allowRemove = false, refresh = false } = options
      const plan = await control.plan(commit, { allow_remove: allowRemove, refresh }, interrupt.signal)
      if (options.json) printJson(plan)
      else process.stdout.write(renderPlan(plan, layoutOf(process.stdout)))
      // A script asks whether it may deploy.
      if (plan.blocked.length > 0) process.exitCode = 1
    })
}
