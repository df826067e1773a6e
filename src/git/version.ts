import { UserError } from '../app/errors.ts'
import { git } from './git.ts'

/** The first release that advertises refs with `--http-backend-info-refs` and knows configuration by environment. */
const OLDEST = [2, 34] as const

/**
 * Makes sure that git is there and new enough.
 *
 * @throws UserError when it is not
 */
export async function checkGit(): Promise<void> {
  let output: string
  try {
    output = (await git(null, ['--version'])).toString()
  } catch (error) {
    throw new UserError('git does not run on this machine', {
      hint: `install git ${OLDEST.join('.')} or newer`,
      cause: error,
    })
  }
  if (!isRecent(output)) {
    throw new UserError(`${output.trim()} is too old`, {
      hint: `install git ${OLDEST.join('.')} or newer`,
    })
  }
}

/** @param output what `git --version` prints: `git version 2.39.5 (Apple Git-154)` */
export function isRecent(output: string): boolean {
  const [, major, minor] = /^git version (\d+)\.(\d+)/.exec(output) ?? []
  if (major === undefined || minor === undefined) return false
  return Number(major) > OLDEST[0] || (Number(major) === OLDEST[0] && Number(minor) >= OLDEST[1])
}
