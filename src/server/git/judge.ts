import { foldersOf, foldersOfAll } from '../../git/paths.ts'
import { oneLine } from '../../git/hostile-text.ts'
import { isZero, zeroLike } from '../../git/object-id.ts'
import type { ObjectType } from '../../git/repository.ts'
import type { RefCommand } from './proc-receive.ts'
import { HIDDEN_REFS } from './settings.ts'

/** What becomes of one ref of a push. */
export type Ruling =
  | {
      action: 'deploy'
      ref: string
      commit: string
      /** What the ref is now, to be swapped for the commit; zeros when it does not exist. */
      from: string
      /** The commits that were there are no longer part of the branch: to be said in the output. */
      forced: boolean
    }
  | { action: 'store'; ref: string; from: string; to: string }
  | { action: 'refuse'; ref: string; reason: string }

export interface ReceiveRules {
  /** The deploy branch, by its short name. */
  branch: string
  /** Whether a push may drop commits from the deploy branch. */
  allowForce: boolean
}

/** What has to be known of the repository, as it is at the moment of judging. */
export interface RepositoryFacts {
  refs: ReadonlyMap<string, string>
  /** By object name. Null: there is no such object. */
  types: ReadonlyMap<string, ObjectType | null>
  isAncestor(ancestor: string, descendant: string): boolean
}

const TAG = /^refs\/tags\/[A-Za-z0-9][A-Za-z0-9._/+-]{0,199}$/

/** Of one app, those of the push included. */
const MAX_TAGS = 10_000

/**
 * Decides about every ref of a push, before anything is deployed or moved. A push that waited is judged again, by the
 * facts of then. At most one ruling is `deploy`. In an atomic push any refusal refuses all.
 */
export function judge(
  push: { commands: readonly RefCommand[]; atomic: boolean },
  rules: ReceiveRules,
  facts: RepositoryFacts,
): Map<string, Ruling> {
  const rulings = new Map<string, Ruling>()
  const tags = tagNames([...facts.refs.keys(), ...push.commands.map(({ ref }) => ref)])
  for (const command of push.commands) {
    const ruling = rulings.has(command.ref)
      ? refuse(command.ref, 'named twice in one push')
      : judgeRef(command, tags, rules, facts)
    rulings.set(command.ref, ruling)
  }
  const refused = rulings.values().find(({ action }) => action === 'refuse')
  if (!push.atomic || refused === undefined) return rulings
  for (const [ref, { action }] of rulings) {
    if (action !== 'refuse')
      rulings.set(ref, refuse(ref, `atomic push: refused because of ${shown(refused.ref)}`))
  }
  return rulings
}

function judgeRef(command: RefCommand, tags: TagNames, rules: ReceiveRules, facts: RepositoryFacts): Ruling {
  const { ref, to } = command
  const hidden = HIDDEN_REFS.find((prefix) => ref === prefix || ref.startsWith(`${prefix}/`))
  if (hidden !== undefined) return refuse(ref, `${hidden} belongs to the server`)
  if (ref === `refs/heads/${rules.branch}`) {
    if (!isZero(to)) return judgeDeploy(command, rules, facts)
    return refuse(ref, `${shown(rules.branch)} cannot be deleted: it is what is deployed`)
  }
  if (ref.startsWith('refs/tags/')) {
    if (!isZero(to)) return judgeTag(command, tags, facts)
    return refuse(ref, 'tags cannot be deleted here')
  }
  if (!ref.startsWith('refs/heads/')) return refuse(ref, 'only branches and tags can be pushed here')
  if (isZero(to)) return refuse(ref, 'branches cannot be deleted here')
  const branch = shown(rules.branch)
  return refuse(ref, `only ${branch} is deployed; to deploy this commit: git push gantry HEAD:${branch}`)
}

function judgeDeploy({ ref, from, to }: RefCommand, rules: ReceiveRules, facts: RepositoryFacts): Ruling {
  const type = facts.types.get(to) ?? null
  const branch = shown(rules.branch)
  if (type !== 'commit') {
    return refuse(
      ref,
      type === null ? 'the commit did not arrive' : `${branch} must be a commit, this is a ${type}`,
    )
  }
  const now = facts.refs.get(ref) ?? null
  const expected = isZero(from) ? null : from
  // Whoever built upon what is there now has seen it, wherever their git believed the branch to be.
  if (now !== expected && (now === null || !facts.isAncestor(now, to))) {
    return refuse(ref, `${branch} moved while you waited: fetch and push again`)
  }
  const forced = now !== null && !facts.isAncestor(now, to)
  if (forced && !rules.allowForce) {
    return refuse(
      ref,
      `this would drop commits from ${branch}, which this app does not allow: fetch and merge first`,
    )
  }
  return { action: 'deploy', ref, commit: to, from: now ?? zeroLike(to), forced }
}

/** A ref is a file, and one below it would make it a folder: git finds out only when other refs have moved already. */
interface TagNames {
  names: ReadonlySet<string>
  folders: ReadonlySet<string>
}

function tagNames(refs: readonly string[]): TagNames {
  const names = refs.filter((ref) => TAG.test(ref))
  return { names: new Set(names), folders: foldersOfAll(names.map((path) => ({ path }))) }
}

function judgeTag({ ref, to }: RefCommand, tags: TagNames, facts: RepositoryFacts): Ruling {
  if (!TAG.test(ref)) {
    return refuse(
      ref,
      'names of tags have letters, digits and . _ / + - only, and begin with a letter or digit',
    )
  }
  if ((facts.types.get(to) ?? null) === null) return refuse(ref, 'what the tag names did not arrive')
  if (tags.names.size > MAX_TAGS) return refuse(ref, `no more than ${MAX_TAGS} tags are kept`)
  const now = facts.refs.get(ref) ?? null
  if (now !== null && now !== to)
    return refuse(ref, 'this tag exists and points elsewhere: tags do not move here')
  const above = foldersOf(ref).find((folder) => tags.names.has(folder))
  if (above !== undefined) return refuse(ref, `there cannot be a tag below the tag ${shown(above)}`)
  if (tags.folders.has(ref)) return refuse(ref, 'there are tags below this name already')
  return { action: 'store', ref, from: now ?? zeroLike(to), to }
}

function refuse(ref: string, reason: string): Ruling {
  return { action: 'refuse', ref, reason }
}

/** Names come from the pusher. */
function shown(name: string): string {
  return oneLine(name.replace(/^refs\/(?:heads|tags)\//, ''), 100)
}
