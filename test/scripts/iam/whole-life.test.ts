import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { DEPLOY_CALLS, type CallName } from '../../../scripts/iam/access.ts'
import { deployerPolicy, plannerPolicy, policy, verifyPolicy } from '../../../scripts/iam/policies.ts'
import { arn } from '../../fakes/aws/arn.ts'
import { checksOf } from '../../engine/ecs/verify/looking.ts'
import { anEcsApp } from '../../engine/ecs/yard.ts'
import { aProcess, aTask } from '../../plan/fixtures.ts'
import { allows } from './evaluate.ts'
import type { Watched } from '../../../src/cli/control.ts'
import { requestsOf } from './requests.ts'
import { allowedBy, scopeOf, Shop, WISH } from './shop.ts'

const APP = { name: 'shop', environment: 'production' }
const ROLE = 'arn:aws:iam::123456789012:role/shop'
const NEVER = new AbortController().signal
const LOGS = { process: null, lines: 10, follow: false, signal: NEVER }

const config = (targetGroup: string, worker: string): string => `
app: shop
engine: ecs
ecs:
  subnets: [subnet-1]
  execution_role: ${ROLE}-execution
  task_role: ${ROLE}-task
  scheduler_role: ${ROLE}-scheduler
secrets: {KEY: 'ssm:/shop/key', SMTP: 'secretsmanager:shop/smtp#key', TOKEN: gantry}
processes:
  web:
    command: /fake/stays-up
    port: 8000
    expose: public
    scale_count: 2
    scale_type: spot
    autoscaling_${worker.endsWith('1') ? 'cpu' : 'memory'}_threshold: 70
    ecs: {target_group: '${targetGroup}'}
  worker: {command: ${worker}}
  beat: {command: /fake/stays-up, env: {WORKER: '${worker}'}, build: {args: {KIND: beat}}, rollout: {overlap: false}}
tasks:
  migrate: {command: /fake/prints migrated 0, run: pre_deploy, when: always}
  report: {command: /fake/stays-up, schedule: '15 2 * * *'}
environments: {production: {}}
`

const DEPLOYMENT = arn('ecs', 'service-deployment/default/shop--production--web/0123456789abcdef')

/** Calls that no good day sees, each as it is made. */
const RARE: Readonly<Partial<Record<CallName, Record<string, unknown>>>> = {
  // Why a deployment ended that nothing else tells of, and one that is taken back while it goes on.
  'ecs.describeServiceDeployments': { serviceDeploymentArns: [DEPLOYMENT] },
  'ecs.stopServiceDeployment': { serviceDeploymentArn: DEPLOYMENT },
  // A tag of ours that a newer Gantry left behind.
  'ecs.untagResource': { resourceArn: arn('ecs', 'service/default/shop--production--web') },
  // The lock and a document, while SSM shows an older version.
  'ssm.getParameter': { Name: '/gantry/shop/production/lock:3' },
  // A second deployer finds the group made.
  'logs.describeLogGroups': { logGroupNamePrefix: '/gantry/shop/production' },
  // Two apps whose names are so long that their schedules begin alike.
  'scheduler.getSchedule': { Name: 'shop--production--task--report' },
  // These are for `verify`.
  'ecs.describeClusters': { clusters: ['default'] },
  'loadBalancing.describeTargetGroups': {},
}

function prepareTargetGroup({ fake }: Shop): string {
  return fake.elb.createTargetGroup({ name: 'web', port: 8000, healthCheckPath: '/', targetType: 'ip' })
}

/** What the config refers to, and a function that commits it with another command for the worker. */
function prepare(shop: Shop): (worker: string) => void {
  const { fake, checkout } = shop
  const targetGroup = prepareTargetGroup(shop)
  fake.secrets.create('shop/smtp', '{"key":"s3cret-s3cret"}')
  fake.ssm.handle('PutParameter', { Name: '/shop/key', Value: 'k3y-k3y-k3y', Type: 'SecureString' })
  return (worker) =>
    void checkout.commit(worker, {
      'gantry.yml': config(targetGroup, worker),
      Dockerfile: `FROM scratch\n# ${worker}\n`,
    })
}

