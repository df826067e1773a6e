import { describe, expect, test } from 'vitest'

import type { OwnedFields } from '../../src/app/spec.ts'
import type { AdaptedProcess, FieldProblem } from '../../src/engine/engine.ts'
import { adaptProcess } from '../../src/engine/local/adapt.ts'
import { plan, type PlanOptions } from '../../src/plan/plan.ts'
import type { EngineRules } from '../../src/plan/processes.ts'
import type { Plan } from '../../src/plan/types.ts'
import { anApp, aProcess, NOTHING, runningAfter, wanted } from './fixtures.ts'

const app = anApp({ processes: [aProcess('web'), aProcess('worker')] })
const running = runningAfter(wanted(app))

/** An engine with one size of memory and of disk, which gives no disk where it is asked for little. */
const rules = (problems: FieldProblem[] = []): EngineRules => ({
  countsReplace: () => false,
  adaptProcess: (_app, spec): AdaptedProcess => ({
    spec: { ...spec, memory: 512, ephemeral_storage_gb: null },
    problems: [...problems, ...(spec.memory === 512 ? [] : [ROUNDED])],
  }),
})
const ROUNDED: FieldProblem = {
  severity: 'warning',
  fields: ['memory', 'cpu'],
  message: 'there is one size',
  hint: 'take it',
}

const set = (fields: OwnedFields, problems?: FieldProblem[], more: PlanOptions = {}): Plan => {
  const options = { only: ['web'], operate: [{ process: 'web', set: fields }], ...more }
  return plan(wanted(app), running, { ...options, engine: rules(problems) })
}
const told = ({ warnings }: Plan) => warnings.map(({ message, hint }) => `${message}; ${hint}`)

describe('what an operator sets', () => {
  test('is never rounded, but refused, with who set what and how to be rid of it', () => {
    const made = set({ memory: 600 })
    expect(made.blocked).toEqual([
      'memory of web (memory set by operator, cpu set by the config) cannot be kept: there is one size: ' +
        'set it anew, or hand it back with `gantry process unset web memory`',
    ])
    expect(made.warnings).toEqual([])
    // As it was asked for, so that it can be seen.
    expect(made.processes[0]!.fields).toContainEqual({
      field: 'memory',
      from: 512,
      to: 600,
      owner: 'operator',
    })
  })

  test('has the value that the engine means by it, where that is the same', () => {
    const made = set({ ephemeral_storage_gb: 20 })
    expect(made).toMatchObject({ blocked: [], warnings: [] })
    expect(made.processes[0]!.after?.owned).toEqual({ ephemeral_storage_gb: null })
  })

  test('stays a reference where it is an image', () => {
    expect(set({ image: 'relay:1' }).processes[0]!.after?.owned).toEqual({ image: 'relay:1' })
  })

  test('is told where the engine does something else with it than people expect', () => {
    const port: FieldProblem = {
      severity: 'warning',
      fields: ['port'],
      message: 'it gets another',
      hint: 'ok',
    }
    expect(told(set({ port: 80 }, [port]))).toEqual(['port of web: it gets another; ok'])
    // The config's own diagnostics have told of what is the config's.
    expect(told(set({ cpu: 512 }, [port]))).toEqual([])
  })

  test('that makes the config wrong is refused with both owners', () => {
    const error: FieldProblem = {
      severity: 'error',
      fields: ['port', 'expose'],
      message: 'nobody knows where it is',
      hint: 'say on which port it listens',
    }
    expect(set({ expose: 'private' }, [error]).blocked).toEqual([
      'port of web (port set by the config, expose set by operator): nobody knows where it is: ' +
        'say on which port it listens, or hand it back with `gantry process unset web expose`',
    ])
  })
})

describe('what the config says', () => {
  test('is rounded for what the operator sets beside it, with a warning', () => {
    const said = anApp({ processes: [aProcess('web', { memory: 600 }), aProcess('worker')] })
    const operate = [{ process: 'web', set: { cpu: 1024 } }]
    const made = plan(wanted(said), running, { only: ['web'], operate, engine: rules() })
    expect(made.blocked).toEqual([])
    expect(told(made)).toEqual(['memory of web: there is one size; take it'])
    expect(made.processes[0]!.after?.spec).toMatchObject({ cpu: 1024, memory: 512 })
  })
})

