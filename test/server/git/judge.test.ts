import { expect, test } from 'vitest'

import { judge } from '../../../src/server/git/judge.ts'
import type { RepositoryFacts } from '../../../src/server/git/judge.ts'
import type { RefCommand } from '../../../src/server/git/proc-receive.ts'

const ZERO = '0'.repeat(40)
const [A, B, C] = ['a', 'b', 'c'].map((digit) => digit.repeat(40)) as [string, string, string]
const RULES = { branch: 'main', allowForce: true }

/** A repository in which b comes after a, and c is on a branch of its own. */
function facts(
  refs: Record<string, string> = {},
  types: [string, 'commit' | 'tag' | 'tree' | 'blob' | null][] = [],
): RepositoryFacts {
  return {
    refs: new Map(Object.entries(refs)),
    types: new Map([[A, 'commit'], [B, 'commit'], [C, 'commit'], ...types]),
    isAncestor: (ancestor, descendant) => ancestor === descendant || (ancestor === A && descendant === B),
  }
}

function command(ref: string, from: string, to: string): RefCommand {
  return { ref, from, to }
}

function ruling(one: RefCommand, known: RepositoryFacts, rules = RULES) {
  return judge({ commands: [one], atomic: false }, rules, known).get(one.ref)
}

const MAIN = 'refs/heads/main'

test('the deploy branch is created, moved forward, and moved back by force', () => {
  expect(ruling(command(MAIN, ZERO, A), facts())).toEqual({
    action: 'deploy',
    ref: MAIN,
    commit: A,
    from: ZERO,
    forced: false,
  })
  expect(ruling(command(MAIN, A, B), facts({ [MAIN]: A }))).toMatchObject({
    action: 'deploy',
    from: A,
    forced: false,
  })
  expect(ruling(command(MAIN, B, C), facts({ [MAIN]: B }))).toMatchObject({
    action: 'deploy',
    from: B,
    forced: true,
  })
})

test('force can be forbidden', () => {
  const rules = { branch: 'main', allowForce: false }
  expect(ruling(command(MAIN, B, C), facts({ [MAIN]: B }), rules)).toMatchObject({ action: 'refuse' })
  expect(ruling(command(MAIN, A, B), facts({ [MAIN]: A }), rules)).toMatchObject({ action: 'deploy' })
})

test('a branch that moved meanwhile is deployed to only by who has seen the move', () => {
  const moved = { action: 'refuse', reason: 'main moved while you waited: fetch and push again' }
  // Somebody else pushed c; a push from a to b does not know it.
  expect(ruling(command(MAIN, A, B), facts({ [MAIN]: C }))).toMatchObject(moved)
  // Created by another first push.
  expect(ruling(command(MAIN, ZERO, B), facts({ [MAIN]: C }))).toMatchObject(moved)
  // Gone.
  expect(ruling(command(MAIN, A, B), facts())).toMatchObject(moved)
  // Moved to an ancestor, or to the very commit, of this push.
  expect(ruling(command(MAIN, ZERO, B), facts({ [MAIN]: A }))).toMatchObject({
    action: 'deploy',
    from: A,
    forced: false,
  })
  expect(ruling(command(MAIN, A, B), facts({ [MAIN]: B }))).toMatchObject({
    action: 'deploy',
    from: B,
    forced: false,
  })
})

test.each(['tag', 'tree', 'blob', null] as const)('the deploy branch cannot be a %s', (type) => {
  expect(ruling(command(MAIN, ZERO, A), facts({}, [[A, type]]))).toMatchObject({ action: 'refuse' })
})

test('another branch may be the one that deploys', () => {
  const rules = { branch: 'release/live', allowForce: true }
  expect(ruling(command('refs/heads/release/live', ZERO, A), facts(), rules)).toMatchObject({
    action: 'deploy',
  })
  expect(ruling(command(MAIN, ZERO, A), facts(), rules)).toMatchObject({
    action: 'refuse',
    reason: 'only release/live is deployed; to deploy this commit: git push gantry HEAD:release/live',
  })
})