/** Cancels a deployment as soon as a process rolls. */
async function cancelled({ control }: Shop): Promise<Watched> {
  const stop = new AbortController()
  return control.deploy('HEAD', WISH, {
    signal: stop.signal,
    show: ({ type }) => type === 'process.rolling' && stop.abort(),
  })
}

/** From the first look to the last: what is done to an app, and all the calls that it takes. */
async function live(shop: Shop): Promise<void> {
  const { control, engine } = shop
  const write = prepare(shop)
  write('/fake/stays-up 1')
  await control.setVariable({ name: 'TOKEN', value: 't0ken-t0ken', secret: true, process: null })
  expect((await shop.deploy()).outcome).toBe('succeeded')
  write('/fake/stays-up 2')
  expect((await shop.deploy()).outcome).toBe('succeeded')
  write('/fake/fails')
  expect((await shop.deploy()).outcome).toBe('rolled_back')
  expect((await shop.watched((watching) => control.rollback(null, watching))).outcome).toBe('succeeded')

  const operate = (title: string, process: string, set: Record<string, string>) =>
    shop.watched((watching) => control.operate(title, [{ process, set }], watching))
  expect((await operate('scale', 'worker', { demand_count: '2' })).outcome).toBe('succeeded')
  expect((await operate('unscale', 'web', { scale_count: '0', scale_type: 'none' })).outcome).toBe(
    'succeeded',
  )
  await control.setVariable({ name: 'LEVEL', value: 'debug', secret: false, process: 'worker' })
  await control.unsetVariable('LEVEL', 'worker')
  await control.running({ instances: true })
  await Array.fromAsync(control.run({ command: '/fake/prints hello 0' }, NEVER))
  await Array.fromAsync(control.run({ command: '/fake/stays-up' }, AbortSignal.abort()))
  const { id } = await control.startTask({ command: '/fake/stays-up' }, null)
  expect((await control.tasks(1))[0]).toMatchObject({ id })
  expect(await control.deleteTask(id)).toMatchObject({ deleted: 'stopped' })
  expect(await control.deleteTask(id)).toMatchObject({ deleted: 'removed' })
  write('/fake/stays-up 3')
  expect((await shop.deploy()).outcome).toBe('succeeded')
  expect((await shop.deploy({ rebuild: true })).outcome).toBe('succeeded')
  write('/fake/stays-up 4')
  expect((await cancelled(shop)).outcome).toBe('cancelled')
  await Array.fromAsync(control.logs(LOGS))
  await Array.fromAsync(control.logs({ ...LOGS, process: 'worker' }))
  await Array.fromAsync(control.events(1, false, NEVER))
  await control.deployments(10)
  await control.releases(10)
  await control.plan('HEAD', { allow_remove: false, refresh: true }, NEVER)
  await engine.removeApp(APP)
}

