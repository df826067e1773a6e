import type { CommandUnknownOpts } from '@commander-js/extra-typings'

import { NotFoundError } from '../../app/errors.ts'
import type { Plan } from '../../plan/types.ts'
import { renderPlan } from '../../report/plan.ts'
import type { AppEntry } from '../../server/apps.ts'
import { appOption, connectToApp, folderOption } from '../app-option.ts'
import { DEFAULT_COMMIT, noteUncommitted, resolveCommit } from '../checkout.ts'
import { path, type Client } from '../client.ts'
import { examples } from '../help.ts'
import { homeOption } from '../home.ts'
import { exitInterrupted, listenForInterrupt } from '../interrupt.ts'
import { layoutOf, note, printJson } from '../output.ts'
import { pushCommit } from '../push.ts'

export function addPlan(program: CommandUnknownOpts): void {
  program
    .command('plan')
    .description('show what deploying a commit would change, and change nothing')
    .argument('[commit]', 'a commit of the checkout, or one that the server has', DEFAULT_COMMIT)
    .option('--allow-remove', 'plan as if removing much were allowed')
    .option('--json', 'print JSON')
    .addOption(folderOption())
    .addOption(appOption())
    .addOption(homeOption())
    .addHelpText('after', examples('gantry plan', 'gantry plan v1.4 --json', 'gantry plan -C ~/src/hello'))
    .action(async (commit, options) => {
      const { client, app } = await connectToApp(options)
      const sha = await resolveCommit(options.dir, commit)
      await noteUncommitted(options.dir, commit)
      const wanted = { commit: sha ?? commit, allow_remove: options.allowRemove ?? false }
      const entry = await client.get<AppEntry>(path`/apps/${app}`)
      const plan = await planOf(client, entry, wanted, sha === null ? null : options.dir)
      if (plan === null) exitInterrupted()
      else if (options.json) printJson(plan)
      else process.stdout.write(renderPlan(plan, layoutOf(process.stdout)))
    })
}

/** Asks for the plan, and hands the commit over first where the server lacks it. Null after Ctrl-C. */
async function planOf(
  client: Client,
  { name, branch }: AppEntry,
  wanted: { commit: string; allow_remove: boolean },
  folder: string | null,
): Promise<Plan | null> {
  const ask = () => client.post<Plan>(path`/apps/${name}/plans`, wanted)
  try {
    return await ask()
  } catch (error) {
    if (folder === null || !(error instanceof NotFoundError)) throw error
  }
  using interrupt = listenForInterrupt()
  const push = await pushCommit(client, {
    folder,
    app: name,
    sha: wanted.commit,
    branch,
    force: true,
    options: ['dry-run'],
    stderr: 'pipe',
    signal: interrupt.signal,
  })
  if (interrupt.signal.aborted) return null
  // The objects of a push that is refused arrive all the same, and the plan says better what is wrong.
  if (push.status === 'failed') note(push.stderr.trimEnd())
  return ask()
}
