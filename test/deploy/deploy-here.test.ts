import { describe, expect, it } from 'vitest'

import { requestOperation } from '../../src/deploy/requests.ts'
import { Workshop } from './workshop.ts'

const worker = { command: 'sleep 600', rollout: { min_up: 0.01 } }
const typesOf = (events: readonly { type: string }[]): string[] => events.map(({ type }) => type)
const rowsWritten = (shop: Workshop): unknown => shop.engine.db.get('SELECT total_changes() AS n')

describe('a deployment without a server', () => {
  it('does what the commit asks for, and leaves its events in the log of all doors', async () => {
    await using shop = await Workshop.open()
    const result = await shop.deployHere(await shop.request(await shop.commit({ processes: { worker } })))
    expect(result).toMatchObject({ number: 1, outcome: 'succeeded', bugs: [] })
    expect(await shop.engine.ledger.deployment(shop.app, 1)).toMatchObject({ by: 'test', title: 'Change' })
    expect(shop.log.events(shop.app, 1)).toEqual(result.events)
    // Far fewer calls than events.
    expect(shop.log.writes).toBeLessThan(3)
  })

  it('writes nothing at all when there is nothing to do', async () => {
    await using shop = await Workshop.open()
    const requested = await shop.request(await shop.commit({ processes: { worker } }))
    await shop.deployHere(requested)
    const [before, writes] = [rowsWritten(shop), shop.log.writes]
    const result = await shop.deployHere(requested)
    expect(result).toMatchObject({ number: null, outcome: 'unchanged', release: null })
    expect(typesOf(result.events)).toEqual(['config.read', 'plan.made', 'deployment.finished'])
    expect([rowsWritten(shop), shop.log.writes]).toEqual([before, writes])
  })

  it('writes nothing when an operator asks for what is so already', async () => {
    await using shop = await Workshop.open()
    await shop.deployHere(await shop.request(await shop.commit({ processes: { worker } })))
    const operations = [{ process: 'worker', set: { demand_count: 2 } }]
    const scale = () => requestOperation(shop.engine, shop.app, 'scale worker=2', operations)
    expect(await shop.deployHere(await scale())).toMatchObject({ number: 2, outcome: 'succeeded' })
    expect(await shop.deployHere(await scale())).toMatchObject({ number: null, outcome: 'unchanged' })
  })

  it('waits for a rollout that goes on, although nothing differs', async () => {
    await using shop = await Workshop.open()
    const requested = await shop.request(await shop.commit({ processes: { worker } }))
    await shop.deployHere(requested)
    const observe = shop.engine.observe.bind(shop.engine)
    shop.engine.observe = async (app) => {
      const running = await observe(app)
      return { ...running, processes: running.processes.map((each) => ({ ...each, settled: false })) }
    }
    const result = await shop.deployHere(requested)
    expect(result).toMatchObject({ number: 2, outcome: 'succeeded' })
    expect(result.events).toContainEqual(
      expect.objectContaining({ type: 'process.rolling', action: 'wait for the rollout that goes on' }),
    )
    expect(typesOf(result.events)).toContain('process.steady')
  })

  it('is refused without a write when its plan is blocked', async () => {
    await using shop = await Workshop.open()
    await shop.deployHere(
      await shop.request(await shop.commit({ processes: { worker, mail: worker, cron: worker } })),
    )
    const before = rowsWritten(shop)
    const dropped = await shop.request(await shop.commit({ processes: { worker } }), { allow_remove: false })
    const result = await shop.deployHere(dropped)
    expect(result).toMatchObject({ number: null, outcome: 'refused' })
    expect(result.reason).toContain('mail')
    expect(rowsWritten(shop)).toEqual(before)
  })

  it('throws what is wrong with the config, and writes nothing', async () => {
    await using shop = await Workshop.open()
    const requested = await shop.request(await shop.commit({ processes: { worker: { comand: 'ls' } } }))
    await expect(shop.deployHere(requested)).rejects.toThrow('comand')
    expect(await shop.engine.ledger.deployments(shop.app, 10)).toEqual([])
  })

  it('does not fail for a log that cannot be written, and says so once', async () => {
    await using shop = await Workshop.open()
    shop.log.append = () => Promise.reject(new Error('no such log group'))
    const result = await shop.deployHere(await shop.request(await shop.commit({ processes: { worker } })))
    expect(result.outcome).toBe('succeeded')
    const notices = result.events.filter(({ type }) => type === 'notice')
    expect(notices).toEqual([
      expect.objectContaining({ text: expect.stringContaining('no such log group') as string }),
    ])
  })
})
