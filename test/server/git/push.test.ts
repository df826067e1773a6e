import { readdir } from 'node:fs/promises'
import { join } from 'node:path'

import { expect, test } from 'vitest'

import { git } from '../../git/fixtures.ts'
import { checkout, commit, finished, get, push, run, serve, startGit, ZERO } from './fixtures.ts'

test('a first push deploys and moves the branch', async () => {
  const served = await serve({
    deploy: async (push) => push.write('-----> Deploying\n'),
  })
  const work = checkout(served)
  const { code, output } = await push(work, 'gantry', 'main')
  expect(output).toContain('remote: -----> Deploying')
  expect(output).toContain('* [new branch]      main -> main')
  expect(code).toBe(0)
  const head = git(work, ['rev-parse', 'HEAD'])
  expect((await served.repository.refs()).get('refs/heads/main')).toBe(head)
  expect(git(work, ['rev-parse', 'gantry/main'])).toBe(head)
  expect(served.pushes).toMatchObject([
    { app: 'shop', by: 'ada', atomic: false, commands: [{ ref: 'refs/heads/main', from: ZERO, to: head }] },
  ])
  expect(served.failures).toEqual([])
})

test('the reflog says who pushed', async () => {
  const served = await serve()
  const work = checkout(served)
  await push(work, 'gantry', 'main')
  expect(git(served.repository.gitDir, ['log', '-g', '-1', '--format=%gn %gs', 'main'])).toBe('ada push')
})

test('a second push is a fast-forward, and one of the same commit is not sent', async () => {
  const served = await serve()
  const work = checkout(served)
  await push(work, 'gantry', 'main')
  commit(work, 'second')
  expect((await push(work, 'gantry', 'main')).code).toBe(0)
  expect((await push(work, 'gantry', 'main')).output).toContain('Everything up-to-date')
  expect(served.pushes).toHaveLength(2)
})

test('a deployment that fails refuses the push with its reason and moves nothing', async () => {
  const served = await serve({ deploy: async () => ({ ok: false, reason: 'build failed: exit 2' }) })
  const work = checkout(served)
  const { code, output } = await push(work, 'gantry', 'HEAD:main')
  expect(output).toContain('! [remote rejected] HEAD -> main (build failed: exit 2)')
  expect(code).toBe(1)
  expect((await served.repository.refs()).size).toBe(0)
})

test('a reason is one line without escapes', async () => {
  const served = await serve({ deploy: async () => ({ ok: false, reason: 'a\n\u001b[2Jb\r\nunpack ok' }) })
  const { output } = await push(checkout(served), 'gantry', 'main')
  expect(output).toContain('(a [2Jb unpack ok)')
})

test('output loses everything that a terminal would obey but colours', async () => {
  const served = await serve({
    deploy: async (push) =>
      push.write('\u001b]0;title\u0007\u001b[31mred\u001b[0m \u001b[2Jx\u009b1G\u202ey\n'),
  })
  const { output } = await push(checkout(served), 'gantry', 'main')
  expect(output).toContain('\u001b[31mred\u001b[0m x')
  for (const obeyed of ['\u001b[2J', '\u001b]', '\u009b', '\u202e', '\u0007'])
    expect(output).not.toContain(obeyed)
})

test('an error of the server refuses the push without saying more', async () => {
  const served = await serve({ deploy: () => Promise.reject(new Error('password is hunter2')) })
  const { code, output } = await push(checkout(served), 'gantry', 'main')
  expect(output).toContain('(the server failed: its log says more)')
  expect(output).not.toContain('hunter2')
  expect(code).toBe(1)
  expect(served.failures).toHaveLength(1)
})

test('another branch is refused and told where to push', async () => {
  const served = await serve()
  const { code, output } = await push(checkout(served), 'gantry', 'HEAD:feature')
  expect(output).toContain('(only main is deployed; to deploy this commit: git push gantry HEAD:main)')
  expect(code).toBe(1)
  expect((await served.repository.refs()).size).toBe(0)
})

test('another deploy branch is named', async () => {
  const served = await serve({ rules: { branch: 'production', allowForce: true } })
  const work = checkout(served)
  expect((await push(work, 'gantry', 'main')).output).toContain('git push gantry HEAD:production')
  expect((await push(work, 'gantry', 'HEAD:production')).code).toBe(0)
})

