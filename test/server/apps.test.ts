import { expect, it } from 'vitest'

import { systemClock } from '../../src/app/clock.ts'
import { UserError } from '../../src/app/errors.ts'
import { NOTHING_UNMET_OF_PROCESS } from '../../src/app/unmet.ts'
import { LocalEngine } from '../../src/engine/local/local-engine.ts'
import { Apps, idOf, type AppEntry } from '../../src/server/apps.ts'
import { Deployments } from '../../src/server/deployments.ts'
import { Engines } from '../../src/server/engines.ts'
import { Operations } from '../../src/server/operations.ts'
import { BUILD } from '../app/fixtures.ts'
import { remove, temporaryFolder } from '../engine/local/home.ts'
import { processSpec } from '../engine/specs.ts'

/** What a server has to make, change and delete apps, with one app that has a release. */
async function open() {
  const home = await temporaryFolder()
  const engine = await LocalEngine.open(home)
  const engines = new Engines(engine, systemClock)
  const apps = new Apps(engines, systemClock)
  const deployments = new Deployments(({ name }) => engines.of(apps.get(name)), engine.db, systemClock, {
    onBug: () => {},
    mayBegin: ({ name }) => void apps.get(name),
    onEnd: () => {},
  })
  const operations = new Operations(engines, apps, deployments, systemClock)
  const app = await apps.create('shop', {})
  const id = idOf(app)
  const image = await engine.makeImage(
    id,
    { key: 'a'.repeat(64), build: BUILD, source: { bytes: 0, files: 0, write: async () => {} } },
    { signal: new AbortController().signal, log: () => {} },
  )
  const { variables: _variables, restarts: _restarts, ...spec } = processSpec('worker', 'sleep 600', image)
  const config = { ...id, engine: 'local' as const, env: {}, secrets: {}, build: BUILD, tasks: [] }
  const ecs = { region: null, cluster: null, subnets: [], security_groups: [], assign_public_ip: false }
  const roles = { namespace: null, execution_role: null, task_role: null, scheduler_role: null }
  const entry = { kind: 'deploy', commit: null, by: 'test', title: 'test' } as const
  const { number } = await engine.ledger.open(id, entry)
  await engine.ledger.finish(id, number, {
    outcome: 'succeeded',
    reason: null,
    release: {
      commit: null,
      app: {
        ...config,
        ecs: { ...ecs, ...roles },
        logs: { retention: null },
        processes: [{ ...spec, ...NOTHING_UNMET_OF_PROCESS, image: null, build: BUILD, containers: {} }],
      },
      images: { 'process:worker': image },
      owned_images: {},
    },
  })
  const mayLeave = (app: AppEntry): void => {
    if (deployments.isBusy(idOf(app))) throw new UserError('it is being deployed')
  }
  return {
    engine,
    apps,
    app,
    id,
    operations,
    deployments,
    mayLeave,
    async [Symbol.asyncDispose]() {
      await deployments.close()
      await engine.close()
      await remove(home)
    },
  }
}

it('an app that is being deployed is not deleted', async () => {
  await using server = await open()
  const { result } = await server.operations.rollback(server.app, 1, 'test')
  await expect(server.apps.delete('shop', server.mayLeave)).rejects.toThrow('being deployed')
  expect((await result).outcome).toBe('succeeded')
  expect(server.apps.find('shop')).not.toBeNull()
})

it('an app that two make at once is made once', async () => {
  await using server = await open()
  const made = await Promise.allSettled([server.apps.create('desk', {}), server.apps.create('desk', {})])
  expect(made.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
  expect(made).toContainEqual(
    expect.objectContaining({ reason: expect.objectContaining({ message: 'there is an app desk already' }) }),
  )
})

it('an app that is being deleted is not found, and its name is free when it is gone', async () => {
  await using server = await open()
  await (
    await server.operations.rollback(server.app, 1, 'test')
  ).result
  const deleted = server.apps.delete('shop', server.mayLeave)
  expect(server.apps.find('shop')).toBeNull()
  await expect(server.apps.create('shop', {})).rejects.toThrow('is being deleted')
  await deleted
  expect(server.engine.db.all('SELECT name FROM children')).toEqual([])
  await server.apps.create('shop', {})
  expect((await server.engine.observe(server.id)).processes).toEqual([])
})

it('what was asked for before a deletion began and has not begun itself is refused', async () => {
  await using server = await open()
  const asked = server.operations.rollback(server.app, 1, 'test')
  const deleted = server.apps.delete('shop', server.mayLeave)
  await expect(asked).rejects.toThrow('no app "shop"')
  await deleted
  expect(server.engine.db.all('SELECT name FROM children')).toEqual([])
  expect(await server.engine.ledger.deployments(server.id, 10)).toEqual([])
})

it('a deletion waits until what a crash had cut off is finished', async () => {
  await using server = await open()
  const wait = { deployment: 0, supersedes: false, onWait: () => {}, signal: new AbortController().signal }
  const recovering = await server.engine.lock(server.id, wait)
  let gone = false
  const deleted = server.apps.delete('shop', server.mayLeave).then(() => (gone = true))
  // By then it would be gone as well.
  await server.apps.create('other', {})
  await server.apps.delete('other', server.mayLeave)
  expect(gone).toBe(false)
  expect(await server.engine.ledger.releases(server.id, 1)).toHaveLength(1)
  await recovering.release()
  await deleted
  expect(await server.engine.ledger.releases(server.id, 1)).toEqual([])
})
