import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'

import type { AppId, Build, Placement, RolloutSettings } from '../../src/app/app.ts'
import type { Command } from '../../src/app/command.ts'
import type { BuiltImage } from '../../src/app/image.ts'
import type { ProcessSpec, ProcessState, TaskSpec } from '../../src/app/spec.ts'
import type { Engine } from '../../src/engine/engine.ts'
import type { LogQuery } from '../../src/engine/logs.ts'
import type { RolloutEvent, Transition, Verdict } from '../../src/engine/rollout.ts'
import { SupersededError } from '../../src/engine/ledger.ts'
import { anApp } from '../plan/fixtures.ts'
import { processSpec, stateOf, taskSpec } from './specs.ts'
import { instanceContract } from './instance-contract.ts'
import { taskRunContract } from './task-run-contract.ts'

/** What an engine brings along to be tested. */
export interface Subject {
  engine: Engine
  app: AppId
  /** What its instances can do. */
  programs: {
    staysUp: Command
    /** Prints a line, then ends with this code. */
    prints(line: string, code: number): Command
    failsAtOnce: Command
  }
  build: Build
  /** Where its components run; null where the engine does not ask. */
  placement: Placement | null
  /** Whether what a roll-back brings back are the very instances that ran before: ECS starts new ones of the old revision. */
  keepsInstances: boolean
  /** Seconds that a rollout may take on it. */
  timeout: number
  /** Whether mounts can be made where it runs. */
  mounts: boolean
  dispose(): Promise<void>
}

const NOBODY = new AbortController().signal

