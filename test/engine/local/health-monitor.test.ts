import { describe, expect, it } from 'vitest'

import { HealthMonitor, type ProbeResult } from '../../../src/engine/local/health.ts'
import { FakeClock } from '../../fakes/fake-clock.ts'

/** A second at a time, with what each of them wakes. */
async function pass(clock: FakeClock, seconds: number): Promise<void> {
  for (let second = 0; second < seconds; second++) {
    clock.advance(1)
    await new Promise((resolve) => setImmediate(resolve))
  }
}

function watch(
  answers: string,
  check: Partial<{ interval: number; retries: number; start_period: number }> = {},
) {
  const clock = new FakeClock()
  const said: string[] = []
  let probes = 0
  const monitor = new HealthMonitor({
    check: { interval: 10, retries: 3, start_period: 0, ...check },
    clock,
    probe: async (): Promise<ProbeResult> => {
      const answer = answers[probes++] ?? answers.at(-1)
      return answer === '.' ? { ok: true } : { ok: false, reason: `failure ${probes}` }
    },
    onUnhealthy: (reason) => said.push(reason),
  })
  return { clock, said, monitor, probes: () => probes }
}

describe('HealthMonitor', () => {
  it('probes once in each interval', async () => {
    const { clock, probes, monitor } = watch('.')
    await pass(clock, 9)
    expect(probes()).toBe(0)
    await pass(clock, 41)
    expect(probes()).toBe(5)
    monitor.stop()
  })

  it('reports when so many probes in a row have failed, and says it once', async () => {
    const { clock, said, monitor } = watch('.xxxxxx')
    await pass(clock, 30)
    expect(said).toEqual([])
    await pass(clock, 10)
    expect(said).toEqual(['failure 4'])
    await pass(clock, 90)
    expect(said).toEqual(['failure 4'])
    monitor.stop()
  })

  it('starts to count anew after a success', async () => {
    const { clock, said, monitor } = watch('xx.xx.xx.xxx.xxx.')
    await pass(clock, 110)
    expect(said).toEqual([])
    await pass(clock, 60)
    expect(said).toEqual(['failure 12', 'failure 16'])
    monitor.stop()
  })

  it('does not count failures in the start period', async () => {
    const { clock, said, monitor } = watch('x', { start_period: 60 })
    await pass(clock, 79)
    expect(said).toEqual([])
    await pass(clock, 1)
    expect(said).toEqual(['failure 8'])
    monitor.stop()
  })

  it('ends the start period with the first success', async () => {
    const { clock, said, monitor } = watch('x.xxx', { start_period: 600 })
    await pass(clock, 50)
    expect(said).toEqual(['failure 5'])
    monitor.stop()
  })

  it('probes and reports nothing once it is stopped', async () => {
    const { clock, said, probes, monitor } = watch('x')
    await pass(clock, 25)
    monitor.stop()
    await pass(clock, 100)
    expect([said, probes()]).toEqual([[], 2])
  })

  it('ends a probe that is under way when it is stopped, and does not report it', async () => {
    const clock = new FakeClock()
    const said: string[] = []
    let aborted = false
    const monitor = new HealthMonitor({
      check: { interval: 1, retries: 1, start_period: 0 },
      clock,
      probe: (signal) =>
        new Promise((resolve) => {
          signal.addEventListener('abort', () => {
            aborted = true
            resolve({ ok: false, reason: 'cancelled' })
          })
        }),
      onUnhealthy: (reason) => said.push(reason),
    })
    await pass(clock, 1)
    monitor.stop()
    await pass(clock, 5)
    expect([aborted, said]).toEqual([true, []])
  })
})
