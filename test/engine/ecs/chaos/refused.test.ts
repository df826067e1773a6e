import './still.ts'

import { hash } from 'node:crypto'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { UserError } from '../../../../src/app/errors.ts'
import type { Call, FaultKind } from '../../../fakes/aws/faults.ts'
import { ATTEMPTS } from '../aws.ts'
import { labelOf, numbering } from './calls.ts'
import { realityOf, type Reality } from './reality.ts'
import { Site } from './site.ts'

let undisturbed: Site
let expected: Reality

beforeAll(async () => {
  undisturbed = await Site.open('first', 'second')
  expected = await realityOf(undisturbed.fake)
})
afterAll(() => undisturbed[Symbol.asyncDispose]())

/** Whether it is a call like one that was refused just before: a client that tries again, most likely. */
function repeated(): (call: Call) => boolean {
  const refused = new Set<string>()
  return (call) => {
    const key = JSON.stringify([call.operation, call.input])
    return refused.delete(key) || !refused.add(key)
  }
}

describe.each<FaultKind>(['error', 'reset', 'throttle', 'lost'])('every call failing once (%s)', (kind) => {
  it('makes no difference', async () => {
    await using site = await Site.open()
    const again = repeated()
    site.fake.faults.add({
      kind,
      when: ({ caller, ...call }) => caller !== 'observer' && !again({ caller, ...call }),
    })
    for (const commit of ['first', 'second'] as const) {
      const result = await site.deploy(`deploys-${commit}`, commit)
      expect(result, JSON.stringify(result.events.at(-1))).toMatchObject({ outcome: 'succeeded', bugs: [] })
    }
    site.fake.faults.clear()
    expect(withoutTwins(await realityOf(site.fake))).toEqual(withoutTwins(expected))
  })
})

/** RegisterTaskDefinition takes no client token: when its answer is lost, there are two. */
function withoutTwins({ definitions, ...reality }: Reality): unknown {
  return { ...reality, definitions: Object.keys(definitions).toSorted() }
}

it('with 30 % of calls throttled a deployment succeeds', async () => {
  for (const seed of [1, 2, 3, 4, 5]) {
    await using site = await Site.open()
    const name = numbering()
    site.fake.faults.add({
      kind: 'throttle',
      when: (call) => call.caller !== 'observer' && chance(`${seed} ${name(call)}`) < 0.3,
    })
    for (const commit of ['first', 'second'] as const) {
      const result = await site.deploy(`deploys-${commit}`, commit)
      expect(result, `${seed}: ${JSON.stringify(result.events.at(-1))}`).toMatchObject({
        outcome: 'succeeded',
        bugs: [],
      })
    }
    site.fake.faults.clear()
    expect(await realityOf(site.fake), `seed ${seed}`).toEqual(expected)
  }
})

/** From 0 to 1, the same for the same text. */
function chance(text: string): number {
  return Number.parseInt(hash('sha256', text).slice(0, 8), 16) / 2 ** 32
}

it('a call that fails however often it is tried ends the deployment, or not; the next one makes it right', async () => {
  const name = numbering()
  const first = undisturbed
    .calls('before-first')
    .map(name)
    .filter((each) => each.endsWith(' 1') && !each.startsWith('PutLogEvents'))
  const bad: string[] = []
  const outcomes: string[] = []
  for (const label of first) {
    await using site = await Site.open()
    const name = numbering()
    let refused: string | null = null
    let left = ATTEMPTS
    site.fake.faults.add({
      kind: 'error',
      when: (call) => {
        if (call.caller !== 'unlucky') return false
        const key = JSON.stringify([call.operation, call.input])
        if (refused === null && name(call) === label) refused = key
        return refused === key && left-- > 0
      },
    })
    try {
      const result = await site.deploy('unlucky', 'first')
      outcomes.push(`${label}: ${result.outcome} ${result.reason}`)
      if (result.bugs.length)
        bad.push(`${label}: BUG ${String((result.bugs[0] as Error).stack).slice(0, 400)}`)
    } catch (error) {
      outcomes.push(`${label}: throws ${(error as Error).name} ${(error as Error).message}`)
      if (!(error instanceof UserError)) bad.push(`${label}: throws ${(error as Error).stack?.slice(0, 400)}`)
    }
    const next = await site.deploy('next', 'first')
    if (!['succeeded', 'unchanged'].includes(next.outcome))
      bad.push(`${label}: next ${JSON.stringify(next.events.at(-1))}`)
    const third = await site.deploy('third', 'first')
    if (third.number !== null) bad.push(`${label}: third ${JSON.stringify(third.events.at(-1))}`)
  }
  console.log(outcomes.join('\n'))
  console.log('BAD', bad.length, bad.join('\n'))
  expect(bad).toEqual([])
}, 60_000)
