import { basename, join, relative, resolve } from 'node:path'

import { Option, type CommandUnknownOpts } from '@commander-js/extra-typings'

import type { EngineName } from '../../app/app.ts'
import { UserError } from '../../app/errors.ts'
import type { ConfigFiles } from '../../config/reading.ts'
import { foldName } from '../../config/names.ts'
import { folderOption } from '../app-option.ts'
import { examples } from '../help.ts'
import { refuseTaken, writeWhole } from '../new-file.ts'
import { hasColour, note, printJson } from '../output.ts'
import type { Init } from '../render-init.ts'
import { appOfRemote, checkoutRoot } from '../user-git.ts'

const FILE = 'gantry.yml'

/** What was asked for. */
interface InitOptions {
  dir: string
  from?: string | undefined
  module?: string | undefined
  environment?: string[] | undefined
  engine?: EngineName | undefined
}

export function addInit(program: CommandUnknownOpts): void {
  program
    .command('init')
    .description(
      'write a gantry.yml: from the file of another system, or from what the repository looks like',
    )
    .option('--from <file>', 'the file to write it from; default: that of another system, if there is one')
    .option('--module <name>', 'of several modules or apps in one file, the one to take')
    .option('--environment <name...>', 'environments to write beside those that the file names')
    .addOption(
      new Option('--engine <engine>', 'where instances are to run').choices(['local', 'ecs'] as const),
    )
    .option('--force', 'replace a gantry.yml that is there')
    .option('--dry-run', 'print it, and write nothing')
    .option('--json', 'print JSON')
    .addOption(folderOption())
    .addHelpText(
      'after',
      examples(
        'gantry init',
        'gantry init --from app_desc.yaml --module api',
        'gantry init --from stacktape.yml --environment staging production',
        'gantry init --engine ecs --dry-run',
      ),
    )
    .action(async ({ force = false, dryRun = false, json = false, ...options }) => {
      const root = (await checkoutRoot(options.dir)) ?? resolve(options.dir)
      if (!dryRun) await refuseTaken(join(root, FILE), FILE, force)
      const init = await makeInit(root, options)
      if (!dryRun) await writeWhole(join(root, FILE), init.text, { name: FILE, force })
      const { initJson, renderInit } = await import('../render-init.ts')
      if (json) return printJson(initJson(init, { written: !dryRun }))
      if (dryRun) process.stdout.write(init.text)
      renderInit(init, { written: !dryRun, colour: hasColour(process.stderr) }).forEach(note)
    })
}

async function makeInit(root: string, options: InitOptions): Promise<Init> {
  const { folderFiles } = await import('../../config/folder.ts')
  const files = folderFiles(root)
  const hosted = await appOfRemote(root)
  const name = hosted ?? basename(root)
  const from =
    options.from === undefined ? await onlySource(files) : relative(root, resolve(options.dir, options.from))
  return from === undefined
    ? await proposed(root, files, name, options)
    : await converted(files, { name, isHosted: hosted !== null }, { ...options, from })
}

/** The file of another system; none where there is none. */
async function onlySource(files: ConfigFiles): Promise<string | undefined> {
  const { foreignSources } = await import('../../config/gantry-yml/write-sources.ts')
  const [first, ...others] = await foreignSources(files)
  if (others.length === 0) return first?.file
  throw new UserError(
    `there are several files to write it from: ${[first!, ...others].map(({ file }) => file).join(', ')}`,
    {
      hint: `say which one; without a ${FILE}, Gantry reads --from ${first!.file}`,
    },
  )
}

async function converted(
  files: ConfigFiles,
  repository: { name: string; isHosted: boolean },
  { from, module, environment = [], engine }: InitOptions & { from: string },
): Promise<Init> {
  const [{ convert }, { fitForEcs }] = await Promise.all([
    import('../../config/gantry-yml/write-from.ts'),
    import('../fit-for-ecs.ts'),
  ])
  const source = { ...repository, config: from, module, environments: environment }
  const conversion = await convert(files, source, engine === 'ecs' ? fitForEcs : undefined)
  return { kind: 'converted', ...conversion }
}

async function proposed(
  root: string,
  files: ConfigFiles,
  name: string,
  { module, environment, engine = 'local' }: InitOptions,
): Promise<Init> {
  if (module !== undefined || environment !== undefined) {
    throw new UserError(
      `--${module === undefined ? 'environment' : 'module'} is about the file of another system, and there is none`,
      {
        hint: 'leave it out, or name the file with --from',
      },
    )
  }
  const [
    { readRepository },
    { MARKERS, propose },
    { writeGantryYml },
    { expectReadBack },
    { schemaComment },
  ] = await Promise.all([
    import('../../config/propose/read-repository.ts'),
    import('../../config/propose/propose.ts'),
    import('../../config/gantry-yml/write.ts'),
    import('../../config/gantry-yml/write-check.ts'),
    import('../../config/gantry-yml/schema-comment.ts'),
  ])
  const folded = foldName(name)
  const repository = await readRepository(root)
  const proposal = propose(repository, { name: folded ?? 'app', engine })
  if (proposal === null) {
    throw new UserError('nothing in this repository tells what to run', {
      hint:
        engine === 'local' && repository.has('Dockerfile')
          ? 'the local engine runs the tree itself, and the Dockerfile says no command for that: with `--engine ecs` it is built'
          : `looked for ${MARKERS.join(', ')} and files of other systems; a ${FILE} may be as short as \`processes: {web: {command: bin/serve}}\``,
    })
  }
  const { app, notes, found } = proposal
  const header = [
    ...(await schemaComment(files)),
    `Proposed by \`gantry init\` from what this repository looks like (${found.join(', ')}): check each guess.`,
  ]
  const text = writeGantryYml({ apps: [app], isNamed: folded === null || engine === 'ecs', header, notes })
  await expectReadBack(text, [app], name)
  return { kind: 'proposed', apps: [app], notes, found, text }
}
