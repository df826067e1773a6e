import type { CommandUnknownOpts } from '@commander-js/extra-typings'

import { UserError } from '../../app/errors.ts'
import type { Running } from '../../engine/running.ts'
import { isGood, type Release } from '../../engine/ledger.ts'
import { clean } from '../../report/clean.ts'
import { linesIn } from '../../report/lines.ts'
import { age } from '../age.ts'
import { aboutApp } from '../app-option.ts'
import { connectToApp } from '../connect.ts'
import type { Control } from '../control.ts'
import { examples } from '../help.ts'
import { readRelease } from '../numbers.ts'
import { hasColour, note } from '../output.ts'
import { confirm } from '../prompt.ts'
import { watch } from '../watch.ts'

export function addRollback(program: CommandUnknownOpts): void {
  aboutApp(
    program
      .command('rollback')
      .description('deploy an old release again, image and config; what migrations did is not undone')
      .argument('[release]', 'as in v3; default: the one before the latest', readRelease)
      .option('--yes', 'do not ask')
      .option('--json', 'print the deployment as JSON when it has ended'),
  )
    .addHelpText('after', examples('gantry rollback', 'gantry rollback v3 --yes'))
    .action(async (wanted, options) => {
      const control = await connectToApp(options)
      const release = await findTarget(control, wanted)
      note(describe(control.app, release))
      note('       Migrations are not undone: that release has to work with the data as they are now')
      for (const sentence of givenUpPins(await control.running(), release)) {
        note(linesIn(hasColour(process.stderr)).detail(sentence))
      }
      if (!options.yes) await confirm()
      const outcome = await watch(control, (watching) => control.rollback(release.number, watching), options)
      if (outcome !== null && isGood(outcome)) {
        note('       The branch stays where it is: the next push, or `gantry deploy`, goes on from there')
      }
    })
}

async function findTarget(control: Control, wanted: number | undefined): Promise<Release> {
  if (wanted !== undefined) return control.release(wanted)
  const [, last] = await control.releases(2)
  if (last !== undefined) return last
  throw new UserError(`${control.app} has no release before the latest one`, {
    hint: 'there is nothing to go back to',
  })
}

/** A sentence for each image that an operator has pinned since: it does not survive, as the release says what runs. */
function givenUpPins({ processes }: Running, { number, app, owned_images }: Release): string[] {
  const configured = new Set(app.processes.map(({ name }) => name))
  return processes.flatMap(({ spec: { name }, owned: { image } }) => {
    const then = owned_images[name]
    // One that an operator made has no other image to go back to.
    if (!image || then === image || (then === undefined && !configured.has(name))) return []
    return [
      `${name} does not keep its image ${image}, which an operator set: it gets ${then === undefined ? 'that' : `${then}, that`} of v${number}`,
    ]
  })
}

function describe(app: string, { number, commit, created_at, title }: Release): string {
  const what = commit === null ? clean(title) : `${commit.slice(0, 7)} ${clean(title)}`
  return `-----> Roll ${app} back to v${number}, made ${age(created_at)} ago: ${what}`
}
