import { afterEach, beforeEach, expect, it } from 'vitest'

import { awsOf } from '../../engine/ecs/aws.ts'
import { FakeAws } from './fake-aws.ts'

let fake: FakeAws

beforeEach(async () => {
  fake = await FakeAws.start()
})
afterEach(() => fake[Symbol.asyncDispose]())

const describeSecret = async (SecretId: string) =>
  (await awsOf(fake).secretsManager()).describeSecret({ SecretId })

it('finds a secret by its name, its ARN, or its ARN without the six characters', async () => {
  const secret = fake.secrets.create('shop/smtp', { key: 'k' })
  expect(secret).toMatch(/^arn:aws:secretsmanager:eu-west-1:123456789012:secret:shop\/smtp-\w{6}$/)
  for (const id of ['shop/smtp', secret, secret.slice(0, -7)]) {
    expect(await describeSecret(id)).toMatchObject({ ARN: secret, Name: 'shop/smtp' })
  }
  await expect(describeSecret('shop')).rejects.toMatchObject({ name: 'ResourceNotFoundException' })
})

it('shows dates, and never the value', async () => {
  fake.secrets.create('a', 'hunter2')
  const found = await describeSecret('a')
  expect(found.CreatedDate).toEqual(new Date(fake.clock.now()))
  expect(JSON.stringify(found)).not.toContain('hunter2')
})

it('gives the value to whoever asks for it', async () => {
  fake.secrets.create('shop/smtp', { key: 'k' })
  const client = await awsOf(fake).secretsManager()
  expect(await client.getSecretValue({ SecretId: 'shop/smtp' })).toMatchObject({
    Name: 'shop/smtp',
    SecretString: '{"key":"k"}',
    VersionStages: ['AWSCURRENT'],
  })
  await expect(client.getSecretValue({ SecretId: 'shop' })).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
  })
})

it('knows what a container would get', () => {
  const smtp = fake.secrets.create('smtp', { key: 'k' })
  const plain = fake.secrets.create('plain', 'text')
  const readable = [smtp, `${smtp}:key::`, `${smtp}:key:AWSCURRENT:`, plain]
  const unreadable = [
    `${smtp}:other::`,
    `${smtp}:key:AWSPREVIOUS:`,
    `${smtp}:key::v1`,
    `${plain}:key::`,
    'smtp',
  ]
  expect(readable.filter((from) => !fake.secrets.has(from))).toEqual([])
  expect(unreadable.filter((from) => fake.secrets.has(from))).toEqual([])
})
