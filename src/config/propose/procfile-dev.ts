import { Command } from '../gantry-yml/scalars.ts'
import { foldName } from '../names.ts'
import type { Proposal } from './proposer.ts'
import type { Repository } from './repository.ts'

const FILE = 'Procfile.dev'
/** Nobody starts more than these to develop. */
const MOST = 20
const LINE = /^([A-Za-z0-9_-]{1,63}):[ \t]*(\S[^\n]*)$/
/** What is not taken over as it is, and why. */
const NO_PROCESS: ReadonlyMap<string, string> = new Map([
  ['web', 'starts `web` for development: say under `processes` how it starts elsewhere.'],
  ['release', 'is what a release runs: write it as a task with `run: pre_deploy`.'],
])
/** What builds anew whenever a file changes, or serves files to the person who edits them. */
const FOR_EDITING =
  /watch|\bdev\b|\bvite\b|webpack|esbuild|tailwind|livereload|nodemon|mailhog|mailpit|docker|redis-server|postgres/i

/** Processes that a Procfile for development has beside those that were found. Watchers are for development alone. */
export function fromProcfileDev(
  repository: Repository,
  { processes, tasks }: Proposal,
): Pick<Proposal, 'processes' | 'guesses'> {
  const found: Pick<Proposal, 'processes' | 'guesses'> = { processes: {}, guesses: [] }
  for (const [index, line] of repository.text(FILE).split('\n').entries()) {
    const [, type = '', command = ''] = LINE.exec(line.trimEnd()) ?? []
    const name = foldName(type)
    if (name === null) continue
    const place = `${FILE}:${index + 1}`
    if (NO_PROCESS.has(name)) {
      if (!Object.hasOwn(processes, name))
        found.guesses.push({ path: [], text: `${place} ${NO_PROCESS.get(name)}` })
      continue
    }
    if (FOR_EDITING.test(command) || FOR_EDITING.test(type)) continue
    if (!Command.safeParse(command).success || Object.keys(found.processes).length === MOST) continue
    if ([processes, tasks, found.processes].some((taken) => Object.hasOwn(taken, name))) continue
    found.processes[name] = { command }
    found.guesses.push({
      path: ['processes', name],
      text: `From ${place}, which is for development.`,
    })
  }
  return found
}
