import type { SSM } from '@aws-sdk/client-ssm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import { awsOf } from '../../engine/ecs/aws.ts'
import { FakeClock } from '../fake-clock.ts'
import { FakeAws } from './fake-aws.ts'

let clock: FakeClock
let fake: FakeAws
let ssm: SSM

beforeEach(async () => {
  clock = new FakeClock()
  fake = await FakeAws.start({ clock })
  ssm = (await awsOf(fake).ssm()) as SSM
})
afterEach(() => fake[Symbol.asyncDispose]())

const put = (Name: string, Value = 'v', more: object = {}) =>
  ssm.putParameter({ Name, Value, Type: 'String', ...more })

const valueOf = async (Name: string, WithDecryption = false) =>
  (await ssm.getParameter({ Name, WithDecryption })).Parameter?.Value

describe('PutParameter', () => {
  it('counts versions up, and overwrites only when told to', async () => {
    expect(await put('/a/b', 'one')).toMatchObject({ Version: 1, Tier: 'Standard' })
    await expect(put('/a/b', 'two')).rejects.toMatchObject({ name: 'ParameterAlreadyExists' })
    expect(await put('/a/b', 'two', { Overwrite: true })).toMatchObject({ Version: 2 })
    expect(await valueOf('/a/b')).toBe('two')
    expect(await valueOf('/a/b:1')).toBe('one')
  })

  it('lets one of several creators win', async () => {
    const outcomes = await Promise.allSettled([1, 2, 3, 4].map((n) => put('/lock', `${n}`)))
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  })

  it('asks for a type when it creates, and never changes it', async () => {
    await expect(ssm.putParameter({ Name: '/a', Value: 'v' })).rejects.toMatchObject({
      name: 'ValidationException',
    })
    await put('/a')
    await expect(put('/a', 'v', { Type: 'SecureString', Overwrite: true })).rejects.toMatchObject({
      name: 'HierarchyTypeMismatchException',
    })
    expect(await ssm.putParameter({ Name: '/a', Value: 'w', Overwrite: true })).toMatchObject({ Version: 2 })
  })

  it('holds 4 KB in the standard tier and 8 KB in the advanced one, in bytes', async () => {
    await put('/a', 'x'.repeat(4_096))
    const euros = '€'.repeat(2_730)
    await expect(put('/b', euros)).rejects.toMatchObject({ name: 'ValidationException' })
    expect(await put('/b', euros, { Tier: 'Intelligent-Tiering' })).toMatchObject({ Tier: 'Advanced' })
    expect(await put('/c', 'x', { Tier: 'Intelligent-Tiering' })).toMatchObject({ Tier: 'Standard' })
    await expect(put('/d', 'x'.repeat(8_193), { Tier: 'Advanced' })).rejects.toThrow('8192')
  })

  it('does not downgrade an advanced parameter', async () => {
    await put('/a', 'x', { Tier: 'Advanced' })
    expect(await put('/a', 'y', { Overwrite: true })).toMatchObject({ Tier: 'Advanced' })
    await expect(put('/a', 'y', { Overwrite: true, Tier: 'Standard' })).rejects.toThrow('downgraded')
  })

  it('encrypts with the default key unless told another one each time', async () => {
    const keyOf = async () => (await ssm.describeParameters({})).Parameters?.[0]?.KeyId
    const secret = { Type: 'SecureString', Overwrite: true }
    await put('/a', 'v', { ...secret, KeyId: 'alias/shop' })
    expect(await keyOf()).toBe('alias/shop')
    await put('/a', 'w', secret)
    expect(await keyOf()).toBe('alias/aws/ssm')
    await expect(put('/b', 'v', { KeyId: 'alias/shop' })).rejects.toMatchObject({
      name: 'ValidationException',
    })
  })

  it('takes tags only when it creates', async () => {
    const Tags = [{ Key: 'gantry:app', Value: 'shop' }]
    await put('/a', 'v', { Tags })
    await expect(put('/a', 'v', { Tags, Overwrite: true })).rejects.toThrow('tags and overwrite')
    await expect(put('/b', 'v', { Tags: [{ Key: 'a', Value: 'b{c}' }] })).rejects.toMatchObject({
      name: 'ValidationException',
    })
  })

  it.each(['a b', 'a/b', '/a//b', '/a/', 'awsome', '/AWS/a', '/ssm-x', '/ä', `/${'x'.repeat(1_000)}`])(
    'refuses the name %s',
    async (name) => {
      await expect(put(name)).rejects.toMatchObject({ name: 'ValidationException' })
    },
  )

  it('allows fifteen levels', async () => {
    await put('/l'.repeat(15))
    await expect(put('/l'.repeat(16))).rejects.toMatchObject({
      name: 'HierarchyLevelLimitExceededException',
    })
  })

  it('refuses values that are empty or look like a reference', async () => {
    await expect(put('/a', '')).rejects.toMatchObject({ name: 'ValidationException' })
    await expect(put('/a', '{{ssm:b}}')).rejects.toThrow("can't nest")
  })
})

