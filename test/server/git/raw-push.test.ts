import { expect, test } from 'vitest'

import { blob, commitTree, git, rawTree } from '../../git/fixtures.ts'
import { checkout, commit, post, push, rawPush, run, serve, ZERO } from './fixtures.ts'

// What no git client sends, but anybody can.

test('names outside of refs/ reach the judge, so that they spoil an atomic push', async () => {
  const served = await serve({ deploy: () => Promise.reject(new Error('must not deploy')) })
  const work = checkout(served)
  const to = git(work, ['rev-parse', 'HEAD'])
  const commands = [
    { ref: 'refs/heads/main', to },
    { ref: 'FETCH_HEAD', to },
  ]
  const { body } = await post(served, rawPush(work, commands, { capabilities: 'atomic' }))
  expect(body).toContain('ng refs/heads/main atomic push: refused because of FETCH_HEAD')
  expect(body).toContain('ng FETCH_HEAD only branches and tags can be pushed here')
  const head = await post(served, rawPush(work, [{ ref: 'HEAD', to }]))
  expect(head.body).toContain('ng HEAD only branches and tags can be pushed here')
  expect(served.failures).toEqual([])
})

test('one ref named twice is refused', async () => {
  const served = await serve({ deploy: () => Promise.reject(new Error('must not deploy')) })
  const work = checkout(served)
  const to = git(work, ['rev-parse', 'HEAD'])
  const { body } = await post(
    served,
    rawPush(work, [
      { ref: 'refs/heads/main', to },
      { ref: 'refs/heads/main', to },
    ]),
  )
  expect(body).toContain('ng refs/heads/main')
  expect(body).not.toContain('ok refs/heads/main')
  expect((await served.repository.refs()).size).toBe(0)
})

test('a name that is not UTF-8 is answered byte by byte', async () => {
  const served = await serve()
  const work = checkout(served)
  const to = git(work, ['rev-parse', 'HEAD'])
  const ref = Buffer.concat([Buffer.from('refs/heads/caf'), Buffer.from([0xe9])])
  const { body } = await post(served, rawPush(work, [{ ref, to }]))
  expect(body).toMatch(/ng refs\/heads\/caf\uFFFD only main is deployed/)
  expect(served.failures).toEqual([])
})

test.each(['a=1\nINJECTED=2', 'async\u001b[31m', 'b;c', 'nonsense', 'x'.repeat(201), ''])(
  'the push option %j is refused and nothing deployed',
  async (option) => {
    const served = await serve()
    const work = checkout(served)
    const to = git(work, ['rev-parse', 'HEAD'])
    const options = ['async', option]
    const { status, body } = await post(served, rawPush(work, [{ ref: 'refs/heads/main', to }], { options }))
    expect(status).toBe(200)
    expect(body).toMatch(/ng refs\/heads\/main .*push option/)
    expect(body).not.toContain('INJECTED')
    expect(body).not.toContain('\u001b')
    expect(served.pushes).toEqual([])
    expect((await served.repository.refs()).size).toBe(0)
  },
)

test('options without end are refused, as is one push with twenty-four megabytes of them', async () => {
  const served = await serve()
  const work = checkout(served)
  const to = git(work, ['rev-parse', 'HEAD'])
  const commands = [{ ref: 'refs/heads/main', to }]
  const many = await post(
    served,
    rawPush(work, commands, { options: Array.from({ length: 21 }, () => 'async') }),
  )
  expect(many.body).toContain('a push takes 20 options at most')
  const huge = Array.from({ length: 400 }, () => 'x'.repeat(60_000))
  const refused = await post(served, rawPush(work, commands, { options: huge }))
  expect(refused.body).toContain('ng refs/heads/main')
  expect(served.pushes).toEqual([])
  expect((await served.repository.refs()).size).toBe(0)
})

test('a push that was overtaken is refused, one that contains what overtook it is not', async () => {
  const served = await serve()
  const work = checkout(served)
  const first = git(work, ['rev-parse', 'HEAD'])
  const second = commit(work, 'second')
  const third = commit(work, 'third')
  git(work, ['checkout', '-q', '-b', 'side', first])
  const side = commit(work, 'side')
  expect((await post(served, rawPush(work, [{ ref: 'refs/heads/main', to: second }]))).body).toContain(
    'ok refs',
  )

  // Both begin where the branch was before the second commit came.
  const stale = await post(served, rawPush(work, [{ ref: 'refs/heads/main', from: first, to: side }]))
  expect(stale.body).toContain('ng refs/heads/main main moved while you waited: fetch and push again')
  const ahead = await post(served, rawPush(work, [{ ref: 'refs/heads/main', from: first, to: third }]))
  expect(ahead.body).toContain('ok refs/heads/main')
  expect((await served.repository.refs()).get('refs/heads/main')).toBe(third)
})

test('a branch must be a commit', async () => {
  const served = await serve()
  const work = checkout(served)
  git(work, ['tag', '-a', 'v1', '-m', 'one'])
  const tag = git(work, ['rev-parse', 'v1'])
  const { body } = await post(served, rawPush(work, [{ ref: 'refs/heads/main', to: tag }]))
  expect(body).toContain('ng refs/heads/main main must be a commit, this is a tag')
})

test('objects that are not sent are missed', async () => {
  const served = await serve()
  const work = checkout(served)
  const body = rawPush(work, [{ ref: 'refs/heads/main', to: git(work, ['rev-parse', 'HEAD']) }])
  const ghost = '1'.repeat(40)
  const text = body.toString('latin1').replace(/ [0-9a-f]{40} refs/, ` ${ghost} refs`)
  const answer = await post(served, Buffer.from(text, 'latin1'))
  expect(answer.body).toContain('ng refs/heads/main')
  expect((await served.repository.refs()).size).toBe(0)
})