/** What every engine must do, whatever its instances run on. */
export function engineContract(name: string, setUp: () => Promise<Subject>): void {
  describe(`the engine contract: ${name}`, () => {
    let subject: Subject
    let engine: Engine
    let app: AppId
    let image: BuiltImage

    beforeAll(async () => {
      subject = await setUp()
      ;({ engine, app } = subject)
      image = await make('a'.repeat(64))
    })
    afterAll(() => subject.dispose())

    const make = (key: string, anew = false): Promise<BuiltImage> =>
      engine.makeImage(
        app,
        { key, build: subject.build, source: { bytes: 0, files: 0, write: async () => {} }, anew },
        { signal: NOBODY, log: () => {} },
      )
    const spec = (process: string, more: Partial<ProcessSpec> = {}): ProcessSpec =>
      processSpec(process, subject.programs.staysUp, image, {
        placement: subject.placement,
        rollout: rollout(),
        ...more,
      })
    const rollout = (more: Partial<RolloutSettings> = {}): RolloutSettings => ({
      overlap: true,
      on_failure: 'rollback',
      timeout: subject.timeout,
      min_up: 0.1,
      ...more,
    })
    const task = (name: string, command: Command, more: Partial<TaskSpec> = {}): TaskSpec =>
      taskSpec(name, command, image, { placement: subject.placement, ...more })
    const roll = async (
      before: ProcessState | null,
      after: ProcessState | null,
      signal = NOBODY,
      events: RolloutEvent[] = [],
    ): Promise<Verdict> => {
      const transition: Transition = { name: (after ?? before)!.spec.name, before, after }
      const verdicts = await engine.rollout(app, [transition], {
        signal,
        report: (event) => events.push(event),
      })
      return verdicts[0]!
    }
    const running = async (process: string): Promise<{ state: ProcessState | null; ids: string[] }> => {
      const found = (await engine.observe(app, { instances: true })).processes.find(
        (each) => each.spec.name === process,
      )
      if (found === undefined) return { state: null, ids: [] }
      const { instances, events: _events, settled: _settled, ...state } = found
      return { state, ids: instances.filter((each) => each.state === 'up').map((each) => each.id) }
    }

    const expectAsBefore = async (process: string, before: Awaited<ReturnType<typeof running>>) => {
      const now = await running(process)
      expect(now.state).toEqual(before.state)
      if (subject.keepsInstances) expect(now.ids).toEqual(before.ids)
      else expect(now.ids).toHaveLength(before.ids.length)
    }

    it('finds an image by its key once it is made, and not before', async () => {
      const key = 'b'.repeat(64)
      expect(await engine.findImages(app, [key])).toEqual(new Map())
      const made = await make(key)
      expect((await engine.findImages(app, [key])).get(key)).toMatchObject({ key, digest: made.digest })
    })

    it('gives an image that is made anew another digest', async () => {
      const key = 'c'.repeat(64)
      const [first, second] = [await make(key), await make(key, true)]
      expect(second.digest).not.toBe(first.digest)
      expect((await engine.findImages(app, [key])).get(key)?.digest).toBe(second.digest)
    })

    it('says what is wrong with a pin that does not exist', async () => {
      const problems = await engine.checkPins(app, [{ component: 'process:web', reference: 'release:v99' }])
      expect(problems).toHaveLength(1)
      expect(problems[0]).toContain('web')
    })

    it('creates a process, reports its instances and shows it as running (BK-02)', async () => {
      const events: RolloutEvent[] = []
      const state = stateOf(spec('create', { demand_count: 2 }))
      expect(await roll(null, state, NOBODY, events)).toMatchObject({ outcome: 'steady', runs: 'after' })
      const now = await running('create')
      expect(now.state).toEqual(state)
      expect(now.ids).toHaveLength(2)
      expect(events.map((event) => event.type)).toEqual(
        expect.arrayContaining(['instance.started', 'instance.up', 'process.steady']),
      )
    })

    it('replaces all instances when the definition changes', async () => {
      const before = stateOf(spec('update'))
      await roll(null, before)
      const old = await running('update')
      const after = stateOf(spec('update', { env: { LEVEL: 'debug' } }))
      expect((await roll(before, after)).outcome).toBe('steady')
      const now = await running('update')
      expect(now.state).toEqual(after)
      expect(now.ids).toHaveLength(1)
      expect(now.ids).not.toEqual(old.ids)
    })

    it('keeps the old instances when the new ones fail, and says why', async () => {
      const before = stateOf(spec('fails'))
      await roll(null, before)
      const old = await running('fails')
      const after = stateOf(spec('fails', { command: subject.programs.prints('out of luck', 3) }))
      const verdict = await roll(before, after)
      expect(verdict).toMatchObject({ outcome: 'failed', runs: 'before', exit_code: 3 })
      expect(verdict.log.join('\n')).toContain('out of luck')
      await expectAsBefore('fails', old)
    })

    it('leaves nothing of a new process that fails', async () => {
      const failing = { command: subject.programs.failsAtOnce, rollout: rollout({ min_up: 10 }) }
      const verdict = await roll(null, stateOf(spec('stillborn', failing)))
      expect(verdict.outcome).toBe('failed')
      expect(await running('stillborn')).toEqual({ state: null, ids: [] })
    })

    it('keeps a process that fails where on_failure says so', async () => {
      const before = stateOf(spec('kept'))
      await roll(null, before)
      // It ends at once, however long that takes on a busy machine.
      const keep = { ...before.spec.rollout, on_failure: 'keep' as const, min_up: 10 }
      const after = stateOf(spec('kept', { command: subject.programs.failsAtOnce, rollout: keep }))
      expect(await roll(before, after)).toMatchObject({ outcome: 'failed', runs: 'after' })
      expect((await running('kept')).state).toEqual(after)
    })

    it('scales without touching the instances that stay', async () => {
      const one = stateOf(spec('scale'))
      const three = stateOf(spec('scale', { demand_count: 3 }))
      await roll(null, one)
      const { ids: first } = await running('scale')
      await roll(one, three)
      const { ids: grown } = await running('scale')
      expect(grown).toHaveLength(3)
      expect(grown).toEqual(expect.arrayContaining(first))
      await roll(three, one)
      expect((await running('scale')).ids).toEqual(first)
    })

    it('scales down without waiting for instances that are ill', async () => {
      const ill = {
        command: subject.programs.failsAtOnce,
        rollout: rollout({ on_failure: 'keep', min_up: 10 }),
      }
      const two = stateOf(spec('ill', { ...ill, demand_count: 2 }))
      expect(await roll(null, two)).toMatchObject({ outcome: 'failed', runs: 'after' })
      const one = stateOf(spec('ill', { ...ill, demand_count: 1 }))
      expect(await roll(two, one)).toMatchObject({ outcome: 'steady', runs: 'after' })
      expect((await running('ill')).state).toEqual(one)
    })

    it('takes over settings without touching any instance', async () => {
      const before = stateOf(spec('settings'))
      await roll(null, before)
      const { ids } = await running('settings')
      const after = stateOf(spec('settings', { rollout: { ...before.spec.rollout, timeout: 99 } }))
      expect((await roll(before, after)).outcome).toBe('steady')
      expect(await running('settings')).toEqual({ state: after, ids })
    })

    it('stops and starts a process, which keeps its counts meanwhile (BK-08)', async () => {
      const up = stateOf(spec('stop', { demand_count: 2 }))
      const stopped = stateOf({ ...up.spec, disabled: true })
      await roll(null, up)
      expect((await roll(up, stopped)).outcome).toBe('steady')
      expect(await running('stop')).toEqual({ state: stopped, ids: [] })
      await roll(stopped, up)
      expect((await running('stop')).ids).toHaveLength(2)
    })

    it('updates the definition of a stopped process without starting it', async () => {
      const stopped = stateOf(spec('asleep', { disabled: true }))
      await roll(null, stopped)
      const changed = stateOf({ ...stopped.spec, env: { NEW: '1' } })
      expect((await roll(stopped, changed)).outcome).toBe('steady')
      expect(await running('asleep')).toEqual({ state: changed, ids: [] })
    })

    it('removes a process', async () => {
      const state = stateOf(spec('remove'))
      await roll(null, state)
      expect((await roll(state, null)).outcome).toBe('steady')
      expect(await running('remove')).toEqual({ state: null, ids: [] })
    })

    it('never has two generations at once where they must not overlap', async () => {
      const before = stateOf(spec('alone', { rollout: rollout({ overlap: false }) }))
      await roll(null, before)
      const events: RolloutEvent[] = []
      await roll(before, stateOf({ ...before.spec, env: { NEW: '1' } }), NOBODY, events)
      const order = events.map((event) => event.type)
      expect(order.indexOf('instance.stopped')).toBeLessThan(order.indexOf('instance.started'))
    })

    it('can go back to the recorded state after a failure without overlap', async () => {
      const before = stateOf(spec('back', { rollout: rollout({ overlap: false }) }))
      await roll(null, before)
      const after = stateOf({ ...before.spec, command: subject.programs.failsAtOnce })
      const verdict = await roll(before, after)
      expect(verdict).toMatchObject({ outcome: 'failed', runs: 'neither' })
      expect((await roll(after, before)).outcome).toBe('steady')
      const now = await running('back')
      expect(now.state).toEqual(before)
      expect(now.ids).toHaveLength(1)
    })

    it('stops what is in flight when it is cancelled', async () => {
      const before = stateOf(spec('cancel'))
      await roll(null, before)
      const old = await running('cancel')
      const abort = new AbortController()
      const slow = rollout({ min_up: 60, timeout: 60 })
      const after = stateOf({ ...before.spec, env: { NEW: '1' }, rollout: slow })
      const transition: Transition = { name: 'cancel', before, after }
      const verdict = await engine.rollout(app, [transition], {
        signal: abort.signal,
        report: (event) => event.type === 'instance.started' && abort.abort(),
      })
      expect(verdict[0]).toMatchObject({ outcome: 'cancelled', runs: 'before' })
      await expectAsBefore('cancel', old)
    })

    it('says at once that one fails, so that whoever asked can stop the others, and fails it still', async () => {
      const names = ['spared', 'culprit']
      const befores = names.map((name) => stateOf(spec(name)))
      for (const before of befores) await roll(null, before)
      const old = await Promise.all(names.map(running))
      const slow = { rollout: rollout({ min_up: 60, timeout: 600 }) }
      const afters = [slow, { ...slow, command: subject.programs.failsAtOnce }].map((more, index) =>
        stateOf({ ...befores[index]!.spec, env: { NEW: '1' }, ...more }),
      )
      const abort = new AbortController()
      const transitions = names.map((name, index) => ({
        name,
        before: befores[index]!,
        after: afters[index]!,
      }))
      const verdicts = await engine.rollout(app, transitions, {
        signal: abort.signal,
        report: () => {},
        failing: (process) => abort.abort(expect(process).toBe('culprit')),
      })
      expect(verdicts.map(({ outcome, runs }) => [outcome, runs])).toEqual([
        ['cancelled', 'before'],
        ['failed', 'before'],
      ])
      for (const [index, name] of names.entries()) await expectAsBefore(name, old[index]!)
    })

    it('starts nothing that stays when it is cancelled before it began', async () => {
      const verdict = await roll(null, stateOf(spec('never')), AbortSignal.abort())
      expect(verdict).toMatchObject({ outcome: 'cancelled', runs: 'before' })
      expect(await running('never')).toEqual({ state: null, ids: [] })
    })

    it('tells a rollout that takes too long from one that failed', async () => {
      const slow = rollout({ timeout: 0.3, min_up: 60 })
      const verdict = await roll(null, stateOf(spec('slow', { rollout: slow })))
      expect(verdict.outcome).toBe('timed_out')
    })

    it('keeps a process that takes too long where on_failure says so', async () => {
      const slow = rollout({ on_failure: 'keep', timeout: 0.3, min_up: 60 })
      const state = stateOf(spec('patient', { rollout: slow }))
      expect(await roll(null, state)).toMatchObject({ outcome: 'timed_out', runs: 'after' })
      expect((await running('patient')).state).toEqual(state)
    })

    it('runs a task with its output and its exit code (TT-01)', async () => {
      const spec = task('hello', subject.programs.prints('hello there', 0))
      const handle = await engine.runTask(app, { spec, initiated_by: 'a test, "quoted"', deployment: null })
      const lines = await Array.fromAsync(handle.logs)
      expect(lines).toContain('hello there')
      expect(await handle.result).toMatchObject({ exit_code: 0, reason: null })
    })

    it('reports the exit code of a task that fails', async () => {
      const spec = task('bad', subject.programs.prints('oh no', 7))
      const handle = await engine.runTask(app, { spec, initiated_by: 'test', deployment: null })
      expect((await handle.result).exit_code).toBe(7)
    })

    it('stops a task at its time limit and says so', async () => {
      const spec = task('forever', subject.programs.staysUp, { max_hours: 0.3 / 3_600 })
      const handle = await engine.runTask(app, { spec, initiated_by: 'test', deployment: null })
      const result = await handle.result
      expect(result.exit_code).toBeNull()
      expect(result.reason).toContain('time limit')
    })

    it('stops a task on request', async () => {
      const spec = task('stopped', subject.programs.staysUp)
      const handle = await engine.runTask(app, { spec, initiated_by: 'test', deployment: null })
      await handle.stop('cancelled')
      expect(await handle.result).toMatchObject({ exit_code: null, reason: 'cancelled' })
    })

    it('has nothing to stop of a task that has ended', async () => {
      const spec = task('over', subject.programs.prints('done', 0))
      const handle = await engine.runTask(app, { spec, initiated_by: 'test', deployment: null })
      const result = await handle.result
      await handle.stop('late')
      expect(await handle.result).toEqual(result)
      expect(result).toMatchObject({ exit_code: 0, reason: null })
    })

    taskRunContract(() => ({ subject, image, make }))
    instanceContract(() => ({ subject, image, spec, roll, running }))

    it('keeps exactly the schedules that were set', async () => {
      const nightly = task('nightly', subject.programs.staysUp, {
        schedule: '0 3 * * *',
        run: null,
      })
      await engine.setSchedules(app, [nightly])
      expect((await engine.observe(app)).schedules).toEqual([nightly])
      await engine.setSchedules(app, [])
      expect((await engine.observe(app)).schedules).toEqual([])
    })

    it('shows variables by name and version, never by value', async () => {
      const value = 'correct-horse-battery'
      await engine.setVariable(app, { name: 'KEY', value, process: null, secret: true })
      const first = (await engine.observe(app)).variables.find((each) => each.name === 'KEY')!
      await engine.setVariable(app, { name: 'KEY', value, process: null, secret: true })
      expect((await engine.observe(app)).variables).toContainEqual(first)
      await engine.setVariable(app, { name: 'KEY', value: `${value}2`, process: null, secret: true })
      const observed = await engine.observe(app)
      expect(observed.variables.find((each) => each.name === 'KEY')!.version).toBeGreaterThan(first.version)
      expect(JSON.stringify(observed)).not.toContain(value)
      expect(await engine.unsetVariable(app, 'KEY', null)).toBe(true)
      expect(await engine.unsetVariable(app, 'KEY', null)).toBe(false)
    })

    it('gives the lock to one at a time and supersedes the pushes that wait', async () => {
      const ask = (deployment: number, supersedes: boolean, waits: number[] = []) =>
        engine.lock(app, { deployment, supersedes, signal: NOBODY, onWait: (holder) => waits.push(holder) })
      const waits: number[] = []
      const held = await ask(1, true)
      const older = ask(2, true, waits)
      const operator = ask(3, false)
      const newer = ask(4, true)
      await vi.waitFor(() => expect(waits).toEqual([1]))
      await expect(older).rejects.toBeInstanceOf(SupersededError)
      await held.release()
      await (await operator).release()
      await (await newer).release()
    })

    it('lets one that waits for the lock give up', async () => {
      const abort = new AbortController()
      const request = { supersedes: true, onWait: () => {}, signal: abort.signal }
      const held = await engine.lock(app, { ...request, deployment: 1 })
      const waiting = engine.lock(app, { ...request, deployment: 2 })
      abort.abort()
      await expect(waiting).rejects.toThrow('cancelled')
      await held.release()
    })

    it('lets a newer deployment that waits supersede an older one that asks later', async () => {
      const ask = (deployment: number) =>
        engine.lock(app, { deployment, supersedes: true, signal: NOBODY, onWait: () => {} })
      const held = await ask(1)
      const newer = ask(3)
      await expect(ask(2)).rejects.toBeInstanceOf(SupersededError)
      await held.release()
      await (await newer).release()
    })

    it('remembers deployments and releases, each numbered', async () => {
      const { ledger } = engine
      const entry = { kind: 'deploy', commit: 'f'.repeat(40), by: 'test', title: 'A change' } as const
      const first = await ledger.open(app, entry)
      const second = await ledger.open(app, entry)
      expect(second.number).toBe(first.number + 1)
      expect((await ledger.unfinished(app)).map((each) => each.number)).toEqual([first.number, second.number])
      const record = { processes: [{ name: 'web', before: null }], schedules: [] }
      await ledger.start(app, first.number)
      await ledger.record(app, first.number, record)
      expect(await ledger.deployment(app, first.number)).toMatchObject({ status: 'running', record })
      expect((await engine.observe(app)).underway).toBe(true)
      const model = { ...anApp(), ...app }
      const release = { commit: entry.commit, app: model, images: { 'process:web': image }, owned_images: {} }
      const made = await ledger.finish(app, first.number, { outcome: 'succeeded', reason: null, release })
      expect(made).toMatchObject({ ...release, deployment: first.number, by: 'test' })
      const none = await ledger.finish(app, second.number, {
        outcome: 'failed',
        reason: 'because',
        release: null,
      })
      expect(none).toBeNull()
      expect(await ledger.unfinished(app)).toEqual([])
      expect((await engine.observe(app)).underway).toBe(false)
      expect((await ledger.deployments(app, 1))[0]).toMatchObject({ status: 'failed', reason: 'because' })
      expect((await ledger.deployments(app, 9, second.number))[0]?.number).toBe(first.number)
      expect((await ledger.releases(app, 10)).map((each) => each.number)).toEqual([made!.number])
      expect(await ledger.releases(app, 10, made!.number)).toEqual([])
    })

    it('keeps the output of processes and tasks (SW-38 UP-02)', async () => {
      const spec = task('written', subject.programs.prints('written down', 0))
      await (
        await engine.runTask(app, { spec, initiated_by: 'test', deployment: null })
      ).result
      const query = { process: 'task.written', follow: false, lines: 50, signal: NOBODY }
      const lines = await Array.fromAsync(engine.logs(app, query))
      expect(lines.map((line) => line.text)).toContain('written down')
    })

    it('keeps output as long as it is told to, and says whether that is new', async () => {
      expect(await engine.setLogRetention(app, 7 * 86_400)).toBe(true)
      expect(await engine.setLogRetention(app, 7 * 86_400)).toBe(false)
      expect(await engine.setLogRetention(app, 14 * 86_400)).toBe(true)
      await engine.setLogRetention(app, null)
    })

    it('gives the output of one instance, and of a span of time', async () => {
      const texts = async (narrowed: Partial<LogQuery>): Promise<string[]> => {
        const query = { process: null, follow: false, lines: 50, signal: NOBODY, ...narrowed }
        const lines = await Array.fromAsync(engine.logs(app, query))
        return lines.filter(({ stream }) => stream !== 'gantry').map((line) => line.text)
      }
      const ids: string[] = []
      for (const text of ['said first', 'said second']) {
        const spec = task('says', subject.programs.prints(text, 0))
        const handle = await engine.runTask(app, { spec, initiated_by: 'test', deployment: null })
        await handle.result
        ids.push(handle.id)
      }
      const [first = '', second = ''] = ids
      const all = { process: 'task.says', follow: false, lines: 50, signal: NOBODY }
      const said = await Array.fromAsync(engine.logs(app, all))
      const at = said.find(({ instance }) => instance === second)!.time
      expect(await texts({ instance: first })).toEqual(['said first'])
      expect(await texts({ process: 'worker', instance: first })).toEqual([])
      expect(await texts({ process: 'task.says', since: at })).toEqual(['said second'])
      // What is over is not followed: this ends by itself.
      expect(await texts({ process: 'task.says', before: at, follow: true })).toEqual(['said first'])
    })
  })
}