describe('reading', () => {
  it('tells a missing parameter from a missing version', async () => {
    await put('/a')
    await expect(valueOf('/b')).rejects.toMatchObject({ name: 'ParameterNotFound' })
    await expect(valueOf('/a:7')).rejects.toMatchObject({ name: 'ParameterVersionNotFound' })
  })

  it('answers with the ARN and the date, and takes the ARN as a name', async () => {
    await put('/a/b')
    const { Parameter } = await ssm.getParameter({ Name: '/a/b' })
    expect(Parameter).toMatchObject({
      ARN: 'arn:aws:ssm:eu-west-1:123456789012:parameter/a/b',
      LastModifiedDate: new Date(clock.now()),
      Version: 1,
    })
    expect(await valueOf(Parameter!.ARN!)).toBe('v')
    expect(fake.ssm.has(Parameter!.ARN!)).toBe(true)
    expect(fake.ssm.has('/a/b')).toBe(true)
    expect(fake.ssm.has('/a')).toBe(false)
  })

  it('reads up to ten at once, in order, and names those that are not there', async () => {
    await put('/b')
    await put('/a')
    const { Parameters, InvalidParameters } = await ssm.getParameters({ Names: ['/c', '/b', '/a'] })
    expect(Parameters?.map(({ Name }) => Name)).toEqual(['/a', '/b'])
    expect(InvalidParameters).toEqual(['/c'])
    const Names = Array.from({ length: 11 }, (_, n) => `/n${n}`)
    await expect(ssm.getParameters({ Names })).rejects.toMatchObject({ name: 'ValidationException' })
  })

  it('shows a secret only when asked to decrypt it', async () => {
    await put('/s', 'hunter2', { Type: 'SecureString' })
    expect(await valueOf('/s')).not.toContain('hunter2')
    expect(await valueOf('/s', true)).toBe('hunter2')
    expect((await ssm.describeParameters({})).Parameters?.[0]).toMatchObject({ KeyId: 'alias/aws/ssm' })
  })

  it('keeps the newest hundred versions', async () => {
    await put('/a', '1')
    for (let n = 2; n <= 102; n++) await put('/a', `${n}`, { Overwrite: true })
    const first = await ssm.getParameterHistory({ Name: '/a', MaxResults: 50 })
    const second = await ssm.getParameterHistory({ Name: '/a', MaxResults: 50, NextToken: first.NextToken })
    const versions = [...first.Parameters!, ...second.Parameters!].map(({ Version }) => Version)
    expect([versions[0], versions.at(-1), versions.length]).toEqual([3, 102, 100])
    expect(second.NextToken).toBeUndefined()
    await expect(valueOf('/a:2')).rejects.toMatchObject({ name: 'ParameterVersionNotFound' })
  })

  it('may lag behind writes, which are themselves consistent', async () => {
    fake.ssm.lag = 2
    await put('/a')
    await expect(valueOf('/a')).rejects.toMatchObject({ name: 'ParameterNotFound' })
    await expect(put('/a')).rejects.toMatchObject({ name: 'ParameterAlreadyExists' })
    clock.advance(2)
    await ssm.deleteParameter({ Name: '/a' })
    expect(await valueOf('/a')).toBe('v')
    clock.advance(2)
    await expect(valueOf('/a')).rejects.toMatchObject({ name: 'ParameterNotFound' })
  })
})

