#!/usr/bin/env node
import { CommanderError } from '@commander-js/extra-typings'

import { CancelledError, ConfigError, DeployError, TaskError, UserError } from '../app/errors.ts'
import { linesIn } from '../report/lines.ts'
import { reportBug } from './bug.ts'
import { ServerError } from './connection-error.ts'
import { hasColour, note } from './output.ts'
import { createProgram } from './program.ts'

const EXIT = { ok: 0, failed: 1, badInput: 2, interrupted: 130, brokenPipe: 141 } as const

/** What the scripts of `gantry completion` call: no command for people. */
const COMPLETE = '__complete'

/** The one place where an error becomes text and an exit code. */
async function main(argv: readonly string[]): Promise<void> {
  if (argv[0] === COMPLETE) return (await import('./completion/answer.ts')).answer(argv.slice(1))
  try {
    await (await createProgram(argv)).parseAsync(argv, { from: 'user' })
  } catch (error) {
    process.exitCode = await report(error)
  }
}

async function report(error: unknown): Promise<number> {
  // Commander has said already what is wrong, or shown the help that was asked for.
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.badInput
  const colour = hasColour(process.stderr)
  if (error instanceof ConfigError) {
    const { renderProblems } = await import('../report/config.ts')
    note(renderProblems(error.diagnostics, { colour }))
    return EXIT.badInput
  }
  if (error instanceof UserError) {
    const { problem, detail } = linesIn(colour)
    note(problem(error.message))
    if (error.hint !== undefined) note(detail(error.hint))
    return exitCodeOf(error)
  }
  reportBug(error)
  return EXIT.failed
}

function exitCodeOf(error: UserError): number {
  if (error instanceof CancelledError) return EXIT.interrupted
  const failed = error instanceof DeployError || error instanceof TaskError || error instanceof ServerError
  return failed ? EXIT.failed : EXIT.badInput
}

// `gantry logs | head`: nobody reads on, so there is nothing more to do, as if SIGPIPE had come.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
  process.exit(EXIT.brokenPipe)
})
await main(process.argv.slice(2))
