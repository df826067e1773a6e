import { isZero } from '../../git/object-id.ts'
import type { Repository } from '../../git/repository.ts'
import type { ReceiveRules, RepositoryFacts } from './judge.ts'
import type { RefCommand } from './proc-receive.ts'

/** Looks up what `judge` has to know about these commands. */
export async function gatherFacts(
  repository: Repository,
  commands: readonly RefCommand[],
  rules: ReceiveRules,
): Promise<RepositoryFacts> {
  const deployRef = `refs/heads/${rules.branch}`
  // Others are refused for their name alone.
  const relevant = commands.filter(
    ({ ref, to }) => !isZero(to) && (ref === deployRef || ref.startsWith('refs/tags/')),
  )
  const refs = await repository.refs()
  const types = await repository.objectTypes([...new Set(relevant.map(({ to }) => to))])
  const now = refs.get(deployRef)
  const ancestors = new Set<string>()
  for (const { ref, to } of relevant) {
    if (ref !== deployRef || now === undefined || types.get(to) !== 'commit') continue
    if (await repository.isAncestor(now, to)) ancestors.add(`${now} ${to}`)
  }
  return {
    refs,
    types,
    isAncestor: (ancestor, descendant) => ancestors.has(`${ancestor} ${descendant}`),
  }
}
