import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import type { OpenApi } from '../../../src/server/api/openapi.ts'
import { ROUTES } from '../../../src/server/api/routes.ts'
import type { AuditEntry } from '../../../src/server/audit.ts'
import { shop } from '../../e2e/apps.ts'
import { World } from '../../e2e/world.ts'
import { call, eventsIn, makeToken, type Answer, type Request } from './call.ts'
import { readerOf } from './document.ts'

const MIGRATE = `
tasks: {migrate: {command: echo migrated, run: pre_deploy}, report: {command: 'true', schedule: '0 3 * * *'}}
`
const FOR_EVER = `
processes: {web: {command: node web.mjs}}
tasks: {migrate: {command: sleep 600, run: pre_deploy}}
`

let world: World
let token: string
let document: OpenApi
/** What the requests are about. */
const made = { commit: '', run: '', token: '' }

beforeAll(async () => {
  world = await World.create()
  token = (await makeToken(world, { name: 'the tester', scope: 'admin' })).token
  const checkout = await world.createApp('shop')
  for (const version of ['1', '2']) {
    const config = shop(version)['gantry.yml']! + MIGRATE
    const { ok, output } = await checkout.deploy({ ...shop(version, config), version })
    expect(ok, output).toBe(true)
  }
  made.commit = await checkout.git('rev-parse', 'HEAD')
  await checkout.git('tag', 'v1')
  expect((await checkout.push('v1')).ok).toBe(true)
  const slow = await world.createApp('slow')
  await slow.deploy(shop('1', FOR_EVER), '--push-option=async')
  document = (await call(world, { path: '/openapi.json', token })).body as OpenApi
})
afterAll(() => world[Symbol.asyncDispose]())

interface Step extends Omit<Request, 'method' | 'token'> {
  /** What later ones need of the answer. */
  after?: (answer: Answer) => Promise<void> | void
}

async function finish({ body }: Answer): Promise<void> {
  await world.finished('shop', (body as { number: number }).number)
}

/** One request for every operation, in an order in which all succeed. */
const STEPS: Record<string, () => Step> = {
  'server.show': () => ({ path: '/server' }),
  'server.openapi': () => ({ path: '/openapi.json' }),
  'app.list': () => ({ path: '/apps' }),
  'app.create': () => ({ path: '/apps', body: { name: 'made', branch: 'live' } }),
  'app.show': () => ({ path: '/apps/made' }),
  'app.set': () => ({ path: '/apps/made', body: { allow_force: false } }),
  'app.delete': () => ({ path: '/apps/made' }),
  'app.running': () => ({ path: '/apps/shop/running' }),
  'plan.make': () => ({ path: '/apps/shop/plans', body: { commit: made.commit } }),
  'plan.verify': () => ({ path: '/apps/shop/checks', body: { commit: made.commit } }),
  'deployment.create': () => ({
    path: '/apps/shop/deployments',
    body: { commit: made.commit, rebuild: true },
    after: finish,
  }),
  'deployment.list': () => ({ path: '/apps/shop/deployments' }),
  'deployment.show': () => ({ path: '/apps/shop/deployments/2' }),
  'deployment.events': () => ({ path: '/apps/shop/deployments/2/events?follow=true' }),
  'deployment.cancel': () => ({ path: '/apps/slow/deployments/1/cancel' }),
  'process.operate': () => ({
    path: '/apps/shop/operations',
    body: { title: 'by hand', operate: [{ process: 'worker', set: { memory: '1', 'env.KEY': 'hidden' } }] },
    after: finish,
  }),
  'release.list': () => ({ path: '/apps/shop/releases' }),
  'release.show': () => ({ path: '/apps/shop/releases/1' }),
  'release.rollback': () => ({ path: '/apps/shop/rollbacks', body: { release: 1 }, after: finish }),
  'task.create': () => ({
    path: '/apps/shop/tasks',
    body: { command: 'echo started; exec sleep 600', set: { 'env.KEY': 'hidden' } },
    after: ({ body }) => void (made.run = (body as { id: string }).id),
  }),
  'task.start': () => ({ path: '/apps/shop/tasks/migrate/runs', body: { initiated_by: 'me' } }),
  'task.list': () => ({ path: '/apps/shop/tasks' }),
  'task.show': () => ({ path: `/apps/shop/tasks/${made.run}` }),
  'task.delete': () => ({ path: `/apps/shop/tasks/${made.run}` }),
  'task.logs': () => ({ path: `/apps/shop/tasks/${made.run}/logs?follow=true` }),
  'task.run': () => ({ path: '/apps/shop/runs', body: { command: 'echo hello; exit 3' } }),
  'log.read': () => ({ path: '/apps/shop/logs?lines=5' }),
  'variable.set': () => ({ path: '/apps/shop/variables/LEVEL', body: { value: 'hidden', secret: true } }),
  'variable.list': () => ({ path: '/apps/shop/variables' }),
  'variable.unset': () => ({ path: '/apps/shop/variables/LEVEL' }),
  'token.create': () => ({
    path: '/tokens',
    body: { name: 'new', app: 'shop' },
    after: ({ body }) => void (made.token = (body as { id: string }).id),
  }),
  'token.list': () => ({ path: '/tokens' }),
  'token.revoke': () => ({ path: `/tokens/${made.token}` }),
  'audit.list': () => ({ path: '/audit?limit=100' }),
  'audit.app': () => ({ path: '/apps/shop/audit' }),
}