test('tags are stored and deploy nothing', async () => {
  const served = await serve({ deploy: () => Promise.reject(new Error('must not deploy')) })
  const work = checkout(served)
  git(work, ['tag', 'v1'])
  git(work, ['tag', '-a', 'release/2.0+x', '-m', 'two'])
  expect((await push(work, 'gantry', '--tags')).code).toBe(0)
  expect([...(await served.repository.refs()).keys()]).toEqual(['refs/tags/release/2.0+x', 'refs/tags/v1'])
})

test('a branch and its tags go together', async () => {
  const served = await serve()
  const work = checkout(served)
  git(work, ['tag', '-a', 'v1', '-m', 'one'])
  expect((await push(work, 'gantry', 'main', '--follow-tags')).code).toBe(0)
  expect([...(await served.repository.refs()).keys()]).toEqual(['refs/heads/main', 'refs/tags/v1'])
})

test('a tag that exists does not move, forced or not', async () => {
  const served = await serve()
  const work = checkout(served)
  git(work, ['tag', 'v1'])
  await push(work, 'gantry', 'v1')
  commit(work, 'second')
  git(work, ['tag', '-f', 'v1'])
  const { code, output } = await push(work, '--force', 'gantry', 'v1')
  expect(output).toContain('(this tag exists and points elsewhere: tags do not move here)')
  expect(code).toBe(1)
})

test('a tag with an odd name is refused', async () => {
  const served = await serve()
  const work = checkout(served)
  for (const name of ['$(id)', 'größe', "a'b"]) {
    const { output } = await push(work, 'gantry', `HEAD:refs/tags/${name}`)
    expect(output).toContain('(names of tags have letters, digits')
  }
  expect((await served.repository.refs()).size).toBe(0)
})

test('deletes are refused', async () => {
  const served = await serve()
  const work = checkout(served)
  git(work, ['tag', 'v1'])
  await push(work, 'gantry', 'main', 'v1')
  const { code, output } = await push(work, 'gantry', ':main', ':v1')
  expect(output).toContain('(main cannot be deleted: it is what is deployed)')
  expect(output).toContain('(tags cannot be deleted here)')
  expect(code).toBe(1)
  expect((await served.repository.refs()).size).toBe(2)
})

test('a forced push deploys and says so', async () => {
  const served = await serve()
  const work = checkout(served)
  await push(work, 'gantry', 'main')
  git(work, ['commit', '-q', '--amend', '--allow-empty', '-m', 'amended'])
  expect((await push(work, 'gantry', 'main')).output).toContain('(non-fast-forward)')
  const { code, output } = await push(work, '--force', 'gantry', 'main')
  expect(output).toContain('remote: forced: commits are dropped')
  expect(code).toBe(0)
})

test('a forced push is refused where the app does not allow it', async () => {
  const served = await serve({ rules: { branch: 'main', allowForce: false } })
  const work = checkout(served)
  await push(work, 'gantry', 'main')
  git(work, ['commit', '-q', '--amend', '--allow-empty', '-m', 'amended'])
  const { code, output } = await push(work, '--force', 'gantry', 'main')
  expect(output).toContain('(this would drop commits from main, which this app does not allow')
  expect(code).toBe(1)
})

test('an atomic push with one refusal is refused as a whole, and deploys nothing', async () => {
  const served = await serve({ deploy: () => Promise.reject(new Error('must not deploy')) })
  const work = checkout(served)
  git(work, ['tag', 'v1'])
  const { code, output } = await push(work, '--atomic', 'gantry', 'main', 'v1', 'HEAD:feature')
  expect(output).toContain('main -> main (atomic push: refused because of feature)')
  expect(output).toContain('v1 -> v1 (atomic push: refused because of feature)')
  expect(output).toContain('HEAD -> feature (only main is deployed')
  expect(code).toBe(1)
  expect((await served.repository.refs()).size).toBe(0)
  expect(served.failures).toEqual([])
})

test('an atomic push with a hidden ref is refused as a whole', async () => {
  const served = await serve({ deploy: () => Promise.reject(new Error('must not deploy')) })
  const work = checkout(served)
  const { output } = await push(work, '--atomic', 'gantry', 'main', 'HEAD:refs/pull/1/head')
  expect(output).toContain('main -> main (atomic push: refused because of refs/pull/1/head)')
  expect((await served.repository.refs()).size).toBe(0)
  expect(served.failures).toEqual([])
})

test('an atomic push without a refusal goes through', async () => {
  const served = await serve()
  const work = checkout(served)
  git(work, ['tag', 'v1'])
  expect((await push(work, '--atomic', 'gantry', 'main', 'v1')).code).toBe(0)
  expect(served.pushes[0]?.atomic).toBe(true)
  expect((await served.repository.refs()).size).toBe(2)
})

