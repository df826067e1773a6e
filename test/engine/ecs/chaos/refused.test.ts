import { hash } from 'node:crypto'

import { beforeAll, expect, it, vi } from 'vitest'

import { UserError } from '../../../../src/app/errors.ts'
import type { Call, FaultKind } from '../../../fakes/aws/faults.ts'
import { ATTEMPTS } from '../../../../src/engine/ecs/aws.ts'
import { numbering } from './calls.ts'
import { realityOf, type Reality } from './reality.ts'
import { Site, type Deployed } from './site.ts'
import type { Commit } from './wanted.ts'

vi.mock('node:zlib', () => import('./still-zlib.ts'))

const COMMITS: Commit[] = ['first', 'second']

/** What there is after each commit, when nothing is refused. */
const expected = new Map<Commit, Reality>()
/** How many calls the first deployment makes then, and what they are, each once. */
let count: number
let calls: string[]

beforeAll(async () => {
  await using site = await Site.open()
  for (const commit of COMMITS) {
    await site.deploy(commit, commit)
    expected.set(commit, await realityOf(site.fake))
  }
  count = site.calls('first').length
  // One of those that do the same for another process is enough.
  const kinds = Map.groupBy(site.calls('first').map(numbering()), kindOf)
  calls = [...kinds.values()].map(([name]) => name!)
})

it.each<FaultKind>(['error', 'reset', 'throttle', 'lost'])(
  'every call failing once makes no difference (%s)',
  async (kind) => {
    await using site = await Site.open()
    const isSecond = repeated()
    site.fake.faults.add({ kind, when: (call) => !isSecond(call) })
    for (const commit of COMMITS) expectSuccess(await site.deploy(commit, commit))
    expect(site.calls('first').length).toBeGreaterThan(1.8 * count)
    site.fake.faults.clear()
    expect(withoutTwins(await realityOf(site.fake))).toEqual(withoutTwins(expected.get('second')!))
  },
)

it.each([1, 2, 3, 4, 5, 6, 7, 8])(
  'a deployment succeeds while three of ten calls are throttled (seed %i)',
  async (seed) => {
    await using site = await Site.open()
    const nameOf = numbering()
    site.fake.faults.add({ kind: 'throttle', when: (call) => chance(`${seed} ${nameOf(call)}`) < 0.3 })
    for (const commit of COMMITS) expectSuccess(await site.deploy(commit, commit))
    site.fake.faults.clear()
    expect(await realityOf(site.fake)).toEqual(expected.get('second'))
  },
)

it('a call that fails however often it is tried is told as what it is, and the next deployment makes all right', async () => {
  expect(calls.length).toBeGreaterThan(30)
  for (const name of calls) {
    await using site = await Site.open()
    site.fake.faults.add({ kind: 'error', when: isThat(name), times: ATTEMPTS })
    const failed = await site.deploy('unlucky', 'first').catch((error: unknown) => error)
    if (failed instanceof Error) expect(failed, name).toBeInstanceOf(UserError)
    else expect(failed, name).toMatchObject({ number: 1, bugs: [] })
    expectSuccess(await site.deploy('next', 'first'), name)
    expect(withoutTwins(await realityOf(site.fake)), name).toEqual(withoutTwins(expected.get('first')!))
    expect(await site.deploy('third', 'first'), name).toMatchObject({ outcome: 'unchanged', number: null })
  }
}, 60_000)

function expectSuccess({ outcome, bugs, events }: Deployed, when?: string): void {
  expect({ outcome, bugs }, `${when} ${JSON.stringify(events.at(-1))}`).toEqual({
    outcome: expect.stringMatching(/^(?:succeeded|unchanged)$/) as string,
    bugs: [],
  })
}

/** Of parameters each is another thing; what is logged holds nothing up. */
function kindOf(name: string): string {
  return /Parameters? /.test(name) ? name.replace(/ \d+$/, '') : name.split(' ')[0]!
}

/** Whether a call is like one that was refused just before: a client that tries again, most likely. */
function repeated(): (call: Call) => boolean {
  const refused = new Set<string>()
  return (call) => refused.delete(keyOf(call)) || !refused.add(keyOf(call))
}

/** Whether a call is the one of that name by the unlucky deployer, or the same once more. */
function isThat(name: string): (call: Call) => boolean {
  const nameOf = numbering()
  let that: string | null = null
  return (call) => {
    if (call.caller !== 'unlucky') return false
    if (that === null && nameOf(call) === name) that = keyOf(call)
    return that === keyOf(call)
  }
}

function keyOf({ operation, input }: Call): string {
  return JSON.stringify([operation, input])
}

/** RegisterTaskDefinition takes no client token: when its answer is lost there are two, and a roll-back leaves one more. */
function withoutTwins({ definitions, ...reality }: Reality): unknown {
  return { ...reality, definitions: new Set(Object.keys(definitions)) }
}

/** From 0 to 1, the same for the same text. */
function chance(text: string): number {
  return Number.parseInt(hash('sha256', text).slice(0, 8), 16) / 2 ** 32
}