/** What a WebSocket is needed for is driven in the tests of shells. */
const ELSEWHERE = ['shell.open']

async function newestDeed(): Promise<AuditEntry> {
  const [entry] = await world.api<AuditEntry[]>('GET', '/audit?limit=1')
  return entry!
}

test('there is a request for every operation', () => {
  const driven = [...Object.keys(STEPS), ...ELSEWHERE]
  expect(driven).toEqual(expect.arrayContaining(ROUTES.map(({ id }) => id)))
})

describe('answers are as the document says, and every change is written down once', () => {
  test.each(Object.keys(STEPS))('%s', async (id) => {
    const route = ROUTES.find((each) => each.id === id)!
    const before = await newestDeed()
    const { after, ...request } = STEPS[id]!()
    const answer = await call(world, { ...request, method: route.method.toUpperCase(), token })
    expect(answer.status, answer.text).toBe(route.answer.status)
    expectDescribed(route.path, route.method, answer)
    await after?.(answer)

    const entries = await world.api<AuditEntry[]>('GET', '/audit?limit=1000')
    const written = entries.filter((entry) => entry.id > before.id)
    expect(written.map(({ action, who }) => [action, who])).toEqual(
      route.changes ? [[route.id, 'the tester']] : [],
    )
    for (const entry of written) {
      expect(entry.before ?? entry.after).not.toBeNull()
      expect(JSON.stringify(entry)).not.toContain('hidden')
    }
  })
})

function expectDescribed(path: string, method: string, { status, headers, body, text }: Answer): void {
  const operation = document.paths[path]![method] as {
    responses: Record<string, { content?: Record<string, { schema: Record<string, unknown> }> }>
  }
  const { content } = operation.responses[String(status)]!
  if (content === undefined) {
    expect(text).toBe('')
    return
  }
  const [[type, { schema }]] = Object.entries(content) as [[string, { schema: Record<string, unknown> }]]
  expect(headers['content-type']).toContain(type)
  const reader = readerOf(document, schema)
  const values = type === 'text/event-stream' ? eventsIn(text).map(({ data }) => data) : [body]
  expect(values.length).toBeGreaterThan(0)
  for (const value of values) expect(reader.safeParse(value).error?.issues ?? []).toEqual([])
}

test('a push stands in the audit trail, with each of its refs', async () => {
  const pushes = (await world.api<AuditEntry[]>('GET', '/apps/shop/audit?limit=100')).filter(
    ({ action }) => action === 'push',
  )
  const branch = { ref: 'refs/heads/main', commit: made.commit }
  expect(pushes).toMatchObject([
    { who: 'for shop', before: null, after: { ref: 'refs/tags/v1', commit: made.commit }, detail: {} },
    { who: 'for shop', before: { ref: branch.ref }, after: branch, detail: { deployment: 2 } },
    { who: 'for shop', before: null, after: { ref: branch.ref }, detail: { deployment: 1 } },
  ])
})

test('what an app did is not told to who has its name after it', async () => {
  await world.api('POST', '/apps', { name: 'heir' })
  await world.api('PUT', '/apps/heir/variables/OLD', { value: '1' })
  await world.api('DELETE', '/apps/heir')
  await world.api('POST', '/apps', { name: 'heir' })
  const actions = async (path: string) =>
    (await world.api<AuditEntry[]>('GET', path)).map(({ action }) => action)
  expect(await actions('/apps/heir/audit')).toEqual(['app.create'])
  expect((await actions('/audit')).slice(0, 4)).toEqual([
    'app.create',
    'app.delete',
    'variable.set',
    'app.create',
  ])
})
