import { NotFoundError, UserError } from '../app/errors.ts'
import { Repository } from '../git/repository.ts'
import { note } from './output.ts'
import { hasUncommitted } from './user-git.ts'

/** What a person who names no commit means. */
export const DEFAULT_COMMIT = 'HEAD'

/**
 * The full id of a commit in the checkout that a folder belongs to; null when there is none of that name: it may be one
 * that the server knows.
 *
 * @throws UserError when none was named and there is none
 */
export async function resolveCommit(folder: string, commit: string): Promise<string | null> {
  const id = await resolveIn(folder, commit)
  if (id === null && commit === DEFAULT_COMMIT)
    throw new UserError('there is no commit yet', { hint: 'make one first' })
  return id
}

async function resolveIn(folder: string, commit: string): Promise<string | null> {
  try {
    return await (await Repository.open(folder)).resolve(commit)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
      throw new UserError('git was not found', { hint: 'install it, or put it into PATH', cause: error })
    }
    if (error instanceof NotFoundError && commit !== DEFAULT_COMMIT) return null
    throw error
  }
}

/** Says so when what the person sees in their editor is not what the commit holds. */
export async function noteUncommitted(folder: string, commit: string): Promise<void> {
  if (commit === DEFAULT_COMMIT && (await hasUncommitted(folder))) {
    note(' !     The work tree has changes that are not committed: they are not part of this')
  }
}
