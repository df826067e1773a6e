import { request } from 'node:http'
import { join } from 'node:path'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import type { BuiltImage } from '../../src/app/image.ts'
import type { Plan } from '../../src/plan/types.ts'
import type { ProcessSpec } from '../../src/app/spec.ts'
import { remove } from '../engine/local/home.ts'
import { SHOP, shop, web } from './apps.ts'
import { World } from './world.ts'

let world: World
beforeAll(async () => void (world = await World.create()))
afterAll(() => world[Symbol.asyncDispose]())

const specOf = async (app: string, process: string): Promise<ProcessSpec> =>
  (await world.running(app)).processes.find(({ spec }) => spec.name === process)!.spec

const answerOf = async (app: string): Promise<{ version: string; env: Record<string, string> }> =>
  JSON.parse((await world.open(app)).body) as { version: string; env: Record<string, string> }

const planOf = (app: string, commit: string): Promise<Plan> =>
  world.api('POST', `/apps/${app}/plans`, { commit })

/** The events of a stream that ends by itself. */
function stream(method: string, path: string, body?: unknown): Promise<string> {
  return new Promise((resolve, reject) => {
    const call = request(
      {
        socketPath: join(world.home, 'control.sock'),
        method,
        path: `/api${path}`,
        headers: { 'content-type': 'application/json' },
      },
      (response) => {
        let text = ''
        response.on('data', (chunk: Buffer) => (text += chunk.toString()))
        response.on('end', () => resolve(text))
      },
    )
    call.on('error', reject)
    call.end(body === undefined ? undefined : JSON.stringify(body))
  })
}

describe('what an operator sets', () => {
  it('takes effect, is kept by later deploys whatever the config says, and is shown in every plan', async () => {
    const checkout = await world.createApp('owned')
    await checkout.deploy(shop('1'))
    const before = await world.up('owned')
    const set = await world.operate('owned', [{ process: 'worker', set: { memory: '2' } }])
    expect(set).toMatchObject({ status: 'succeeded', release: null })
    expect((await specOf('owned', 'worker')).memory).toBe(2048)
    expect((await world.up('owned'))['web']).toEqual(before['web'])
    for (const [index, memory] of ['1', '2', '3'].entries()) {
      const config = SHOP.replace('worker.mjs,', `worker.mjs, memory: ${memory}, env: {ROUND: "${index}"},`)
      const { ok, output } = await checkout.deploy({ 'gantry.yml': config })
      expect(ok, output).toBe(true)
      expect(output).toContain('memory 2 GB (set by operator')
      expect((await specOf('owned', 'worker')).memory).toBe(2048)
    }
    await world.operate('owned', [{ process: 'worker', unset: ['memory'] }])
    expect((await specOf('owned', 'worker')).memory).toBe(3072)
  })

  it('is refused with a reason when it makes no sense', async () => {
    const checkout = await world.createApp('sense')
    await checkout.deploy(shop('1'))
    await expect(world.operate('sense', [{ process: 'worker', set: { memroy: '2' } }])).rejects.toThrow(
      'memory',
    )
    await expect(world.operate('sense', [{ process: 'nobody', set: { memory: '2' } }])).rejects.toThrow(
      /no process .*nobody/,
    )
    const pinned = await world.operate('sense', [{ process: 'worker', set: { image: 'release:v9' } }])
    expect(pinned).toMatchObject({ status: 'refused' })
    expect(pinned.reason).toContain('release v9')
  })

  it('stops a process, which stays stopped across deploys and never runs old code afterwards (BK-22)', async () => {
    const checkout = await world.createApp('asleep')
    await checkout.deploy(shop('1', SHOP.replace('worker.mjs,', 'worker.mjs, demand_count: 2,')))
    await world.operate('asleep', [{ process: 'worker', set: { disabled: 'true' } }])
    expect((await world.up('asleep'))['worker']).toEqual([])
    const { output } = await checkout.deploy({ 'web.mjs': web('2') })
    expect(output).toContain('update (stopped)')
    expect((await world.up('asleep'))['worker']).toEqual([])
    const image = (await specOf('asleep', 'web')).image
    expect((await specOf('asleep', 'worker')).image).toEqual(image)
    await world.operate('asleep', [{ process: 'worker', set: { disabled: 'false' } }])
    expect((await world.up('asleep'))['worker']).toHaveLength(2)
  })

  it('scales without replacing instances', async () => {
    const checkout = await world.createApp('scaled')
    await checkout.deploy(shop('1'))
    const before = await world.up('scaled')
    await world.operate('scaled', [{ process: 'web', set: { demand_count: '3' } }])
    const after = await world.up('scaled')
    expect(after['web']).toHaveLength(3)
    expect(after['web']).toEqual(expect.arrayContaining(before['web']!))
  })

  it('pins an image, which the next push leaves alone, and lets go of it', async () => {
    const checkout = await world.createApp('pinned')
    await checkout.deploy(shop('1'))
    await world.operate('pinned', [{ process: 'worker', set: { image: 'release:v1' } }])
    const pinned = await world.up('pinned')
    const { output } = await checkout.deploy({ 'web.mjs': web('2') })
    expect(output).toMatch(/worker\s+pinned/)
    expect((await world.up('pinned'))['worker']).toEqual(pinned['worker'])
    expect((await answerOf('pinned')).version).toBe('2')
    await world.operate('pinned', [{ process: 'worker', set: { image: '' } }])
    expect((await specOf('pinned', 'worker')).image).toEqual((await specOf('pinned', 'web')).image)
  })
})