test('only new tags are stored, and the same once more', () => {
  const ref = 'refs/tags/v1'
  expect(ruling(command(ref, ZERO, A), facts())).toEqual({ action: 'store', ref, from: ZERO, to: A })
  expect(ruling(command(ref, ZERO, A), facts({ [ref]: A }))).toMatchObject({ action: 'store', from: A })
  expect(ruling(command(ref, A, B), facts({ [ref]: A }))).toMatchObject({ action: 'refuse' })
  expect(ruling(command(ref, A, ZERO), facts({ [ref]: A }))).toMatchObject({ action: 'refuse' })
  expect(ruling(command(ref, ZERO, A), facts({}, [[A, null]]))).toMatchObject({ action: 'refuse' })
})

test('tags cannot be in each other', () => {
  const known = facts({ 'refs/tags/v1': A })
  expect(ruling(command('refs/tags/v1/rc', ZERO, A), known)).toMatchObject({
    reason: 'there cannot be a tag below the tag v1',
  })
  expect(ruling(command('refs/tags/v', ZERO, A), facts({ 'refs/tags/v/1': A }))).toMatchObject({
    reason: 'there are tags below this name already',
  })
  const commands = [command('refs/tags/x', ZERO, A), command('refs/tags/x/y', ZERO, A)]
  const rulings = judge({ commands, atomic: false }, RULES, facts())
  expect(
    rulings
      .values()
      .map(({ action }) => action)
      .toArray(),
  ).toEqual(['refuse', 'refuse'])
})

test.each([
  'refs/tags/-x',
  'refs/tags/.x',
  'refs/tags/a b',
  'refs/tags/ü',
  'refs/tags/a;b',
  `refs/tags/${'x'.repeat(300)}`,
  'refs/tags/',
])('the tag %s is refused', (ref) => {
  expect(ruling(command(ref, ZERO, A), facts())).toMatchObject({ action: 'refuse' })
})

test.each([
  'HEAD',
  'refs/heads',
  'refs/heads/',
  'refs/heads/Main',
  'refs/heads/main/x',
  'refs/heads/HEAD',
  'refs/notes/x',
  'refs/gantry',
  'refs/gantry/deployments/1',
  'refs/pull/1/head',
  'refs/for/main',
  'refs/replace/x',
  'refs/main',
  'refs/',
  '',
])('%j is refused, also to delete', (ref) => {
  expect(ruling(command(ref, ZERO, A), facts())).toMatchObject({ action: 'refuse' })
  expect(ruling(command(ref, A, ZERO), facts({ [ref]: A }))).toMatchObject({ action: 'refuse' })
})

test('names are shown without what a terminal would obey', () => {
  const commands = [command('refs/heads/\u202eevil\u0007', ZERO, A), command(MAIN, ZERO, A)]
  const rulings = judge({ commands, atomic: true }, RULES, facts())
  expect(rulings.get(MAIN)).toMatchObject({ reason: 'atomic push: refused because of evil' })
})

test('one refusal refuses an atomic push, and only that', () => {
  const commands = [
    command(MAIN, ZERO, A),
    command('refs/tags/v1', ZERO, A),
    command('refs/heads/x', ZERO, A),
  ]
  const actions = (atomic: boolean) =>
    judge({ commands, atomic }, RULES, facts())
      .values()
      .map(({ action }) => action)
      .toArray()
  expect(actions(true)).toEqual(['refuse', 'refuse', 'refuse'])
  expect(actions(false)).toEqual(['deploy', 'store', 'refuse'])
})

test('a ref that is named twice is refused', () => {
  const commands = [command(MAIN, ZERO, A), command(MAIN, ZERO, B)]
  expect(judge({ commands, atomic: false }, RULES, facts()).get(MAIN)).toMatchObject({ action: 'refuse' })
})

test('as many tags as a push can have are judged in a moment', () => {
  const commands = Array.from({ length: 40_000 }, (_, index) => command(`refs/tags/a/b/v${index}`, ZERO, A))
  expect(judge({ commands, atomic: false }, RULES, facts()).size).toBe(40_000)
})
