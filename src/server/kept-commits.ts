import type { Repository } from '../git/repository.ts'

const PREFIX = 'refs/gantry/deployments/'

/** The hidden ref of a deployment. */
export function deploymentRef(deployment: number): string {
  return `${PREFIX}${deployment}`
}

/** Keeps a deployment's commit from git's clean-up with a hidden ref. */
export async function holdCommit(repository: Repository, deployment: number, commit: string): Promise<void> {
  const zero = '0'.repeat(commit.length)
  await repository.updateRefs(
    [{ ref: deploymentRef(deployment), from: zero, to: commit }],
    'gantry',
    `#${deployment}`,
  )
}

/** Lets go of the commits of all deployments but those that `kept` names. */
export async function releaseCommits(
  repository: Repository,
  kept: () => Promise<ReadonlySet<number>>,
): Promise<void> {
  // The refs first: one that is held from now on is not among them.
  const held = [...(await repository.refs())].filter(([ref]) => ref.startsWith(PREFIX))
  const keep = await kept()
  const gone = held.filter(([ref]) => !keep.has(Number(ref.slice(PREFIX.length))))
  if (gone.length === 0) return
  await repository.updateRefs(
    gone.map(([ref, from]) => ({ ref, from, to: '0'.repeat(from.length) })),
    'gantry',
    'no longer kept',
  )
}