describe('variables set by hand', () => {
  const set = (app: string, name: string, value: string, secret = false): Promise<unknown> =>
    world.api('PUT', `/apps/${app}/variables/${name}`, { value, secret })

  it('show in the plan of every process that inherits them, never with a value, and reach it with the next deploy', async () => {
    const checkout = await world.createApp('vars')
    await checkout.deploy(shop('1'))
    await set('vars', 'LEVEL', 'verbose-value')
    const plan = await planOf('vars', 'HEAD')
    expect(plan.processes.map(({ action }) => action)).toEqual(['update', 'update'])
    expect(JSON.stringify(plan)).not.toContain('verbose-value')
    const { ok, output } = await checkout.deploy({})
    expect(ok, output).toBe(true)
    expect((await answerOf('vars')).env['LEVEL']).toBe('verbose-value')
  })

  it('of one process do not reach another', async () => {
    const checkout = await world.createApp('single')
    await checkout.deploy(shop('1'))
    await world.api('PUT', '/apps/single/variables/ONLY', { value: 'worker', process: 'worker' })
    await checkout.deploy({})
    expect((await answerOf('single')).env['ONLY']).toBeUndefined()
  })

  it('hold the secrets that the config names; without one nothing is changed', async () => {
    const checkout = await world.createApp('secret')
    const config = `secrets: {API_KEY: gantry}\n${SHOP}`
    const refused = await checkout.deploy(shop('1', config))
    expect(refused.ok).toBe(false)
    expect(refused.output).toContain('gantry env set API_KEY --secret')
    expect((await world.running('secret')).processes).toEqual([])
    await set('secret', 'API_KEY', 'sesame-open-up', true)
    const { ok, output } = await checkout.push()
    expect(ok, output).toBe(true)
    expect((await answerOf('secret')).env['API_KEY']).toBe('sesame-open-up')
    expect(output).not.toContain('sesame')
  })

  it('that were rotated are picked up by a restart', async () => {
    const checkout = await world.createApp('rotated')
    await set('rotated', 'API_KEY', 'first-secret-value', true)
    await checkout.deploy(shop('1', `secrets: {API_KEY: gantry}\n${SHOP}`))
    await set('rotated', 'API_KEY', 'second-secret-value', true)
    const before = await world.up('rotated')
    await world.operate('rotated', [{ process: 'web', restart: true }])
    const after = await world.up('rotated')
    expect((await answerOf('rotated')).env['API_KEY']).toBe('second-secret-value')
    expect(after['web']).not.toEqual(before['web'])
    expect(after['worker']).toEqual(before['worker'])
  })

  it('never stand in a log, a plan, the output of a push, or what the API answers', async () => {
    const checkout = await world.createApp('silent')
    const value = 'do-not-show-this-one'
    await set('silent', 'API_KEY', value, true)
    const task = `tasks: {leak: {command: 'echo key=$API_KEY; echo $API_KEY | base64; exit 1', run: pre_deploy}}\n`
    const { output } = await checkout.deploy(shop('1', `secrets: {API_KEY: gantry}\n${SHOP}${task}`))
    expect(output).toContain('key=[secret]')
    const everywhere = [
      output,
      await stream('GET', '/apps/silent/deployments/1/events'),
      await stream('GET', '/apps/silent/logs'),
      JSON.stringify(await world.running('silent')),
      JSON.stringify(await world.api('GET', '/apps/silent/variables')),
    ].join('\n')
    expect(everywhere).not.toContain(value)
    expect(everywhere).not.toContain(Buffer.from(value).toString('base64').slice(4, 20))
  })
})

