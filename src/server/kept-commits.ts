import type { Repository } from '../git/repository.ts'

const PREFIX = 'refs/gantry/deployments/'

/** Keeps a deployment's commit from git's clean-up with a hidden ref. */
export async function holdCommit(repository: Repository, deployment: number, commit: string): Promise<void> {
  const zero = '0'.repeat(commit.length)
  await repository.updateRefs(
    [{ ref: `${PREFIX}${deployment}`, from: zero, to: commit }],
    'gantry',
    `#${deployment}`,
  )
}

/** Lets go of the commits of all deployments but these. */
export async function releaseCommits(repository: Repository, keep: ReadonlySet<number>): Promise<void> {
  const gone = [...(await repository.refs())].filter(
    ([ref]) => ref.startsWith(PREFIX) && !keep.has(Number(ref.slice(PREFIX.length))),
  )
  if (gone.length === 0) return
  await repository.updateRefs(
    gone.map(([ref, from]) => ({ ref, from, to: '0'.repeat(from.length) })),
    'gantry',
    'no longer kept',
  )
}
