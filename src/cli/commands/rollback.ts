import type { CommandUnknownOpts } from '@commander-js/extra-typings'

import { UserError } from '../../app/errors.ts'
import type { Deployment, Release } from '../../engine/ledger.ts'
import { clean } from '../../report/clean.ts'
import { age } from '../age.ts'
import { appOption, connectToApp } from '../app-option.ts'
import { path, withQuery, type Client } from '../client.ts'
import { followDeployment, isGood } from '../follow.ts'
import { examples } from '../help.ts'
import { homeOption } from '../home.ts'
import { MOST_LINES, readNumber } from '../numbers.ts'
import { note } from '../output.ts'
import { ask } from '../prompt.ts'

export function addRollback(program: CommandUnknownOpts): void {
  program
    .command('rollback')
    .description('deploy an old release again, image and config; what migrations did is not undone')
    .argument('[release]', 'as in v3; default: the one before the latest', readNumber)
    .option('--yes', 'do not ask')
    .option('--json', 'print the deployment as JSON when it has ended')
    .addOption(appOption())
    .addOption(homeOption())
    .addHelpText('after', examples('gantry rollback', 'gantry rollback v3 --yes'))
    .action(async (wanted, options) => {
      const { client, app } = await connectToApp(options)
      const release = await findTarget(client, app, wanted)
      note(describe(app, release))
      note('       Migrations are not undone: that release has to work with the data as they are now')
      if (!options.yes) await confirm()
      const body = { release: release.number }
      const { number } = await client.post<Deployment>(path`/apps/${app}/rollbacks`, body)
      const outcome = await followDeployment(client, app, number, options)
      if (outcome !== null && isGood(outcome)) {
        note('       The branch stays where it is: the next push, or `gantry deploy`, goes on from there')
      }
    })
}

async function findTarget(client: Client, app: string, wanted: number | undefined): Promise<Release> {
  const limit = wanted === undefined ? 2 : MOST_LINES
  const releases = await client.get<Release[]>(withQuery(path`/apps/${app}/releases`, { limit }))
  const found = wanted === undefined ? releases[1] : releases.find(({ number }) => number === wanted)
  if (found !== undefined) return found
  throw new UserError(
    wanted === undefined ? `${app} has no release before the latest one` : `${app} has no release v${wanted}`,
    { hint: '`gantry release list` shows what one can roll back to' },
  )
}

function describe(app: string, { number, commit, created_at, title }: Release): string {
  const what = commit === null ? clean(title) : `${commit.slice(0, 7)} ${clean(title)}`
  return `-----> Roll ${app} back to v${number}, made ${age(created_at)} ago: ${what}`
}

async function confirm(): Promise<void> {
  if (!process.stdin.isTTY) throw new UserError('nobody is there to say yes', { hint: 'say so with --yes' })
  const answer = await ask('       Go on? [y/N] ')
  if (!/^y(?:es)?$/i.test(answer.trim())) throw new UserError('nothing was done')
}
