import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

import { afterEach, beforeEach, describe, expect, test } from 'vitest'

import type { AppId } from '../../../src/app/app.ts'
import { UserError } from '../../../src/app/errors.ts'
import type { ProcessSpec } from '../../../src/app/spec.ts'
import { References } from '../../../src/engine/ecs/definition/references.ts'
import type { Aws } from '../../../src/engine/ecs/aws.ts'
import { FakeAws } from '../../fakes/aws/fake-aws.ts'
import { FakeClock } from '../../fakes/fake-clock.ts'
import { aContainer } from '../../app/fixtures.ts'
import { processSpec, taskSpec } from '../specs.ts'
import { awsOf, awsOverHttp } from './aws.ts'
import { BUILT, DIGEST } from './generators.ts'

const APP: AppId = { name: 'shop', environment: 'production' }
const PINNED = { kind: 'pinned', reference: 'ghcr.io/acme/relay:1.4' } as const

let fake: FakeAws
let clock: FakeClock

beforeEach(async () => {
  clock = new FakeClock()
  fake = await FakeAws.start()
})
afterEach(() => fake[Symbol.asyncDispose]())

function references(aws: Aws = awsOf(fake)): References {
  return new References({ aws, clock, cluster: 'prod' })
}

const web = (more: Partial<ProcessSpec> = {}): ProcessSpec => processSpec('web', 'bin/web', PINNED, more)
const calls = (operation: string) => fake.calls.filter((each) => each.operation === operation).length

test('says where a process or a task is, writes its logs and runs', async () => {
  expect(await references().context(APP, web())).toEqual({
    family: 'shop--production--web',
    image: PINNED.reference,
    containers: {},
    region: 'eu-west-1',
    logGroup: '/gantry/shop/production',
    valueFrom: {},
  })
  const { family } = await references().context(APP, taskSpec('migrate', 'bin/migrate', PINNED))
  expect(family).toBe('shop--production--task--migrate')
  expect(fake.calls).toEqual([])
})

test('says the same of each container beside a process: its own image, its own secrets', async () => {
  fake.ecr.createRepository('shop/production')
  const {
    image: _image,
    build: _build,
    ...bare
  } = aContainer({
    secrets: { KEY: 'gantry', URL: 'ssm:/shop/url' },
  })
  const spec = web({
    variables: { KEY: 3, OTHER: 1 },
    containers: { proxy: { ...bare, image: BUILT } },
  })
  const { valueFrom, containers } = await references().context(APP, spec)
  expect(Object.keys(valueFrom)).toEqual(['KEY', 'OTHER'])
  expect(containers).toEqual({
    proxy: {
      image: expect.stringMatching(`/shop/production@${DIGEST}$`) as string,
      valueFrom: { KEY: '/gantry/shop/production/env/KEY/3', URL: '/shop/url' },
    },
  })
  const unset = references().context(APP, { ...spec, variables: {} })
  await expect(unset).rejects.toThrow('KEY of web/proxy is not set')
})

describe('a built image', () => {
  test('ecs.md §4.3: is named by its digest in the repository of the app, which is looked up once', async () => {
    fake.ecr.createRepository('shop/production')
    const all = references()
    const contexts = await Promise.all([1, 2, 3].map(() => all.context(APP, web({ image: BUILT }))))
    for (const { image } of contexts) {
      expect(image).toBe(`123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop/production@${DIGEST}`)
    }
    expect(calls('DescribeRepositories')).toBe(1)
  })

  test('without its repository is an error, and found when the repository is back', async () => {
    const all = references()
    await expect(all.context(APP, web({ image: BUILT }))).rejects.toThrow(
      'no image repository shop/production',
    )
    fake.ecr.createRepository('shop/production')
    await expect(all.context(APP, web({ image: BUILT }))).resolves.toMatchObject({ region: 'eu-west-1' })
  })
})

