import { expect, it } from 'vitest'

import { ATTEMPTS } from '../../../src/engine/ecs/aws.ts'
import { DeploymentLog } from '../../../src/engine/ecs/deployment-log.ts'
import { APP, GROUP, TasksShop } from './tasks-shop.ts'

const NOBODY = new AbortController().signal
const FINISHED = JSON.stringify({ type: 'deployment.finished' })

async function open(): Promise<{ shop: TasksShop; log: DeploymentLog }> {
  const shop = await TasksShop.open()
  return { shop, log: new DeploymentLog(shop.account, shop.logs) }
}

function read(log: DeploymentLog, number = 1, follow = false, signal = NOBODY): Promise<string[]> {
  return Array.fromAsync(log.read(APP, number, follow, signal))
}

it('keeps the lines of each deployment in their order, with little ado', async () => {
  const { shop, log } = await open()
  await using _ = shop
  const lines = Array.from({ length: 50 }, (_, index) => JSON.stringify({ index }))
  await log.append(APP, 1, lines.slice(0, 30))
  await log.append(APP, 1, lines.slice(30))
  await log.append(APP, 2, ['{}'])
  await log.append(APP, 2, [])
  const calls = shop.fake.calls.map((call) => call.operation)
  expect(calls.filter((each) => each === 'CreateLogStream')).toHaveLength(2)
  expect(calls.filter((each) => each === 'PutLogEvents')).toHaveLength(3)
  expect(await read(log)).toEqual(lines)
  expect(await read(log, 2)).toEqual(['{}'])
  expect(await read(log, 3)).toEqual([])
})

it('goes on in a stream that another process began', async () => {
  const { shop, log } = await open()
  await using _ = shop
  await log.append(APP, 1, ['{"a":1}'])
  await shop.fake.clock.sleep(1)
  await new DeploymentLog(shop.account, shop.logs).append(APP, 1, ['{"b":2}'])
  expect(await read(log)).toEqual(['{"a":1}', '{"b":2}'])
})

it('keeps lines that are longer than an event may be, and batches that are larger than a call may be', async () => {
  const { shop, log } = await open()
  await using _ = shop
  const lines = [
    '{"small":1}',
    JSON.stringify({ plan: '€'.repeat(300_000) }),
    // A surrogate pair stands across where it is cut.
    JSON.stringify(`${'x'.repeat(65_534)}😀`.repeat(3)),
    ...Array.from({ length: 12_000 }, (_, index) => String(index)),
    FINISHED,
  ]
  await log.append(APP, 1, lines)
  const puts = shop.fake.calls.filter((call) => call.operation === 'PutLogEvents')
  const events = puts.flatMap((call) => call.input['logEvents'] as { timestamp: number; message: string }[])
  expect(Math.max(...events.map(({ message }) => Buffer.byteLength(message)))).toBeLessThan(256 * 1024)
  expect(
    events.every(({ timestamp }, index) => index === 0 || timestamp > events[index - 1]!.timestamp),
  ).toBe(true)
  expect(events.every(({ message }) => message.isWellFormed())).toBe(true)
  expect(await read(log)).toEqual(lines)
})

it('follows a deployment to its end', async () => {
  const { shop, log } = await open()
  await using _ = shop
  const { clock } = shop.fake
  shop.fake.logs.delay = 2
  void (async () => {
    for (const line of ['{"a":1}', 'no JSON', '"deployment.finished"', FINISHED]) {
      await clock.sleep(20)
      await log.append(APP, 1, [line])
    }
  })()
  expect(await read(log, 1, true)).toEqual(['{"a":1}', 'no JSON', '"deployment.finished"', FINISHED])
})

it('ends when nobody follows any more', async () => {
  const { shop, log } = await open()
  await using _ = shop
  const abort = new AbortController()
  await log.append(APP, 1, ['{"a":1}'])
  for await (const line of log.read(APP, 1, true, abort.signal)) {
    expect(line).toBe('{"a":1}')
    void abortIn(30, shop, abort)
  }
  expect(shop.fake.clock.now()).toBeGreaterThan(Date.parse('2026-01-01T00:00:20Z'))
})

async function abortIn(seconds: number, shop: TasksShop, abort: AbortController): Promise<void> {
  await shop.fake.clock.sleep(seconds)
  abort.abort()
}

it('reads all of it although it is throttled', async () => {
  const { shop, log } = await open()
  await using _ = shop
  await log.append(APP, 1, ['{"a":1}'])
  shop.fake.faults.add({ when: ({ operation }) => operation === 'GetLogEvents', kind: 'throttle', times: 18 })
  expect(await read(log)).toEqual(['{"a":1}'])
})

it('says that lines could not be stored, and stores the next ones', async () => {
  const { shop, log } = await open()
  await using _ = shop
  shop.fake.faults.add({ when: ({ service }) => service === 'logs', kind: 'error', times: ATTEMPTS })
  await expect(log.append(APP, 1, ['{"a":1}'])).rejects.toThrow(/^could not .*log/)
  await log.append(APP, 1, ['{"b":2}'])
  expect(await read(log)).toEqual(['{"b":2}'])
  expect(shop.fake.logs.has(GROUP)).toBe(true)
})
