import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { SHOP, shop, web } from './apps.ts'
import { hangUp, World, type Checkout } from './world.ts'

let world: World
beforeAll(async () => void (world = await World.create()))
afterAll(() => world[Symbol.asyncDispose]())

const refOf = async (checkout: Checkout): Promise<string> =>
  (await checkout.git('ls-remote', checkout.remote, 'refs/heads/main')).split('\t')[0] ?? ''

describe('a push', () => {
  it('deploys: builds, starts, routes, releases, and moves the branch', async () => {
    const checkout = await world.createApp('first')
    const { ok, output } = await checkout.deploy(shop('1'))
    expect(ok, output).toBe(true)
    expect(output).toContain('remote: -----> Released v1')
    expect(JSON.parse((await world.open('first')).body)).toMatchObject({ version: '1' })
    expect(await refOf(checkout)).toBe(await checkout.git('rev-parse', 'HEAD'))
  })

  it('that changes only settings builds nothing and rolls only what they change', async () => {
    const checkout = await world.createApp('settings')
    await checkout.deploy(shop('1'))
    const before = await world.up('settings')
    const { ok, output } = await checkout.deploy({
      'gantry.yml': SHOP.replace('node worker.mjs,', 'node worker.mjs, env: {LEVEL: debug},'),
    })
    expect(ok, output).toBe(true)
    expect(output).not.toContain('Building')
    const after = await world.up('settings')
    expect(after['web']).toEqual(before['web'])
    expect(after['worker']).not.toEqual(before['worker'])
  })

  it('without any change says so, makes no release, and moves the branch', async () => {
    const checkout = await world.createApp('nothing')
    await checkout.deploy(shop('1'))
    const before = await world.up('nothing')
    const { ok, output } = await checkout.deploy({})
    expect(ok, output).toBe(true)
    expect(await world.up('nothing')).toEqual(before)
    expect(await world.api('GET', '/apps/nothing/releases')).toHaveLength(1)
    expect((await world.deployments('nothing'))[0]).toMatchObject({ status: 'unchanged', release: null })
    expect(await refOf(checkout)).toBe(await checkout.git('rev-parse', 'HEAD'))
  })

  it('whose migration fails is refused with the reason, and touches no process', async () => {
    const checkout = await world.createApp('migration')
    await checkout.deploy(shop('1'))
    const before = await world.up('migration')
    const branch = await refOf(checkout)
    const tasks = `tasks: {migrate: {command: 'echo column exists already; exit 4', run: pre_deploy}}\n`
    const { ok, output } = await checkout.deploy({ 'gantry.yml': `${SHOP}${tasks}`, 'web.mjs': web('2') })
    expect(ok).toBe(false)
    expect(output).toContain('column exists already')
    expect(output).toMatch(
      /\[remote rejected\] main -> main \(deployment #2 failed: task migrate failed: exit 4\)/,
    )
    expect(await world.up('migration')).toEqual(before)
    expect(JSON.parse((await world.open('migration')).body)).toMatchObject({ version: '1' })
    expect(await refOf(checkout)).toBe(branch)
  })

  it('runs a migration once for an image, and again when the image changes', async () => {
    const checkout = await world.createApp('once')
    const config = `${SHOP}tasks: {migrate: {command: 'echo it migrates', run: pre_deploy}}\n`
    expect((await checkout.deploy(shop('1', config))).output).toContain('it migrates')
    const settings = await checkout.deploy({ 'gantry.yml': config.replace('min_up: 0.2', 'min_up: 0.3') })
    expect(settings.output).not.toContain('it migrates')
    expect((await checkout.deploy({ 'web.mjs': web('2') })).output).toContain('it migrates')
  })

  it('of which one process fails goes back as a whole', async () => {
    const checkout = await world.createApp('whole')
    await checkout.deploy(shop('1'))
    const { ok, output } = await checkout.deploy({
      'gantry.yml': `env: {LEVEL: debug}\n${SHOP.replace('node web.mjs', 'node web.mjs, env: {BOOM: no database}')}`,
    })
    expect(ok).toBe(false)
    expect(output).toContain('boom: no database')
    expect(output).toContain('rolled back')
    const { processes } = await world.running('whole')
    expect(processes.map(({ spec }) => spec.env)).toEqual([{}, {}])
    expect((await world.open('whole')).status).toBe(200)
  })

  it('with a broken config shows every problem at its place and changes nothing', async () => {
    const checkout = await world.createApp('broken')
    const { ok, output } = await checkout.deploy({
      'gantry.yml': 'processes:\n  web: {comand: node web.mjs, cpu: lots}\n',
    })
    expect(ok).toBe(false)
    expect(output).toMatch(/gantry\.yml:2:\d+/)
    expect(output).toContain('command')
    expect(output).toContain('cpu')
    expect((await world.running('broken')).processes).toEqual([])
  })

  it('that names another app than the repository is refused', async () => {
    const checkout = await world.createApp('named')
    const { ok, output } = await checkout.deploy(shop('1', `app: other\n${SHOP}`))
    expect(ok).toBe(false)
    expect(output).toContain('other')
    expect(output).toMatch(/gantry\.yml:1/)
  })

  it('removes what the config no longer names, but much of it only when told to', async () => {
    const checkout = await world.createApp('removal')
    const three = `${SHOP}  beat: {command: node worker.mjs, rollout: {min_up: 0.1}}\n`
    await checkout.deploy(shop('1', three))
    expect((await checkout.deploy({ 'gantry.yml': SHOP })).ok).toBe(true)
    expect(Object.keys(await world.up('removal'))).toEqual(['web', 'worker'])
    const withoutWeb = 'processes: {worker: {command: node worker.mjs, rollout: {min_up: 0.2}}}\n'
    const refused = await checkout.deploy({ 'gantry.yml': withoutWeb })
    expect(refused.ok).toBe(false)
    expect(refused.output).toContain('allow-remove')
    expect(Object.keys(await world.up('removal'))).toEqual(['web', 'worker'])
    const allowed = await checkout.push('--push-option=allow-remove')
    expect(allowed.ok, allowed.output).toBe(true)
    expect(Object.keys(await world.up('removal'))).toEqual(['worker'])
    expect((await world.open('removal')).status).toBe(404)
  })

  it('with -o dry-run shows the plan and moves nothing', async () => {
    const checkout = await world.createApp('dry')
    await checkout.deploy(shop('1'))
    const [before, branch] = [await world.up('dry'), await refOf(checkout)]
    await checkout.commit({ 'gantry.yml': SHOP.replace('min_up: 0.2', 'min_up: 0.4') })
    const { ok, output } = await checkout.push('--push-option=dry-run')
    expect(ok, output).toBe(true)
    expect(output).toContain('min_up')
    expect(await world.up('dry')).toEqual(before)
    expect(await refOf(checkout)).toBe(branch)
    expect(await world.deployments('dry')).toHaveLength(1)
  })

  it('with -o async returns at once and names the deployment, which goes on', async () => {
    const checkout = await world.createApp('async')
    await checkout.commit(shop('1'))
    const { ok, output } = await checkout.push('--push-option=async')
    expect(ok, output).toBe(true)
    expect(output).toContain('gantry deployment logs 1 --app async')
    expect((await world.finished('async', 1)).status).toBe('succeeded')
    await expect.poll(() => refOf(checkout)).toBe(await checkout.git('rev-parse', 'HEAD'))
  })

  it('goes on when the pusher goes away', async () => {
    const checkout = await world.createApp('gone')
    await checkout.deploy(shop('1'))
    await checkout.commit({ 'gantry.yml': `${SHOP}tasks: {wait: {command: 'sleep 0.7', run: pre_deploy}}\n` })
    const push = checkout.start()
    await expect
      .poll(async () => (await world.deployments('gone'))[0]?.status, { timeout: 10_000 })
      .toBe('running')
    await hangUp(push)
    expect((await world.finished('gone', 2)).status).toBe('succeeded')
    await expect.poll(() => refOf(checkout)).toBe(await checkout.git('rev-parse', 'HEAD'))
  })

  it('with -o cancel-on-disconnect ends with its pusher', async () => {
    const checkout = await world.createApp('cancelled')
    await checkout.deploy(shop('1'))
    await checkout.commit({ 'gantry.yml': `${SHOP}tasks: {wait: {command: 'sleep 60', run: pre_deploy}}\n` })
    const push = checkout.start('--push-option=cancel-on-disconnect')
    await expect
      .poll(async () => (await world.deployments('cancelled'))[0]?.status, { timeout: 10_000 })
      .toBe('running')
    await hangUp(push)
    expect((await world.finished('cancelled', 2)).status).toBe('cancelled')
  })

  it('can be cancelled while its processes start, and everything is as before', async () => {
    const checkout = await world.createApp('stopped')
    await checkout.deploy(shop('1'))
    const before = await world.up('stopped')
    await checkout.commit({
      'gantry.yml': SHOP.replace('min_up: 0.2', 'min_up: 60').replace(
        'worker.mjs,',
        'worker.mjs, memory: 1,',
      ),
    })
    const push = checkout.start()
    await expect
      .poll(async () => (await world.running('stopped')).processes[1]!.instances.length, { timeout: 10_000 })
      .toBe(1)
    await expect
      .poll(async () => await world.api<object>('GET', '/apps/stopped/deployments/2'), { timeout: 10_000 })
      .toMatchObject({ record: expect.anything() })
    await world.api('POST', '/apps/stopped/deployments/2/cancel')
    const { exitCode, all } = await push
    expect(exitCode).not.toBe(0)
    expect(all).toContain('cancelled')
    expect(await world.up('stopped')).toEqual(before)
  })
})