describe('a roll-back', () => {
  it('brings image and config of the release back, runs no migration, and keeps what the operator owns', async () => {
    const checkout = await world.createApp('back')
    const config = `${SHOP}tasks: {migrate: {command: 'echo it migrates', run: pre_deploy}}\n`
    await checkout.deploy(shop('1', config))
    await checkout.deploy({ 'web.mjs': web('2'), 'gantry.yml': `env: {NEW: "1"}\n${config}` })
    await world.operate('back', [{ process: 'worker', set: { memory: '2' } }])
    expect(await answerOf('back')).toMatchObject({ version: '2', env: { NEW: '1' } })
    const { number } = await world.api<{ number: number }>('POST', '/apps/back/rollbacks', {})
    const events = await stream('GET', `/apps/back/deployments/${number}/events?follow=true`)
    expect(events).not.toContain('task.started')
    expect(await world.finished('back', number)).toMatchObject({
      status: 'succeeded',
      release: 3,
      kind: 'rollback',
    })
    const answer = await answerOf('back')
    expect(answer.version).toBe('1')
    expect(answer.env['NEW']).toBeUndefined()
    expect((await specOf('back', 'worker')).memory).toBe(2048)
  })

  it('to what is not there says so', async () => {
    const checkout = await world.createApp('nowhere')
    await checkout.deploy(shop('1'))
    await expect(world.api('POST', '/apps/nowhere/rollbacks', {})).rejects.toThrow('no release before')
    await expect(world.api('POST', '/apps/nowhere/rollbacks', { release: 7 })).rejects.toThrow(
      'no release v7',
    )
  })

  it('to a release whose images are gone is refused and says what to do', async () => {
    const checkout = await world.createApp('faded')
    await checkout.deploy(shop('1'))
    const old = await specOf('faded', 'web')
    await checkout.deploy({ 'web.mjs': web('2') })
    const { digest } = old.image as BuiltImage
    await remove(join(world.home, 'apps', 'faded', 'images', digest!))
    await expect(world.api('POST', '/apps/faded/rollbacks', {})).rejects.toThrow(
      /the images of v1 are not kept any more.*gantry deploy COMMIT/,
    )
    expect(await world.deployments('faded')).toHaveLength(2)
    expect((await answerOf('faded')).version).toBe('2')
  })
})

describe('a command that runs once', () => {
  it('has the image and the variables of the app, its output and its exit code come back (TT-07)', async () => {
    const checkout = await world.createApp('once')
    await checkout.deploy(shop('1', `env: {GREETING: hello}\n${SHOP}`))
    const events = await stream('POST', '/apps/once/runs', { command: 'echo "$GREETING"; ls; exit 5' })
    expect(events).toContain('{"line":"hello"}')
    expect(events).toContain('{"line":"web.mjs"}')
    expect(events).toContain('"exit_code":5')
  })

  it('needs something that is deployed', async () => {
    await world.createApp('empty')
    await expect(world.api('POST', '/apps/empty/runs', { command: 'true' })).rejects.toThrow('never deployed')
  })
})

describe('the same commit', () => {
  it('can be deployed again, and with rebuild everything is made anew', async () => {
    const checkout = await world.createApp('again')
    await checkout.deploy(shop('1'))
    const before = await world.up('again')
    const commit = await checkout.git('rev-parse', 'HEAD')
    const same = await world.api<{ number: number }>('POST', '/apps/again/deployments', { commit })
    expect((await world.finished('again', same.number)).status).toBe('unchanged')
    const anew = await world.api<{ number: number }>('POST', '/apps/again/deployments', {
      commit,
      rebuild: true,
    })
    expect((await world.finished('again', anew.number)).status).toBe('succeeded')
    const after = await world.up('again')
    expect(after['web']).not.toEqual(before['web'])
    expect((await planOf('again', commit)).processes.map(({ action }) => action)).toEqual([
      'unchanged',
      'unchanged',
    ])
  })
})

it('an app that is deleted leaves nothing behind', async () => {
  const checkout = await world.createApp('deleted')
  await checkout.deploy(shop('1'))
  await world.api('DELETE', '/apps/deleted')
  expect((await world.open('deleted')).status).toBe(404)
  await expect(world.api('GET', '/apps/deleted')).rejects.toThrow('404')
  const again = await world.createApp('deleted')
  expect((await again.deploy(shop('2'))).output).toContain('Released v1')
})