describe('what the engine refuses', () => {
  const error: FieldProblem = {
    severity: 'error',
    fields: ['command'],
    message: 'it has none',
    hint: 'say one',
  }

  test('names no owner where nobody but Gantry said anything', () => {
    const operate = [{ process: 'extra', create: true, set: {} }]
    const made = plan(wanted(app), running, { only: ['extra'], operate, engine: rules([error]) })
    expect(made.blocked).toEqual(['command of extra: it has none: say one'])
  })

  test('does not keep anybody from stopping it, nor from deploying other processes', () => {
    expect(set({ disabled: true }, [error]).blocked).toEqual([])
    expect(plan(wanted(app), running, { engine: rules([error]) }).blocked).toEqual([])
  })

  test('keeps it from being started', () => {
    const stopped = runningAfter(wanted(app), { web: { disabled: true } })
    const operate = [{ process: 'web', set: { disabled: false } }]
    const options = { only: ['web'], operate, engine: rules([error]) }
    expect(plan(wanted(app), stopped, options).blocked).toHaveLength(1)
  })
})

describe('on the local engine', () => {
  const engine: EngineRules = {
    countsReplace: () => false,
    adaptProcess: (_app, spec) => adaptProcess(spec, { limits: true, mounts: true, home: '/srv/gantry' }),
  }
  const operated = (process: string, fields: OwnedFields): Plan =>
    plan(wanted(app), running, {
      only: [process],
      operate: [{ process, create: process === 'extra', set: fields }],
      engine,
    })

  test('a process that only an operator made needs a command', () => {
    expect(operated('extra', { demand_count: 2 }).blocked).toEqual([
      'command of extra: a command is needed: an image of the local engine has none of its own: ' +
        'say what runs under `command`',
    ])
    expect(operated('extra', { command: 'bin/extra' }).blocked).toEqual([])
    expect(operated('extra', { image: 'redis:8' }).blocked).toEqual([])
  })

  test('what asks for autoscaling is refused, and for a new process there is nothing to hand back (TP-28 TP-29)', () => {
    expect(operated('extra', { command: 'bin/extra', scale_count: 2 }).blocked).toEqual([
      'scale_count of extra (scale_count set by operator) cannot be kept: ' +
        'autoscaling is not available on the local engine: ask for something else, or leave it out',
    ])

    expect(operated('web', { scale_count: 2, autoscaling_cpu_threshold: 70 }).blocked).toEqual([
      'scale_count of web (scale_count set by operator, autoscaling_cpu_threshold set by operator) cannot be kept: ' +
        'autoscaling is not available on the local engine: set it anew, or hand it back with ' +
        '`gantry process unset web scale_count autoscaling_cpu_threshold`',
    ])
  })

  test('spot instances run like the others, and that is said', () => {
    const { blocked, warnings } = operated('web', { spot_count: 1 })
    expect(blocked).toEqual([])
    expect(warnings.map((each) => each.message)).toEqual([
      'spot_count of web: one machine has no spot capacity: spot instances run like the others',
    ])
  })
})

describe('what was found', () => {
  test('that is odd is a warning', () => {
    const odd = { ...running, warnings: ['two of them are web'] }
    expect(plan(wanted(app), odd).warnings).toEqual([{ severity: 'warning', message: 'two of them are web' }])
  })

  test('and stands in the way of what is to be made refuses the plan', () => {
    const obstacles = [{ process: 'web', reason: 'there is one already' }]
    expect(plan(wanted(app), { ...NOTHING, obstacles }).blocked).toEqual(['there is one already'])
    expect(plan(wanted(app), { ...running, obstacles }).blocked).toEqual([])
    expect(plan(wanted(app), { ...NOTHING, obstacles }, { only: ['worker'] }).blocked).toEqual([])
  })
})