describe('the policy of the deployer', () => {
  let shop: Shop
  beforeAll(async () => {
    shop = await Shop.open(APP)
    await live(shop)
  }, 120_000)
  afterAll(() => shop[Symbol.asyncDispose]())

  test('allows everything that is done to an app from its first deployment to its end', () => {
    expect(shop.refused(deployerPolicy(scopeOf(APP)))).toEqual([])
    expect(shop.refused(deployerPolicy(scopeOf(APP, true)))).toEqual([])
  })

  test('allows none of those writes to who deploys another app or environment, where AWS can tell them apart', () => {
    const writes = [...shop.actions].filter(
      (action) =>
        /:(?:Create|Update|Delete|Put|Register|Run|Stop|Batch|Tag|Pass)/.test(action) &&
        !action.startsWith('application-autoscaling:'),
    )
    for (const other of [
      { name: 'shop', environment: 'staging' },
      { name: 'shop-2', environment: 'production' },
      { name: 'sho', environment: 'production' },
    ]) {
      const refused = new Set(shop.refused(deployerPolicy(scopeOf(other))).map(({ action }) => action))
      const sharedRoles = ['iam:PassRole']
      expect(writes.filter((action) => !refused.has(action) && !sharedRoles.includes(action))).toEqual([])
    }
  })

  test('was asked for every call but those of rare troubles, which it allows too', () => {
    const made = new Set(
      shop.fake.calls.map(({ service, operation }) => `${service}.${operation}`.toLowerCase()),
    )
    const never = DEPLOY_CALLS.filter((call) => !made.has(call.toLowerCase()))
    expect(never.filter((call) => !Object.hasOwn(RARE, call))).toEqual([])
    for (const [name, input] of Object.entries(RARE)) {
      const [service = '', call = ''] = name.split('.')
      const operation = call.charAt(0).toUpperCase() + call.slice(1)
      const rare = { service, operation, input, writes: false, caller: null, at: 0 }
      for (const scope of [scopeOf(APP), scopeOf(APP, true)]) {
        const refused = requestsOf(rare, shop.fake).filter(
          (request) => !allows(deployerPolicy(scope), request),
        )
        expect(refused).toEqual([])
      }
    }
  })
})

test('plans ask for nothing that the policy of the planner does not allow, and it allows nothing else', async () => {
  await using shop = await Shop.open(APP)
  const { control } = shop
  const plan = async (refresh: boolean): Promise<void> => {
    await control.plan('HEAD', { allow_remove: false, refresh }, NEVER)
  }
  const write = prepare(shop)
  await control.setVariable({ name: 'TOKEN', value: 't0ken-t0ken', secret: true, process: null })
  write('/fake/stays-up 1')
  const asked = await shop.during(() => plan(false))
  await shop.deploy()
  asked.push(...(await shop.during(() => plan(false))), ...(await shop.during(() => plan(true))))
  write('/fake/stays-up 2')
  shop.fake.ecs.service('shop--production--beat').tags = []
  asked.push(...(await shop.during(() => plan(false))), ...(await shop.during(() => plan(true))))
  const policy = plannerPolicy(scopeOf(APP))
  expect(asked.filter((request) => !allows(policy, request))).toEqual([])
  expect(allowedBy(policy)).toEqual(new Set(asked.map(({ action }) => action)))
})

test('verify asks for nothing that its policy and that of the deployer do not allow, and needs all of its own', async () => {
  await using shop = await Shop.open(APP)
  const target_group = prepareTargetGroup(shop)
  const secrets = { KEY: 'ssm:/shop/key', SMTP: 'secretsmanager:shop/smtp' }
  const components = {
    processes: [aProcess('web', { port: 8000, secrets, ecs: { ...aProcess('web').ecs, target_group } })],
    tasks: [aTask('report', { schedule: '15 2 * * *' })],
  }
  const roles = {
    execution_role: `${ROLE}-execution`,
    task_role: `${ROLE}-task`,
    scheduler_role: `${ROLE}-scheduler`,
  }
  // Only where no route leads out are endpoints looked for.
  shop.fake.ec2.routeTables.get('rtb-main')!.routes = []
  const app = { ...anEcsApp(components, roles), ...APP }
  const asked = await shop.during(() => checksOf(shop.fake, 'subnets', app))
  const scope = scopeOf(APP)
  const own = verifyPolicy(scope)
  const both = policy([...deployerPolicy(scope).Statement, ...own.Statement])
  expect(asked.filter((request) => !allows(both, request))).toEqual([])
  const actions = new Set(asked.map(({ action }) => action))
  expect([...allowedBy(own)].filter((action) => !actions.has(action))).toEqual([])
})

test('the planner cannot read what variables are set to', () => {
  for (const scope of [scopeOf(APP), scopeOf(APP, true)]) {
    for (const name of ['env/TOKEN/3', 'env/state/1']) {
      const resource = arn('ssm', `parameter/gantry/shop/production/${name}`)
      expect(allows(plannerPolicy(scope), { action: 'ssm:GetParameters', resource, context: {} })).toBe(false)
    }
  }
})