describe('listing', () => {
  const names = (found: { Parameters?: { Name?: string | undefined }[] | undefined }) =>
    found.Parameters?.map(({ Name }) => Name)

  beforeEach(async () => {
    for (const name of ['/g/a/x', '/g/a/y/z', '/g/b', '/other']) await put(name)
  })

  it('finds what is directly below a path, or at any depth', async () => {
    expect(names(await ssm.getParametersByPath({ Path: '/g/a' }))).toEqual(['/g/a/x'])
    expect(names(await ssm.getParametersByPath({ Path: '/g/', Recursive: true }))).toHaveLength(3)
  })

  it('pages with tokens, over what changes meanwhile', async () => {
    const first = await ssm.getParametersByPath({ Path: '/', Recursive: true, MaxResults: 2 })
    expect(names(first)).toEqual(['/g/a/x', '/g/a/y/z'])
    await ssm.deleteParameter({ Name: '/g/a/x' })
    const rest = { Path: '/', Recursive: true, MaxResults: 2, NextToken: first.NextToken }
    expect(names(await ssm.getParametersByPath(rest))).toEqual(['/g/b', '/other'])
    await expect(ssm.getParametersByPath({ Path: '/', NextToken: 'x' })).rejects.toMatchObject({
      name: 'InvalidNextToken',
    })
    await expect(ssm.getParametersByPath({ Path: '/', MaxResults: 11 })).rejects.toThrow('MaxResults')
  })

  it.each([
    [{ Key: 'Name', Values: ['/g/b', '/other'] }, ['/g/b', '/other']],
    [{ Key: 'Name', Option: 'BeginsWith', Values: ['/g/a'] }, ['/g/a/x', '/g/a/y/z']],
    [{ Key: 'Name', Option: 'Contains', Values: ['the'] }, ['/other']],
    [{ Key: 'Path', Option: 'OneLevel', Values: ['/g'] }, ['/g/b']],
    [{ Key: 'Path', Option: 'Recursive', Values: ['/g'] }, ['/g/a/x', '/g/a/y/z', '/g/b']],
    [{ Key: 'Type', Values: ['SecureString'] }, []],
  ])('describes by %j, without values', async (filter, expected) => {
    const found = await ssm.describeParameters({ ParameterFilters: [filter] })
    expect(names(found)).toEqual(expected)
    expect(JSON.stringify(found)).not.toContain('"Value"')
  })

  it('refuses filters that the operation does not have', async () => {
    const by = (Key: string, Option?: string) =>
      ssm.describeParameters({ ParameterFilters: [{ Key, Option, Values: ['/a'] }] })
    await expect(by('Label')).rejects.toMatchObject({ name: 'InvalidFilterKey' })
    await expect(by('Path', 'Contains')).rejects.toMatchObject({ name: 'InvalidFilterOption' })
  })
})

describe('deleting', () => {
  it('starts again at version one afterwards', async () => {
    await put('/a')
    await put('/a', 'w', { Overwrite: true })
    await ssm.deleteParameter({ Name: '/a' })
    await expect(ssm.deleteParameter({ Name: '/a' })).rejects.toMatchObject({ name: 'ParameterNotFound' })
    clock.advance(30)
    expect(await put('/a')).toMatchObject({ Version: 1 })
  })

  it('wants half a minute before a name comes again', async () => {
    await put('/a')
    await ssm.deleteParameters({ Names: ['/a'] })
    clock.advance(29)
    await expect(put('/a')).rejects.toMatchObject({ name: 'ValidationException' })
    await expect(put('/a', 'v', { Overwrite: true })).rejects.toThrow('deleted 29 s ago')
    await put('/b')
    clock.advance(1)
    await put('/a')
  })

  it('deletes up to ten, and names those that were not there', async () => {
    await put('/a')
    expect(await ssm.deleteParameters({ Names: ['/a', '/b'] })).toMatchObject({
      DeletedParameters: ['/a'],
      InvalidParameters: ['/b'],
    })
  })
})
