import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { differingFields, FIELDS } from '../../src/app/fields.ts'
import { imagesOf, instanceCount, type OwnedFields } from '../../src/app/spec.ts'
import { isEmpty, plan, schedules, transitions, type Desired, type PlanOptions } from '../../src/plan/plan.ts'
import type { Plan } from '../../src/plan/types.ts'
import { unmet } from '../app/generators.ts'
import { carriedOut, digestOf, key } from './fixtures.ts'
import { desired, operations, rebuiltFrom, running } from './generators.ts'

/** What is wanted once the images have been made. */
function madeOf({ app, images }: Desired): Desired {
  const made = [...images].map(
    ([component, image]) =>
      [component, image.kind === 'built' ? { ...image, digest: digestOf(image.key) } : image] as const,
  )
  return { app, images: new Map(made), rebuild: new Set() }
}

function expectSettled(again: Plan): void {
  expect(again.processes.filter((each) => each.action !== 'unchanged' && each.action !== 'pinned')).toEqual(
    [],
  )
  expect(again.tasks.filter((each) => each.action !== 'unchanged' && each.action !== 'skip')).toEqual([])
  expect(isEmpty(again)).toBe(true)
  expect(transitions(again)).toEqual([])
}

const ownedImages = fc.dictionary(fc.constantFrom('web', 'worker', 'extra'), fc.constant('old:1'), {
  maxKeys: 2,
})

describe('right after a plan is carried out, planning again finds nothing to do', () => {
  test('after a deploy', () => {
    fc.assert(
      fc.property(desired, running, (wanted, before) => {
        expectSettled(plan(madeOf(wanted), carriedOut(plan(wanted, before), before)))
      }),
    )
  })

  test('whatever the config asks for beside it that no engine carries out yet', () => {
    fc.assert(
      fc.property(desired, running, fc.record(unmet), (wanted, before, other) => {
        const after = carriedOut(plan(wanted, before), before)
        const { app, ...made } = madeOf(wanted)
        const asking = { ...other, instance_types: ['c6g.large'], enable_warm_pool: true }
        const processes = app.processes.map((each) => ({ ...each, ...asking }))
        const tasks = app.tasks.map((each) => ({ ...each, ...other }))
        expectSettled(plan({ ...made, app: { ...app, processes, tasks } }, after))
      }),
    )
  })

  test('after a deploy with operations', () => {
    fc.assert(
      fc.property(desired, running, operations, (wanted, before, operate) => {
        expectSettled(plan(madeOf(wanted), carriedOut(plan(wanted, before, { operate }), before)))
      }),
    )
  })

  test("after an operator's change and the deploy before it", () => {
    fc.assert(
      fc.property(desired, running, operations, (wanted, before, operate) => {
        const deployed = carriedOut(plan(wanted, before), before)
        const only = operate.map((each) => each.process)
        const changed = carriedOut(plan(madeOf(wanted), deployed, { only, operate }), deployed)
        expectSettled(plan(madeOf(wanted), changed))
      }),
    )
  })

  test('after a roll-back', () => {
    fc.assert(
      fc.property(desired, running, ownedImages, (wanted, before, owned_images) => {
        const options: PlanOptions = { rollback: { owned_images } }
        expectSettled(plan(madeOf(wanted), carriedOut(plan(wanted, before, options), before), options))
      }),
    )
  })
})

test('the schedules in force afterwards are those of the config', () => {
  fc.assert(
    fc.property(desired, running, (wanted, before) => {
      const scheduled = wanted.app.tasks.filter((each) => each.schedule !== null)
      expect(schedules(plan(wanted, before)).map((each) => each.name)).toEqual(
        scheduled.map((each) => each.name),
      )
    }),
  )
})

test('a new build does not touch what is pinned', () => {
  fc.assert(
    fc.property(desired, running, (wanted, before) => {
      const deployed = carriedOut(plan(wanted, before), before)
      const pushed = plan(rebuiltFrom(key('f'), wanted), deployed)
      for (const { after, action } of pushed.processes) {
        if (after !== null && imagesOf(after.spec).every(({ kind }) => kind === 'pinned'))
          expect(action).toBe('pinned')
      }
    }),
  )
})

test('what an operator owns changes only when it is handed back', () => {
  fc.assert(
    fc.property(desired, running, operations, (wanted, before, operate) => {
      for (const { before: was, after, name } of plan(wanted, before, { operate }).processes) {
        if (was === null || after === null) continue
        const touched = operate
          .filter((each) => each.process === name)
          .flatMap((each) => [...Object.keys(each.set ?? {}), ...(each.unset ?? [])])
        for (const field of Object.keys(was.owned) as (keyof OwnedFields)[]) {
          if (touched.includes(field)) continue
          expect(after.owned[field]).toEqual(was.owned[field])
          expect(after.spec[field]).toEqual(was.spec[field])
        }
      }
    }),
  )
})

test('instances are replaced only where a definition changes and there are some before and after', () => {
  fc.assert(
    fc.property(desired, running, operations, (wanted, before, operate) => {
      for (const { before: was, after, replaces } of plan(wanted, before, { operate }).processes) {
        const definition =
          was !== null &&
          after !== null &&
          differingFields(was.spec, after.spec).some((field) => FIELDS[field] === 'definition')
        const some =
          was !== null && after !== null && instanceCount(was.spec) > 0 && instanceCount(after.spec) > 0
        expect(replaces).toBe(definition && some)
      }
    }),
  )
})

test('changed counts alone replace nothing', () => {
  fc.assert(
    fc.property(desired, running, fc.nat(5), (wanted, before, demand_count) => {
      const deployed = carriedOut(plan(wanted, before), before)
      const scaled = wanted.app.processes.map((each) => ({ ...each, demand_count }))
      const made = plan(madeOf({ ...wanted, app: { ...wanted.app, processes: scaled } }), deployed)
      for (const { action, replaces } of made.processes) {
        expect(replaces).toBe(false)
        expect(['scale', 'pinned', 'unchanged']).toContain(action)
      }
      expect(made.tasks.every((each) => each.action === 'skip' || each.action === 'unchanged')).toBe(true)
    }),
  )
})

test('no process that an operator made is removed, and none of the config is left out', () => {
  fc.assert(
    fc.property(desired, running, (wanted, before) => {
      const { processes } = plan(wanted, before)
      for (const { action, before: was } of processes) {
        if (action === 'remove') expect(was!.origin).toBe('config')
      }
      const names = processes.filter((each) => each.after !== null).map((each) => each.name)
      expect(names).toEqual(expect.arrayContaining(wanted.app.processes.map((each) => each.name)))
      expect(new Set(names).size).toBe(names.length)
    }),
  )
})