test('a damaged pack is refused and moves nothing', async () => {
  const served = await serve()
  const work = checkout(served)
  const body = rawPush(work, [{ ref: 'refs/heads/main', to: git(work, ['rev-parse', 'HEAD']) }])
  body[body.length - 25]! ^= 0xff
  const answer = await post(served, body)
  expect(answer.body).toContain('ng refs/heads/main unpacker error')
  expect(served.pushes).toEqual([])
})

test('a request that is no push at all does no harm', async () => {
  const served = await serve()
  const { status } = await post(served, Buffer.from('GET / HTTP/1.1\r\n\r\n'))
  expect(status).toBe(500)
  expect(served.failures).toHaveLength(1)
  expect((await push(checkout(served), 'gantry', 'main')).code).toBe(0)
})

test.each([
  ['a .git folder', 'hasDotgit', '.git'],
  ['a way out', 'fullPathname|hasDotdot', '..'],
  ['a way out in one name', 'fullPathname', '../evil'],
])('a tree with %s is refused by fsck', async (_, problem, name) => {
  const served = await serve()
  const work = checkout(served)
  const oid =
    name === '../evil'
      ? blob(work, 'evil')
      : git(work, ['mktree'], `100644 blob ${blob(work, 'evil')}\tconfig\n`)
  const tree = rawTree(work, [{ mode: name === '../evil' ? '100644' : '40000', oid, name }])
  commitTree(work, tree)
  const { code, output } = await push(work, 'gantry', 'main')
  expect(output).toMatch(new RegExp(problem))
  expect(output).toContain('! [remote rejected] main -> main (unpacker error)')
  expect(code).toBe(1)
  expect(served.pushes).toEqual([])
})

test('a small pack can describe a million files, which are refused when they are read', async () => {
  const served = await serve({
    deploy: async (_, { commit }) => {
      await served.repository.entries(commit)
    },
  })
  const work = checkout(served)
  let oid = blob(work, 'x'.repeat(1024 ** 2))
  let kind = '100644 blob'
  for (let level = 0; level < 6; level += 1) {
    oid = git(
      work,
      ['mktree'],
      Array.from({ length: 10 }, (_, index) => `${kind} ${oid}\tf${index}\n`).join(''),
    )
    kind = '040000 tree'
  }
  commitTree(work, oid)
  const { code, output } = await push(work, 'gantry', 'main')
  expect(output).toContain('(the commit is too large: more than 100000 files')
  expect(code).toBe(1)
})

test('a push with a submodule is received', async () => {
  const served = await serve()
  const work = checkout(served)
  const head = git(work, ['rev-parse', 'HEAD'])
  commitTree(work, git(work, ['mktree'], `160000 commit ${head}\tvendor\n`), { parents: [head] })
  expect((await push(work, 'gantry', 'main')).code).toBe(0)
})

test.each([
  ['a dash in a submodule url', '[submodule "a"]\n\tpath = a\n\turl = -u./payload\n', 'gitmodulesUrl'],
  [
    'a dash in a submodule path',
    '[submodule "a"]\n\tpath = -a\n\turl = https://example.com/\n',
    'gitmodulesPath',
  ],
])('%s is refused by fsck', async (_, modules, problem) => {
  const served = await serve()
  const work = checkout(served)
  commitTree(work, git(work, ['mktree'], `100644 blob ${blob(work, modules)}\t.gitmodules\n`))
  const { output } = await push(work, 'gantry', 'main')
  expect(output).toContain(problem)
  expect(output).toContain('(unpacker error)')
})

test('a client without push options, side band and report version 2 is served', async () => {
  const served = await serve({ deploy: async (_, { from }) => ({ ok: true, newOid: from }) })
  const work = checkout(served)
  const to = git(work, ['rev-parse', 'HEAD'])
  const { body } = await post(served, rawPush(work, [{ ref: 'refs/heads/main', to }]))
  expect(body).toContain('ok refs/heads/main')
})

test('answers without a move leave the tracking branch where it is', async () => {
  const served = await serve({
    deploy: async (push, { from }) => {
      if (push.options.async) return { ok: true, newOid: from, instead: 'refs/gantry/deployments/7' }
      if (push.options.dryRun) return { ok: true, newOid: from }
      return undefined
    },
  })
  const work = checkout(served)
  const firstAsync = await push(work, '-o', 'async', 'gantry', 'main')
  expect(firstAsync.output).toContain('* [new reference]   main -> refs/gantry/deployments/7')
  expect(firstAsync.code).toBe(0)
  const firstDry = await push(work, '-o', 'dry-run', 'gantry', 'main')
  expect(firstDry.code).toBe(0)
  expect((await run(work, 'for-each-ref', 'refs/remotes')).output).toBe('')
  expect((await served.repository.refs()).size).toBe(0)

  await push(work, 'gantry', 'main')
  const before = git(work, ['rev-parse', 'gantry/main'])
  commit(work, 'second')
  for (const option of ['async', 'dry-run']) {
    const { code } = await push(work, '-o', option, 'gantry', 'main')
    expect(code).toBe(0)
    expect(git(work, ['rev-parse', 'gantry/main'])).toBe(before)
  }
  expect((await served.repository.refs()).get('refs/heads/main')).toBe(before)
  expect(before).not.toBe(ZERO)
})
