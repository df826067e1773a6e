import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { ConfigError, NotFoundError, UserError } from '../../../src/app/errors.ts'
import { changeOf, Operator, type Processes, type Subject } from './subject.ts'

/**
 * What people do with processes, on whatever engine and behind whatever door. The rows are those of the capability table
 * of Tapitalee's processes.
 */
export function processContract(name: string, open: () => Promise<Subject>): void {
  describe(`processes between deploys: ${name}`, () => {
    let subject: Subject
    let operator: Operator
    let base: Processes
    beforeAll(async () => {
      subject = await open()
      operator = new Operator(subject)
      base = {
        web: { command: subject.staysUp, expose: 'none' },
        worker: { command: subject.staysUp, memory: 1 },
      }
      await subject.deploy(base)
    })
    afterAll(() => subject.dispose())

    const succeeded = { outcome: 'succeeded' }
    const command = (): string => `command=${subject.staysUp}`
    const words = (): string[] => [command(), ...subject.quick]

    describe('create', () => {
      it('makes a process with what is asked for and the defaults for the rest (TP-01 TP-02 TP-17 TP-19 TP-20 TP-21 TP-23)', async () => {
        expect(await operator.create('plain', command())).toMatchObject(succeeded)
        expect(await operator.get('plain')).toMatchObject({
          origin: 'operator',
          owned: { command: subject.staysUp },
          spec: {
            memory: 512,
            cpu: 256,
            demand_count: 1,
            spot_count: 0,
            scale_type: 'none',
            disabled: false,
          },
        })
        const sizes = ['memory=1', 'cpu=0.5', 'demand_count=2', 'stop_timeout=3s']
        expect(await operator.create('sized', command(), ...sizes)).toMatchObject(succeeded)
        expect((await operator.get('sized')).spec).toMatchObject({
          memory: 1024,
          cpu: 512,
          demand_count: 2,
          stop_timeout: 3,
          command: subject.staysUp,
        })
        expect(await operator.up('plain')).toHaveLength(1)
        expect(await operator.up('sized')).toHaveLength(2)
        await operator.operate({ process: 'plain', delete: true }, { process: 'sized', delete: true })
      })

      it('says everything that is wrong at once, the name too, and writes nothing (D9 TP-18)', async () => {
        const before = await subject.control.deployments(1)
        const wrong = operator.create('Mail_Worker', 'memroy=2', 'cpu=lots', 'env.PORT=1')
        await expect(wrong).rejects.toThrow(ConfigError)
        await expect(wrong).rejects.toMatchObject({
          diagnostics: [
            { path: 'name', hint: 'did you mean "mail-worker"?' },
            { path: 'memroy', hint: 'did you mean "memory"?' },
            { path: 'cpu' },
            { path: 'env.PORT' },
          ],
        })
        await expect(operator.create('web', 'memory=2')).rejects.toThrow('has a process web already')
        expect(await subject.control.deployments(1)).toEqual(before)
      })

      it('takes a command with blanks and quotes as one word (TP-41)', async () => {
        const quoted = `${subject.staysUp} # "a b" 'c' d=e`
        expect(await operator.create('quoted', `command=${quoted}`, ...subject.quick)).toMatchObject(
          succeeded,
        )
        expect((await operator.get('quoted')).spec.command).toBe(quoted)
        await operator.delete('quoted')
      })

      it('sets variables of that process alone, whose values nobody sees', async () => {
        expect(await operator.create('eager', ...words(), 'env.LEVEL=opensesame')).toMatchObject(succeeded)
        const { spec } = await operator.get('eager')
        expect(spec.variables).toEqual({ LEVEL: expect.any(Number) })
        expect((await operator.get('worker')).spec.variables).toEqual({})
        expect(JSON.stringify(await subject.control.deployments(5))).not.toContain('opensesame')
        await expect(operator.unset('eager', 'env.OTHER')).rejects.toThrow('OTHER is not set for eager')
        expect(await operator.unset('eager', 'env.LEVEL')).toMatchObject(succeeded)
        expect((await operator.get('eager')).spec.variables).toEqual({})
        await operator.delete('eager')
      })

      it('leaves nothing of a process whose command ends, and says that this is a task (C13 TP-42)', async () => {
        const { outcome, events } = await operator.create('migrate', `command=${subject.endsAtOnce}`)
        expect(outcome).toBe('rolled_back')
        const failed = events.find((event) => event.type === 'process.failed')
        expect(failed).toMatchObject({ verdict: { exit_code: 0, hint: expect.stringContaining('task') } })
        expect(await operator.find('migrate')).toBeUndefined()
      })
    })

    describe('what an operator set', () => {
      it('is kept by three deploys and a changed config, shown in every plan, until it is handed back (TP-17 TP-35)', async () => {
        expect(await operator.set('worker', 'memory=2', 'cpu=0.5', 'desired_count=2')).toMatchObject(
          succeeded,
        )
        await operator.create('made', ...words(), 'memory=1')
        const before = (await operator.get('made')).spec.image
        for (const memory of [1, 3, 4]) {
          const worker = { command: subject.staysUp, memory }
          const plan = await subject.deploy({ ...base, worker }, `kept ${memory}`)
          expect(changeOf(plan, 'worker').kept).toEqual(
            expect.arrayContaining([
              { field: 'memory', value: 2048, config: memory * 1024 },
              { field: 'cpu', value: 512, config: expect.any(Number) },
              { field: 'demand_count', value: 2, config: 1 },
            ]),
          )
          expect((await operator.get('worker')).spec).toMatchObject({
            memory: 2048,
            cpu: 512,
            demand_count: 2,
          })
          // One that only an operator made is kept with its fields, on new images.
          expect(changeOf(plan, 'made').kept).toContainEqual({ field: 'memory', value: 1024 })
          const made = await operator.get('made')
          expect(made).toMatchObject({ origin: 'operator', spec: { memory: 1024 } })
          expect(made.spec.image).not.toEqual(before)
          expect(made.spec.image).toEqual((await operator.get('web')).spec.image)
        }
        expect(await operator.unset('worker', 'memory', 'cpu', 'demand_count')).toMatchObject(succeeded)
        expect(await operator.get('worker')).toMatchObject({
          owned: {},
          spec: { memory: 4096, demand_count: 1 },
        })
        await subject.deploy(base)
      })

      it('can be an entry of a map, and the others of the map stay', async () => {
        const check = ['health_check.command=true', 'health_check.interval=5s']
        expect(await operator.set('worker', ...check)).toMatchObject(succeeded)
        expect(await operator.set('worker', 'health_check.retries=7', 'rollout.timeout=20m')).toMatchObject(
          succeeded,
        )
        expect(await operator.get('worker')).toMatchObject({
          spec: {
            health_check: { command: 'true', path: null, interval: 5, retries: 7 },
            rollout: { timeout: 1200, overlap: true },
          },
        })
        expect(await operator.unset('worker', 'health_check', 'rollout')).toMatchObject(succeeded)
        expect((await operator.get('worker')).spec.health_check).toBeNull()
        const { outcome, reason } = await operator.set('worker', 'health_check.retries=7')
        expect(outcome).toBe('refused')
        expect(reason).toContain('health_check of worker does not say what to check')
      })
    })

    it('an image that is set pins the process until it is set to nothing (TP-24 TP-25 TP-33)', async () => {
      expect(await operator.set('worker', `image=${subject.pin}`)).toMatchObject(succeeded)
      const pinned = await operator.up('worker')
      const plan = await subject.deploy(base, 'unpinned')
      expect(changeOf(plan, 'worker').action).toBe('pinned')
      expect(await operator.up('worker')).toEqual(pinned)
      expect(await operator.set('worker', 'image=')).toMatchObject(succeeded)
      expect((await operator.get('worker')).spec.image).toEqual((await operator.get('web')).spec.image)
    })

    describe('counts', () => {
      it('are each process’s own, on-demand and spot, absolute and relative (BK-21 TP-05 TP-06 TP-22 TP-40)', async () => {
        const web = await operator.up('web')
        expect(await operator.scale('worker=3+1')).toMatchObject(succeeded)
        expect((await operator.get('worker')).spec).toMatchObject({ demand_count: 3, spot_count: 1 })
        expect(await operator.up('worker')).toHaveLength(4)
        expect(await operator.scale('worker=1+0', 'made+1')).toMatchObject(succeeded)
        expect(await operator.up('worker')).toHaveLength(1)
        expect(await operator.up('made')).toHaveLength(2)
        expect(await operator.scale('made-1')).toMatchObject(succeeded)
        expect(await operator.up('web')).toEqual(web)
      })

      it('of 0 take the process offline, which is not the same as stopping it (TP-13)', async () => {
        expect(await operator.scale('worker=0')).toMatchObject(succeeded)
        expect(await operator.up('worker')).toEqual([])
        expect((await operator.get('worker')).spec.disabled).toBe(false)
        await operator.unset('worker', 'demand_count', 'spot_count')
        expect(await operator.up('worker')).toHaveLength(1)
      })

      it('are kept by a process that is stopped, and come back when it is started (TP-14 TP-16 TP-34)', async () => {
        await operator.set('worker', 'demand_count=2')
        expect(await operator.stop('worker')).toMatchObject(succeeded)
        expect(await operator.up('worker')).toEqual([])
        const plan = await subject.deploy(base, 'while stopped')
        expect(changeOf(plan, 'worker')).toMatchObject({ action: 'update', stopped: true })
        expect(await operator.get('worker')).toMatchObject({ spec: { disabled: true, demand_count: 2 } })
        expect(await operator.up('worker')).toEqual([])
        expect(await operator.start('worker')).toMatchObject(succeeded)
        expect(await operator.up('worker')).toHaveLength(2)
        expect((await operator.get('worker')).owned).toEqual({ demand_count: 2 })
        await operator.unset('worker', 'demand_count')
      })
    })

    describe('what only a cloud has', () => {
      const scaling = { scale_count: 3, scale_type: 'demand', autoscaling_cpu_threshold: 70 }
      const told = (what: string) => expect.stringContaining(what) as string
      const none = 'autoscaling is not available on the local engine'

      it('autoscaling of the config: the plan says so where there is none (TP-28 TP-29 TP-30)', async () => {
        const plan = await subject.deploy({ ...base, worker: { command: subject.staysUp, ...scaling } })
        const warnings = plan.warnings.map(({ message }) => message)
        const { spec } = await operator.get('worker')
        if (subject.isElastic) {
          expect(warnings).not.toContainEqual(told('autoscaling'))
          expect(spec).toMatchObject(scaling)
        } else {
          expect(warnings).toContainEqual(told(none))
          expect(spec).toMatchObject({ scale_count: 0, scale_type: 'none', autoscaling_cpu_threshold: null })
        }
        await subject.deploy(base)
      })

      it('autoscaling that an operator asks for: it is there, or refused with the reason (TP-28 TP-29 TP-30)', async () => {
        const asked = Object.entries(scaling).map(([key, value]) => `${key}=${value}`)
        const { outcome, plan } = await operator.create('elastic', ...words(), ...asked)
        if (subject.isElastic) {
          expect(outcome).toBe('succeeded')
          const kept = await subject.deploy(base)
          expect(changeOf(kept, 'elastic').kept).toContainEqual({ field: 'scale_count', value: 3 })
          expect((await operator.get('elastic')).spec).toMatchObject(scaling)
          await operator.delete('elastic')
        } else {
          expect(outcome).toBe('refused')
          expect(plan!.blocked).toEqual([told(none)])
          expect(await operator.find('elastic')).toBeUndefined()
        }
      })

      it('disks of a size: they are there, or refused with the reason (TP-26)', async () => {
        const { outcome, plan } = await operator.set('worker', 'ephemeral_storage_gb=30')
        if (subject.isElastic) {
          expect(outcome).toBe('succeeded')
          expect((await operator.get('worker')).spec.ephemeral_storage_gb).toBe(30)
          await operator.unset('worker', 'ephemeral_storage_gb')
        } else {
          expect(outcome).toBe('refused')
          expect(plan!.blocked).toEqual([told('disk space is not limited by the local engine')])
        }
      })
    })

    it('restart replaces the instances, the new before the old (TP-36 UP-07)', async () => {
      await operator.set('worker', 'demand_count=2')
      const before = await operator.up('worker')
      const { events, outcome } = await operator.restart('worker')
      expect(outcome).toBe('succeeded')
      const after = await operator.up('worker')
      expect(after).toHaveLength(2)
      expect(after.some((each) => before.includes(each))).toBe(false)
      const order = events.map(({ type }) => type)
      expect(order.indexOf('instance.up')).toBeLessThan(order.indexOf('instance.stopped'))
      await operator.unset('worker', 'demand_count')
    })

    it('what is shown has every field, the instances, and what happened lately (TP-37 TP-38)', async () => {
      const { processes } = await subject.control.running({ instances: true })
      expect(processes.map(({ spec }) => spec.name)).toEqual(
        expect.arrayContaining(['web', 'worker', 'made']),
      )
      const { instances, events } = await operator.get('worker')
      // One that goes is shown until it is gone.
      expect(instances).toContainEqual(
        expect.objectContaining({ state: 'up', since: expect.stringMatching(/^\d{4}-/) }),
      )
      expect(events.length).toBeGreaterThan(1)
      expect(events.map(({ text }) => text).join('\n')).toMatch(/started/)
      expect(events.map(({ at }) => at)).toEqual(
        events
          .map(({ at }) => at)
          .toSorted()
          .toReversed(),
      )
    })

    it('a process that fails or changes leaves the others as they are (TP-03 TP-04)', async () => {
      const before = [await operator.up('web'), await operator.up('made')]
      const broken = await operator.set('worker', `command=${subject.endsAtOnce}`)
      expect(broken.outcome).toBe('rolled_back')
      expect((await operator.get('worker')).spec.command).toBe(subject.staysUp)
      await subject.deploy({ ...base, worker: { command: subject.staysUp, memory: 2 } })
      expect([await operator.up('web'), await operator.up('made')]).toEqual(before)
      await subject.deploy(base)
    })

    describe('delete', () => {
      it('stops all instances of what an operator made, for good (TP-39)', async () => {
        await operator.create('extra', ...words(), 'demand_count=2')
        const { outcome, plan } = await operator.delete('extra')
        expect(outcome).toBe('succeeded')
        expect(plan!.processes).toMatchObject([{ name: 'extra', action: 'remove' }])
        expect(await operator.find('extra')).toBeUndefined()
        const next = await subject.deploy(base, 'after the end')
        expect(next.processes.map((each) => each.name)).not.toContain('extra')
        // The name is free.
        expect(await operator.create('extra', ...words())).toMatchObject(succeeded)
        await operator.delete('extra')
      })

      it('refuses what the config defines, with the advice to remove it there (TP-39)', async () => {
        const refused = operator.delete('worker')
        await expect(refused).rejects.toThrow(UserError)
        await expect(refused).rejects.toMatchObject({
          message: 'the config defines worker',
          hint: expect.stringContaining('remove it there and deploy'),
        })
        await expect(operator.delete('nobody')).rejects.toThrow(NotFoundError)
        expect(await operator.up('worker')).toHaveLength(1)
      })

      it('refuses what the config has come to define', async () => {
        await operator.create('adopted', ...words())
        await subject.deploy({ ...base, adopted: { command: subject.staysUp } })
        await expect(operator.delete('adopted')).rejects.toThrow('the config defines adopted')
        await subject.deploy(base)
        expect(await operator.find('adopted')).toBeUndefined()
      })
    })
  })
}
