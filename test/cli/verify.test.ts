import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import { expect, test } from 'vitest'

import { EcsCheckout } from './ecs-checkout.ts'
import { gantry, temporaryFolder } from './gantry.ts'

const CONFIG = `
app: shop
engine: ecs
ecs: {subnets: [subnet-1], execution_role: arn:aws:iam::123456789012:role/execution}
processes:
  worker: {image: ghcr.io/acme/shop:1, secrets: {KEY: ssm:/shop/key}}
`

test('verify has a line for each thing, and fails when one of them has failed', async () => {
  const checkout = await EcsCheckout.open(CONFIG)
  const before = await checkout.gantry('verify')
  expect(before).toMatchObject({ code: 1 })
  expect(before.stdout).toMatch(/^ok {7}cluster default/m)
  expect(before.stdout).toMatch(/^failed {3}secret ssm:\/shop\/key .*aws ssm put-parameter/m)
  expect(before.stdout).toMatch(/^ok {7}subnets .*vpc-fake/m)
  expect(before.stderr).toMatch(/^\d+ ok, 1 failed, \d+ skipped\n$/)
  expect(checkout.fake.calls.filter((call) => call.writes)).toEqual([])
})

test('verify prints JSON, and is content with what is skipped', async () => {
  const checkout = await EcsCheckout.open(CONFIG.replace(', secrets: {KEY: ssm:/shop/key}', ''))
  const { stdout, stderr, code } = await checkout.gantry('verify', '--json')
  expect({ stderr, code }).toEqual({ stderr: '', code: 0 })
  const checks = JSON.parse(stdout) as { subject: string; status: string }[]
  expect(checks).toContainEqual(expect.objectContaining({ subject: 'cluster default', status: 'ok' }))
})

test('what the engine cannot honour is among it', async () => {
  const checkout = await EcsCheckout.open(CONFIG.replace('subnets: [subnet-1], ', ''))
  const { stdout, code } = await checkout.gantry('verify')
  expect(stdout).toMatch(/^failed {3}ecs\.subnets {2,}Fargate needs at least one subnet/m)
  expect(code).toBe(1)
})

test('without an ECS there is git to look at', async () => {
  const folder = await temporaryFolder()
  await writeFile(join(folder, 'gantry.yml'), 'processes: {web: {command: bin/web}}\n')
  const { stdout, code } = await gantry(['verify'], { cwd: folder })
  expect(stdout).toMatch(/^ok {2}git {2}git version \S+/)
  expect(code).toBe(0)
})

test('a config that is wrong is bad input', async () => {
  const folder = await temporaryFolder()
  await writeFile(join(folder, 'gantry.yml'), 'processes: {web: {comand: bin/web}}\n')
  expect((await gantry(['verify'], { cwd: folder })).code).toBe(2)
})
