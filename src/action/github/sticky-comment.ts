import type { Octokit, Repo } from './octokit.ts'

export type CommentResult = 'created' | 'updated' | 'unchanged'

/**
 * Keeps one comment with a marker up to date. Ours is the one that begins with the marker and that we wrote: anybody
 * can write a marker. All pages are read: on a long pull request ours is not on the first.
 */
export async function upsertComment(
  octokit: Octokit,
  target: Repo & { issue_number: number },
  marker: string,
  body: string,
): Promise<CommentResult> {
  const author = await viewer(octokit)
  const comments = await octokit.paginate(octokit.rest.issues.listComments, { ...target, per_page: 100 })
  const ours = comments.find(
    (comment) => comment.body?.startsWith(marker) && withoutBot(comment.user?.login ?? '') === author,
  )
  if (ours === undefined) {
    await octokit.rest.issues.createComment({ ...target, body })
    return 'created'
  }
  // GitHub gives back what it stored, with its own line ends.
  if (ours.body?.replaceAll('\r\n', '\n').trim() === body.trim()) return 'unchanged'
  const { owner, repo } = target
  await octokit.rest.issues.updateComment({ owner, repo, comment_id: ours.id, body })
  return 'updated'
}

/** Whom this token belongs to. The REST API does not tell it to an installation's token. */
async function viewer(octokit: Octokit): Promise<string> {
  const { viewer } = await octokit.graphql<{ viewer: { login: string } }>('query { viewer { login } }')
  return withoutBot(viewer.login)
}

function withoutBot(login: string): string {
  return login.replace(/\[bot\]$/, '')
}