describe('ecs.md §4.3: secrets', () => {
  const valuesOf = async (more: Partial<ProcessSpec>, from = references()) =>
    (await from.context(APP, web(more))).valueFrom

  test('ecs.md §4.3: of Secrets Manager by their full ARN, with the empty parts after a key', async () => {
    const arn = fake.secrets.create('shop/smtp', { key: 'hidden' })
    const secrets = {
      ALL: 'secretsmanager:shop/smtp',
      KEY: 'secretsmanager:shop/smtp#key',
      BY_ARN: `secretsmanager:${arn}#key`,
    }
    const values = await valuesOf({ secrets })
    expect(values).toEqual({ ALL: arn, KEY: `${arn}:key::`, BY_ARN: `${arn}:key::` })
    expect(Object.values(values).every((each) => fake.secrets.has(each))).toBe(true)
  })

  test('are looked up once, and again after a minute: one that was made anew has another ARN', async () => {
    fake.secrets.create('shop/smtp', 'hidden')
    const all = references()
    const secrets = { A: 'secretsmanager:shop/smtp', B: 'secretsmanager:shop/smtp' }
    await valuesOf({ secrets }, all)
    await valuesOf({ secrets }, all)
    expect(calls('DescribeSecret')).toBe(1)
    clock.advance(61)
    await valuesOf({ secrets }, all)
    expect(calls('DescribeSecret')).toBe(2)
  })

  test('of SSM by the name of the parameter, which costs no call', async () => {
    expect(await valuesOf({ secrets: { URL: 'ssm:/shop/url' } })).toEqual({ URL: '/shop/url' })
    expect(fake.calls).toEqual([])
  })

  test('that other hands gave a definition are passed on as they are', async () => {
    const valueFrom = 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:shop-AbCdEf::AWSPREVIOUS:'
    expect(await valuesOf({ secrets: { OLD: valueFrom } })).toEqual({ OLD: valueFrom })
  })

  test('that are missing are named, with who needs them', async () => {
    const values = valuesOf({ secrets: { KEY: 'secretsmanager:shop/smtp#key' } })
    await expect(values).rejects.toThrow('no secret shop/smtp in Secrets Manager, which KEY of web refers to')
    await expect(values).rejects.toBeInstanceOf(UserError)
  })

  test.each([
    [200, { ARN: 'arn', DeletedDate: 1_700_000_000 }, 'no secret shop/smtp'],
    [
      400,
      {
        __type: 'AccessDeniedException',
        message:
          'User: me is not authorized to perform: secretsmanager:DescribeSecret on resource: shop/smtp',
      },
      'could not look up secretsmanager:shop/smtp for KEY of web: access denied',
    ],
  ])('that are deleted or not for us are errors too (%i)', async (status, body, message) => {
    await using server = await answering(status, body)
    const values = valuesOf(
      { secrets: { KEY: 'secretsmanager:shop/smtp#key' } },
      references(awsOverHttp(server)),
    )
    await expect(values).rejects.toThrow(message)
    await expect(values).rejects.toBeInstanceOf(UserError)
  })
})

describe('variables that were set by hand', () => {
  test('come from the parameters of their versions, for which nothing is asked', async () => {
    const more = { variables: { FLAG: 1, API_KEY: 3 }, secrets: { API_KEY: 'gantry' } }
    expect((await references().context(APP, web(more))).valueFrom).toEqual({
      FLAG: '/gantry/shop/production/env/FLAG/1',
      API_KEY: '/gantry/shop/production/env/API_KEY/3',
    })
    expect(fake.calls).toEqual([])
  })

  test('that are missing are an error that says how to set them', async () => {
    const context = references().context(APP, web({ secrets: { API_KEY: 'gantry' } }))
    await expect(context).rejects.toMatchObject({
      message: 'API_KEY of web is not set',
      hint: 'gantry env set API_KEY --secret',
    })
  })
})

/** A server that answers every call in one way. */
async function answering(status: number, body: object): Promise<AsyncDisposable & { url: string }> {
  const server = createServer((_request, response) => {
    response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' }).end(JSON.stringify(body))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
