import { notice, warning } from '@actions/core'

import { messageOf } from '../../app/errors.ts'
import { clean } from '../../report/clean.ts'
import { isForbidden } from './octokit.ts'

/**
 * Tells GitHub something. That it cannot be told fails nothing: what is said here is in the log and the summary as well.
 *
 * @param what completes "left out": `the comment on the pull request`
 * @param permission that a workflow has to give for it
 */
export async function courteously<T>(
  what: string,
  permission: string,
  tell: () => Promise<T>,
): Promise<T | null> {
  try {
    return await tell()
  } catch (error) {
    if (isForbidden(error)) {
      notice(`${what} is left out: the token has no \`${permission}\`, as on pull requests from forks`)
    } else {
      warning(`${what} is left out: ${clean(messageOf(error))}`)
    }
    return null
  }
}
