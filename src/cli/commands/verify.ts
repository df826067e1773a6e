import type { CommandUnknownOpts } from '@commander-js/extra-typings'

import type { App } from '../../app/app.ts'
import type { Diagnostic } from '../../app/errors.ts'
import { failed, type Check } from '../../engine/check.ts'
import type { VerifyOptions } from '../../engine/ecs/verify/verify.ts'
import { renderChecks, summary } from '../../report/checks.ts'
import { aboutApp } from '../app-option.ts'
import { readCheckoutConfig } from '../checkout-config.ts'
import { examples } from '../help.ts'
import { listenForInterrupt } from '../interrupt.ts'
import { layoutOf, note, print, printJson } from '../output.ts'

export function addVerify(program: CommandUnknownOpts): void {
  aboutApp(
    program
      .command('verify')
      .description('look at everything that a deployment needs, before the first one; changes nothing')
      .option(
        '--read-secrets',
        'also whether secrets have the keys that the config names: reads their values',
      )
      .option('--json', 'print JSON'),
  )
    .addHelpText(
      'after',
      examples('gantry verify', 'gantry verify -e production --json', 'gantry verify --read-secrets'),
    )
    .action(async (options) => {
      using interrupt = listenForInterrupt()
      const { readSecrets = false } = options
      const { app } = await readCheckoutConfig(options)
      const checks =
        app.engine === 'ecs'
          ? await verifyEcs(app, { readSecrets, signal: interrupt.signal })
          : await (await import('../../engine/local/verify.ts')).verify(app)
      if (options.json) printJson(checks)
      else {
        for (const line of renderChecks(checks, layoutOf(process.stdout))) print(line)
        note(summary(checks))
      }
      if (checks.some((each) => each.status === 'failed')) process.exitCode = 1
    })
}

async function verifyEcs(app: App, options: VerifyOptions): Promise<Check[]> {
  const [{ openAccount }, { adapt }, { verify }] = await Promise.all([
    import('../../engine/ecs/open.ts'),
    import('../../engine/ecs/adapt.ts'),
    import('../../engine/ecs/verify/verify.ts'),
  ])
  const { app: adapted, diagnostics } = adapt(app)
  const errors = diagnostics.filter((each) => each.severity === 'error')
  return [...errors.map(ofConfig), ...(await verify(openAccount(app.ecs), adapted, options))]
}

/** What is known to be wrong without asking anybody. */
function ofConfig({ path, message, hint }: Diagnostic): Check {
  return failed(path ?? 'config', message, hint ?? null)
}
