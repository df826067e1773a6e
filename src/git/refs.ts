import { UserError } from '../app/errors.ts'
import { git, GitError } from './git.ts'
import { isObjectId, isZero, zeroLike } from './object-id.ts'

/** A full ref name and full object names; zeros for "does not exist". */
export interface RefUpdate {
  ref: string
  from: string
  to: string
}

/** A ref is not what its update expected; none of the updates has been made. */
export class StaleRefError extends UserError {
  readonly ref: string

  constructor(ref: string, cause: unknown) {
    super(`${ref} has moved in the meantime`, { hint: 'fetch and push again', cause })
    this.ref = ref
  }
}

/** Every ref with what it points to. */
export async function listRefs(gitDir: string): Promise<Map<string, string>> {
  const output = await git(gitDir, ['for-each-ref', '--format=%(objectname) %(refname)'])
  const refs = new Map<string, string>()
  for (const line of output.toString().split('\n')) {
    const space = line.indexOf(' ')
    if (space !== -1) refs.set(line.slice(space + 1), line.slice(0, space))
  }
  return refs
}

/**
 * Compares and swaps all refs or none.
 *
 * @param by who is written into the reflog, with `reason`
 * @throws StaleRefError when one is not at its `from`
 */
export async function updateRefs(
  gitDir: string,
  updates: readonly RefUpdate[],
  by: string,
  reason: string,
): Promise<void> {
  for (const { ref, from, to } of updates) {
    if (!ref.startsWith('refs/') || ref.includes('\0') || !isObjectId(from) || !isObjectId(to)) {
      throw new Error('a ref update must have full names')
    }
  }
  const input = [
    'start',
    ...updates.flatMap(({ ref, from, to }) =>
      isZero(to) ? [`delete ${ref}`, from] : [`update ${ref}`, to, from],
    ),
    'prepare',
    'commit',
  ].join('\0')
  try {
    await git(gitDir, ['update-ref', '--stdin', '-z', '-m', reason], { input: `${input}\0`, by })
  } catch (error) {
    if (!(error instanceof GitError)) throw error
    const now = await listRefs(gitDir)
    const stale = updates.find(({ ref, from }) => (now.get(ref) ?? zeroLike(from)) !== from)
    throw stale ? new StaleRefError(stale.ref, error) : error
  }
}