test('without --atomic each ref is judged for itself', async () => {
  const served = await serve()
  const work = checkout(served)
  const { code, output } = await push(work, 'gantry', 'main', 'HEAD:feature', 'HEAD:refs/tags/v1')
  expect(output).toContain('* [new branch]      main -> main')
  expect(output).toContain('! [remote rejected] HEAD -> feature')
  expect(code).toBe(1)
  expect([...(await served.repository.refs()).keys()]).toEqual(['refs/heads/main', 'refs/tags/v1'])
})

// Git itself takes all of these (git-push.md E11).
test.each([
  'refs/heads/-x',
  'refs/heads/--upload-pack=touch',
  'refs/heads/$(id)',
  'refs/heads/`id`',
  'refs/heads/a;b',
  'refs/heads/HEAD',
  'refs/heads/größe',
  'refs/foo/bar',
  'refs/pull/1/head',
  'refs/gantry/deployments/1',
  'refs/notes/commits',
  `refs/replace/${'1'.repeat(40)}`,
  'refs/remotes/origin/main',
  'refs/stash',
])('a push to %s is refused with a sentence', async (ref) => {
  const served = await serve()
  const { code, output } = await push(checkout(served), 'gantry', `HEAD:${ref}`)
  expect(output).toMatch(
    /! \[remote rejected\] HEAD -> .* \(.*(?:only main is deployed|only branches and tags|belongs to the server)/,
  )
  expect(code).toBe(1)
  expect((await served.repository.refs()).size).toBe(0)
  expect(served.failures).toEqual([])
})

test('hidden refs are neither shown nor fetched', async () => {
  const served = await serve()
  const work = checkout(served)
  await push(work, 'gantry', 'main')
  const head = git(work, ['rev-parse', 'HEAD'])
  await served.repository.updateRefs([{ ref: 'refs/gantry/deployments/1', from: ZERO, to: head }], 'ada', 'x')
  for (const version of ['0', '2']) {
    const { output } = await run(work, '-c', `protocol.version=${version}`, 'ls-remote', 'gantry')
    expect(output).toContain('refs/heads/main')
    expect(output).not.toContain('refs/gantry')
  }
  expect((await get(served, '/info/refs?service=git-receive-pack')).body).not.toContain('refs/gantry')
})

test('what was pushed can be cloned, in every version of the protocol', async () => {
  const served = await serve()
  const work = checkout(served)
  await push(work, 'gantry', 'main')
  for (const version of ['0', '1', '2']) {
    const copy = join(served.folder, `copy${version}`)
    await run(served.folder, '-c', `protocol.version=${version}`, 'clone', '-q', served.url, copy)
    expect(git(copy, ['rev-parse', 'HEAD'])).toBe(git(work, ['rev-parse', 'HEAD']))
  }
  expect(served.failures).toEqual([])
})

test('a push from a shallow clone that lacks history is refused', async () => {
  const served = await serve()
  const origin = checkout(served, 'origin')
  commit(origin, 'second')
  git(served.folder, ['clone', '-q', '--depth=1', `file://${origin}`, 'shallow'])
  const shallow = join(served.folder, 'shallow')
  const { code, output } = await push(shallow, served.url, 'HEAD:main')
  expect(output).toContain('shallow update not allowed')
  expect(code).toBe(1)
  expect(served.pushes).toEqual([])
})

test('a push from a shallow clone of what is here already works', async () => {
  const served = await serve()
  const work = checkout(served)
  commit(work, 'second')
  await push(work, 'gantry', 'main')
  await run(served.folder, 'clone', '-q', '--depth=1', served.url, 'shallow')
  const shallow = join(served.folder, 'shallow')
  commit(shallow, 'third')
  expect((await push(shallow, 'origin', 'HEAD:main')).code).toBe(0)
})

test('the pusher sees output at once, not at the end', async () => {
  const seen = Promise.withResolvers<void>()
  const served = await serve({
    deploy: async (push) => {
      push.write('first line\n')
      await seen.promise
    },
  })
  const child = startGit(checkout(served), 'push', 'gantry', 'main')
  child.stderr!.on('data', (chunk: Buffer) => {
    if (chunk.toString().includes('first line')) seen.resolve()
  })
  expect((await finished(child)).code).toBe(0)
})

test('nothing of a push stays in quarantine', async () => {
  const served = await serve()
  await push(checkout(served), 'gantry', 'HEAD:feature')
  const objects = await readdir(join(served.repository.gitDir, 'objects'))
  expect(objects.filter((name) => name.startsWith('tmp_'))).toEqual([])
})
