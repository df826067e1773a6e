import type { CommandUnknownOpts } from '@commander-js/extra-typings'

import { showImage, showReference } from '../../app/image.ts'
import type { Release } from '../../engine/ledger.ts'
import { age } from '../age.ts'
import { aboutApp } from '../app-option.ts'
import { connectToApp } from '../connect.ts'
import { examples } from '../help.ts'
import { readCount, readRelease } from '../numbers.ts'
import { note, printFields, printJson, printTable } from '../output.ts'

export function addRelease(program: CommandUnknownOpts): void {
  const release = program
    .command('release')
    .description('look at releases: what one can roll back to')
    .addHelpText('after', examples('gantry release list', 'gantry release show v3'))
  addList(release)
  addShow(release)
}

function addList(release: CommandUnknownOpts): void {
  aboutApp(
    release
      .command('list')
      .description('list the releases of an app, newest first')
      .option('-n, --limit <number>', 'how many at most', readCount, 20)
      .option('--json', 'print JSON'),
  )
    .addHelpText('after', examples('gantry release list', 'gantry release list -n 100 --json'))
    .action(async (options) => {
      const control = await connectToApp(options)
      const list = await control.releases(options.limit)
      if (options.json) printJson(list)
      else if (list.length === 0) note(`${control.app} has no releases yet`)
      else printTable(['RELEASE', 'DEPLOYMENT', 'COMMIT', 'BY', 'AGE', 'TITLE'], list.map(cellsOf))
    })
}

function cellsOf({ number, deployment, commit, by, created_at, title }: Release): string[] {
  return [`v${number}`, `#${deployment}`, commit?.slice(0, 7) ?? '-', by, age(created_at), title]
}

function addShow(release: CommandUnknownOpts): void {
  aboutApp(
    release
      .command('show')
      .argument('<release>', 'as in v3', readRelease)
      .description('show what a release is made of; as JSON with its whole config')
      .option('--json', 'print JSON'),
  )
    .addHelpText('after', examples('gantry release show v3', 'gantry release show v3 --json'))
    .action(async (number, options) => {
      const control = await connectToApp(options)
      const shown = await control.release(number)
      if (options.json) printJson(shown)
      else printFields(fieldsOf(shown))
    })
}

function fieldsOf({ number, deployment, title, commit, by, created_at, ...made }: Release) {
  const built = Object.entries(made.images).map(([component, image]) => [component, showImage(image)])
  // What an operator had pinned took the place of what was built.
  const pinned = Object.entries(made.owned_images).map(([process, reference]) => [
    `process:${process}`,
    showReference(reference),
  ])
  return {
    release: `v${number}`,
    deployment: `#${deployment}`,
    title,
    commit,
    by,
    created: created_at,
    ...(Object.fromEntries([...built, ...pinned]) as Record<string, string>),
  }
}
